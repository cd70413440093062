-- 每个地区属于长三角41个城市中的哪一个？（上海的区属于上海市）
-- Rows: one per place inside a city
select up.place_code, c.place_code as city_code
from place_ancestors as up
join places as c on c.place_code = up.ancestor_code
where c.in_delta and c.valid_to_year is null and (c.level = 'city' or c.place_code = '310000')
