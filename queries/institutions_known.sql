-- 按名称可知的养老机构有哪些？
-- Rows: one per institution
with city as (
    select u.place_code, c.place_code as city_code, c.short_name as city_name
    from place_ancestors as u
    join places as c on c.place_code = u.ancestor_code
    where c.level = 'city' or c.place_code = '310000'
),
lists as (
    select m.institution_id, string_agg(l.title, '；' order by l.list_id) as list_titles
    from institution_list_members as m join institution_lists as l using (list_id)
    where m.list_words is null
    group by all
)
select
    row_number() over (order by i.kind, p.sort_order, i.institution_id)::int as number, i.institution_id, i.name, i.kind, case i.kind when 'operator' then '运营商' else '机构' end as kind_title, i.place_code, p.label as place_label, p.in_delta, c.city_code, c.city_name, i.address, i.type, i.ownership, i.operator,
    i.beds_total, i.beds_open, i.residents, i.beds_available, i.location_precision,
    coalesce(i.lon, p.lon) as lon, coalesce(i.lat, p.lat) as lat, p.centroid_precision,
    lists.list_titles, format(E'{}\n{}\n{}', i.name, p.label, coalesce(i.type, '类型未载')) as hover, i.date, i.date_precision, i.date_label, i.date_inferred, i.quote as evidence, i.source_id, s.title as source_title, i.note
from institutions as i
join places as p using (place_code)
join sources as s using (source_id)
left join city as c using (place_code)
left join lists using (institution_id)
where p.in_delta = $in_delta and (not $in_delta or list_contains($cities, c.city_code))
order by i.kind, p.sort_order, i.institution_id
