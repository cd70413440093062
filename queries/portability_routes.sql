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
)
select
    r.policy_id, r.scheme, r.insured_code, o.label as origin, r.care_code,
    case d.level when 'country' then '市外' else d.label end as destination,
    r.state,
    r.words, c.conditions, c.amounts, c.chains,
    r.date, r.date_precision, r.date_label, r.date_inferred, r.note, r.quote as evidence, r.source_id
from care_routes as r
join places as o on o.place_code = r.insured_code
join places as d on d.place_code = r.care_code
left join conditions as c on c.scheme = r.scheme and c.insured_code = r.insured_code
order by o.sort_order, r.scheme, r.policy_id
