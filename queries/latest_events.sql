-- 最近发生了哪些与长三角养老合作有关的事？（旅游专列另列）只知年份的排在同年有日期的之后
-- Rows: one per event
select event_id, date, date_precision, date_label, date_inferred, category, title, place_text, parties, quote as evidence, source_id
from cooperation_events as e
where date <= $as_of
    -- A place in a ranking and a published figure are no cooperation.
    and category not in ('ranking', 'statistics')
    -- Without a place it may be the delta's; with places one of them must be.
    and coalesce((select bool_or(p.in_delta) from event_places as ep join places as p using (place_code) where ep.event_id = e.event_id), true)
order by case when date_precision in ('year', 'since') then make_date(year(date), 1, 1) else date end desc, event_id desc
limit $count
