-- 几个地区的床位、机构与设施，同一指标的最近一条相加是多少，哪几个地区有数，各是哪一年，缺谁？
-- Rows: one per indicator and base
with asked as (
    select place_code, short_name, sort_order from places where list_contains($places, place_code)
),
newest as (
    select a.place_code, a.short_name, a.sort_order, o.indicator_code, o.base, o.value, w.amount, o.date, o.source_id, c.evidence, o.qualifier is not null as rough
    from asked as a
    join observations as o using (place_code)
    join claim_words as w using (observation_id)
    join claim_evidence as c using (observation_id)
    join indicators as i using (indicator_code)
    where o.shown and o.kind = 'actual' and o.value is not null and o.date <= $as_of and i.measure = 'count' and i.topic in ('床位', '机构', '设施')
    qualify row_number() over (partition by o.place_code, o.indicator_code, o.base order by o.date desc, o.observation_id) = 1
)
select
    n.indicator_code, i.title as indicator_title, i.unit, i.definition, n.base, sum(n.value)::bigint as value, count(*)::int as known, bool_or(n.rough) as rough, len($places)::int as parts,
    min(year(n.date))::int as first_year, max(year(n.date))::int as last_year,
    string_agg(format('{} {}（{}年）', n.short_name, n.amount, year(n.date)), '；' order by n.sort_order) as each_words,
    (select string_agg(a.short_name, '、' order by a.sort_order) from asked as a where a.place_code not in (select m.place_code from newest as m where m.indicator_code = n.indicator_code and m.base = n.base)) as missing_places,
    max(n.date) as date, 'year' as date_precision,
    list(distinct n.source_id order by n.source_id) as source_ids, string_agg(n.evidence, '；' order by n.sort_order) as evidence
from newest as n
join indicators as i using (indicator_code)
group by n.indicator_code, i.title, i.unit, i.definition, i.topic, n.base
order by case i.topic when '床位' then 1 when '机构' then 2 else 3 end, n.indicator_code, n.base
