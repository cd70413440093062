-- 两个地方之间有哪些各方都同意公开的待解决事项？截至那一天已经都同意的才列
-- Rows: one per agreed obstacle
select
    o.obstacle_id, o.title, o.resolver, list_sort(o.parties) as parties, o.agreed_on, o.date, o.date_precision, o.date_inferred, o.date_label,
    o.source_id, o.quote as evidence
from agreed_obstacles as o
where o.agreed_on <= $as_of and len($places) > 0 and list_has_all(o.party_codes, $places)
order by o.date nulls last, o.obstacle_id
