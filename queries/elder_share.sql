-- 2020年人口普查，各城市与上海各区60岁及以上占比是多少？
-- Rows: one per city or Shanghai district
select
    p.place_code, p.short_name, p.name, p.level, p.parent_code,
    elders.value::bigint as elders, everyone.value::bigint as population,
    100.0 * elders.value / nullif(everyone.value, 0) as value,
    format(E'{}：60岁及以上占{:.2f}%\n{:,}人，常住人口{:,}人\n2020年11月1日普查，常住人口口径', p.name, 100.0 * elders.value / nullif(everyone.value, 0), elders.value::bigint, everyone.value::bigint) as hover,
    elders.date, elders.date_precision, elders.base, elders.source_id,
    elders.source_table || ' ' || elders.source_row || '：' || elders.formula as evidence
from places as p
left join observations as elders
    on elders.place_code = p.place_code and elders.indicator_code = 'pop_60plus'
    and elders.date = date '2020-11-01' and elders.shown
left join observations as everyone
    on everyone.place_code = p.place_code and everyone.indicator_code = 'resident_population'
    and everyone.date = date '2020-11-01' and everyone.shown
where p.in_delta and p.valid_to_year is null and (p.level in ('city', 'district') or p.place_code = '310000')
order by p.sort_order, p.place_code
