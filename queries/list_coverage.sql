-- 每一批名单公布了多少机构和床位，按地区看有几家在此已知名称？
-- Rows: one per list and place (place YRD or the list's own scope is the total)
with announced as (
    select
        list_id, place_code,
        max(value) filter (where indicator_code = 'list_cities')::int as cities,
        max(value) filter (where indicator_code = 'list_institutions')::int as institutions,
        max(value) filter (where indicator_code = 'list_beds')::int as beds,
        list(distinct source_id order by source_id) as source_ids,
        string_agg(distinct c.quoted, '；' order by c.quoted) as evidence
    from observations
    join claim_evidence as c using (observation_id)
    where list_id is not null and shown
    group by all
),
named_places as (
    select list_id, place_code, [source_id] as source_ids, quote as evidence from institution_list_places
),
rows as (
    select list_id, place_code from announced
    union
    select list_id, place_code from named_places
),
members as (
    select m.list_id, i.institution_id, i.name, i.place_code, m.list_words is null as confirmed from institution_list_members as m join institutions as i using (institution_id)
)
select
    r.list_id, l.title as list_title, l.date, l.date_precision, l.date_label, r.place_code, p.label, p.short_name, p.level, p.sort_order,
    case
        when r.place_code = l.place_code then l.title
        -- A place inside another of the same list is part of that one's number.
        when o.place_code is not null then format('{}之内：{}', o.short_name, p.short_name)
        else format('其中{}', p.short_name)
    end as line,
    o.short_name as part_of,
    a.cities, a.institutions as announced, a.beds as announced_beds,
    coalesce(k.named, 0)::int as named,
    -- Said to be on a list that its source calls otherwise: a claim beside the list, no member of it.
    coalesce(k.related, 0)::int as related,
    case
        when a.institutions is null and o.place_code is not null then format('{}：来源点名，家数与床位未载，已含在{}之内', p.label, o.short_name)
        when a.institutions is null then format('{}：来源点名，家数与床位未载', p.label)
        -- A place of a list has homes on it; it published nothing.
        when r.place_code <> l.place_code and a.beds is null then format('{}：{:,}家入选，床位未载', p.label, a.institutions)
        when r.place_code <> l.place_code then format('{}：{:,}家、{:,}张床位入选', p.label, a.institutions, a.beds)
        when a.beds is null then format('{}：公布{:,}家，床位未载', p.label, a.institutions)
        else format('{}：公布{:,}家、{:,}张床位', p.label, a.institutions, a.beds)
    end as hover,
    coalesce(a.source_ids, n.source_ids) as source_ids,
    coalesce(a.evidence, n.evidence) as evidence
from rows as r
join institution_lists as l using (list_id)
join places as p on p.place_code = r.place_code
left join announced as a on a.list_id = r.list_id and a.place_code = r.place_code
left join (
    select inner_row.list_id, inner_row.place_code as inner_code, outer_row.place_code as outer_code
    from rows as inner_row
    join place_ancestors as up on up.place_code = inner_row.place_code and up.steps > 0
    join rows as outer_row on outer_row.list_id = inner_row.list_id and outer_row.place_code = up.ancestor_code
    join institution_lists as own on own.list_id = inner_row.list_id and own.place_code <> outer_row.place_code
) as nested on nested.list_id = r.list_id and nested.inner_code = r.place_code
left join places as o on o.place_code = nested.outer_code
left join lateral (
    select count(distinct m.institution_id) filter (where m.confirmed) as named, count(distinct m.institution_id) filter (where not m.confirmed) as related
    from members as m
    join place_ancestors as up using (place_code)
    where m.list_id = r.list_id and (up.ancestor_code = r.place_code or r.place_code = l.place_code)
) as k on true
left join named_places as n on n.list_id = r.list_id and n.place_code = r.place_code
order by l.batch nulls last, l.date, r.list_id, p.sort_order, p.place_code
