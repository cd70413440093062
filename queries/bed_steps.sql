-- 一个地区的床位与机构数字，后一个比前一个多了还是少了？（同一口径内相邻两个公布的数，推算的不算）
-- Rows: one per shown claim
with claims as (
    select
        o.observation_id, o.place_code, p.short_name, o.indicator_code, i.title as indicator_title, i.unit, o.value, o.qualifier,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.source_id, c.quoted as quote,
        concat_ws('|', o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment) as series
    from observations as o
    join claim_evidence as c using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    where o.shown and o.date is not null and o.value is not null and o.kind = 'actual'
        and list_contains($indicators, o.indicator_code) and list_contains($places, o.place_code)
),
steps as (
    select
        observation_id, short_name, indicator_code, indicator_title, unit, value, qualifier, date, date_precision, date_label, date_inferred, source_id, quote, series,
        lag(value) over same as earlier_value, lag(qualifier) over same as earlier_qualifier, lag(date) over same as earlier_date,
        lag(date_precision) over same as earlier_precision, lag(date_label) over same as earlier_label, lag(date_inferred) over same as earlier_inferred,
        lag(source_id) over same as earlier_source, lag(quote) over same as earlier_quote
    from claims
    window same as (partition by series order by date, observation_id)
)
select
    observation_id, short_name, indicator_title, unit, value, qualifier, date, date_precision, date_label, date_inferred,
    earlier_value, earlier_qualifier, earlier_date, earlier_precision, earlier_label, earlier_inferred,
    value - earlier_value as change, 100.0 * (value - earlier_value) / nullif(earlier_value, 0) as percent,
    datediff('day', earlier_date, date) <= 550 as one_step, series,
    [source_id] || list_filter([earlier_source], lambda x: x <> source_id) as source_ids, concat_ws('；', earlier_quote, quote) as evidence
from steps
where earlier_value is not null
order by indicator_code, date desc, observation_id
