-- 各市、各区的责任单位在哪些任务里？来源把单位写在这个地区的才算；已发布的成果不再问
-- Rows: one per task and unit
select u.place_code, t.task_id, u.unit, t.title, t.due_text, l.short_title as list_short, u.source_id
from task_units as u
join tasks as t using (task_id)
join task_lists as l using (task_list_id)
join places as p on p.place_code = u.place_code
where l.kind = 'task' and p.in_delta and p.valid_to_year is null and (p.level in ('city', 'district') or p.place_code = '310000')
order by u.place_code, t.task_id, u.unit
