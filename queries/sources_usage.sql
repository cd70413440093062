-- 每个来源是什么，有多少数字、动态、协议等由它支持？
-- Rows: one per source
with kinds as (
    select source_id, kind, kind_order, count(*)::int as records from resting_on_source group by source_id, kind, kind_order
),
counted as (
    select
        source_id, sum(records)::int as total,
        string_agg(format('{:,}', records) || case kind when '数字' then '个' when '动态' then '件' when '文件' then '份' else '条' end || kind, '，' order by kind_order) as rests
    from kinds
    group by source_id
)
select
    s.source_id, s.title, s.publisher, s.source_class, s.document_number, s.linkable, s.url, s.host, s.published, s.published_precision, s.licence, s.note,
    concat_ws('·', s.source_id, s.title) as label,
    coalesce(c.total, 0)::int as total, coalesce(c.rests, '') as rests,
    '支持' || coalesce(c.total, 0) || '条' as evidence
from sources as s
left join counted as c using (source_id)
order by coalesce(c.total, 0) desc, s.source_id
