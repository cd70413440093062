-- 参保地的长护险在哪些机构能用？规则只在此处：点名机构优先，其次是不限机构的办法；没有行就是未知
-- Rows: one per insured place and institution
with general as (
    select r.insured_code, i.institution_id, r.answer, r.policy_id, r.date, r.source_id, r.quote, 2 as rank
    from portability_policies as r
    join institutions as i on i.kind = 'institution'
    where r.statement = 'rule' and r.reach = 'all'
        and exists (select 1 from place_ancestors as a where a.place_code = i.place_code and a.ancestor_code = r.care_code)
        -- Inside the insured place the policy for people who live elsewhere says nothing.
        and not exists (select 1 from place_ancestors as a where a.place_code = i.place_code and a.ancestor_code = r.insured_code)
),
stated as (
    select insured_code, institution_id, answer, policy_id, date, source_id, quote, 1 as rank
    from portability_policies
    where statement = 'institution'
    union all
    select insured_code, institution_id, answer, policy_id, date, source_id, quote, rank
    from general
),
invented as (
    select institution_id, date, source_id, unnest(string_split(settled_for, ';')) as insured_code, 'settled' as answer
    from demo_institutions
    union all
    select institution_id, date, source_id, unnest(string_split(reimbursed_for, ';')), 'reimbursed'
    from demo_institutions
    union all
    select institution_id, date, source_id, unnest(string_split(refused_for, ';')), 'refused'
    from demo_institutions
)
select
    insured_code, institution_id, policy_id, date, source_id, quote,
    case answer when 'settled' then '可结算' when 'reimbursed' then '可报销' else '不可' end as answer
from (
    select insured_code, institution_id, answer, policy_id, date, source_id, quote
    from stated
    qualify row_number() over (partition by insured_code, institution_id order by rank, policy_id) = 1
    union all
    select insured_code, institution_id, answer, null, date, source_id, '虚构的演示数据'
    from invented
)
