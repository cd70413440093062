-- 可以查看档案的地区有哪些？
-- Rows: one per place
select p.place_code, p.name, p.short_name, p.label, p.level, p.parent_code, coalesce(h.homes, 0)::int as homes
from places as p
-- How many homes are known by name there: what is missing beside them is a total, not everything.
left join (
    select up.ancestor_code as place_code, count(*) as homes
    from finder_institutions as i
    join place_ancestors as up using (place_code)
    where not i.demo and i.in_delta
    group by up.ancestor_code
) as h on h.place_code = p.place_code
join place_pages as g on g.place_code = p.place_code and g.page_code = p.place_code
order by p.sort_order, p.place_code
