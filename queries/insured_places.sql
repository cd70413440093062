-- 可以选哪些参保地？（41个城市，以及自己有办法的区县）
-- Rows: one per place
select place_code, case when level = 'city' or place_code = '310000' then short_name else label end as label
from places
where in_delta and valid_to_year is null
    and (level = 'city' or place_code = '310000' or place_code in (select insured_code from portability_policies))
order by sort_order, place_code
