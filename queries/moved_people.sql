-- 上海老年人住进苏浙皖的养老机构，公开到什么程度？（总数没有统计；只见单家机构的人数）
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, o.value, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.base, c.quoted as evidence, o.source_id
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
where o.shown and o.kind = 'actual' and o.indicator_code = 'single_home_shanghai_residents'
    and (o.date <= $as_of or (o.date is null and $as_of >= (select as_of from release)))
order by o.date, o.observation_id
