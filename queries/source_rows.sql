-- 一个来源支持了哪些数字、动态、协议、机构、任务与文件，原文怎么写？
-- Rows: one per row resting on the source
select
    r.kind, r.id, r.place, r.title, r.words, r.date, r.date_precision, r.date_label, r.date_inferred, r.shown,
    -- A target, a plan and a due date lie ahead: they say nothing of how new the source's data are.
    coalesce(o.kind in ('target', 'plan'), e.planned, d.status <> 'issued', r.table_name = 'tasks') or coalesce(r.date_label similar to '.*(目标|拟).*', false) as planned,
    count(*) over ()::int as total, -- The place of a number in a table is no wording of the source.
    if(r.table_name = 'observations' and o.quote is null, '出处：', '原文：') || case
        when x.quote is not null then replace(r.evidence, x.quote, x.quote || '（译：' || x.rendering || '）')
        when regexp_matches(r.evidence, '[A-Za-z]') and not regexp_matches(r.evidence, '[一-龥]') then r.evidence || '（外文）'
        else r.evidence
    end as quote_words, r.evidence, r.source_id
from resting_on_source as r
left join observations as o on r.table_name = 'observations' and o.observation_id = r.id
left join documents as d on r.table_name = 'documents' and d.document_id = r.id
left join events as e on r.table_name = 'events' and e.event_id = r.id
left join quote_renderings as x on x.source_id = r.source_id and starts_with(r.evidence, x.quote)
where r.source_id = $source
order by r.kind_order, r.date desc nulls last, r.id
limit $count offset $start
