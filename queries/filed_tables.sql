-- 可报送的每张表有多少条，最新的数据是哪一天，来自哪些来源？
-- Rows: one per filed table
with named(table_name, title, number) as (
    values
        ('institutions', '机构', 1), ('institution_events', '机构变动', 2), ('institution_lists', '公布的名单', 3), ('institution_list_members', '名单里的机构', 4),
        ('observations', '指标数值', 5), ('confirmations', '部门核定', 6), ('task_lists', '任务清单', 7), ('tasks', '任务', 8), ('task_units', '责任单位', 9),
        ('task_reports', '任务报告', 10), ('agreements', '协议', 11), ('agreement_parties', '协议参与方', 12), ('events', '事件', 13),
        ('data_requests', '商请', 14)
),
filed as (
    select 'institutions' as table_name, date, date_precision, date_label, date_inferred, source_id from institutions
    union all select 'institution_events', date, date_precision, date_label, date_inferred, source_id from institution_events
    union all select 'institution_lists', date, date_precision, date_label, date_inferred, source_id from institution_lists
    union all select 'institution_list_members', null, null, null, null, source_id from institution_list_members
    union all select 'confirmations', date, date_precision, date_label, date_inferred, source_id from confirmations
    union all select 'task_lists', date, date_precision, date_label, date_inferred, source_id from task_lists
    union all select 'tasks', null, null, null, null, source_id from tasks
    union all select 'task_units', null, null, null, null, source_id from task_units
    union all
    select 'agreement_parties', null, null, null, null, coalesce(p.source_id, a.source_id) from agreement_parties as p join agreements as a using (agreement_id)
    union all select 'observations', date, date_precision, date_label, date_inferred, source_id from observations where kind = 'actual'
    union all select 'task_reports', date, 'day', null, false, source_id from task_reports
    union all select 'agreements', date, date_precision, date_label, date_inferred, source_id from agreements
    union all select 'data_requests', asked_on, 'day', null, false, source_id from data_requests
    union all select 'events', date, date_precision, date_label, date_inferred, source_id from events where not planned
)
select
    table_name, any_value(n.title) as title, count(source_id)::int as filed, max(date) as date,
    -- The newest day as its own row has it: 年底, （推断）.
    coalesce(arg_max(date_precision, date), 'day') as date_precision, coalesce(arg_max(date_inferred, date), false) as date_inferred,
    case when count(source_id) = 0 then '尚无' else nullif(arg_max(coalesce(date_label, ''), date), '') end as date_label, count(distinct source_id)::int as sources,
    count(*) filter (where s.source_class = '单位报送')::int as by_units,
    coalesce(list(distinct source_id order by source_id) filter (where source_id is not null), []) as source_ids,
    format('{}表共{}条，按各条自己的日期取最新', any_value(n.title), count(source_id)) as evidence
from named as n left join filed as f using (table_name) left join sources as s using (source_id)
group by table_name
order by any_value(number)
