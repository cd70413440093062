-- 一家机构的每个字段各有什么写法，来自哪里？
-- Rows: one per claim
select
    c.claim_id, c.field, c.value_text, c.value, c.unit, c.date, c.date_precision, c.date_label, c.quote as evidence, c.source_id,
    s.title as source_title, s.source_class, c.note
from institution_claims as c
join sources as s using (source_id)
where c.institution_id = $institution
order by c.field, c.claim_id
