-- 每个地区的内容在哪个地方的档案里？长三角、省、市、上海各区和是协议一方的县（市、区）有自己的档案，其余县看所属的市
-- Rows: one per place
select p.place_code, arg_min(a.place_code, u.steps) as page_code
from places as p
left join place_ancestors as u on u.place_code = p.place_code
left join places as a
    on a.place_code = u.ancestor_code
    and a.in_delta and a.valid_to_year is null and p.valid_to_year is null
    and (
        a.level in ('province', 'city', 'district')
        or (a.level = 'region' and u.steps = 0)
        or (a.level = 'county' and a.place_code in (select place_code from agreement_parties where place_code is not null))
    )
group by p.place_code
