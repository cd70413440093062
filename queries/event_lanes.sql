-- 事件分哪几类？
-- Rows: one per lane
select lane, min(lane_order)::int as lane_order, string_agg(title, '、' order by category) as kinds
from event_kinds
group by lane
order by lane_order
