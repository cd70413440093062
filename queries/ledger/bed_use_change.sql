-- 各城市每月的入住率比上一年同月高多少？
-- Rows: one per city and month that has the same month a year before
with used as (
    select city_code, month, sum(occupied) / nullif(sum(open), 0) as occupancy
    from bed_days
    group by city_code, month
)
select
    later.city_code, later.month, later.occupancy, earlier.occupancy as occupancy_before,
    later.occupancy - earlier.occupancy as change
from used as later
join used as earlier
    on earlier.city_code = later.city_code
    and earlier.month = concat(cast(cast(substring(later.month, 1, 4) as int) - 1 as varchar), substring(later.month, 5, 3))
order by later.city_code, later.month
