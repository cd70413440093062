-- 每份协议在哪些日期有公开动态？（签署日和所挂的已发生事件；拟签的日期和计划不算）
-- Rows: one per agreement and public date
select agreement_id, date
from agreements
where date is not null and status <> 'planned'
union
select ae.agreement_id, e.date
from agreement_events as ae
join events as e using (event_id)
where e.date is not null and not e.planned
