-- 县（市、区）两次普查60、65、80岁及以上各多少人、占多少？各按当年区划，只能并列
-- Rows: one per place, census year and age limit
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
