-- 每个参保地每年结算件数最多的三个服务地是哪里，各占多少？
-- Rows: up to three per origin, scheme and year; ties by the code of the place
with counted as (
    select origin_code, destination_code, scheme, substring(month, 1, 4) as year, sum(cases) as cases
    from settlement_months
    where origin_code <> destination_code
    group by origin_code, destination_code, scheme, substring(month, 1, 4)
),
shared as (
    select
        origin_code, destination_code, scheme, year, cases,
        cases / sum(cases) over (partition by origin_code, scheme, year) as share,
        row_number() over (partition by origin_code, scheme, year order by cases desc, destination_code) as place
    from counted
    where cases >= 10
)
select origin_code, scheme, year, place, destination_code, cases, share
from shared
where place <= 3
order by origin_code, scheme, year, place
