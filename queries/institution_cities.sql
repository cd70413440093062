-- 符合条件的机构按城市各有多少家、多少张床位？没有的城市，是没有具名机构还是都不在所选范围？名单公布了多少？
-- Rows: one per city
with found as (
    select
        city_code, count(*)::int as institutions, sum(beds_total)::bigint as beds, count(beds_total)::int as reported, bool_or(demo) as demo,
        list(distinct source_id order by source_id) as source_ids, min(quote) as evidence
    from institutions_matching($demo, $words, $insured, $as_of, $chosen)
    where misses = 0 and city_code is not null
    group by city_code
),
known as (
    select city_code, count(*)::int as known
    from finder_institutions
    where demo = $demo and in_delta and city_code is not null
    group by city_code
),
-- What the published lists say of a city or of a place in it, each list and place a line of its own: never summed.
counted as (
    select
        list_id, place_code,
        max(value) filter (where indicator_code = 'list_institutions')::int as institutions,
        max(value) filter (where indicator_code = 'list_beds')::int as beds,
        list(distinct source_id order by source_id) as source_ids
    from observations
    where list_id is not null and shown
    group by all
),
listed as (
    select list_id, place_code from counted
    union
    select list_id, place_code from institution_list_places
),
announced as (
    select
        up.ancestor_code as city_code,
        max(a.institutions) filter (where up.steps = 0 and l.batch = 1) as announced,
        string_agg(
            case
                when a.institutions is null then format('{}：来源点名{}，家数与床位未载', l.title, p.short_name)
                when a.beds is null then format('{}：{}{:,}家入选，床位未载', l.title, p.short_name, a.institutions)
                else format('{}：{}{:,}家、{:,}张床位入选', l.title, p.short_name, a.institutions, a.beds)
            end, chr(10) order by l.batch nulls last, l.list_id, p.sort_order
        ) as words,
        list_sort(flatten(list(list_concat(coalesce(a.source_ids, []), case when n.source_id is null then [] else [n.source_id] end)))) as source_ids
    from listed as r
    join institution_lists as l using (list_id)
    join places as p on p.place_code = r.place_code
    join place_ancestors as up on up.place_code = r.place_code
    left join counted as a on a.list_id = r.list_id and a.place_code = r.place_code
    left join institution_list_places as n on n.list_id = r.list_id and n.place_code = r.place_code
    where not $demo and (up.ancestor_level = 'city' or up.ancestor_code = '310000')
    group by up.ancestor_code
)
select
    p.place_code, p.short_name, f.institutions as value, f.institutions, coalesce(k.known, 0) as known, a.announced, a.words as announced_words,
    f.beds, f.reported,
    concat_ws(
        chr(10),
        case
            when f.institutions is null and $demo then format('（演示）{}：所选范围内没有机构', p.short_name)
            when f.institutions is null and k.known is null then format('{}：所收来源未点名机构，不等于没有', p.short_name)
            when f.institutions is null then format('{}{}：点名的{:,}家不在所选范围，其余未知', if($demo, '（演示）', ''), p.short_name, k.known)
            when f.reported = 0 then format(E'{}{}：{:,}家\n床位未载', if($demo, '（演示）', ''), p.short_name, f.institutions)
            else format(E'{}{}：{:,}家\n{:,}家有{}总床位，{}{:,}张', if($demo, '（演示）', ''), p.short_name, f.institutions, f.reported, if($demo, '', '公开'), if(f.reported > 1, '合计', ''), f.beds)
        end,
        a.words
    ) as hover,
    coalesce(f.demo, $demo) as demo,
    nullif(list_sort(list_distinct(list_concat(coalesce(f.source_ids, []), coalesce(a.source_ids, [])))), []) as source_ids,
    coalesce(f.evidence, case when $demo then '无符合条件的机构' else '所选范围内点名的机构公开资料未载' end) as evidence
from places as p
left join found as f on f.city_code = p.place_code
left join known as k on k.city_code = p.place_code
left join announced as a on a.city_code = p.place_code
where p.in_delta and p.valid_to_year is null and (p.level = 'city' or p.place_code = '310000')
order by p.sort_order, p.place_code
