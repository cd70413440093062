-- 每个参保地每年在每个服务地结算多少件？（少于10件的不写数）
-- Rows: one per origin, destination, scheme and year
with counted as (
    select origin_code, destination_code, scheme, substring(month, 1, 4) as year, sum(cases) as cases
    from settlement_months
    where origin_code <> destination_code
    group by origin_code, destination_code, scheme, substring(month, 1, 4)
)
select
    origin_code, destination_code, scheme, year,
    case when cases >= 10 then cases end as cases, cases < 10 as under_ten
from counted
where cases > 0
order by origin_code, destination_code, scheme, year
