-- 符合条件的机构，按所选次序，从第几家起的若干家是哪些？
-- Rows: one per institution
with found as (
    select
        demo, institution_id, name, former_names, place_label, city_name, sort_order, address, type, type_word, ownership, operator, beds_total, beds_open, residents,
        beds_available, price_low, price_high, care_levels, medical, opened, list_words, portability_word, point_precision,
        date, date_precision, date_inferred, date_label, source_id, quote, note,
        -- Great-circle distance in kilometres; null when no place was chosen.
        2 * 6371 * asin(sqrt(
            pow(sin(radians(lat - $from_lat::double) / 2), 2)
            + cos(radians($from_lat::double)) * cos(radians(lat)) * pow(sin(radians(lon - $from_lon::double) / 2), 2)
        )) as distance_km
    from institutions_matching($demo, $words, $insured, $as_of, $chosen)
    where misses = 0
),
ordered as (
    select
        demo, institution_id, name, former_names, place_label, city_name, address, type, type_word, ownership, operator, beds_total, beds_open, residents,
        beds_available, price_low, price_high, care_levels, medical, opened, list_words, portability_word, point_precision, distance_km, sort_order,
        date, date_precision, date_inferred, date_label, source_id, quote, note,
        case $sort
            when 'beds_total' then -beds_total
            when 'beds_open' then -beds_open
            when 'beds_available' then -beds_available
            when 'price' then price_low
            when 'distance' then distance_km
            else sort_order
        end as sort_key
    from found
    order by sort_key nulls last, sort_order, institution_id
    limit $count offset $first
)
select
    ($first + row_number() over (order by sort_key nulls last, sort_order, institution_id))::int as number, demo, institution_id, name, former_names, name || coalesce('（原名' || former_names || '）', '') as called, place_label, city_name, address, type, type_word, ownership, operator, beds_total, beds_open,
    residents, beds_available, price_low, price_high,
    case
        when price_low is null and price_high is null then '未载'
        when price_low is null then format('至{:,}', price_high::int)
        when price_high is null then format('{:,}起', price_low::int)
        when price_high = price_low then format('{:,}', price_low::int)
        else format('{:,}—{:,}', price_low::int, price_high::int)
    end as price_words,
    replace(care_levels, ';', '、') as care_words, medical, strftime(opened, '%Y-%m-%d') as opened, list_aggregate(list_words, 'string_agg', '、') as list_titles, portability_word,
    round(distance_km, 1) as distance_km,
    concat_ws('·', case when city_name <> place_label and place_label not like city_name || '%' then city_name end, place_label) as place_words,
    case point_precision when 'address' then '门牌地址' when 'town' then '乡镇、街道' when 'county' then '区县中心' when 'city' then '城市中心' else '省级' end as point_words,
    'institution?institution=' || url_encode(institution_id) as link,
    case when ended_on <= $as_of then ended_words end as ended_words,
    date, date_precision, date_inferred, date_label, source_id, quote as evidence, note
from ordered left join ended_homes using (institution_id)
order by number
