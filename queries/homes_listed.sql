-- 待核名单按登记的区加总是多少家、多少张床位，前后三年内公布的总数各是什么？（名单加总与公布数各是一个口径，不连成一条）
-- Rows: one per part, place and day
with homes as (
    select coalesce(i.county_code, i.city_code) as place_code, i.city_code, i.beds_total, i.date, i.date_precision, i.date_inferred, i.source_id
    from finder_institutions as i
    join sources as s on s.source_id = i.source_id and s.caveat is not null
    where i.city_code is not null and not i.demo
),
listed as (
    select
        p.place_code, p.short_name, p.sort_order, h.city_code, max(h.date) as date, any_value(h.date_precision) as date_precision,
        bool_or(h.date_inferred) as date_inferred, count(*)::int as homes, sum(h.beds_total)::bigint as beds, count(h.beds_total)::int as reported,
        list(distinct h.source_id order by h.source_id) as source_ids
    from homes as h
    join places as p using (place_code)
    group by all
),
whole as (
    select
        u.place_code, u.short_name, u.sort_order, max(h.date) as date, any_value(h.date_precision) as date_precision, bool_or(h.date_inferred) as date_inferred,
        count(*)::int as homes, sum(h.beds_total)::bigint as beds, count(h.beds_total)::int as reported,
        list(distinct h.source_id order by h.source_id) as source_ids
    from homes as h
    join places as u on u.place_code = h.city_code
    group by all
),
published as (
    select
        w.place_code, w.short_name, o.date, any_value(o.date_precision) as date_precision, bool_or(o.date_inferred) as date_inferred,
        max(o.value) filter (where o.indicator_code = 'institutions')::int as homes,
        max(o.value) filter (where o.indicator_code = 'beds_institution')::bigint as beds,
        list(distinct o.source_id order by o.source_id) as source_ids, string_agg(distinct c.quoted, '；' order by c.quoted) as evidence
    from whole as w
    join observations as o on o.place_code = w.place_code
    join claim_evidence as c using (observation_id)
    where o.shown and o.kind = 'actual' and o.indicator_code in ('institutions', 'beds_institution') and abs(datediff('month', o.date, w.date)) <= 36
    group by w.place_code, w.short_name, o.date
),
lines as (
    select
        1 as part_order, '名单加总' as part, l.place_code, l.short_name, l.sort_order, l.homes, l.beds, l.reported, l.date, l.date_precision, l.date_inferred,
        l.source_ids, format('名单加总：{}登记的{:,}家，其中{:,}家有床位，合计{:,}张', l.short_name, l.homes, l.reported, l.beds) as evidence
    from listed as l
    union all
    select
        2, '名单合计', place_code, short_name || '合计', sort_order, homes, beds, reported, date, date_precision, date_inferred, source_ids,
        format('名单合计：{:,}家，其中{:,}家有床位，合计{:,}张', homes, reported, beds)
    from whole
    union all
    select 3, '公布数', place_code, short_name || '公布', year(date), homes, beds, null, date, date_precision, date_inferred, source_ids, evidence from published
)
select
    l.part, l.place_code, l.short_name, l.homes, l.beds, l.reported, e.elders, 1000.0 * l.beds / nullif(e.elders, 0) as per_thousand,
    case l.part when '公布数' then '养老机构总数与机构养老床位，公布单位的口径' else '按登记的区加总名单里的家数和床位' end as rule,
    'derived' as kind, l.date, l.date_precision, l.date_inferred, null as date_label,
    list_sort(list_distinct(list_filter(list_append(l.source_ids, e.source_id), lambda x: x is not null))) as source_ids, concat_ws('；', l.evidence, e.evidence) as evidence
from lines as l
left join population_shares as e on e.place_code = l.place_code and e.year = 2020 and e.age = 60
order by l.part_order, l.sort_order, l.place_code
