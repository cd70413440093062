-- 一份协议有哪些参与方、内容、事件与文件？
-- Rows: one per part of the agreement
with parts as (
    select ap.agreement_id, 1 as part_order, '参与方' as part, ap.party_no as number, ap.name as words, case when ap.known then '' else '未点名' end as detail, a.quote as evidence, a.source_id from agreement_parties as ap join agreements as a using (agreement_id)
    union all
    select agreement_id, 2, '合作内容', row_number() over (partition by agreement_id order by field_id), wording, coalesce('对应平台：' || platform, ''), quote, source_id from agreement_fields where agreement_id is not null
    union all
    select ae.agreement_id, 3, '事件', row_number() over (partition by ae.agreement_id order by e.date, e.event_id), e.title, '', e.quote, e.source_id from agreement_events as ae join events as e using (event_id)
    union all
    select agreement_id, 4, '文件', row_number() over (partition by agreement_id order by document_id), title, coalesce(number, ''), quote, source_id from documents where agreement_id is not null
)
select agreement_id, part, number, words, detail, evidence, source_id
from parts
where agreement_id = $agreement
order by part_order, number
