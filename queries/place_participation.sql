-- 公开来源里，一个地区是否首批试点、是否点名签约、与谁合作？
-- Rows: one per place
select place_code, first_pilot, signed, partners, other_links, placeholder, quote as evidence, source_id
from cooperation_status
where place_code = $place
order by place_code
