-- 这家机构的床位在不同日期各是多少？（至少有两个日期的才算历史）
-- Rows: one per field and claim
select
    c.claim_id, c.field, c.field || '|' || c.unit as series, c.field as legend, 'actual' as kind, c.value, c.unit, null as qualifier,
    c.date, c.date_precision, c.date_inferred, c.date_label, null as break_note, i.name as place_name, c.field as indicator_title,
    c.source_id, s.title as source_title, c.quote as evidence
from institution_claims as c
join institutions as i using (institution_id)
join sources as s on s.source_id = c.source_id
where c.institution_id = $institution and c.field in ('beds_total', 'beds_open', 'beds_available', 'residents')
    and c.value is not null and c.date is not null
qualify count(distinct c.date) over (partition by c.field) > 1
order by c.field, c.date, c.claim_id
