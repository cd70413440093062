-- 可查找的养老机构有哪些，每个筛选字段落在哪一档？（真实名单与演示名单并列，以 demo 区分，从不相加）
-- Rows: one per institution
with place as (
    select
        p.place_code, p.label, p.short_name, p.sort_order, p.lon, p.lat, p.in_delta,
        case
            when p.centroid_precision = 'city' or p.level = 'city' or p.place_code = '310000' then 'city'
            when p.centroid_precision = 'county' or p.level in ('county', 'district', 'zone') then 'county'
            when p.level = 'town' then 'town'
            else 'province'
        end as precision,
        -- Who is known only by a place above its province, city or county has none: a choice of its own in that filter.
        case when p.level not in ('country', 'region', 'group') then left(p.place_code, 2) || '0000' end as province_code,
        case
            when p.level in ('county', 'district', 'zone') then p.place_code
            when above.level in ('county', 'district', 'zone') then above.place_code
        end as county_code,
        case
            when p.level = 'city' or p.place_code = '310000' then p.place_code
            when above.level = 'city' or above.place_code = '310000' then above.place_code
            when top.level = 'city' or top.place_code = '310000' then top.place_code
        end as city_code
    from places as p
    left join places as above on above.place_code = p.parent_code
    left join places as top on top.place_code = above.parent_code
),
listed as (
    select m.institution_id, list(l.title order by l.batch nulls last, l.list_id) as lists
    from institution_list_members as m
    join institution_lists as l using (list_id)
    where m.list_words is null
    group by m.institution_id
),
-- A home is found by every name and address that it ever had.
changed as (
    select institution_id, string_agg(became, ' ' order by date, home_event_id) as words from institution_events where kind in ('renamed', 'moved') group by institution_id
),
everything as (
    select
        false as demo, i.institution_id, i.name, i.aliases, i.place_code, i.address, i.location_precision, i.lon, i.lat,
        i.type, i.ownership, i.operator, i.beds_total, i.beds_open, i.residents, i.beds_available, i.price_low, i.price_high,
        i.care_levels, i.medical, i.opened, listed.lists, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, i.quote, i.note
    from institutions as i
    left join listed using (institution_id)
    where i.kind = 'institution'
    union all
    select
        true, institution_id, name, aliases, place_code, address, location_precision, lon, lat,
        type, ownership, operator, beds_total, beds_open, residents, beds_available, price_low, price_high,
        care_levels, medical, null::date, case when list_title is not null then [list_title] end, date, date_precision, false, null, source_id,
        '虚构的演示数据，由脚本以固定种子生成', '演示数据'
    from demo_institutions
)
select
    e.demo, e.institution_id, e.name, e.aliases, e.place_code, p.label as place_label, p.county_code, p.city_code,
    p.province_code, c.short_name as city_name, p.in_delta, p.sort_order, e.address,
    -- All that a search by words looks through.
    lower(concat_ws(' ', e.name, e.aliases, e.address, e.operator, p.label, a.name, c.name, o.name, n.spelled, h.words)) as searched,
    coalesce(e.lon, p.lon) as lon, coalesce(e.lat, p.lat) as lat, p.lon as place_lon, p.lat as place_lat,
    -- What the point on the map is: its own position, or the centre of the place it is known to lie in.
    if(e.lon is not null, e.location_precision, p.precision) as point_precision, p.precision as place_precision,
    e.type, e.ownership, e.operator, e.beds_total, e.beds_open, e.residents, e.beds_available, e.price_low, e.price_high,
    e.care_levels, e.medical, e.opened, e.lists,
    coalesce(e.type, '未载') as type_word, coalesce(e.ownership, '未载') as ownership_word,
    coalesce(sizes.word, '未载') as size_word, coalesce(prices.word, '未载') as price_word,
    coalesce(e.medical, '未载') as medical_word, coalesce(years.word, '未载') as opened_word,
    case when e.beds_open > 0 then '有' when e.beds_open = 0 then '无' else '未载' end as open_word,
    case when e.beds_available > 0 then '有' when e.beds_available = 0 then '无' else '未载' end as available_word,
    coalesce(string_split(e.care_levels, ';'), ['未载']) as care_words, coalesce(e.lists, ['入选记录未载']) as list_words,
    e.date, e.date_precision, e.date_inferred, e.date_label, e.source_id, e.quote, e.note
from everything as e
join place as p using (place_code)
left join places as c on c.place_code = p.city_code
left join places as a on a.place_code = p.county_code
left join places as o on o.place_code = p.province_code
left join institution_pinyin as n using (institution_id)
left join changed as h using (institution_id)
left join institution_classes as sizes on sizes.facet = 'size' and e.beds_total >= sizes.at_least and e.beds_total < sizes.below
left join institution_classes as years on years.facet = 'opened' and year(e.opened) >= years.at_least and year(e.opened) < years.below
left join institution_classes as prices
    on prices.facet = 'price' and e.price_low >= prices.at_least and e.price_low < prices.below
