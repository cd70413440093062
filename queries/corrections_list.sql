-- 数据作过哪些更正？
-- Rows: one per correction
select c.correction_id, c.corrected_on as date, 'day' as date_precision, c.table_name, c.row_id, c.before, c.after, c.reason,
    coalesce(o.source_id, e.source_id, a.source_id) as source_id, c.reason as evidence
from corrections as c
left join observations as o on c.table_name = 'observations' and o.observation_id = c.row_id
left join events as e on c.table_name = 'events' and e.event_id = c.row_id
left join agreements as a on c.table_name = 'agreements' and a.agreement_id = c.row_id
order by c.corrected_on desc, c.correction_id desc
limit $count
