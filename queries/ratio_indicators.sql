-- 哪些指标可以作自定比值的分子或分母？（数量，长三角内至少一地有现值）是哪些指标的一部分？
-- Rows: one per indicator
select
    i.indicator_code, i.title, i.topic, i.unit, i.definition,
    coalesce((select list(k.whole_code order by k.whole_code) from indicator_parts as k where k.part_code = i.indicator_code), []) as wholes
from indicators as i
where i.measure = 'count' and exists (
    select 1 from observed_claims as c join places as p using (place_code)
    where c.indicator_code = i.indicator_code and c.kind = 'actual' and c.value is not null and c.list_id is null and c.date is not null
        and p.in_delta and p.valid_to_year is null and p.level in ('region', 'province', 'city', 'district', 'county')
)
order by case i.topic when '人口' then 1 when '床位' then 2 when '机构' then 3 when '设施' then 4 else 5 end, i.topic, i.title
