-- 哪些地区有注明日期的床位或机构数字，各有几条？
-- Rows: one per place
select
    p.place_code, p.label, p.short_name, p.level, count(*)::int as claims,
    min(year(o.date))::int as first_year, max(year(o.date))::int as last_year
from observations as o
join places as p using (place_code)
where o.shown and o.date is not null and o.kind in ('actual', 'derived', 'target') and p.in_delta
    and list_contains($indicators, o.indicator_code)
group by all
order by any_value(p.sort_order), p.place_code
