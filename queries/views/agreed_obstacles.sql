-- 哪些堵点可以公开？规则只在此处，别处不读原表：所列各方都写了同意公开的日期才算，取最后一方同意的日期
-- Rows: one per agreed obstacle
select
    o.obstacle_id, o.title, o.place_code, o.resolver, o.date, o.date_precision, o.date_inferred, o.date_label, o.source_id, o.quote, o.confidence, o.note,
    list(p.name order by p.party_no) as parties, list(p.place_code order by p.party_no) as party_codes, max(p.agreed_on) as agreed_on
from obstacles as o
join obstacle_parties as p using (obstacle_id)
group by all
having bool_and(p.agreed_on is not null)
