-- 哪一地的参保人在哪一地结算了多少件？
-- Rows: one per origin, destination, scheme and period
select
    c.origin_code, o.label as origin, c.destination_code, d.label as destination, c.scheme,
    case c.scheme when 'ltci' then '长护险' else '养老服务补贴' end as scheme_title,
    c.period_start, c.period_end as date, 'by_date' as date_precision,
    -- Under ten no number is kept, so none can be shown.
    try_cast(c.cases as bigint) as cases, coalesce(format('{:,}', try_cast(c.cases as bigint)), c.cases) as cases_words, c.note, c.quote as evidence, c.source_id
from settled_cases as c
join places as o on o.place_code = c.origin_code
join places as d on d.place_code = c.destination_code
order by o.sort_order, d.sort_order, c.scheme, c.period_end
