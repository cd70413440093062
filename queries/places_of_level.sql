-- 某一级别有哪些现行地区？
-- Rows: one per place
select place_code, name, short_name, label, parent_code, lon, lat
from places
where level = $level and in_delta and valid_to_year is null
order by sort_order, place_code
