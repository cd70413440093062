-- 结对矩阵的列：三省40个城市，加上与上海的区有协议的县（市、区）
-- Rows: one per place
select p.place_code, p.short_name, p.label, p.level
from places as p
where p.in_delta and p.valid_to_year is null and (
    p.level = 'city'
    or (p.level = 'county' and p.place_code in (
        select ap.place_code
        from agreement_parties as ap
        join agreements as a using (agreement_id)
        where a.network = 'delta' and a.level in ('district-city', 'district-group', 'participant')
    ))
)
order by p.sort_order, p.place_code
