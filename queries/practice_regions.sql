-- 各地的做法各有几条，其中数字几条？
-- Rows: one per region
select
    p.place_code, p.short_name, q.department, count(*)::int as practices,
    count(*) filter (where q.kind = 'measure')::int as measures,
    count(*) filter (where q.kind = 'figure')::int as figures,
    count(*) filter (where q.kind in ('plan', 'target'))::int as plans,
    string_agg(distinct q.theme, '、' order by q.theme) as themes,
    list(distinct q.source_id order by q.source_id) as source_ids,
    string_agg(q.quote, '；' order by q.practice_id) as evidence
from practices as q
join places as p using (place_code)
group by all
order by practices desc, p.place_code
