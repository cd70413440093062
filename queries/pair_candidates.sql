-- 一个区、市或县可以与谁商谈？别的省市的每个地方有哪些事实：往来、距离、年龄结构、名单、床位、待遇规则、共同网络、共同动态（不打分）
-- Rows: one per place
with me as (
    select p.place_code, p.short_name, p.lon, p.lat, p.sort_order, p.level, up.ancestor_code as province_code
    from places as p
    join place_ancestors as up on up.place_code = p.place_code and up.ancestor_level = 'province'
    where p.place_code = $place and p.level in ('district', 'city', 'county')
),
-- Counties are too many to propose: those that a list, an agreement or a group names stand beside the cities.
named_counties as (
    select place_code from institution_list_places
    union
    select place_code from group_members
    union
    select place_code from agreement_parties where place_code is not null
),
others as (
    select p.place_code, p.short_name, p.label, p.name, p.level, p.sort_order, p.lon, p.lat, up.ancestor_code as province_code
    from places as p
    join place_ancestors as up on up.place_code = p.place_code and up.ancestor_level = 'province'
    join me on me.province_code <> up.ancestor_code
    where p.in_delta and p.valid_to_year is null
        and (p.level in ('district', 'city') or (p.level = 'county' and p.place_code in (select place_code from named_counties)))
),
shares as (
    select place_code, share, source_id, evidence from population_shares where year = 2020 and age = 60
    union all
    select place_code, share, source_id, evidence from county_shares where year = 2020 and age = 60
),
tied as (
    select
        o.place_code, arg_max(r.stage, r.stage_rank) as stage, arg_max(r.stage_title, r.stage_rank) as stage_title,
        list(distinct a.source_id order by a.source_id) as source_ids, string_agg(distinct a.quote, '；' order by a.quote) as evidence
    from others as o
    cross join me
    join place_pairs as p on (p.first_code = me.place_code and p.second_code = o.place_code) or (p.second_code = me.place_code and p.first_code = o.place_code)
    join reached($as_of) as r using (agreement_id)
    join agreements as a using (agreement_id)
    group by o.place_code
),
listed as (
    select
        m.place_code, string_agg(distinct l.title, '、' order by l.title) as words,
        list(distinct m.source_id order by m.source_id) as source_ids, string_agg(distinct m.quote, '；' order by m.quote) as evidence
    from institution_list_places as m
    join institution_lists as l using (list_id)
    group by m.place_code
),
newest_beds as (
    select o.place_code, i.title || w.words || '（' || year(o.date) || '年' || if(o.date_inferred, '，推断', '') || '）' as words, o.indicator_code, o.source_id, c.evidence
    from observations as o
    join claim_words as w using (observation_id)
    join claim_evidence as c using (observation_id)
    join indicators as i using (indicator_code)
    where o.shown and o.kind in ('actual', 'derived') and o.date <= $as_of and o.indicator_code in ('beds_eldercare', 'beds_institution', 'welfare_beds')
    qualify row_number() over (partition by o.place_code, o.indicator_code order by o.date desc, o.observation_id) = 1
),
beds as (
    select
        place_code, string_agg(words, '；' order by indicator_code) as words,
        list(distinct source_id order by source_id) as source_ids, string_agg(distinct evidence, '；' order by evidence) as evidence
    from newest_beds
    group by place_code
),
ruled as (
    -- Both ways: a rule of a place holds inside it, and what holds in 长三角 or 市外 holds there too.
    select
        o.place_code, true as theirs_here, r.policy_id, format('{}参保：{}', i.short_name, r.state) as words, r.source_id, r.quote
    from others as o cross join me
    join care_routes as r on coalesce(r.date <= $as_of, true)
    join places as i on i.place_code = r.insured_code
    where exists (select 1 from place_ancestors as up where (up.place_code = o.place_code and up.ancestor_code = r.insured_code) or (up.place_code = r.insured_code and up.ancestor_code = o.place_code))
        and exists (select 1 from place_ancestors as up where (up.place_code = me.place_code and up.ancestor_code = r.care_code) or (up.place_code = r.care_code and up.ancestor_code = me.place_code))
    union all
    select
        o.place_code, false, r.policy_id, format('{}参保：{}', i.short_name, if(c.level in ('city', 'county', 'district') and c.place_code <> o.place_code, c.short_name, '') || r.state), r.source_id, r.quote
    from others as o cross join me
    join care_routes as r on coalesce(r.date <= $as_of, true)
    join places as i on i.place_code = r.insured_code
    join places as c on c.place_code = r.care_code
    where exists (select 1 from place_ancestors as up where (up.place_code = me.place_code and up.ancestor_code = r.insured_code) or (up.place_code = r.insured_code and up.ancestor_code = me.place_code))
        and exists (select 1 from place_ancestors as up where (up.place_code = o.place_code and up.ancestor_code = r.care_code) or (up.place_code = r.care_code and up.ancestor_code = o.place_code))
),
rules as (
    select
        place_code,
        string_agg(distinct words, '；' order by words) filter (where not theirs_here) as there,
        string_agg(distinct words, '；' order by words) filter (where theirs_here) as here,
        list(distinct source_id order by source_id) as source_ids, string_agg(distinct quote, '；' order by quote) as evidence
    from ruled
    group by place_code
),
networks as (
    select
        o.place_code, string_agg(distinct t.group_name || if(t.place_code <> o.place_code, '（所辖' || t.short_name || '）', ''), '、' order by t.group_name || if(t.place_code <> o.place_code, '（所辖' || t.short_name || '）', '')) as words,
        min(t.group_code) as group_code,
        list_sort(list_distinct(list(t.source_id order by t.source_id))) as source_ids, string_agg(distinct t.evidence, '；' order by t.evidence) as evidence
    from others as o cross join me
    join place_ancestors as up on up.ancestor_code = o.place_code
    join group_members as t on t.place_code = up.place_code and t.network
    where exists (
        select 1 from group_members as mine join place_ancestors as own on own.place_code = mine.place_code
        where mine.group_code = t.group_code and own.ancestor_code = me.place_code
    )
    group by o.place_code
),
contacts as (
    select
        o.place_code, (count(distinct m.record_id) filter (where m.kind = '事件'))::int as events, any_value(q.latest_words) as latest_words,
        list(distinct m.source_id order by m.source_id) as source_ids, string_agg(distinct m.evidence, '；' order by m.evidence) as evidence
    from others as o cross join me
    join public_moves as m on m.subject = if(me.sort_order < o.sort_order, me.place_code || '|' || o.place_code, o.place_code || '|' || me.place_code)
    left join quiet($as_of) as q on q.subject = m.subject
    where m.date <= $as_of
    group by o.place_code
)
select
    o.place_code, o.short_name, o.label, o.name, o.level,
    case o.level when 'district' then '上海的区' when 'city' then '地级市' else '县（市、区）' end as level_title,
    t.stage, t.stage_title,
    -- Great circle between the two points, radius 6,371 km; whole kilometres, since the points are centres of outlines.
    round(2 * 6371 * asin(sqrt(pow(sin(radians(o.lat - me.lat) / 2), 2) + cos(radians(me.lat)) * cos(radians(o.lat)) * pow(sin(radians(o.lon - me.lon) / 2), 2))))::int as kilometres,
    s.share, own.share as own_share, l.words as lists, b.words as beds, r.there, r.here, n.words as networks, n.group_code, c.events, c.latest_words,
    '常住' as base,
    list_sort(list_distinct(list_filter(flatten([
        [s.source_id, own.source_id], coalesce(t.source_ids, []), coalesce(l.source_ids, []), coalesce(b.source_ids, []), coalesce(r.source_ids, []),
        coalesce(n.source_ids, []), coalesce(c.source_ids, [])
    ]), lambda x: x is not null))) as source_ids,
    concat_ws('；', s.evidence, t.evidence, l.evidence, b.evidence, r.evidence, n.evidence, c.evidence) as evidence
from others as o
cross join me
left join shares as s on s.place_code = o.place_code
left join shares as own on own.place_code = me.place_code
left join tied as t on t.place_code = o.place_code
left join listed as l on l.place_code = o.place_code
left join beds as b on b.place_code = o.place_code
left join rules as r on r.place_code = o.place_code
left join networks as n on n.place_code = o.place_code
left join contacts as c on c.place_code = o.place_code
order by o.sort_order, o.place_code
