-- 旅居养老网络一共多少省市区、多少家示范基地，其中多少家有名称？
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, o.value, o.qualifier, o.kind,
    p.label as place_label, o.date, o.date_precision, o.date_label, o.date_inferred,
    (select count(*) from bases where category like '旅居养老示范基地%')::int as named,
    c.quoted as evidence, o.source_id
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join places as p using (place_code)
where o.shown and ((o.indicator_code in ('sojourn_regions', 'sojourn_signers')) or (o.indicator_code = 'sojourn_bases' and p.level = 'group'))
order by o.date, o.indicator_code
