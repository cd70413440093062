-- 每份清单公布几项、所见几项、有几项措施，几项写明牵头、几项有时限？
-- Rows: one per task list
with units as (
    select
        task_id,
        bool_or(role = 'lead' and role_stated) as has_lead,
        bool_or(role = 'lead' and not role_stated) as has_recorded_lead
    from task_units
    group by task_id
),
actions as (
    select task_id, count(*) as actions from task_actions group by task_id
)
select
    l.task_list_id, l.title, l.short_title, l.kind, p.label as place_label, l.issuer, l.goal_years, l.announced::int as announced,
    count(t.task_id) filter (where t.membership = 'listed')::int as listed,
    count(t.task_id) filter (where t.membership <> 'listed')::int as apart,
    coalesce(sum(a.actions), 0)::int as actions,
    count(t.task_id) filter (where u.has_lead)::int as with_lead,
    count(t.task_id) filter (where u.has_recorded_lead)::int as with_recorded_lead,
    count(t.due)::int as dated,
    l.date, l.date_precision, l.date_label, l.date_inferred, l.quote as evidence, l.source_id
from task_lists as l
join places as p using (place_code)
left join tasks as t using (task_list_id)
left join units as u using (task_id)
left join actions as a using (task_id)
where l.date is null or l.date <= $as_of
group by all
order by l.date, l.kind desc, l.task_list_id
