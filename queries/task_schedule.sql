-- 每项任务由谁负责、何时到期，自报、证据、时限三个状态各是什么？
-- Rows: one per task
with units as (
    select
        task_id,
        string_agg(unit, '、' order by unit_no) filter (where role = 'lead') as lead_unit,
        string_agg(unit, '、' order by unit_no) filter (where role <> 'lead') as joint_units,
        bool_and(role_stated) filter (where role = 'lead') as lead_stated,
        list(unit order by role <> 'lead', unit_no) as units
    from task_units
    group by task_id
),
proofs as (
    select
        task_id, max(proof_rank) as proof_rank, count(*)::int as proofs, max(seen) as proof_date,
        string_agg(target_title || '：' || reasoning, E'\n' order by proof_rank desc, seen desc, link_id) as proof_text
    from link_targets
    where proof_rank > 0 and seen <= $as_of
    group by task_id
),
-- What the lead says counts before what others say; 无变化 keeps the status reported before it.
reports as (
    select
        r.task_id, r.date as self_date, r.unit as self_unit, r.reported_by as self_by, r.text as self_text,
        r.problems as self_problems, r.next_step as self_next, r.source_id as self_source_id,
        coalesce(
            arg_max(nullif(r.self_status, 'no_change'), r.date) over (partition by r.task_id, r.unit),
            r.self_status
        ) as self_status
    from task_reports as r
    left join task_units as u on u.task_id = r.task_id and u.unit = r.unit
    where r.date <= $as_of
    qualify row_number() over (partition by r.task_id order by coalesce(u.role, '') = 'lead' desc, r.date desc, r.unit) = 1
),
revisions as (
    select task_id, max(due) as revised_due from task_promises where revises is not null and stated <= $as_of group by task_id
)
select
    t.task_id, t.task_list_id, l.title as list_title, l.short_title as list_short, l.kind as list_kind, l.place_code, p.label as place_label,
    -- The province of a list from outside the delta.
    case when not p.in_delta then (select q.short_name from place_ancestors as up join places as q on q.place_code = up.ancestor_code where up.place_code = p.place_code and up.ancestor_level = 'province') end as outside,
    t.number, t.number_inferred, t.section, t.title, t.summary, t.due, t.due_text, v.revised_due, t.membership,
    -- 逾期 and 办结 are said only by a unit's own report, 办结 only with a public result beside it; a date alone never says either.
    case
        when r.self_status = 'done' and f.proof_rank = 3 then 'closed'
        when r.self_status = 'overdue' then 'overdue'
        when t.due is null then 'undated'
        when t.due < $as_of then 'passed'
        when t.due <= $as_of + 60 then 'near'
        else 'running'
    end as time_status,
    (t.due - $as_of::date)::int as days_left,
    case f.proof_rank when 3 then 'result' when 2 then 'partial' when 1 then 'pilot' else 'none' end as proof,
    coalesce(f.proofs, 0)::int as proofs, f.proof_date, f.proof_text,
    coalesce(r.self_status, 'none') as self_status, r.self_date, r.self_unit, r.self_by, r.self_text, r.self_problems, r.self_next, r.self_source_id,
    u.lead_unit, u.joint_units, coalesce(u.lead_stated, false) as lead_stated, coalesce(u.units, []) as units,
    t.quote as evidence, t.source_id
from tasks as t
join task_lists as l using (task_list_id)
join places as p on p.place_code = l.place_code
left join units as u using (task_id)
left join proofs as f using (task_id)
left join reports as r using (task_id)
left join revisions as v using (task_id)
order by t.due nulls last, l.date, l.kind desc, t.task_list_id, t.membership, t.number nulls last, t.task_id
