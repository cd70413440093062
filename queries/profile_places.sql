-- 可以查看档案的地区有哪些？
-- Rows: one per place
select p.place_code, p.name, p.short_name, p.label, p.level, p.parent_code
from places as p
join place_pages as g on g.place_code = p.place_code and g.page_code = p.place_code
order by p.sort_order, p.place_code
