-- 这家机构，各参保地的长护险能不能用？
-- Rows: one per insured place
with asked as (
    select i.demo, i.institution_id, i.name, i.operator, i.place_code, i.date, i.date_precision
    from finder_institutions as i
    where i.institution_id = $institution
),
insured as (
    select insured_code from portability_policies where not (select demo from asked)
    union
    select a.insured_code
    from institution_portability as a
    join demo_institutions as d using (institution_id)
    where a.answer <> '参保地内' and (select demo from asked)
),
-- The policy whose rule an unknown rests on; the fictitious list rests on none.
rules as (
    select policy_id, insured_code, date, date_precision, source_id, quote
    from portability_policies
    where statement = 'rule' and not (select demo from asked)
    qualify row_number() over (partition by insured_code order by policy_id) = 1
)
select
    p.label as insured, coalesce(a.answer, '未知') as answer, a.policy_id,
    case
        when q.demo then '虚构的演示数据'
        when a.answer = '参保地内' then coalesce(named.words, '参保地内，不属异地')
        when a.policy_id is not null then w.words
        when exists (
            select 1 from portability_policies as c join institutions as o on o.institution_id = c.institution_id
            where c.insured_code = n.insured_code and c.statement = 'chain' and c.date <= $as_of and o.name = q.operator
        ) then '运营方属试点连锁，本机构是否在内公开资料未载'
        else '有办法，但本机构是否在内公开资料未载'
    end as reason,
    q.demo,
    case when q.demo then q.date when a.answer = '参保地内' then named.date else coalesce(w.date, r.date) end as date,
    case when q.demo then q.date_precision when a.answer = '参保地内' then coalesce(named.date_precision, 'undated') else coalesce(w.date_precision, r.date_precision) end as date_precision,
    case when q.demo then 'DEMO' else coalesce(a.source_id, r.source_id) end as source_id,
    case when q.demo then '虚构的演示数据' else coalesce(a.quote, r.quote) end as evidence,
    w.note
from insured as n
cross join asked as q
left join portability_policies as named on named.insured_code = n.insured_code and named.institution_id = q.institution_id and named.date <= $as_of
join places as p on p.place_code = n.insured_code
left join institution_portability as a
    on a.insured_code = n.insured_code and a.institution_id = q.institution_id and coalesce(a.date <= $as_of, true)
left join portability_policies as w on w.policy_id = a.policy_id
left join rules as r on r.insured_code = n.insured_code
order by p.sort_order, p.place_code
