-- 符合条件的机构有多少家，四种床位各有几家公开、合计多少？
-- Rows: one
select
    count(*)::int as institutions,
    sum(beds_total)::bigint as beds_total, count(beds_total)::int as beds_total_reported,
    -- What rests on a list that is still to be checked.
    (count(beds_total) filter (where source_id in (select source_id from sources where caveat is not null)))::int as reported_listed,
    (sum(beds_total) filter (where source_id in (select source_id from sources where caveat is not null)))::bigint as beds_listed,
    sum(beds_open)::bigint as beds_open, count(beds_open)::int as beds_open_reported,
    sum(residents)::bigint as residents, count(residents)::int as residents_reported,
    sum(beds_available)::bigint as beds_available, count(beds_available)::int as beds_available_reported,
    count(coalesce(price_low, price_high))::int as price_reported,
    count(distinct city_code)::int as cities
from institutions_matching($demo, $words, $insured, $as_of, $chosen)
where misses = 0
order by institutions
