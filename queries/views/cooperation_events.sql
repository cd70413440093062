-- 哪些已发生的事件是养老合作的动态？（计划不算；旅游专列与线路另列，不算）规则只在此处
-- Rows: one per event
select e.event_id, e.category, e.title, e.place_text, e.parties, e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
from events as e
join event_kinds as k using (category)
-- Earlier releases do not say which kinds are cooperation: then each is.
where not e.planned and coalesce(k.cooperation, true)
