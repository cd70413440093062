-- 各地养老床位与养老机构历年是多少？（每个定义、每个序列段各成一线）
-- Rows: one per shown claim
select
    o.observation_id, o.place_code, p.short_name, p.name as place_name, o.indicator_code, i.title as indicator_title, i.unit, i.definition,
    o.value, o.qualifier, o.kind, o.date, o.date_precision, o.date_label, o.date_inferred, o.segment, o.break_note, o.formula,
    concat_ws('|', o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment) as series,
    i.title as legend,
    c.evidence,
    o.source_id, s.title as source_title, s.source_class
from observations as o
join claim_evidence as c using (observation_id)
join places as p using (place_code)
join indicators as i using (indicator_code)
join sources as s using (source_id)
where o.shown and o.date is not null and o.kind in ('actual', 'derived', 'target')
    and list_contains($indicators, o.indicator_code)
    and list_contains($places, o.place_code)
order by p.sort_order, o.indicator_code, o.date, o.observation_id
