-- 可以查看档案的地区有哪些？长三角、三省一市、各城市、上海各区，以及是协议一方的县（市、区）
-- Rows: one per place
select p.place_code, p.name, p.short_name, p.label, p.level, p.parent_code
from places as p
where p.in_delta and p.valid_to_year is null
    and (
        p.level in ('region', 'province', 'city', 'district')
        or (p.level = 'county' and p.place_code in (select place_code from agreement_parties where place_code is not null))
    )
order by p.sort_order, p.place_code
