-- 哪些地方作为参与方出现在事件里？
-- Rows: one per place
select p.place_code, p.label, p.short_name, count(distinct ep.event_id)::int as events
from event_places as ep
join places as p using (place_code)
where ep.role = 'party'
group by p.place_code, p.label, p.short_name, p.sort_order
order by p.sort_order, p.place_code
