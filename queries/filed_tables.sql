-- 可报送的每张表有多少条，最新的数据是哪一天，来自哪些来源？
-- Rows: one per filed table
with filed as (
    select 'institutions' as table_name, '机构' as title, 1 as number, date, source_id from institutions
    union all select 'observations', '观测', 2, date, source_id from observations where kind = 'actual'
    union all select 'task_reports', '任务报告', 3, date, source_id from task_reports
    union all select 'agreements', '协议', 4, date, source_id from agreements
    union all select 'events', '事件', 5, date, source_id from events where not planned
)
select
    table_name, any_value(f.title) as title, count(*)::int as filed, max(date) as date, 'day' as date_precision, null::varchar as date_label,
    count(distinct source_id)::int as sources,
    count(*) filter (where s.source_class = '单位报送')::int as by_units,
    list(distinct source_id order by source_id) as source_ids,
    format('{}表共{}条，按各条自己的日期取最新', any_value(f.title), count(*)) as evidence
from filed as f join sources as s using (source_id)
group by table_name
order by any_value(number)
