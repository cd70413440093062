-- 每个地区两次普查各年龄组男女各多少人？三省与长三角由其城市相加，均按2020年区划
-- Rows: one per place, census year and age group
select
    up.ancestor_code as place_code, g.year, g.age_from, g.age_group,
    sum(g.male)::bigint as male, sum(g.female)::bigint as female,
    -- What moves between cities cancels out in a province.
    any_value(g.boundary_note) filter (where up.steps = 0) as boundary_note,
    any_value(g.source_id) as source_id
from age_groups as g
join places as p using (place_code)
join place_ancestors as up using (place_code)
-- Shanghai stands there as a whole and by district: its districts count only for themselves.
where (p.level = 'city' or g.place_code = '310000' or up.steps = 0) and up.ancestor_code <> '000000'
group by up.ancestor_code, g.year, g.age_from, g.age_group
