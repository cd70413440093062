-- 这家机构，各参保地的长护险能不能用？
-- Rows: one per insured place
with asked as (
    select i.demo, i.institution_id, i.name, i.operator, i.place_code
    from finder_institutions as i
    where i.institution_id = $institution
),
insured as (
    select insured_code from portability_policies where not (select demo from asked)
    union
    select insured_code from institution_portability where (select demo from asked)
)
select
    p.label as insured, coalesce(a.answer, '未知') as answer, a.policy_id,
    case
        when a.policy_id is not null then w.words
        when a.answer is not null then '虚构的演示数据'
        when q.demo then '虚构的演示数据：未知'
        when exists (
            select 1 from portability_policies as c join institutions as o on o.institution_id = c.institution_id
            where c.insured_code = n.insured_code and c.statement = 'chain' and c.date <= $as_of and o.name = q.operator
        ) then '运营方属试点连锁，本机构是否在内未见公开来源'
        else '有办法，但本机构是否在内未见公开来源'
    end as reason,
    q.demo, coalesce(a.date, r.date) as date, coalesce(v.date_precision, 'month') as date_precision,
    coalesce(a.source_id, r.source_id, 'DEMO') as source_id, coalesce(a.quote, r.quote, '虚构的演示数据') as evidence
from insured as n
cross join asked as q
join places as p on p.place_code = n.insured_code
left join institution_portability as a on a.insured_code = n.insured_code and a.institution_id = q.institution_id and a.date <= $as_of
left join portability_policies as w on w.policy_id = a.policy_id
left join (
    select insured_code, min(policy_id) as policy_id from portability_policies where statement = 'rule' group by insured_code
) as first on first.insured_code = n.insured_code
left join portability_policies as r on r.policy_id = first.policy_id
left join portability_policies as v on v.policy_id = coalesce(a.policy_id, r.policy_id)
order by p.sort_order, p.place_code
