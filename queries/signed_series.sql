-- 已签协议的上海区数与三省市（区县）数怎样变化，目标是多少？
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, i.counting_rule, o.value, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.break_note,
    o.indicator_code || '|' || o.segment as series,
    case o.indicator_code when 'signed_districts' then '上海区' when 'signed_places' then '三省市（区县）' else i.title end as legend,
    -- The goal counts cities, the series cities and counties: named, not compared.
    case o.indicator_code when 'signed_districts' then format('目标 {}个区', o.value::int) else format('目标 {}个城市（单位不同）', o.value::int) end as goal,
    o.quote as evidence, o.source_id, s.title as source_title, p.name as place_name
from observations as o
join indicators as i using (indicator_code)
join sources as s using (source_id)
join places as p using (place_code)
where o.place_code = 'YRD' and o.shown and (o.date <= $as_of or o.kind = 'target')
    and o.indicator_code in ('signed_districts', 'signed_places', 'signed_prefectures', 'pilot_districts', 'pilot_cities')
order by o.indicator_code, o.date, o.observation_id
