-- 一个地区哪些指标有三个以上可比的数，逐年是多少？
-- Rows: one per claim
with own as (
    select claim_id, indicator_code, base, boundary_year, segment, kind, value, qualifier, date, date_precision, date_label, date_inferred, evidence, source_id
    from observed_claims
    where place_code = $place and kind in ('actual', 'derived') and value is not null and list_id is null and date <= $as_of
),
latest as (
    select indicator_code, base, boundary_year, segment
    from own
    qualify row_number() over (partition by indicator_code, base order by date desc, boundary_year desc nulls last, claim_id) = 1
),
comparable as (
    select o.claim_id, count(*) over (partition by o.indicator_code, o.base) as points
    from own as o
    join latest as n
        on o.indicator_code = n.indicator_code and o.base = n.base and o.segment = n.segment and o.boundary_year is not distinct from n.boundary_year
    qualify row_number() over (partition by o.indicator_code, o.base, o.date order by o.claim_id) = 1
)
select
    o.claim_id, o.indicator_code, i.title as indicator_title, i.topic, i.unit, o.base, o.indicator_code || '|' || o.base as series, o.kind, o.value, o.qualifier,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.evidence, o.source_id, s.title as source_title, s.publisher, p.short_name as place_name
from own as o
join comparable as c using (claim_id)
join indicators as i using (indicator_code)
join sources as s using (source_id)
join places as p on p.place_code = $place
where c.points >= 3
order by i.topic, i.title, o.base, o.date, o.claim_id
