-- 每项任务由谁负责、何时到期，时限、证据、责任单位反馈三个状态各是什么？
-- Rows: one per task
with units as (
    select
        task_id,
        string_agg(unit, '、' order by unit_no) filter (where role = 'lead') as lead_unit,
        string_agg(unit, '、' order by unit_no) filter (where role <> 'lead') as joint_units,
        bool_and(role_stated) filter (where role = 'lead') as lead_stated,
        list(unit order by role <> 'lead', unit_no) as units,
        list(coalesce(role_words, if(role = 'lead', '牵头', '原文未写角色')) order by role <> 'lead', unit_no) as roles,
        -- Who speaks for the task: its leads, and where none is named, all of its units.
        coalesce(list(unit order by unit_no) filter (where role = 'lead'), list(unit order by unit_no)) as speakers
    from task_units
    group by task_id
),
-- Every place that a task binds: that of its list, those of its units, and what a region or group consists of.
bound as (
    select task_id, list(label order by sort_order, place_code) as places
    from (
        select distinct n.task_id, p.place_code, p.label, p.sort_order
        from (
            select task_id, place_code from task_units where place_code is not null
            union select t.task_id, l.place_code from tasks as t join task_lists as l using (task_list_id)
        ) as n
        join places as g on g.place_code = n.place_code
        join places as p on p.place_code = g.place_code
            or (g.level = 'region' and p.level = 'province' and p.in_delta)
            or list_contains(string_split(g.member_codes, ';'), p.place_code)
    )
    group by task_id
),
proofs as (
    select
        task_id, max(proof_rank) as proof_rank, list(distinct source_id order by source_id) as source_ids,
        list(
            struct_pack(
                title := target_title, reason := reasoning, set_by := set_by, set_on := set_on,
                date := date, precision := date_precision, label := date_label, inferred := date_inferred
            )
            order by proof_rank desc, seen desc, link_id
        ) as proofs
    from link_targets
    where proof_rank > 0 and seen <= $as_of
    group by task_id
),
newest as (
    select r.task_id, r.unit, r.date, r.text, r.problems, r.next_step, r.reported_by, r.self_status, u.speakers, list_contains(u.speakers, r.unit) as speaks
    from unit_reports as r
    join units as u using (task_id)
    where r.date <= $as_of
    qualify row_number() over (partition by r.task_id, r.unit order by r.date desc) = 1
),
-- One word for several units only where they agree; 办结 only when all that speak for the task say so.
reports as (
    select
        task_id,
        case
            when not bool_or(speaks) then 'joint_only'
            when count(distinct self_status) filter (where speaks) > 1 then 'mixed'
            when bool_or(speaks and self_status = 'done') and count(*) filter (where speaks) < len(any_value(speakers)) then 'mixed'
            else any_value(self_status) filter (where speaks)
        end as self_status,
        bool_or(speaks and self_status = 'overdue') as says_overdue,
        (len(any_value(speakers)) - count(*) filter (where speaks))::int as silent,
        list(struct_pack(unit := unit, status := self_status, day := date, who := reported_by, speaks := speaks) order by not speaks, date desc, unit) as said,
        string_agg(if(text is null, null, unit || '：' || text), E'\n' order by not speaks, date desc, unit) as self_text,
        string_agg(if(problems is null, null, unit || '：' || problems), E'\n' order by not speaks, date desc, unit) as self_problems,
        string_agg(if(next_step is null, null, unit || '：' || next_step), E'\n' order by not speaks, date desc, unit) as self_next,
        string_agg(unit || '（' || reported_by || '）', '、' order by not speaks, date desc, unit) as self_by
    from newest
    group by task_id
),
revisions as (
    select task_id, max(due) as revised_due from task_promises where revises is not null and stated <= $as_of group by task_id
),
actions as (
    select task_id, list(if(many, number || '.', '') || summary order by number) as actions
    -- A task with one measure has it without a number in its document.
    from (select *, count(*) over (partition by task_id) > 1 as many from task_actions)
    group by task_id
)
select
    t.task_id, t.task_list_id, l.title as list_title, l.short_title as list_short, l.kind as list_kind, l.place_code, p.label as place_label, b.places, p.in_delta,
    -- The list of the delta as a whole, not of a place in it.
    l.place_code = 'YRD' as of_delta,
    -- A later list of the same place makes this one an archive.
    l.kind = 'task' and exists (
        select 1 from task_lists as n
        where n.place_code = l.place_code and n.kind = 'task' and coalesce(n.date <= $as_of, true)
            and try_cast(n.goal_years as integer) > try_cast(l.goal_years as integer)
    ) as list_is_past,
    t.number, t.number_inferred, t.section, t.title, t.summary, t.due, t.due_text, v.revised_due, t.membership,
    -- 逾期 and 办结 are said only by a unit's own report, 办结 only with a public result beside it; a date alone never says either.
    case
        when r.self_status = 'done' and f.proof_rank = 3 then 'closed'
        when r.says_overdue then 'overdue'
        when t.due is null then 'undated'
        when t.due < $as_of then 'passed'
        when t.due <= $as_of + 60 then 'near'
        else 'running'
    end as time_status,
    (t.due - $as_of::date)::int as days_left,
    case f.proof_rank when 3 then 'result' when 2 then 'partial' when 1 then 'pilot' else 'none' end as proof,
    coalesce(f.proofs, []) as proofs,
    coalesce(r.self_status, 'none') as self_status, coalesce(r.said, []) as said, r.silent, r.self_by, r.self_text, r.self_problems, r.self_next,
    u.lead_unit, u.joint_units, coalesce(u.lead_stated, false) as lead_stated, coalesce(u.units, []) as units, coalesce(u.roles, []) as roles, coalesce(a.actions, []) as actions,
    t.quote as evidence, t.source_id,
    -- What is shown of a task rests on the list and on what shows its result.
    [t.source_id] || list_filter(coalesce(f.source_ids, []), lambda x: x <> t.source_id) as source_ids
from tasks as t
join task_lists as l using (task_list_id)
join places as p on p.place_code = l.place_code
left join bound as b using (task_id)
left join units as u using (task_id)
left join proofs as f using (task_id)
left join reports as r using (task_id)
left join revisions as v using (task_id)
left join actions as a using (task_id)
where l.date is null or l.date <= $as_of
order by t.due nulls last, l.date, l.kind desc, t.task_list_id, t.membership, t.number nulls last, t.task_id
