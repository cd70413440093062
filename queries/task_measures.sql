-- 有数字的承诺：起点、现值、目标各是多少，还差多少？
-- Rows: one per promise
with goals as (
    select
        m.promise_id, m.task_id, m.wording, m.comparable, m.comparison_note, l.date as announced, l.short_title, t.number as task_number,
        t.title as task_title, t.due, o.place_code, o.indicator_code, o.base, o.segment, o.value as target, o.qualifier as target_qualifier,
        o.reading, o.formula, o.date, o.date_precision, o.date_label, o.date_inferred, o.kind, concat_ws('；', m.quote, c.confirmed) as evidence, o.source_id
    from task_promises as m
    join observations as o using (observation_id)
    join claim_evidence as c using (observation_id)
    join tasks as t using (task_id)
    join task_lists as l using (task_list_id)
    where list_contains($tasks, m.task_id) and m.stated <= $as_of
),
claims as (
    select
        g.promise_id, c.value, c.qualifier, c.date, c.date_precision, c.date_label, c.date_inferred, c.source_id, c.segment, c.date <= g.due as in_time,
        coalesce(c.date, date '0001-01-01') <= g.announced as before,
        row_number() over (partition by g.promise_id, coalesce(c.date, date '0001-01-01') <= g.announced order by c.date desc nulls last, c.claim_id) as place_in_line
    from goals as g
    join observed_claims as c
        on c.place_code = g.place_code and c.indicator_code = g.indicator_code and c.base = g.base and c.kind in ('actual', 'derived')
    where c.value is not null and (c.date is null or c.date <= $as_of)
),
starts as (from claims select promise_id, value, qualifier, date, date_precision, date_label, date_inferred, source_id, segment where before and place_in_line = 1),
later as (from claims select promise_id, value, qualifier, date, date_precision, date_label, date_inferred, source_id, segment where not before and place_in_line = 1),
-- What was known of the day the task was due, where the newest number is of a later day.
in_time as (from claims select promise_id, arg_max(value, date) as value where not before and in_time group by promise_id)
select
    g.promise_id, g.task_id, g.short_title, g.task_number, g.task_title, g.wording, i.title as indicator_title, i.unit,
    g.target, g.target_qualifier, g.reading, g.formula,
    s.value as start_value, s.qualifier as start_qualifier, s.date as start_date, s.date_precision as start_precision, s.date_label as start_label, s.date_inferred as start_inferred,
    n.value as later_value, n.qualifier as later_qualifier, n.date as later_date, n.date_precision as later_precision, n.date_label as later_label, n.date_inferred as later_inferred,
    g.due, coalesce(n.date > g.due, false) as later_is_late, y.value as in_time_value,
    -- A number that is newer than every proof of its task has not been judged yet.
    exists (select 1 from link_targets as k where k.task_id = g.task_id and k.proof_rank > 0 and k.seen >= n.date) as later_judged,
    -- Only what is counted alike is subtracted; without a newer number the gap is that of the starting point.
    case when g.comparable and coalesce(n.segment, s.segment) = g.segment then g.target - coalesce(n.value, s.value) end as gap,
    g.comparable, g.comparison_note, g.kind, g.date, g.date_precision, g.date_label, g.date_inferred, g.evidence, g.source_id,
    list_sort(list_distinct(list_filter([g.source_id, s.source_id, n.source_id], lambda x: x is not null))) as source_ids
from goals as g
join indicators as i using (indicator_code)
left join starts as s using (promise_id)
left join later as n using (promise_id)
left join in_time as y using (promise_id)
order by g.announced, g.task_id, g.promise_id
