-- 每一方提供什么、获得什么？（只列来源写明的）
-- Rows: one per party of an agreement
select
    ap.agreement_id, ap.party_no, a.title, ap.name, ap.gives, ap.receives, s.stage_title,
    a.date, a.date_precision, a.date_label, a.date_inferred, a.quote as evidence, a.source_id
from agreement_parties as ap
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
where (ap.gives is not null or ap.receives is not null)
    and exists (select 1 from agreement_platforms as f where f.agreement_id = a.agreement_id and list_contains($platforms, f.platform))
order by a.date, ap.agreement_id, ap.party_no
