-- 已签协议的上海区数与三省市（区县）数怎样变化，“对接”的目标是多少？
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, i.counting_rule, o.value, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.break_note,
    o.indicator_code || '|' || o.segment as series,
    case o.indicator_code when 'signed_districts' then '签署的上海区' when 'signed_places' then '签署的三省市（区县）' when 'linked_districts' then '对接的上海区' when 'linked_places' then '对接的三省城市' else i.title end as legend,
    -- What was to be reached is 对接, and counts cities: another word and another unit than the series, named and not compared.
    case o.indicator_code when 'linked_districts' then format('{}年目标 {}个区“对接”', year(o.date), o.value::int) when 'linked_places' then format('{}年目标 {}个城市“对接”', year(o.date), o.value::int)
        else format('目标 {}个', o.value::int) end as goal,
    -- What is drawn as a line with its goal; participation and counts of another unit stand apart.
    o.indicator_code in ('signed_districts', 'signed_places', 'linked_districts', 'linked_places') as in_series,
    c.quoted as evidence, o.source_id, s.title as source_title, p.name as place_name
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join sources as s using (source_id)
join places as p using (place_code)
where o.place_code = 'YRD' and o.shown and (o.date <= $as_of or o.kind = 'target')
    and o.indicator_code in ('signed_districts', 'signed_places', 'linked_districts', 'linked_places', 'signed_prefectures', 'pilot_districts', 'pilot_cities')
order by o.indicator_code, o.date, o.observation_id
