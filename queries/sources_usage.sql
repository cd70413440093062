-- 每个来源是什么，有多少数字、事件、协议等由它支持？
-- Rows: one per source
with used as (
    select source_id, 'claims' as kind from observations
    union all select source_id, 'events' from events
    union all select source_id, 'agreements' from agreements
    union all select source_id, 'agreements' from agreement_fields
    union all select source_id, 'institutions' from institutions
    union all select source_id, 'institutions' from institution_claims
    union all select source_id, 'institutions' from institution_list_places
    union all select source_id, 'tasks' from tasks
    union all select source_id, 'tasks' from task_actions
    union all select source_id, 'documents' from documents
    union all select source_id, 'practices' from practices
    union all select source_id, 'others' from bases
    union all select source_id, 'others' from cooperation_status
    union all select source_id, 'others' from age_groups
),
counted as (
    select
        source_id, count(*)::int as total,
        count(*) filter (where kind = 'claims')::int as claims, count(*) filter (where kind = 'events')::int as events,
        count(*) filter (where kind = 'agreements')::int as agreements, count(*) filter (where kind = 'institutions')::int as institutions,
        count(*) filter (where kind = 'tasks')::int as tasks, count(*) filter (where kind = 'documents')::int as documents,
        count(*) filter (where kind = 'practices')::int as practices, count(*) filter (where kind = 'others')::int as others
    from used
    group by source_id
)
select
    s.source_id, s.title, s.publisher, s.source_class, s.document_number, s.linkable, s.url, s.host, s.published, s.published_precision, s.licence, s.note,
    concat_ws('·', s.source_id, s.title) as label,
    coalesce(c.total, 0)::int as total, coalesce(c.claims, 0)::int as claims, coalesce(c.events, 0)::int as events,
    coalesce(c.agreements, 0)::int as agreements, coalesce(c.institutions, 0)::int as institutions, coalesce(c.tasks, 0)::int as tasks,
    coalesce(c.documents, 0)::int as documents, coalesce(c.practices, 0)::int as practices, coalesce(c.others, 0)::int as others,
    concat_ws('，',
        c.claims || '个数字', nullif(c.events, 0) || '件动态', nullif(c.agreements, 0) || '条协议', nullif(c.institutions, 0) || '条机构',
        nullif(c.tasks, 0) || '项任务', nullif(c.documents, 0) || '份文件', nullif(c.practices, 0) || '条做法', nullif(c.others, 0) || '条其他'
    ) as rests,
    '支持' || coalesce(c.total, 0) || '条' as evidence
from sources as s
left join counted as c using (source_id)
order by coalesce(c.total, 0) desc, s.source_id
