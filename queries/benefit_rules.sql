-- 各地参保人到外地养老，评估、服务补贴、长护险怎样接续：写了什么，依据什么，何时起，向谁商请？（四省市，加上有规则的其他地方）
-- Rows: one per place
with told as (
    select
        insured_code, words, source_id, quote, policy_id,
        case
            when statement = 'condition' and contains(words, '评估') then 'assessment'
            when contains(scheme, '长护险') then 'insurance'
            else 'subsidy'
        end as topic
    from portability_policies
    -- Chains, branches and homes that sources name stand in the table of routes.
    where statement in ('rule', 'condition', 'amount') and date <= $as_of
),
by_topic as (
    select
        insured_code,
        string_agg(words, '；' order by policy_id) filter (where topic = 'assessment') as assessment,
        string_agg(words, '；' order by policy_id) filter (where topic = 'subsidy') as subsidy,
        string_agg(words, '；' order by policy_id) filter (where topic = 'insurance') as insurance,
        string_agg(distinct quote, '；' order by quote) as evidence,
        list(distinct source_id order by source_id) as source_ids
    from told
    group by insured_code
),
documents as (
    select
        insured_code,
        string_agg(distinct '“' || title || '”（' || source_class || coalesce('，' || document_number, '') || '）', '；' order by '“' || title || '”（' || source_class || coalesce('，' || document_number, '') || '）') as documents
    from told
    join sources using (source_id)
    group by insured_code
),
-- The day of a rule is that of its first words.
since as (
    select insured_code, arg_min(struct_pack(date := date, date_precision := date_precision, date_label := date_label, date_inferred := date_inferred), policy_id) as day
    from portability_policies
    where statement = 'rule' and date <= $as_of
    group by insured_code
),
asked as (
    select
        max(department) filter (where topic = '长护险') as insurance_department,
        max(department) filter (where topic = '养老服务补贴异地使用办法') as subsidy_department
    from department_topics
)
select
    p.place_code, p.label as place, t.assessment, t.subsidy, t.insurance, d.documents,
    s.day.date as date, s.day.date_precision as date_precision, s.day.date_label as date_label, coalesce(s.day.date_inferred, false) as date_inferred,
    a.insurance_department, a.subsidy_department, t.evidence, coalesce(t.source_ids, []) as source_ids
from places as p
left join by_topic as t on t.insured_code = p.place_code
left join documents as d on d.insured_code = p.place_code
left join since as s on s.insured_code = p.place_code
cross join asked as a
where (p.level = 'province' and p.in_delta) or t.insured_code is not null
order by p.sort_order, p.place_code
