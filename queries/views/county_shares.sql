-- 县（市、区）两次普查60、65、80岁及以上各多少人、占多少？各按当年区划，只能并列；撤县设市（区）的，2010年取前身的数并写明
-- Rows: one per place, census year and age limit
with printed as (
    select
        o.place_code, year(o.date)::int as year, try_cast(regexp_extract(o.indicator_code, '\d+') as int) as age,
        o.value::bigint as elders, t.value::bigint as population, 100.0 * o.value / nullif(t.value, 0) as share,
        o.boundary_year, o.break_note, o.source_id,
        format('{} {}：{}{:,}人÷{}{:,}人', o.source_table, o.source_row, i.title, o.value::bigint, '常住人口', t.value::bigint) as evidence
    from observations as o
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    join observations as t
        on t.place_code = o.place_code and t.indicator_code = 'resident_population' and t.shown
        and t.date = o.date and t.boundary_year is not distinct from o.boundary_year
    where p.level = 'county' and o.indicator_code in ('pop_60plus', 'pop_65plus', 'pop_80plus') and o.shown and o.base = '常住'
        and o.date in (date '2010-11-01', date '2020-11-01')
)
select place_code, year, age, elders, population, share, boundary_year, break_note, source_id, evidence, null as predecessor, false as area_changed
from printed
union all
select
    f.place_code, c.year, c.age, c.elders, c.population, c.share, c.boundary_year,
    f.mark
        -- Nothing says whether an unchanged unit kept its area; a population a quarter off is a reason not to trust that it did.
        || if(not f.divided and abs(n.population - c.population) > c.population / 4,
            format('；两次普查常住人口相差{:.0f}%，面积是否有变公开资料未载', 100.0 * abs(n.population - c.population) / c.population), ''),
    c.source_id, c.evidence, f.former_name, f.divided
from county_predecessors as f
join printed as c on c.place_code = f.former_code and c.year = 2010
join printed as n on n.place_code = f.place_code and n.year = 2020 and n.age = c.age
