-- 一个地区两次普查60、65、80岁及以上各多少人、占多少？
-- Rows: one per age limit and census year
with known as (
    select place_code, year, age, elders, population, share, boundary_note, source_id, evidence from population_shares
    union all
    select place_code, year, age, elders, population, share, coalesce(break_note, '按当年区划'), source_id, evidence from county_shares
)
select
    k.place_code, k.age::int as age, k.year::int as year, format('{}岁及以上', k.age) as age_words, format('{}年', k.year) as year_words,
    k.elders, k.population, k.share, p.level <> 'county' as equal_boundaries, k.boundary_note,
    case k.year when 2010 then date '2010-11-01' else date '2020-11-01' end as date, 'day' as date_precision, '常住' as base,
    k.source_id, k.evidence
from known as k
join places as p using (place_code)
where k.place_code = $place
order by k.age, k.year
