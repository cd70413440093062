-- 某日以来商请过哪些部门、收到哪些回函，各到了哪一步？
-- Rows: one per request
select
    r.request_id, r.place_code, p.label as place_label, r.department, r.state, r.document,
    r.words as evidence, greatest(r.asked_on, r.replied_on, r.settled_on) as date, 'day' as date_precision, r.source_id
from request_states as r
left join places as p using (place_code)
where r.asked_on <= $as_of and greatest(r.asked_on, r.replied_on, r.settled_on) > $after
order by p.sort_order, r.place_code, r.department, r.asked_on, r.request_id
