-- 每条任务联系指向什么，算不算证据？规则只在此处：结果、部分进展、试点算证据，其余都不算
-- Rows: one per link
with targets as (
    select
        l.link_id, l.task_id, l.relation, l.reasoning, l.set_by, l.set_on,
        case
            when l.event_id is not null then '事件'
            when l.document_id is not null then '文件'
            when l.observation_id is not null then '数字'
            when l.agreement_id is not null then '协议'
            when l.list_id is not null then '名单'
            else '指标'
        end as target_kind,
        coalesce(l.event_id, l.document_id, l.observation_id, l.agreement_id, l.list_id, l.indicator_code) as target_id,
        coalesce(e.title, d.title, a.title, n.title, oi.title, i.title) as target_title,
        o.value, oi.unit, o.qualifier,
        coalesce(e.date, d.date, o.date, a.date, n.date) as date,
        coalesce(e.date_precision, d.date_precision, o.date_precision, a.date_precision, n.date_precision) as date_precision,
        coalesce(e.date_label, d.date_label, o.date_label, a.date_label, n.date_label) as date_label,
        coalesce(e.date_inferred, d.date_inferred, o.date_inferred, a.date_inferred, n.date_inferred, false) as date_inferred,
        -- An indicator is named by the task itself: its words and source are the task's.
        coalesce(e.quote, d.quote, o.quote, a.quote, n.quote, t.quote) as quote,
        coalesce(e.source_id, d.source_id, o.source_id, a.source_id, n.source_id, t.source_id) as source_id
    from task_links as l
    join tasks as t using (task_id)
    left join events as e on e.event_id = l.event_id
    left join documents as d on d.document_id = l.document_id
    left join observations as o on o.observation_id = l.observation_id
    left join indicators as oi on oi.indicator_code = o.indicator_code
    left join agreements as a on a.agreement_id = l.agreement_id
    left join institution_lists as n on n.list_id = l.list_id
    left join indicators as i on i.indicator_code = l.indicator_code
)
select
    g.link_id, g.task_id, g.relation, g.reasoning, g.set_by, g.set_on, g.target_kind, g.target_id, g.target_title, g.value, g.unit, g.qualifier,
    g.date, g.date_precision, g.date_label, g.date_inferred, g.quote, g.source_id,
    case g.relation when 'result' then 3 when 'partial' then 2 when 'pilot' then 1 else 0 end as proof_rank,
    -- From this day on the target was public; what bears no date counts from the day its source appeared.
    coalesce(g.date, s.published, g.set_on) as seen
from targets as g
join sources as s using (source_id)
