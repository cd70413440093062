-- 各城市每月有多少张床、开放多少、住了多少？
-- Rows: one per city and month
select
    city_code, month, count(distinct home_id) as homes, count(*) as home_days,
    sum(capacity) as bed_days, sum(open) as open_days, sum(occupied) as occupied_days,
    sum(occupied) / nullif(sum(open), 0) as occupancy
from bed_days
group by city_code, month
order by city_code, month
