-- 广东旅居养老网络有哪些省市区，何时加入，各有多少示范基地？
-- Rows: one per place
with network as (
    -- The group that the source counts as the network, and the group whose bases it counts.
    select unnest(string_split(g.member_codes, ';')) as place_code, o.source_id, c.quoted as quote, o.date
    from observations as o join claim_evidence as c using (observation_id) join places as g using (place_code)
    where o.indicator_code = 'sojourn_regions' and o.shown
),
first_round as (
    select unnest(string_split(g.member_codes, ';')) as place_code
    from observations as o join places as g using (place_code)
    where o.indicator_code = 'sojourn_bases' and o.shown and g.level = 'group'
),
inside as (
    -- Agreements all of whose parties belong to the network.
    select s.agreement_id
    from agreement_stages as s
    join agreement_parties as ap using (agreement_id)
    where s.network = 'sojourn' and s.counts_as_signed
    group by s.agreement_id
    having bool_and(ap.place_code in (select place_code from network))
),
ties as (
    select
        ap.place_code, row_number() over (order by count(*) desc, ap.place_code) = 1 as hub,
        string_agg(concat(a.title, case when not contains(a.title, '年') and a.date is not null then format('（{}）', coalesce(a.date_label, year(a.date) || '年')) end), '、' order by a.date, a.agreement_id) as titles,
        list(distinct a.source_id order by a.source_id) as source_ids, string_agg(distinct a.quote, '；' order by a.quote) as evidence
    from inside
    join agreements as a using (agreement_id)
    join agreement_parties as ap using (agreement_id)
    group by ap.place_code
),
counted as (
    select o.place_code, o.value::int as bases, o.source_id, c.quoted as quote
    from observations as o join claim_evidence as c using (observation_id) join places as p using (place_code)
    where o.indicator_code = 'sojourn_bases' and o.shown and p.level = 'province'
)
select
    p.place_code, p.short_name, t.hub,
    case when t.hub then '中心' when f.place_code is not null then '2019至2020年' else '2021年' end as joined,
    f.place_code is not null as counted_round, c.bases,
    t.titles,
    format(E'{}\n{}\n示范基地：{}', p.short_name, t.titles, case when f.place_code is null then '未列入66家的统计' else coalesce(c.bases || '家', '未载') end) as hover,
    list_sort(list_distinct(list_concat(t.source_ids, [n.source_id]))) as source_ids,
    concat_ws('；', n.quote, c.quote, t.evidence) as evidence, n.date, 'day' as date_precision
from network as n
join places as p using (place_code)
join ties as t using (place_code)
left join first_round as f using (place_code)
left join counted as c using (place_code)
order by t.hub desc, counted_round desc, c.bases desc nulls last, p.sort_order
