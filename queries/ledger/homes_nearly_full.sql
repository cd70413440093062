-- 各城市每月有多少家机构，超过半数的日子里开放床位住了95%以上？
-- Rows: one per city and month
with homes as (
    select
        city_code, month, home_id, count(*) as days,
        sum(case when occupied * 100 >= open * 95 then 1 else 0 end) as full_days
    from bed_days
    where open > 0
    group by city_code, month, home_id
)
select city_code, month, count(*) as homes, sum(case when full_days * 2 > days then 1 else 0 end) as nearly_full
from homes
group by city_code, month
order by city_code, month
