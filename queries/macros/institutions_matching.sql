-- 哪些机构符合所选条件，差在哪一条？条件的写法只在此处：没有值的机构是“未载”一项，不会被悄悄去掉
-- Rows: one per institution
-- Arguments: demo_list, words, insured, as_of, chosen
with asked as (
    select
        i.demo, i.institution_id, coalesce(h.name, i.name) as name, h.former_names, i.aliases, i.place_code, i.place_label, i.county_code, i.city_code, i.province_code, i.city_name,
        i.sort_order, if(h.institution_id is null, i.address, h.address) as address,
        -- Who moved stands at the centre of its place until a list says where.
        if(h.elsewhere, i.place_lon, i.lon) as lon, if(h.elsewhere, i.place_lat, i.lat) as lat, if(h.elsewhere, i.place_precision, i.point_precision) as point_precision,
        i.type, i.ownership, i.operator, i.beds_total, i.beds_open, i.residents,
        i.beds_available, i.price_low, i.price_high, i.care_levels, i.medical, i.opened, i.lists, i.type_word, i.ownership_word,
        i.size_word, i.price_word, i.medical_word, i.opened_word, i.open_word, i.available_word, i.care_words, i.list_words,
        coalesce(p.answer, '未知') as portability_word, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, i.quote, i.note,
        -- Every word must be found, in whatever part.
        coalesce(list_bool_and(list_transform(string_split(lower(words), ' '), lambda word: contains(i.searched, word))), true) as words_ok,
        -- A list that was not given (null) does not filter; an empty one lets nothing through.
        -- A place that is not known is the choice ''.
        coalesce(list_contains(chosen['province'], coalesce(i.province_code, '')), true) as province_ok,
        coalesce(list_contains(chosen['city'], coalesce(i.city_code, '')), true) as city_ok,
        coalesce(list_contains(chosen['county'], coalesce(i.county_code, '')), true) as county_ok,
        coalesce(list_contains(chosen['type'], i.type_word), true) as type_ok,
        coalesce(list_contains(chosen['ownership'], i.ownership_word), true) as ownership_ok,
        coalesce(list_contains(chosen['size'], i.size_word), true) as size_ok,
        coalesce(list_contains(chosen['price'], i.price_word), true) as price_ok,
        coalesce(list_has_any(chosen['care'], i.care_words), true) as care_ok,
        coalesce(list_contains(chosen['medical'], i.medical_word), true) as medical_ok,
        coalesce(list_has_any(chosen['list'], i.list_words), true) as list_ok,
        coalesce(list_contains(chosen['opened'], i.opened_word), true) as opened_ok,
        coalesce(list_contains(chosen['open'], i.open_word), true) as open_ok,
        coalesce(list_contains(chosen['available'], i.available_word), true) as available_ok,
        coalesce(list_contains(chosen['portability'], coalesce(p.answer, '未知')), true) as portability_ok
    from finder_institutions as i
    left join homes_called as h on h.institution_id = i.institution_id and h.since <= as_of and coalesce(as_of < h.until, true)
    left join institution_portability as p on p.institution_id = i.institution_id and p.insured_code = insured and coalesce(p.date <= as_of, true)
    where i.demo = demo_list and i.in_delta
        -- Who had closed by the day is shown only when asked for.
        and (chosen['ended'] is not null or not exists (select 1 from ended_homes as x where x.institution_id = i.institution_id and x.ended_on <= as_of))
)
select
    demo, institution_id, name, former_names, aliases, place_code, place_label, county_code, city_code, province_code, city_name, sort_order, address, lon, lat,
    point_precision, type, ownership, operator, beds_total, beds_open, residents, beds_available, price_low, price_high,
    care_levels, medical, opened, lists, type_word, ownership_word, size_word, price_word, medical_word, opened_word, open_word, available_word, care_words,
    list_words, portability_word, date, date_precision, date_inferred, date_label, source_id, quote, note,
    province_ok, city_ok, county_ok, type_ok, ownership_ok, size_ok, price_ok, care_ok, medical_ok, list_ok, opened_ok, open_ok, available_ok, portability_ok,
    -- How many of the conditions it fails: 0 is a hit; one that fails only a filter's own condition counts in that filter's numbers.
    (not words_ok)::int + (not province_ok)::int + (not city_ok)::int + (not county_ok)::int + (not type_ok)::int + (not ownership_ok)::int + (not size_ok)::int + (not price_ok)::int
    + (not care_ok)::int + (not medical_ok)::int + (not list_ok)::int + (not opened_ok)::int + (not open_ok)::int + (not available_ok)::int
    + (not portability_ok)::int as misses
from asked
