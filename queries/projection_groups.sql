-- 可以推算的地区：2010、2020年两次普查40岁及以上各年龄组男女各多少人？同一区划；2040年的60岁就是2020年的40岁
-- Rows: one per place and age group
select
    p.place_code, p.short_name, p.level, p.parent_code, now.age_from::int as age_from,
    before.male as male_2010, before.female as female_2010, now.male as male_2020, now.female as female_2020,
    before.boundary_note, list_sort(list_distinct([before.source_id, now.source_id])) as source_ids
from age_groups as now
join age_groups as before on before.place_code = now.place_code and before.age_from = now.age_from and before.year = 2010
join places as p on p.place_code = now.place_code
where now.year = 2020 and now.age_from >= 40
order by p.sort_order, p.place_code, now.age_from
