-- 长三角41个城市是哪些？（上海市与三省40个地级市）
-- Rows: one per city
select place_code, name, short_name, short_name as label, lon, lat
from places
where in_delta and valid_to_year is null and (level = 'city' or place_code = '310000')
order by sort_order, place_code
