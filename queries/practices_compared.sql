-- 这些地区在这些主题下怎样做，有哪些数字和原话？
-- Rows: one per practice
select
    q.practice_id, p.short_name as region, p.sort_order, q.department, q.common_theme, q.theme, q.item, q.detail, q.kind,
    case q.kind when 'measure' then '举措' when 'figure' then '数字' when 'plan' then '计划' else '目标' end as kind_title,
    q.value, q.unit, o.qualifier, q.quote, concat_ws('；', q.quote, c.confirmed) as evidence, q.source_id
from practices as q
join places as p using (place_code)
left join observations as o on o.observation_id = q.observation_id
left join claim_evidence as c on c.observation_id = q.observation_id
where list_contains($regions, p.short_name) and list_contains($themes, q.common_theme)
order by q.common_theme, p.sort_order, q.place_code, q.practice_id
