-- 点名的旅居养老示范基地是哪些？
-- Rows: one per base
select
    row_number() over (order by b.base_id)::int as number, b.base_id, b.name, p.short_name as city, p.label as city_label,
    b.date, b.date_precision, b.date_label, b.date_inferred, b.quote as evidence, b.source_id
from bases as b
join places as p using (place_code)
where b.category like '旅居养老示范基地%'
order by b.base_id
