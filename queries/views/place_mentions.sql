-- 每个地区（连同所辖区县）出现在哪些协议、事件、名单、文件、政策、基地和点名里？说一个地方公开资料未载，只看这里
-- Rows: one per place and record
with records as (
    select '协议' as kind, ap.agreement_id as record_id, ap.place_code, a.status = 'planned' as planned from agreement_parties as ap join agreements as a using (agreement_id) where a.summarises is null
    union
    select '事件', ep.event_id, ep.place_code, e.planned from event_places as ep join events as e using (event_id)
    union
    select '名单', lp.list_id, lp.place_code, false from institution_list_places as lp
    union
    select '名单', m.list_id, i.place_code, false from institution_list_members as m join institutions as i using (institution_id)
    union
    select '文件', document_id, place_code, status = 'planned' from documents
    union
    select '长护险', policy_id, insured_code, false from portability_policies
    union
    select '长护险', policy_id, care_code, false from portability_policies
    union
    select '基地', base_id, place_code, false from bases
    union
    select '点名', status_id, place_code, false from cooperation_status where not placeholder
    union
    select '数字', o.observation_id, o.place_code, o.kind in ('target', 'plan', 'unclear')
    from observations as o
    join indicators as i using (indicator_code)
    where o.shown and i.topic in ('长护险', '旅居', '结对协作')
)
select up.ancestor_code as place_code, r.kind, r.record_id, bool_and(r.planned) as planned, min(up.steps) = 0 as own
from records as r
join place_ancestors as up using (place_code)
group by up.ancestor_code, r.kind, r.record_id
