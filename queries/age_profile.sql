-- 一个地区两次普查60、65、80岁及以上各多少人、占多少？
-- Rows: one per age limit and census year
with counties as (
    -- Counties have no age groups here; their census totals are claims of their own, each on the boundaries of its time.
    select
        o.place_code, year(o.date)::int as year, right(regexp_extract(o.indicator_code, '\d+'), 2)::int as age,
        o.value::bigint as elders, t.value::bigint as population, 100.0 * o.value / nullif(t.value, 0) as share,
        coalesce(o.break_note, '各按当年区划') as boundary_note, o.source_id,
        o.source_table || ' ' || o.source_row || '：' || o.formula as evidence
    from observations as o
    join observations as t
        on t.place_code = o.place_code and t.indicator_code = 'resident_population' and t.shown
        and t.date = o.date and t.boundary_year is not distinct from o.boundary_year
    where o.indicator_code in ('pop_60plus', 'pop_65plus', 'pop_80plus') and o.shown and o.base = '常住'
        and o.date in (date '2010-11-01', date '2020-11-01')
),
known as (
    select place_code, year, age, elders, population, share, boundary_note, source_id, evidence from population_shares
    union all
    select c.place_code, c.year, c.age, c.elders, c.population, c.share, c.boundary_note, c.source_id, c.evidence
    from counties as c
    join places as p using (place_code)
    where p.level = 'county'
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
