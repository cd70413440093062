-- 有数字的目标各是多少，来源有没有写明分段，起点是多少，对应哪项任务？
-- Rows: one per claim
with goals as (
    select o.observation_id, o.place_code, o.indicator_code, o.base, coalesce(o.reading, '') as reading, o.value, o.value_text, o.qualifier, o.kind, o.date, o.date_precision, o.date_label, o.date_inferred, c.evidence, o.source_id
    from observations as o
    join claim_evidence as c using (observation_id)
    join sources as s using (source_id)
    where o.kind = 'target' and o.shown and o.value is not null and coalesce(s.published <= $as_of, true)
),
-- A stage has a year of its own; two readings of one sentence are no stages.
staged as (
    select place_code, indicator_code, base, reading, count(distinct year(date))::int as stages
    from goals
    group by place_code, indicator_code, base, reading
),
starts as (
    select g.observation_id, c.value, w.amount, c.date, c.date_precision, c.date_label, c.date_inferred, c.source_id, c.evidence
    from goals as g
    join observed_claims as c on c.place_code = g.place_code and c.indicator_code = g.indicator_code and c.base = g.base
    left join claim_words as w on w.observation_id = c.claim_id
    where c.kind in ('actual', 'derived') and c.value is not null and c.date <= least(g.date, $as_of::date)
    qualify row_number() over (partition by g.observation_id order by c.date desc, c.claim_id) = 1
),
linked as (
    select m.observation_id, m.task_id from task_promises as m where m.observation_id is not null
    union
    select g.observation_id, k.task_id
    from task_links as k
    join tasks as t using (task_id)
    join task_lists as l using (task_list_id)
    join goals as g on g.indicator_code = k.indicator_code and g.place_code = l.place_code
    where k.relation = 'measure'
),
named as (
    select x.observation_id, string_agg(l.short_title || '：' || t.title, '；' order by t.task_id) as tasks, min(t.task_id) as task_id
    from linked as x
    join tasks as t using (task_id)
    join task_lists as l using (task_list_id)
    group by x.observation_id
)
select
    g.observation_id, g.place_code, p.short_name, p.name as place_name, p.label, p.in_delta, g.indicator_code, i.title as indicator_title, i.unit, g.base, nullif(g.reading, '') as reading,
    g.value, g.value_text, g.qualifier, g.kind, g.date, g.date_precision, g.date_label, g.date_inferred, s.stages,
    concat_ws('|', g.place_code, g.indicator_code, g.base, g.reading) as series, p.short_name || i.title as legend,
    b.value as start_value, b.amount as start_amount, b.date as start_date, b.date_precision as start_precision, b.date_label as start_label, b.date_inferred as start_inferred,
    n.tasks, n.task_id, r.title as source_title, concat_ws('；', g.evidence, b.evidence) as evidence,
    g.source_id, list_sort(list_distinct(list_filter([g.source_id, b.source_id], lambda x: x is not null))) as source_ids
from goals as g
join staged as s on s.place_code = g.place_code and s.indicator_code = g.indicator_code and s.base = g.base and s.reading = g.reading
join places as p on p.place_code = g.place_code
join indicators as i on i.indicator_code = g.indicator_code
join sources as r on r.source_id = g.source_id
left join starts as b on b.observation_id = g.observation_id
left join named as n on n.observation_id = g.observation_id
order by p.in_delta desc, p.sort_order, i.title, g.reading, g.date, g.observation_id
