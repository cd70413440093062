-- 在一种供给、一组出行假设下，各地每千名老人可及多少张床位，可用范围放宽以后变了多少？（两步移动搜索法，试算；没有床位数字的地区的老人照样争用，占比高过上限的不列结果）
-- Rows: one per place
with catchments as (
    select reach, place_code, measure, supply_id, beds, known, competing, competing_unknown, share
    from access_catchments($measure, $age, [$narrow, $wide], $as_of, $detour, $speed, $minutes, $decay, $own)
),
summed as (
    select
        c.reach, c.place_code, any_value(c.known) as known, count(*)::int as supplies, sum(c.beds)::double as beds, 1000 * sum(c.share) as value,
        -- Of what makes up the value: how much of the demand on it lives where no figure of beds is known.
        100 * sum(c.share * c.competing_unknown / nullif(c.competing, 0)) / nullif(sum(c.share), 0) as unknown_share,
        list(distinct c.measure order by c.measure) as measures,
        list(distinct s.source_id order by s.source_id) filter (where s.source_id is not null) as source_ids,
        max(s.date) as date, arg_max(s.date_precision, s.date) as date_precision, bool_or(s.date_inferred) as date_inferred
    from catchments as c
    left join access_supply as s on s.supply_id = c.supply_id and s.measure = c.measure
    group by c.reach, c.place_code
),
beside as (
    select
        d.place_code, d.label, d.short_name, d.sort_order, d.city_code, d.lon, d.lat, d.elders, d.source_id, d.date as census_date, d.date_precision as census_precision,
        w.known, coalesce(n.supplies, 0) as narrow_supplies, coalesce(n.beds, 0) as narrow_beds, coalesce(n.value, 0) as narrow_value,
        w.supplies as wide_supplies, w.beds as wide_beds, w.value as wide_value, w.unknown_share,
        w.unknown_share > $most_unknown or coalesce(n.unknown_share > $most_unknown, false) as over_limit,
        w.measures, coalesce(w.source_ids, []) as supply_sources, w.date, w.date_precision, w.date_inferred
    from access_demand as d
    join summed as w on w.place_code = d.place_code and w.reach = $wide
    left join summed as n on n.place_code = d.place_code and n.reach = $narrow
    where d.age = $age and not d.zones and (w.known or $measure in ('entered', 'filed_beds', 'demo_beds'))
)
select
    b.place_code, b.label, b.short_name, city.short_name as city, province.short_name as province, b.lon, b.lat, b.elders,
    b.narrow_supplies, b.narrow_beds, b.wide_supplies, b.wide_beds, b.unknown_share, b.over_limit,
    if(b.over_limit, null, b.narrow_value) as narrow_value, if(b.over_limit, null, b.wide_value) as wide_value,
    -- What is left of two sums that are equal is no change.
    case when b.over_limit then null when abs(b.wide_value - b.narrow_value) < 1e-9 then 0 else b.wide_value - b.narrow_value end as change,
    'city?place=' || b.place_code as link, b.measures, $measure = 'demo_beds' as demo, '常住' as base,
    coalesce(b.date, b.census_date) as date, coalesce(b.date_precision, b.census_precision) as date_precision, null as date_label, coalesce(b.date_inferred, false) as date_inferred,
    list_sort(list_distinct(b.supply_sources || [b.source_id])) as source_ids,
    format('{}：可及的床位逐处除以分用它的老人，再相加；{}处、{:,.0f}张，{}岁及以上{:,}人', b.label, b.wide_supplies, b.wide_beds, $age, b.elders) as evidence
from beside as b
join places as city on city.place_code = b.city_code
join places as province on province.place_code = left(b.place_code, 2) || '0000'
order by b.sort_order, b.place_code
