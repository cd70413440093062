-- 2021年异地养老床位目标有哪两种读法，起点是多少？
-- Rows: one per reading, and the starting point
select
    o.observation_id, i.title as indicator_title, i.unit, o.value, o.qualifier, o.kind, o.reading, o.formula,
    o.date, o.date_precision, o.date_label, o.date_inferred, c.quoted as evidence, o.source_id
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
where o.place_code = 'YRD' and o.shown
    and (o.indicator_code = 'list_beds' or (o.indicator_code in ('cross_region_beds', 'cross_region_beds_added') and o.kind = 'target'))
order by o.kind, o.reading
