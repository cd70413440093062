-- 一个地区在同级地区中排第几，比所在省、比长三角高还是低？
-- Rows: one per measure
with units as (
    -- Peers: the 41 cities, Shanghai's districts, the four provinces, or the counties that the census of 2020 counts.
    select place_code, short_name, parent_code, sort_order, 'city' as peers from places where in_delta and valid_to_year is null and (level = 'city' or place_code = '310000')
    union all
    select place_code, short_name, parent_code, sort_order, level from places where in_delta and valid_to_year is null and level = 'district'
    union all
    select place_code, short_name, parent_code, sort_order, level from places where in_delta and place_code in (select place_code from county_shares where year = 2020)
    union all
    select place_code, short_name, parent_code, sort_order, 'province' from places where in_delta and level = 'province'
    union all
    select place_code, short_name, parent_code, sort_order, 'region' from places where place_code = 'YRD'
),
urban as (
    -- Summed before divided: a province is the sum of its cities.
    select
        up.ancestor_code as place_code, 100.0 * sum(u.value) / nullif(sum(t.value), 0) as share,
        any_value(u.source_id) as source_id,
        format('城镇人口{:,}人÷常住人口{:,}人（{}）', sum(u.value)::bigint, sum(t.value)::bigint, any_value(u.source_table)) as evidence
    from observations as u
    join observations as t
        on t.place_code = u.place_code and t.indicator_code = 'resident_population' and t.shown and t.date = u.date
        and t.boundary_year is not distinct from u.boundary_year
    join place_ancestors as up on up.place_code = u.place_code
    where u.indicator_code = 'urban_population' and u.shown and u.date = date '2020-11-01' and up.ancestor_code <> '000000'
    group by up.ancestor_code
),
measured as (
    select place_code, 'share_' || age || 'plus' as measure, share as value, source_id, evidence from population_shares where year = 2020
    union all
    select place_code, 'share_' || age || 'plus', share, source_id, evidence from county_shares where year = 2020
    union all
    select now.place_code, 'change_60plus', now.share - before.share, now.source_id, now.evidence || '；' || before.evidence
    from population_shares as now
    join population_shares as before using (place_code, age)
    where now.year = 2020 and before.year = 2010 and age = 60
    union all
    select place_code, 'urban_share', share, source_id, evidence from urban
),
names as (
    select measure, title, unit, number
    from (values
        ('share_60plus', '60岁及以上占比', '%', 1), ('share_65plus', '65岁及以上占比', '%', 2), ('share_80plus', '80岁及以上占比', '%', 3),
        ('change_60plus', '60岁及以上占比十年升降', '个百分点', 4), ('urban_share', '城镇人口占比', '%', 5)
    ) as listed (measure, title, unit, number)
),
ranked as (
    select
        u.place_code, u.short_name, u.peers, m.measure, m.value, m.source_id, m.evidence,
        rank() over (partition by u.peers, m.measure order by m.value desc)::int as rank,
        count(*) over (partition by u.peers, m.measure)::int as ranked,
        list(m.value) over (partition by u.peers, m.measure order by u.sort_order rows between unbounded preceding and unbounded following) as peer_values,
        list(u.short_name) over (partition by u.peers, m.measure order by u.sort_order rows between unbounded preceding and unbounded following) as peer_names
    from units as u
    join measured as m using (place_code)
    where m.value is not null
),
provinces as (
    -- The delta has no peers: its provinces stand around it.
    select measure, list(value order by place_code) as peer_values, list(short_name order by place_code) as peer_names
    from ranked
    where peers = 'province'
    group by measure
)
select
    r.place_code, r.short_name, r.peers, r.measure, n.title, n.unit, coalesce(i.polarity, 'none') as polarity,
    r.value, r.rank, r.ranked,
    case when r.peers = 'county' then (
        select '同级为七普单列的县（市、区）；' || string_agg(u.label || '（' || u.note || '）', '、' order by u.sort_order)
        from places as u
        where u.level = 'county' and u.in_delta and u.valid_to_year = 2020 and u.place_code in (select place_code from county_shares where year = 2020)
    ) end as peers_note,
    case r.peers when 'region' then w.peer_values else r.peer_values end as peer_values,
    case r.peers when 'region' then w.peer_names else r.peer_names end as peer_names,
    province.place_code as province_code, province.short_name as province_name, above.value as province_value,
    delta.value as delta_value,
    date '2020-11-01' as date, 'day' as date_precision, '常住' as base, r.source_id, r.evidence
from ranked as r
join names as n using (measure)
left join provinces as w using (measure)
left join indicators as i on i.indicator_code = r.measure
left join place_ancestors as up on up.place_code = r.place_code and up.ancestor_level = 'province' and up.steps > 0
left join places as province on province.place_code = up.ancestor_code
left join measured as above on above.place_code = province.place_code and above.measure = r.measure
left join measured as delta on delta.place_code = 'YRD' and delta.measure = r.measure and r.place_code <> 'YRD'
-- Shanghai is a province and one of the 41 cities: it is ranked among the cities.
where r.place_code = $place and not (r.place_code = '310000' and r.peers = 'province')
order by n.number
