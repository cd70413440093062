-- 各县（市、区）的各种社会福利收养性单位和床位有多少，按第七次全国人口普查（2020年）的老人算每千人多少张？（年份分别写明，普查以后区划有变的不相除，不加总到市和省，不排位次）
-- Rows: one per place
with elders as (
    select place_code, elders, source_id, evidence from county_shares where year = 2020 and age = 60
    union all
    select place_code, elders, source_id, evidence from population_shares
    where year = 2020 and age = 60 and place_code in (select place_code from places where level = 'district')
),
counted as (
    select
        o.place_code, o.date, max(o.value) filter (where o.indicator_code = 'welfare_beds')::bigint as beds, max(o.value) filter (where o.indicator_code = 'welfare_units')::int as units,
        any_value(o.date_precision) as date_precision, any_value(o.boundary_year) as boundary_year, any_value(o.break_note) as break_note, any_value(o.source_id) as source_id, string_agg(c.evidence, '；' order by o.indicator_code) as evidence,
        string_agg(distinct o.note, '；' order by o.note) as note
    from observations as o
    join claim_evidence as c using (observation_id)
    where o.indicator_code in ('welfare_units', 'welfare_beds') and o.shown and o.kind = 'actual'
    group by o.place_code, o.date
    -- The newest year of each place.
    qualify row_number() over (partition by o.place_code order by o.date desc) = 1
),
rated as (
    select
        c.place_code, c.beds, c.units, c.date, c.date_precision, c.note, c.break_note, e.elders,
        -- Beds of one area over the people of another are no ratio: the census was taken in the boundaries of 2020.
        if(coalesce(c.boundary_year, 2020) = 2020, 1000.0 * c.beds / nullif(e.elders, 0), null) as value,
        list_sort(list_distinct(list_filter([c.source_id, e.source_id], lambda x: x is not null))) as source_ids,
        concat_ws('；', c.evidence, e.evidence) as evidence
    from counted as c
    left join elders as e using (place_code)
)
select
    r.place_code, p.short_name, p.label, 'city?place=' || r.place_code as link, coalesce(city.short_name, above.short_name) as city, p.lon, p.lat, r.units, r.beds, r.elders, r.value,
    format(E'{}\n{}年：{:,}个单位，{:,}张床位', if(contains(p.label, '（'), p.label, p.label || '（' || coalesce(city.short_name, above.short_name) || '）'), year(r.date), r.units, r.beds)
        || coalesce(format(E'\n每千名60岁及以上常住老人{:.1f}张（{}年床位÷七普（2020年）人口）', r.value, year(r.date)), E'\n' || r.break_note || '，不相除', E'\n普查的60岁及以上人口公开资料未载') as hover,
    r.date, r.date_precision, null as date_label, false as date_inferred, r.note, r.source_ids, r.evidence
from rated as r
join places as p using (place_code)
join places as above on above.place_code = p.parent_code
left join place_cities as pc on pc.place_code = r.place_code
left join places as city on city.place_code = pc.city_code
-- A second-hand list has no ranks: in the order of the house.
order by p.sort_order, p.place_code
