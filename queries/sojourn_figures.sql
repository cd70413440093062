-- 各地旅居养老的规模有哪些公开数字？
-- Rows: one per claim
select
    o.observation_id, p.label as place_label, i.title as indicator_title, i.unit, o.value, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.note, c.quoted as evidence, o.source_id
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join places as p using (place_code)
where o.shown and i.topic = '旅居' and o.indicator_code not in ('sojourn_bases', 'sojourn_regions', 'sojourn_signers')
order by p.sort_order, o.date, o.observation_id
