-- 哪一地参保、可在哪一地使用，公开政策写的是什么状态？（规则、分支与参保地以外的试点机构）
-- Rows: one per policy, origin and destination
with routes as (
    select policy_id, scheme, insured_code, care_code, answer, reach, words, date, date_precision, date_label, date_inferred, source_id, quote, note
    from portability_policies
    where statement in ('rule', 'branch')
    union all
    select r.policy_id, r.scheme, r.insured_code, i.place_code, r.answer, 'named', r.words, r.date, r.date_precision, r.date_label, r.date_inferred, r.source_id, r.quote, r.note
    from portability_policies as r
    join institutions as i using (institution_id)
    where r.statement = 'institution'
        and not exists (select 1 from place_ancestors as up where up.place_code = i.place_code and up.ancestor_code = r.insured_code)
)
select
    policy_id, scheme, insured_code, care_code,
    case when answer = 'settled' and reach = 'named' then '可结算（只限点名机构）' when answer = 'settled' then '可结算'
        when answer = 'reimbursed' and reach = 'unstated' then '有补助（是否限定机构未说明）'
        when answer = 'reimbursed' then '可报销' when answer = 'refused' then '不可' else '有分支纳入试点' end as state,
    words, date, date_precision, date_label, date_inferred, source_id, quote, note
from routes
