-- 第七次全国人口普查（2020年）各县（市、区）60岁、80岁及以上的常住老人有多少，算在哪一个点上？（开发区并入所属城市，立于城市中心；已撤并而无轮廓的，立于后继地区的中心）
-- Rows: one per place and age limit
with printed as (
    select o.place_code, if(o.indicator_code = 'pop_80plus', 80, 60) as age, o.value::bigint as elders, o.source_id, o.date, o.date_precision, e.evidence
    from observations as o
    join claim_evidence as e using (observation_id)
    where o.indicator_code in ('pop_60plus', 'pop_80plus') and o.shown and o.base = '常住' and o.date = date '2020-11-01' and o.boundary_year = 2020
),
standing as (
    select
        p.place_code, p.label, p.short_name, p.level, p.sort_order, c.city_code,
        if(p.level = 'zone', p.parent_code, p.place_code) as unit_code,
        -- Where its people are taken to live.
        case when p.level = 'zone' then p.parent_code when p.centroid_precision = 'own' then p.place_code else coalesce(string_split(p.successor_codes, ';')[1], c.city_code) end as at_code
    from places as p
    join place_cities as c using (place_code)
    where p.in_delta and p.level in ('district', 'county', 'zone')
)
select
    s.unit_code as place_code, s.level = 'zone' as zones, r.age,
    any_value(if(s.level = 'zone', city.short_name || '的开发区', s.label)) as label, any_value(if(s.level = 'zone', city.short_name || '的开发区', s.short_name)) as short_name,
    string_agg(s.short_name, '、' order by s.sort_order) as members, min(s.sort_order) as sort_order,
    any_value(s.city_code) as city_code, any_value(s.at_code) as at_code, any_value(a.lon) as lon, any_value(a.lat) as lat,
    sum(r.elders)::bigint as elders, any_value(r.date) as date, any_value(r.date_precision) as date_precision, any_value(r.source_id) as source_id,
    string_agg(r.evidence, '；' order by s.sort_order) as evidence
from printed as r
join standing as s using (place_code)
join places as a on a.place_code = s.at_code
join places as city on city.place_code = s.city_code
group by s.unit_code, s.level = 'zone', r.age
