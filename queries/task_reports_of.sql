-- 责任单位对这些任务反馈了什么？
-- Rows: one per report
select
    l.short_title || coalesce(' ' || t.number, ' ' || t.title) as task_number, r.task_id, t.title as task_title, r.unit, r.self_status, r.text, r.evidence as proof,
    r.problems, r.next_step, r.reported_by, r.date, 'day' as date_precision, coalesce(r.text, r.self_status) as evidence, r.source_id
from task_reports as r
join tasks as t using (task_id)
join task_lists as l using (task_list_id)
where list_contains($tasks, r.task_id) and r.date <= $as_of
order by r.date desc, r.task_id, r.unit
