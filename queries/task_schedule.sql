-- 每项任务何时到期，到这一天处在哪个时限状态，由谁牵头？
-- Rows: one per task
with units as (
    select
        task_id,
        string_agg(unit, '、' order by unit_no) filter (where role = 'lead') as lead_unit,
        string_agg(unit, '、' order by unit_no) filter (where role <> 'lead') as joint_units
    from task_units
    group by task_id
)
select
    t.task_id, t.task_list_id, l.title as list_title, l.short_title as list_short, l.kind as list_kind, l.place_code,
    t.number, t.number_inferred, t.section, t.title, t.due, t.due_text,
    -- 逾期 and 办结 are said only by a unit's own report; a date alone never says either.
    case
        when t.due is null then 'undated'
        when t.due < $as_of then 'passed'
        when t.due <= $as_of + 60 then 'near'
        else 'running'
    end as time_status,
    (t.due - $as_of::date)::int as days_left,
    u.lead_unit, u.joint_units,
    t.quote as evidence, t.source_id
from tasks as t
join task_lists as l using (task_list_id)
left join units as u using (task_id)
order by t.due nulls last, t.task_list_id, t.number nulls last, t.task_id
