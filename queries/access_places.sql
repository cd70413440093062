-- 各县（市、区）在可及性试算里怎样算：有没有第七次全国人口普查（2020年）的老年人口，算在哪里，床位是否与普查同一范围？
-- Rows: one per place
with redrawn as (
    select place_code, any_value(break_note) as words from observations where indicator_code = 'welfare_beds' and shown and coalesce(boundary_year, 2020) <> 2020 group by place_code
)
select
    p.place_code, p.label, p.short_name, p.name, p.aliases, p.level, city.short_name as city, d.place_code is not null as counted,
    coalesce(p.valid_from_year > 2020, false) as later, r.words as redrawn, if(d.at_code <> d.place_code, a.short_name, null) as stands_at
from places as p
join place_cities as c using (place_code)
join places as city on city.place_code = c.city_code
left join access_demand as d on d.place_code = p.place_code and d.age = 60 and not d.zones
left join places as a on a.place_code = d.at_code
left join redrawn as r on r.place_code = p.place_code
where p.in_delta and p.level in ('district', 'county', 'zone') and (p.valid_to_year is null or d.place_code is not null)
order by p.sort_order, p.place_code
