-- 这些地区的做法有哪些共同主题？
-- Rows: one per theme
select q.common_theme as theme, count(*)::int as practices
from practices as q
join places as p using (place_code)
where list_contains($regions, p.short_name)
group by q.common_theme
order by practices desc, theme
