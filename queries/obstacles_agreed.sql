-- 哪些堵点各方都同意公开，截至那一天已经都同意？
-- Rows: one per agreed obstacle
select
    obstacle_id, title, list_sort(parties) as parties, resolver, agreed_on, date, date_precision, date_inferred, date_label,
    source_id, quote as evidence
from agreed_obstacles
where agreed_on <= $as_of
order by date nulls last, obstacle_id
