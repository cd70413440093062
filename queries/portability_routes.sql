-- 哪一地参保、在哪一地使用，政策是什么状态？（政策状态，不是件数）
-- Rows: one per policy, origin and destination
with conditions as (
    select
        scheme, insured_code,
        string_agg(words, '；' order by policy_id) filter (where statement = 'condition') as conditions,
        string_agg(words, '；' order by policy_id) filter (where statement = 'amount') as amounts,
        string_agg(words, '；' order by policy_id) filter (where statement = 'chain') as chains
    from portability_policies
    group by scheme, insured_code
),
routes as (
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
    r.policy_id, r.scheme, r.insured_code, o.label as origin, r.care_code,
    case d.level when 'country' then '市外' else d.label end as destination,
    case when r.answer = 'settled' and r.reach = 'named' then '可结算（只限点名机构）' when r.answer = 'settled' then '可结算'
        when r.answer = 'reimbursed' and r.reach = 'unstated' then '有补助（是否限定机构未说明）'
        when r.answer = 'reimbursed' then '可报销' when r.answer = 'refused' then '不可' else '有分支纳入试点' end as state,
    r.words, c.conditions, c.amounts, c.chains,
    r.date, r.date_precision, r.date_label, r.date_inferred, r.note, r.quote as evidence, r.source_id
from routes as r
join places as o on o.place_code = r.insured_code
join places as d on d.place_code = r.care_code
left join conditions as c on c.scheme = r.scheme and c.insured_code = r.insured_code
order by o.sort_order, r.scheme, r.policy_id
