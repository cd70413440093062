-- 这些任务各与哪些事件、文件、数字、协议、名单相连，凭什么这样判断？
-- Rows: one per link
select
    k.link_id, k.task_id, l.short_title || coalesce(' ' || t.number, '') as task_number, t.title as task_title, k.relation, k.proof_rank,
    k.target_kind, k.target_id, k.target_title, k.value, k.unit, k.qualifier, k.reasoning, k.set_by, k.set_on,
    k.date, k.date_precision, k.date_label, k.date_inferred, k.quote as evidence, k.source_id
from link_targets as k
join tasks as t using (task_id)
join task_lists as l using (task_list_id)
where list_contains($tasks, k.task_id) and k.seen <= $as_of
order by l.date, t.task_list_id, t.number nulls last, k.task_id, k.proof_rank desc, k.relation, k.date desc, k.link_id
