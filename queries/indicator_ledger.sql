-- 一个地区的每个指标：现值、目标、差距、变化、由谁报、多久报一次？
-- Rows: one per indicator, base and target
with own as (
    select claim_id, indicator_code, base, boundary_year, segment, kind, value, value_text, qualifier, date, date_precision, date_label, date_inferred, break_note, evidence, source_id, list_id
    from observed_claims
    where place_code = $place and (date is null or date <= $as_of)
),
latest as (
    select indicator_code, base, boundary_year, segment, kind, value, value_text, qualifier, date, date_precision, date_label, date_inferred, break_note, evidence, source_id, list_id
    from own
    qualify row_number() over (partition by indicator_code, base order by date desc nulls last, boundary_year desc nulls last, claim_id) = 1
),
-- A trend needs three dates of one definition, one base and one set of boundaries.
trends as (
    select
        n.indicator_code, n.base, count(distinct o.date)::int as points,
        -- One claim as a whole: an aggregate of one column would skip its empty cells and take a word of a later claim.
        arg_min(struct_pack(
            value := o.value, qualifier := o.qualifier, kind := o.kind, date := o.date, precision := o.date_precision, label := o.date_label, inferred := o.date_inferred
        ), (o.date, o.claim_id)) as first,
        arg_max(o.value, o.date) - arg_min(o.value, o.date) as change
    from latest as n
    join own as o
        on o.indicator_code = n.indicator_code and o.base = n.base and o.segment = n.segment and o.boundary_year is not distinct from n.boundary_year
    where o.date is not null and o.value is not null and o.list_id is null and o.kind in ('actual', 'derived')
    group by n.indicator_code, n.base
    having count(distinct o.date) >= 3
),
promised as (
    select observation_id, bool_and(comparable) as comparable, string_agg(comparison_note, '；' order by promise_id) as comparison_note,
        min(stated) as stated
    from task_promises
    where observation_id is not null
    group by observation_id
),
goals as (
    select
        o.observation_id, o.indicator_code, o.base, o.segment, o.value, o.qualifier, o.kind, o.reading, o.date, o.date_precision, o.date_label,
        c.quoted as quote, o.source_id, coalesce(m.comparable, true) as comparable, m.comparison_note, m.stated,
        -- What a plan counts is no goal that a present value is held against, unless a task promises it.
        o.kind = 'target' or m.observation_id is not null as is_goal
    from observations as o
    join claim_evidence as c using (observation_id)
    left join promised as m using (observation_id)
    where o.shown and o.place_code = $place and o.kind in ('target', 'plan')
        -- What a task promises is a goal from the day it was said.
        and coalesce(m.stated <= $as_of, true)
),
keys as (
    select indicator_code, base from latest
    union
    select indicator_code, base from goals
),
related as (
    select
        x.indicator_code, string_agg(l.short_title || coalesce(' ' || t.number, '') || ' ' || t.title, '；' order by x.task_id) as tasks,
        min(x.task_id) as task_id
    from (
        select k.indicator_code, k.task_id
        from task_links as k
        join tasks as s using (task_id)
        join task_lists as b using (task_list_id)
        where k.indicator_code is not null and b.place_code = $place
        union
        select o.indicator_code, m.task_id
        from task_promises as m
        join observations as o using (observation_id)
        where o.place_code = $place and m.stated <= $as_of
    ) as x
    join tasks as t using (task_id)
    join task_lists as l using (task_list_id)
    where l.date is null or l.date <= $as_of
    group by x.indicator_code
),
rhythms as (
    select
        indicator_code, string_agg(distinct reporter, '、' order by reporter) as reporter, string_agg(wording, '、' order by rhythm_id) as rhythm, min(next_due) as next_due
    from reporting_rhythms
    where indicator_code is not null and place_code = $place
    group by indicator_code
)
select
    k.indicator_code, i.title as indicator_title, i.topic, i.unit, i.definition, i.counting_rule, k.base,
    n.value, n.value_text, n.qualifier, n.kind, n.list_id, b.batch, n.date, n.date_precision, n.date_label, coalesce(n.date_inferred, false) as date_inferred,
    g.observation_id as target_id, g.value as target, g.qualifier as target_qualifier, g.reading, g.kind as target_kind,
    g.date as target_date, g.date_precision as target_precision, g.date_label as target_label, g.comparison_note, coalesce(g.is_goal, false) as is_goal,
    case when g.is_goal and g.comparable and g.segment = n.segment and n.kind in ('actual', 'derived') then g.value - n.value end as gap,
    -- What was known when the goal was set is where it starts from, no progress towards it.
    coalesce(n.date <= g.stated, false) as before_goal,
    t.points, t.first.value as first_value, t.first.date as first_date, t.first.qualifier as first_qualifier, t.first.kind as first_kind, t.first.precision as first_precision,
    t.first.label as first_label, t.first.inferred as first_inferred, t.change, i.measure, w.tasks, w.task_id,
    coalesce(r.reporter, '未规定') as reporter, coalesce(r.rhythm, '未规定') as rhythm, coalesce(strftime(r.next_due, '%Y-%m-%d'), '未规定') as next_due,
    -- What a reader must know before comparing this value with its neighbours.
    nullif(concat_ws('；', n.break_note, u.words), '') as beside,
    concat_ws('；', n.evidence, g.quote) as evidence,
    list_filter([n.source_id, case when g.source_id is distinct from n.source_id then g.source_id end], lambda x: x is not null) as source_ids
from keys as k
join indicators as i on i.indicator_code = k.indicator_code
left join latest as n on n.indicator_code = k.indicator_code and n.base = k.base
left join goals as g on g.indicator_code = k.indicator_code and g.base = k.base
left join trends as t on t.indicator_code = k.indicator_code and t.base = k.base
left join rhythms as r on r.indicator_code = k.indicator_code
left join unlike_parts($place, $as_of::date) as u on u.indicator_code = k.indicator_code and u.base = k.base
left join related as w on w.indicator_code = k.indicator_code
left join institution_lists as b on b.list_id = n.list_id
order by i.topic, i.title, k.base, g.date, g.observation_id
