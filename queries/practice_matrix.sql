-- 每个共同主题下各地各有几条做法，是哪些？
-- Rows: one per common theme and region
select
    q.common_theme, p.place_code, p.sort_order, p.short_name as region, count(*)::int as practices, count(*) filter (where q.kind = 'figure')::int as figures,
    string_agg(q.item, '、' order by q.practice_id) filter (where q.first_of_item) as items,
    string_agg(q.item || coalesce('：' || q.detail, ''), E'\n' order by q.practice_id) as hover,
    list(distinct q.source_id order by q.source_id) as source_ids, string_agg(q.quote, '；' order by q.practice_id) as evidence
from (
    select *, row_number() over (partition by common_theme, place_code, item order by practice_id) = 1 as first_of_item from practices
) as q
join places as p using (place_code)
where list_contains($regions, p.short_name) and list_contains($themes, q.common_theme)
group by q.common_theme, p.place_code, p.short_name, p.sort_order
order by sum(count(*)) over (partition by q.common_theme) desc, q.common_theme, p.sort_order, p.place_code
