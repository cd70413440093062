-- 最近发生了哪些事？
-- Rows: one per event
select event_id, date, date_precision, date_label, date_inferred, category, title, place_text, parties, quote as evidence, source_id
from events
where not planned and date <= $as_of
order by date desc, event_id desc
limit $count
