-- 一个组合里的每个地区各有多少老年人，占多少，区划有什么变化？哪一个在另一个之内？
-- Rows: one per place
with asked as (
    select place_code, short_name, label, level, sort_order from places where list_contains($places, place_code)
),
shares as (
    select place_code, year, age, elders, population, share, boundary_note as note, source_id, evidence from population_shares
    union all
    select place_code, year, age, elders, population, share, break_note, source_id, evidence from county_shares
)
select
    a.place_code, a.short_name, a.label, a.level, o.short_name as inside,
    n.elders, n.population, n.share, e.elders as oldest, e.share as oldest_share, b.share as earlier_share,
    coalesce(b.note, n.note) as note, date '2020-11-01' as date, 'day' as date_precision, '常住' as base,
    list_sort(list_distinct(list_filter([n.source_id, b.source_id], lambda x: x is not null))) as source_ids,
    concat_ws('；', n.evidence, e.evidence, b.evidence) as evidence
from asked as a
left join shares as n on n.place_code = a.place_code and n.year = 2020 and n.age = 60
left join shares as e on e.place_code = a.place_code and e.year = 2020 and e.age = 80
left join shares as b on b.place_code = a.place_code and b.year = 2010 and b.age = 60
left join place_ancestors as up on up.place_code = a.place_code and up.steps > 0 and list_contains($places, up.ancestor_code)
left join places as o on o.place_code = up.ancestor_code
qualify row_number() over (partition by a.place_code order by up.steps) = 1
order by a.sort_order, a.place_code
