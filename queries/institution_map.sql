-- 符合条件的机构在地图上是哪些点？太多时按方格聚成带数目的圆
-- Rows: one per point or circle
with found as (
    select institution_id, name, place_label, city_name, lon, lat, point_precision, type_word, beds_total, demo, date, date_precision, date_inferred, source_id, quote
    from institutions_matching($demo, $words, $insured, $as_of, $chosen)
    where misses = 0 and lon is not null
),
extent as (
    select count(*) as institutions, greatest(max(lon) - min(lon), max(lat) - min(lat), 0.1) / $cells as step
    from found
),
placed as (
    select
        f.institution_id, f.name, f.place_label, f.city_name, f.lon, f.lat, f.point_precision, f.type_word, f.beds_total, f.demo, f.date,
        f.date_precision, f.date_inferred, f.source_id, f.quote,
        -- Those at one and the same point are always one circle: nothing lies hidden under another.
        case when e.institutions > $points then floor(f.lon / e.step) else f.lon end as across,
        case when e.institutions > $points then floor(f.lat / e.step) else f.lat end as along
    from found as f
    cross join extent as e
),
circles as (
    select
        across, along, count(*)::int as institutions, sum(beds_total)::bigint as beds, count(beds_total)::int as reported,
        avg(lon) as lon, avg(lat) as lat, min(institution_id) as first_id, min(name) as name, min(place_label) as place_label, min(type_word) as type_word,
        case when count(*) = 1 then min(point_precision) else 'many' end as point_precision,
        string_agg(distinct city_name, '、' order by city_name) as city_names, list(distinct city_name order by city_name) as cities,
        bool_or(demo) as demo, max(date) as date, arg_max(date_precision, date) as date_precision, coalesce(arg_max(date_inferred, date), false) as date_inferred,
        list(distinct source_id order by source_id) as source_ids, min(quote) as evidence
    from placed
    group by across, along
)
select
    case when institutions = 1 then first_id else format('{:.3f}|{:.3f}', lon, lat) end as point_id,
    case when institutions = 1 then first_id end as institution_id, institutions, beds, reported, lon, lat, point_precision,
    case when institutions = 1 then name else format('{:,}家', institutions) end as label,
    city_names, cities,
    -- The fictitious list says so wherever it is pointed at, and nothing of it is public.
    if(demo, '（演示）', '') || case
        when institutions = 1 then format(E'{}\n{} · {}\n{}', name, place_label, type_word, case when beds is null then '总床位未载' else format('总床位{:,}张', beds) end)
        when reported = 0 then format(E'{:,}家，{}\n床位未载', institutions, city_names)
        else format(E'{:,}家，{}\n{:,}家有{}总床位，{}{:,}张', institutions, city_names, reported, if(demo, '', '公开'), if(reported > 1, '合计', ''), beds)
    end as hover,
    demo, date, date_precision, date_inferred, source_ids, evidence
from circles
order by institutions desc, point_id
