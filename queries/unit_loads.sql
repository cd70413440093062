-- 每个责任单位牵头几项、另有责任几项，其中几项有时限、几项期限已过？
-- Rows: one per responsible unit
select
    u.unit,
    count(*) filter (where u.role = 'lead')::int as leads,
    count(*) filter (where u.role <> 'lead')::int as joins,
    bool_or(p.in_delta) as in_delta,
    bool_or(p.level = 'region') as of_delta,
    string_agg(distinct p.short_name, '、' order by p.short_name) as places,
    count(t.due)::int as dated,
    count(*) filter (where t.due < $as_of)::int as past,
    string_agg(distinct l.short_title, '、' order by l.short_title) as lists,
    list(distinct u.source_id order by u.source_id) as source_ids,
    string_agg(distinct t.quote, '；' order by t.quote) as evidence
from task_units as u
join tasks as t using (task_id)
join task_lists as l using (task_list_id)
join places as p on p.place_code = l.place_code
-- A published result asks nothing of a unit any more.
where l.kind <> 'achievement' and (l.date is null or l.date <= $as_of)
group by u.unit
order by in_delta desc, leads + joins desc, leads desc, u.unit
