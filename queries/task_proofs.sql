-- 这些任务各与哪些事件、文件、数字、协议、名单相连，凭什么这样判断，在哪一页看？
-- Rows: one per link
with pairs as (
    select q.agreement_id, one.label as district, other.label as partner
    from place_pairs as q
    join places as one on one.place_code = q.first_code
    join places as other on other.place_code = q.second_code
    where q.in_matrix
    qualify row_number() over (partition by q.agreement_id order by one.sort_order, other.sort_order) = 1
)
select
    k.link_id, k.task_id, l.short_title || coalesce(' ' || t.number, ' ' || t.title) as task_number, t.title as task_title, k.relation, k.proof_rank,
    k.target_kind, k.target_id, k.target_title, k.value, k.unit, k.qualifier, k.reasoning, k.set_by, k.set_on,
    case k.target_kind
        when '事件' then
            'timeline' || coalesce(
                '?timeline_from=' || url_encode(format('{}年{}月', year(k.date - interval 1 month), month(k.date - interval 1 month)))
                || '&timeline_to=' || url_encode(format('{}年{}月', year(k.date), month(k.date))), '')
        when '文件' then 'sources?source=' || url_encode(k.source_id)
        when '数字' then 'sources?indicator=' || url_encode(o.indicator_code)
        when '协议' then
            case
                when q.agreement_id is not null then 'pairing?pairing_district=' || url_encode(q.district) || '&pairing_partner=' || url_encode(q.partner)
                when a.network = 'delta' then 'pairing'
                else 'sojourn'
            end
        when '名单' then 'institutions'
        else 'indicators?place=' || url_encode(l.place_code) || '&ledger_topics=' || url_encode(i.topic)
    end as address,
    k.date, k.date_precision, k.date_label, k.date_inferred, concat_ws('；', k.quote, c.confirmed) as evidence, k.source_id
from link_targets as k
join tasks as t using (task_id)
join task_lists as l using (task_list_id)
left join observations as o on k.target_kind = '数字' and o.observation_id = k.target_id
left join claim_evidence as c on c.observation_id = o.observation_id
left join agreements as a on k.target_kind = '协议' and a.agreement_id = k.target_id
left join indicators as i on k.target_kind = '指标' and i.indicator_code = k.target_id
left join pairs as q on q.agreement_id = a.agreement_id
where list_contains($tasks, k.task_id) and k.seen <= $as_of
order by l.date, t.task_list_id, t.number nulls last, k.task_id, k.proof_rank desc, k.relation, k.date desc, k.link_id
