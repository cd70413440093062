-- 各市、各区哪些主题公开资料未载，可向哪个部门商请什么？
-- Rows: one per place, topic and department
with counted as (
    select r.topic, count(distinct r.place_code)::int as known, (select count(*) from places where in_delta and valid_to_year is null and (level = 'city' or place_code = '310000'))::int as ranked
    from place_topics as r
    join places as p using (place_code)
    where not r.ratio and p.in_delta and p.valid_to_year is null and (p.level = 'city' or p.place_code = '310000')
    group by r.topic
)
select
    p.place_code, if(p.level = 'district', up.name || p.name, p.name) as place, p.label as place_label, p.level, p.sort_order,
    t.topic, t.department, t.number, t.table_name, t.indicator_code, t.base, t.in_grid,
    i.title as indicator, i.unit, i.definition, i.counting_rule, coalesce(c.known, 0)::int as known, coalesce(c.ranked, 0)::int as ranked
from places as p
join places as up on up.place_code = p.parent_code
cross join department_topics as t
left join indicators as i using (indicator_code)
left join counted as c on c.topic = t.topic
where p.in_delta and p.valid_to_year is null and (p.level in ('city', 'district') or p.place_code = '310000')
    and (t.indicator_code is null or i.indicator_code is not null)
    and not exists (select 1 from place_topics as r where r.place_code = p.place_code and r.topic = t.topic)
order by p.sort_order, p.place_code, t.number
