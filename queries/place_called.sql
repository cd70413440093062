-- 这个编码、名称、简称或别名指哪个地区，它属于哪个城市？
-- Rows: one per place
select p.place_code, p.name, p.label, p.level, city.place_code as city_code, city.label as city_label
from places as p
left join place_cities as c using (place_code)
left join places as city on city.place_code = c.city_code
where p.valid_to_year is null and $name <> '' and list_contains([p.place_code, p.name, p.short_name, p.label] || string_split(coalesce(p.aliases, ''), ';'), $name)
order by p.in_delta desc, p.sort_order, p.place_code
