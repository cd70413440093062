-- 每个地区的内容在哪个地方的档案里？长三角、省、市、区和县（市、区）各有自己的档案，开发区与乡镇看所属的地方
-- Rows: one per place
select p.place_code, arg_min(a.place_code, u.steps) as page_code
from places as p
left join place_ancestors as u on u.place_code = p.place_code
left join places as a
    on a.place_code = u.ancestor_code
    and a.in_delta and a.valid_to_year is null and p.valid_to_year is null
    and (
        a.level in ('province', 'city', 'district', 'county')
        or (a.level = 'region' and u.steps = 0)
    )
group by p.place_code
