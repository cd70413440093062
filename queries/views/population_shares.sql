-- 每个地区两次普查60、65、80岁及以上各有多少人、占常住人口多少？率一律为人数之和相除
-- Rows: one per place, census year and age limit
with totals as (
    select
        place_code, year, sum(male + female)::bigint as population,
        sum(male + female) filter (where age_from >= 60)::bigint as elders60,
        sum(male + female) filter (where age_from >= 65)::bigint as elders65,
        sum(male + female) filter (where age_from >= 80)::bigint as elders80,
        any_value(boundary_note) as boundary_note,
        any_value(source_id) as source_id
    from population_by_age
    group by place_code, year
),
long as (
    select place_code, year, 60 as age, elders60 as elders, population, boundary_note, source_id from totals
    union all
    select place_code, year, 65, elders65, population, boundary_note, source_id from totals
    union all
    select place_code, year, 80, elders80, population, boundary_note, source_id from totals
)
select
    place_code, year, age, elders, population, 100.0 * elders / nullif(population, 0) as share, boundary_note, source_id,
    format('{}（{}年）分年龄表（2020年区划）：{}岁及以上各组男女相加{:,}人÷各年龄组合计{:,}人', case year when 2020 then '第七次全国人口普查' when 2010 then '第六次全国人口普查' else '人口普查' end, year, age, elders, population)
        || coalesce('；' || boundary_note, '') as evidence
from long
