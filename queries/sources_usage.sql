-- 每个来源是什么，它支持多少数字、动态、协议？
-- Rows: one per source
with nouns as (
    -- What one record of a table is called: a field of an agreement is no agreement, a responsible unit no task.
    from (values
        ('observations', '个数字'), ('events', '件动态'), ('agreements', '条协议记录'), ('agreement_fields', '条合作内容'),
        ('cooperation_status', '条各地状态'), ('institutions', '家机构'), ('institution_claims', '条机构情况'), ('bases', '个基地'),
        ('institution_lists', '份名单'), ('institution_list_places', '处名单点名的地区'), ('institution_list_members', '家名单点名的机构'),
        ('portability_policies', '条长护险规定'), ('settled_cases', '条结算记录'), ('task_lists', '份任务清单'), ('tasks', '项任务或成果'),
        ('task_actions', '项措施'), ('task_promises', '条承诺'), ('task_units', '条责任单位'), ('task_reports', '条单位反馈'),
        ('reporting_rhythms', '条报送节奏'), ('documents', '份文件'), ('practices', '条做法'), ('age_groups', '组分年龄人口')
    ) as t(table_name, noun)
),
kinds as (
    select r.source_id, coalesce(n.noun, '条' || r.kind) as noun, min(r.kind_order) as kind_order, min(r.table_name) as table_name, count(*)::int as records
    from resting_on_source as r
    left join nouns as n using (table_name)
    group by all
),
counted as (
    select
        source_id, sum(records)::int as total,
        string_agg(format('{:,}', records) || noun, '，' order by kind_order, records desc, table_name) as rests
    from kinds
    group by source_id
)
select
    s.source_id, s.title, s.publisher, s.source_class, s.document_number, s.linkable, s.url, s.host, s.published, s.published_precision, s.licence, s.note, s.caveat,
    concat_ws('·', s.source_id, s.title) as label,
    coalesce(c.total, 0)::int as total, coalesce(c.rests, '') as rests,
    '支持' || coalesce(c.total, 0) || '条' as evidence
from sources as s
left join counted as c using (source_id)
order by coalesce(c.total, 0) desc, s.source_id
