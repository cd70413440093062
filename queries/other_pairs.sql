-- 城市之间、省际还有哪些合作？
-- Rows: one per agreement
select
    a.agreement_id, a.title, a.level, w.title as status_title, a.date, a.date_precision, a.date_label, a.date_inferred,
    string_agg(ap.name, '、' order by ap.party_no) as parties, a.quote as evidence, a.source_id
from agreements as a
join status_words as w using (status)
join agreement_parties as ap using (agreement_id)
where a.network = 'delta' and w.stage <> 'summary' and a.summarises is null and a.level not in ('district-city', 'participant', 'district-group')
group by all
order by a.date, a.agreement_id
