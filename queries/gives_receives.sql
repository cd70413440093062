-- 各方提供什么、获得什么？（只列来源写明的；说法相同的各方并为一行）
-- Rows: one per agreement and content
select
    ap.agreement_id, min(ap.party_no)::int as number, a.title, string_agg(ap.name, '、' order by ap.party_no) as parties,
    coalesce(ap.gives, '来源未写') as gives, coalesce(ap.receives, '来源未写') as receives,
    s.stage, s.counts_as_signed, a.eldercare_specific, a.date, a.date_precision, a.date_label, a.date_inferred, a.quote as evidence, a.source_id
from agreement_parties as ap
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
where ap.gives is not null or ap.receives is not null
group by ap.agreement_id, a.title, ap.gives, ap.receives, s.stage, s.counts_as_signed, a.eldercare_specific, a.date, a.date_precision, a.date_label, a.date_inferred, a.quote, a.source_id
order by a.date, ap.agreement_id, number
