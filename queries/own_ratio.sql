-- 一个指标除以另一个，各地得多少？口径、区划、日期合得上才相除，合不上的写明为什么
-- Rows: one per place
with claims as (
    select c.claim_id, c.place_code, c.indicator_code, c.base, c.boundary_year, c.value, c.qualifier, c.date, c.date_precision, c.date_label, c.date_inferred, c.evidence, c.source_id
    from observed_claims as c
    where c.kind = 'actual' and c.value is not null and c.list_id is null and c.date <= $as_of
),
pairs as (
    select
        n.place_code, n.value as over, n.qualifier as over_qualifier, n.base as over_base, n.date as over_date, n.date_precision as over_precision, n.date_label as over_label, n.date_inferred as over_inferred,
        d.value as under, d.qualifier as under_qualifier, d.base as under_base, d.date as under_date, d.date_precision as under_precision, d.date_label as under_label, d.date_inferred as under_inferred,
        n.boundary_year as over_boundaries, d.boundary_year as under_boundaries, abs(year(n.date) - year(d.date))::int as years_apart,
        case
            -- What does not count people has no base of its own.
            when n.base not in ($base, '不适用') then format('分子为{}口径，不是所选的{}', n.base, $base)
            when d.base not in ($base, '不适用') then format('分母为{}口径，不是所选的{}', d.base, $base)
            when n.boundary_year <> d.boundary_year then format('区划不同：分子按{}年，分母按{}年', n.boundary_year, d.boundary_year)
            when years_apart > 3 then format('分子与分母相隔{}年', years_apart)
            when d.value = 0 then '分母为零'
        end as reason,
        concat_ws('；', n.evidence, d.evidence) as evidence, list_sort(list_distinct([n.source_id, d.source_id])) as source_ids
    from claims as n
    join claims as d on d.place_code = n.place_code and d.indicator_code = $under
    where n.indicator_code = $over
    qualify row_number() over (
        partition by n.place_code
        order by reason is null desc, d.base in ($base, '不适用') and n.base in ($base, '不适用') desc, 
            -- The nearest days, so that a part is not divided by a whole of later years; of these the newest.
            abs(date_diff('day', n.date, d.date)), n.date desc, n.claim_id, d.claim_id
    ) = 1
)
select
    p.place_code, p.short_name, p.label, p.level, ni.unit as over_unit, di.unit as under_unit,
    r.over, r.over_qualifier, r.over_base, r.over_date, r.over_precision, r.over_label, r.over_inferred,
    r.under, r.under_qualifier, r.under_base, r.under_date, r.under_precision, r.under_label, r.under_inferred, r.years_apart, r.reason,
    case when r.reason is null then if(ni.unit = di.unit, 100, 1000) * r.over / nullif(r.under, 0) end as ratio,
    least(r.over_date, r.under_date) as date, 'year' as date_precision, if(r.under_base = '不适用', r.over_base, r.under_base) as base,
    r.evidence, r.source_ids
from pairs as r
join places as p using (place_code)
join indicators as ni on ni.indicator_code = $over
join indicators as di on di.indicator_code = $under
where p.in_delta and p.valid_to_year is null and p.level in ('region', 'province', 'city', 'district', 'county')
order by p.sort_order, p.place_code
