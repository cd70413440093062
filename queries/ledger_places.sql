-- 哪些地区有指标数字，各有几个指标？
-- Rows: one per place
select
    p.place_code, p.label, p.short_name, p.level,
    -- A name that two places have stands with what tells them apart.
    if(contains(p.label, '（'), p.label, p.short_name) as called,
    count(distinct o.indicator_code)::int as claims
from observations as o
join places as p using (place_code)
where o.shown and p.level not in ('county', 'town')
group by all
order by any_value(p.sort_order), p.place_code
