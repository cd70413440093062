-- 哪些组合地区由哪些地方组成，依据是哪一条记录？（一件事或一份协议的各方恰是它的成员；没有这样的记录就不列）
-- Rows: one per group and member
with listed as (
    select g.place_code as group_code, unnest(string_split(g.member_codes, ';')) as place_code
    from places as g
    where g.level = 'group' and g.in_delta and g.member_codes is not null
),
parties as (
    select 'event' as kind, event_id as record_id, place_code from event_places where role = 'party'
    union
    select 'agreement', agreement_id, place_code from agreement_parties where place_code is not null
),
records as (
    select kind, record_id, list_sort(list(place_code order by place_code)) as codes from parties group by kind, record_id
),
grounds as (
    select r.codes, e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id, r.record_id
    from records as r join events as e on r.kind = 'event' and e.event_id = r.record_id
    union all
    select r.codes, a.date, a.date_precision, a.date_label, a.date_inferred, a.quote, a.source_id, r.record_id
    from records as r join agreements as a on r.kind = 'agreement' and a.agreement_id = r.record_id
),
whole as (
    select group_code, list_sort(list(place_code order by place_code)) as codes from listed group by group_code
)
select
    l.group_code, g.label as group_label, g.short_name as group_name, g.note as group_note, l.place_code, p.label, p.short_name, p.level, p.sort_order,
    -- A group that is called by its members alone (松江—嘉兴—宣城) is what they agreed, no network.
    not contains(g.name, '—') as network,
    b.date, b.date_precision, b.date_label, b.date_inferred, b.quote as evidence, b.source_id
from listed as l
join whole as w using (group_code)
join places as g on g.place_code = l.group_code
join places as p on p.place_code = l.place_code
join grounds as b on b.codes = w.codes
qualify row_number() over (partition by l.group_code, l.place_code order by b.date, b.record_id) = 1
