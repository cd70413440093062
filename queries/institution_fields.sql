-- 这家机构的每个字段怎么写，来自哪里、什么日期，还有哪些别的说法？没有的写未载
-- Rows: one per field and claim
with changed as (
    select if(v.kind = 'renamed', 'name', 'address') as field, v.home_event_id, v.became, v.date, v.date_precision, v.date_inferred, v.date_label, v.source_id, v.quote, v.note
    from institution_events as v
    where v.institution_id = $institution and v.kind in ('renamed', 'moved') and v.became is not null and v.date <= $as_of
),
-- What it is called and where it is since the last change until that day.
newest as (
    select field, arg_max(became, (date, home_event_id)) as became from changed group by field
),
asked as (
    select
        i.demo, i.institution_id, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, i.quote, i.note,
        unnest([
            struct_pack(rank := 0, field := 'name', words := i.name),
            struct_pack(rank := 1, field := 'aliases', words := replace(i.aliases, ';', '、')),
            struct_pack(rank := 2, field := 'place_code', words := i.place_label),
            struct_pack(rank := 3, field := 'address', words := i.address),
            struct_pack(rank := 4, field := 'type', words := i.type),
            struct_pack(rank := 5, field := 'ownership', words := i.ownership),
            struct_pack(rank := 6, field := 'operator', words := i.operator),
            struct_pack(rank := 7, field := 'beds_total', words := format('{:,}张', i.beds_total)),
            struct_pack(rank := 8, field := 'beds_open', words := format('{:,}张', i.beds_open)),
            struct_pack(rank := 9, field := 'residents', words := format('{:,}人', i.residents)),
            struct_pack(rank := 10, field := 'beds_available', words := format('{:,}张', i.beds_available)),
            struct_pack(rank := 11, field := 'price_low', words := format('{:,}元/月', i.price_low::int)),
            struct_pack(rank := 12, field := 'price_high', words := format('{:,}元/月', i.price_high::int)),
            struct_pack(rank := 13, field := 'care_levels', words := replace(i.care_levels, ';', '、')),
            struct_pack(rank := 14, field := 'medical', words := i.medical),
            struct_pack(rank := 15, field := 'opened', words := strftime(i.opened, '%Y-%m-%d'))
        ], recursive := true)
    from finder_institutions as i
    where i.institution_id = $institution
),
claimed as (
    select
        c.claim_id, c.field, c.value_text, c.date, c.date_precision, c.date_inferred, c.date_label, c.source_id, c.quote, c.note,
        coalesce(a.rank, 50) as rank, replace(a.words, ',', '') as adopted,
        -- The adopted value and a claim that says the same from the same source are one line.
        a.words is not null and c.source_id = a.source_id and replace(a.words, ',', '') = c.value_text as same
    from institution_claims as c
    left join asked as a using (field)
    where c.institution_id = $institution
),
lines as (
    select
        a.rank, a.field, a.words, case when a.words is null then '—' when n.became <> a.words then '此前' else '采用' end as standing, '' as claim_id, a.demo,
        a.date, a.date_precision, a.date_inferred, a.date_label, a.source_id, coalesce(c.quote, a.quote) as quote, c.note
    from asked as a
    -- The claim that the value was taken from has its own words and what is to be said of it.
    left join claimed as c on c.same and c.field = a.field
    left join newest as n on n.field = a.field
    -- The name is the title of the page; it is a field where it has changed.
    where if(a.field = 'name', n.field is not null, a.words is not null or not exists (select 1 from claimed as o where o.field = a.field))
    union all
    select
        if(v.field = 'name', 0, 3), v.field, v.became, if(v.became = n.became, '采用', '此前'), v.home_event_id, false,
        v.date, v.date_precision, v.date_inferred, v.date_label, v.source_id, v.quote, v.note
    from changed as v
    join newest as n using (field)
    where not exists (select 1 from asked as a where a.field = v.field and a.words = v.became)
    union all
    select
        c.rank, c.field, c.value_text, case when c.rank = 50 then '记载' when n.field is not null then '此前' when c.adopted is null then '有说法，未作数值采用' else '另一说法，未采用' end, c.claim_id, false,
        c.date, c.date_precision, c.date_inferred, c.date_label, c.source_id, c.quote, c.note
    from claimed as c
    left join newest as n using (field)
    where not c.same
)
select
    l.rank, l.field, l.claim_id, coalesce(l.words, '未载') as words, l.standing, l.demo,
    case when l.words is not null then l.date end as date, case when l.words is not null then l.date_precision else 'undated' end as date_precision,
    l.words is not null and l.date_inferred as date_inferred, case when l.words is not null then l.date_label else '—' end as date_label,
    case when l.words is not null then l.source_id end as source_id, case when l.words is not null then s.title end as source_title,
    case when l.words is not null then l.quote else '公开资料未载' end as evidence, l.note
from lines as l
join sources as s using (source_id)
order by l.rank, l.standing, l.claim_id
