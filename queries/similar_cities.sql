-- 哪些城市与它最像？按年龄结构、人口规模、城镇人口占比三方面的距离
-- Rows: one per city
with features as (
    select
        p.place_code, p.short_name, p.sort_order, a.share as share60, b.share as share80, a.population,
        100.0 * u.value / nullif(t.value, 0) as urban,
        list_sort(list_distinct([a.source_id, u.source_id])) as source_ids,
        a.evidence || coalesce('；' || u.source_table || ' ' || u.source_row || '：城镇人口', '') as evidence
    from places as p
    join population_shares as a on a.place_code = p.place_code and a.year = 2020 and a.age = 60
    join population_shares as b on b.place_code = p.place_code and b.year = 2020 and b.age = 80
    join observations as u
        on u.place_code = p.place_code and u.indicator_code = 'urban_population' and u.shown and u.date = date '2020-11-01'
    join observations as t
        on t.place_code = p.place_code and t.indicator_code = 'resident_population' and t.shown and t.date = u.date
        and t.boundary_year is not distinct from u.boundary_year
    where p.in_delta and p.valid_to_year is null and (p.level = 'city' or p.place_code = '310000') and a.population > 0
),
-- Each feature in standard deviations of the cities, so that no unit outweighs another; size on a logarithmic scale.
scaled as (
    select
        place_code, short_name, sort_order, share60, share80, population, urban, source_ids, evidence,
        share60 / nullif(stddev_pop(share60) over (), 0) as z60,
        share80 / nullif(stddev_pop(share80) over (), 0) as z80,
        ln(population) / nullif(stddev_pop(ln(population)) over (), 0) as zsize,
        urban / nullif(stddev_pop(urban) over (), 0) as zurban
    from features
),
compared as (
    select
        o.place_code, o.short_name, o.sort_order, o.share60, o.share80, o.population, o.urban, o.source_ids, o.evidence,
        me.share60 as own60, me.population as own_population, me.urban as own_urban,
        -- Age structure is one of three sides: its two measures share its weight.
        sqrt((pow(o.z60 - me.z60, 2) + pow(o.z80 - me.z80, 2)) / 2) as age_distance,
        abs(o.zsize - me.zsize) as size_distance, abs(o.zurban - me.zurban) as urban_distance
    from scaled as o
    join scaled as me on me.place_code = $place
    where o.place_code <> $place
)
select
    place_code, short_name, share60, share80, population, urban,
    age_distance, size_distance, urban_distance,
    sqrt((pow(age_distance, 2) + pow(size_distance, 2) + pow(urban_distance, 2)) / 3) as distance,
    format(
        '60岁及以上占比{}，人口为其{:.2f}倍，城镇人口占比{}',
        case when abs(share60 - own60) < 0.05 then '相近（差不足0.05个百分点）' else format('{}{:.1f}个百分点', if(share60 > own60, '高', '低'), abs(share60 - own60)) end,
        population / nullif(own_population, 0),
        case when abs(urban - own_urban) < 0.05 then '相近（差不足0.05个百分点）' else format('{}{:.1f}个百分点', if(urban > own_urban, '高', '低'), abs(urban - own_urban)) end
    ) as reason,
    date '2020-11-01' as date, 'day' as date_precision, '常住' as base, source_ids, evidence
from compared
order by distance, sort_order
limit $count
