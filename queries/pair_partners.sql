-- 结对矩阵的列：三省40个城市，加上与上海的区有来往的县（市、区），各有几份协议或活动
-- Rows: one per place
with activity as (
    select p.second_code as place_code, count(distinct p.agreement_id)::int as records
    from place_pairs as p
    join reached($as_of) as r using (agreement_id)
    where p.in_matrix
    group by p.second_code
),
named as (
    select ap.place_code, bool_or(s.counterpart_unknown) as counterpart_unknown
    from agreement_stages as s
    join reached($as_of) as r using (agreement_id)
    join agreement_parties as ap using (agreement_id)
    where s.participation
    group by ap.place_code
)
select
    p.place_code, p.short_name, p.label, p.level, c.city_code,
    coalesce(a.records, 0)::int as records, coalesce(n.counterpart_unknown, false) as counterpart_unknown
from places as p
join place_cities as c using (place_code)
left join activity as a using (place_code)
left join named as n using (place_code)
where p.in_delta and p.valid_to_year is null
    and (p.level = 'city' or (p.level = 'county' and (a.records > 0 or n.place_code is not null)))
    and (list_contains($cities, c.city_code) or list_contains($cities, '310000'))
order by p.sort_order, p.place_code
