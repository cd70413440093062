-- 参保地的长护险在哪些机构能用？规则只在此处：在参保地内的不属异地；其次是点名机构，再次是不限机构的办法；没有行就是未知
-- Rows: one per insured place and institution
with inside as (
    select a.ancestor_code as insured_code, i.institution_id, i.source_id, i.quote, i.demo
    from finder_institutions as i
    join place_ancestors as a using (place_code)
    where a.ancestor_level in ('city', 'district', 'county') or a.ancestor_code = '310000'
),
general as (
    select
        r.insured_code, i.institution_id, case r.reach when 'unstated' then 'perhaps' else r.answer end as answer, r.policy_id, r.date, r.source_id,
        r.quote, 2 as rank
    from portability_policies as r
    join institutions as i on i.kind = 'institution'
    where r.statement = 'rule' and r.reach in ('all', 'unstated')
        and exists (select 1 from place_ancestors as a where a.place_code = i.place_code and a.ancestor_code = r.care_code)
        -- Whether a place that holds the insured place means inside or outside of it, nobody knows.
        and not exists (select 1 from place_ancestors as a where a.place_code = r.insured_code and a.ancestor_code = i.place_code)
),
stated as (
    select insured_code, institution_id, 'inside' as answer, null as policy_id, null as date, source_id, quote, 0 as rank
    from inside
    where not demo
    union all
    select insured_code, institution_id, answer, policy_id, date, source_id, quote, 1
    from portability_policies
    where statement = 'institution'
    union all
    select insured_code, institution_id, answer, policy_id, date, source_id, quote, rank
    from general
),
invented as (
    select institution_id, date, source_id, unnest(string_split(settled_for, ';')) as insured_code, 'settled' as answer, 1 as rank
    from demo_institutions
    union all
    select institution_id, date, source_id, unnest(string_split(reimbursed_for, ';')), 'reimbursed', 1
    from demo_institutions
    union all
    select institution_id, date, source_id, unnest(string_split(refused_for, ';')), 'refused', 1
    from demo_institutions
    union all
    select institution_id, null, source_id, insured_code, 'inside', 0
    from inside
    where demo
)
select
    insured_code, institution_id, policy_id, date, source_id, quote,
    case answer
        when 'settled' then '可结算' when 'reimbursed' then '可报销' when 'perhaps' then '有补助（是否限定机构未说明）'
        when 'inside' then '参保地内' else '不可'
    end as answer
from (
    select insured_code, institution_id, answer, policy_id, date, source_id, quote
    from stated
    qualify row_number() over (partition by insured_code, institution_id order by rank, policy_id) = 1
    union all
    select insured_code, institution_id, answer, null, date, source_id, '虚构的演示数据'
    from invented
    qualify row_number() over (partition by insured_code, institution_id order by rank) = 1
)
