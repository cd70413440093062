-- 一个地区的老年人口占比历年是多少？（户籍、常住、普查各成一线，口径变动前后不连）
-- Rows: one per shown claim
select
    o.observation_id, o.place_code, p.short_name, p.name as place_name, o.indicator_code, i.title as indicator_title, i.unit, o.base,
    o.value, o.qualifier, o.kind, o.date, o.date_precision, o.date_label, o.date_inferred, o.segment, o.break_note, o.boundary_year,
    concat_ws('|', o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment) as series,
    case when o.boundary_year is not null then '普查（常住）' else o.base end as legend,
    c.evidence,
    o.source_id, s.title as source_title, s.source_class
from observations as o
join claim_evidence as c using (observation_id)
join places as p using (place_code)
join indicators as i using (indicator_code)
join sources as s using (source_id)
where o.shown and o.date <= $as_of and o.kind in ('actual', 'derived') and o.value is not null
    and o.indicator_code = $indicator and list_contains($places, o.place_code)
order by p.sort_order, o.base, o.date, o.observation_id
