-- 这几家机构的各项内容是什么？
-- Rows: one per institution
select
    i.demo, i.institution_id, coalesce(h.name, i.name) as name, h.former_names, i.aliases, i.place_label, i.city_name, if(h.institution_id is null, i.address, h.address) as address,
    if(h.elsewhere, i.place_lon, i.lon) as lon, if(h.elsewhere, i.place_lat, i.lat) as lat, if(h.elsewhere, i.place_precision, i.point_precision) as point_precision, i.type, i.ownership, i.operator,
    i.beds_total, i.beds_open, i.residents, i.beds_available, i.price_low, i.price_high, replace(i.care_levels, ';', '、') as care_levels, i.medical, strftime(i.opened, '%Y-%m-%d') as opened,
    list_aggregate(i.list_words, 'string_agg', '、') as list_titles,
    concat_ws('·', case when i.city_name <> i.place_label and i.place_label not like i.city_name || '%' then i.city_name end,
        case when i.county_code <> i.place_code then within.label end, i.place_label) as place_words,
    case if(h.elsewhere, i.place_precision, i.point_precision) when 'address' then '门牌地址' when 'town' then '乡镇、街道' when 'county' then '区县中心' when 'city' then '城市中心' else '省级' end as point_words,
    -- Where its address lies, when that is not where it is registered.
    (select any_value(k.value_text) from institution_claims as k where k.institution_id = i.institution_id and k.field = '地址所在的区') as located_in,
    coalesce(p.answer, '未知') as portability_word, p.source_id as portability_source, i.city_code, i.place_code, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, s.title as source_title, i.quote as evidence, i.note
from finder_institutions as i
join sources as s using (source_id)
left join homes_called as h on h.institution_id = i.institution_id and h.since <= $as_of::date and coalesce($as_of::date < h.until, true)
left join places as within on within.place_code = i.county_code
left join institution_portability as p on p.institution_id = i.institution_id and p.insured_code = $insured and coalesce(p.date <= $as_of, true)
where list_contains($institutions, i.institution_id)
order by list_position($institutions, i.institution_id)
