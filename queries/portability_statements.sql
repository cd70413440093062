-- 这个参保地的长护险异地使用办法写了什么，依据是什么？
-- Rows: one per statement
select
    p.policy_id, p.scheme, p.statement,
    case p.statement
        when 'rule' then '适用范围' when 'condition' then '条件' when 'amount' then '标准' when 'chain' then '试点连锁'
        when 'branch' then '分支所在地' else '点名机构'
    end as part,
    case when i.name is not null and not contains(p.words, i.name) then format('{}：{}', i.name, p.words) else p.words end as words,
    p.institution_id, p.date, p.date_precision, p.date_inferred, p.date_label, p.source_id, p.quote as evidence, s.title as source_title, p.note
from portability_policies as p
join sources as s using (source_id)
left join institutions as i using (institution_id)
where p.insured_code = $insured and p.date <= $as_of
order by p.policy_id
