-- 一个地区两次普查各年龄组男女各多少人、各占总人口多少？
-- Rows: one per census year and age group
with groups as (
    -- The first year of life stands apart in the census: equal groups of five years need it joined to the next four.
    select
        year, case when age_from < 5 then 0 else age_from end as age_from,
        case when min(age_from) < 5 and count(*) > 1 then '0—4' else any_value(age_group) end as age_group,
        sum(male)::bigint as male, sum(female)::bigint as female, any_value(boundary_note) as boundary_note, any_value(source_id) as source_id
    from population_by_age
    where place_code = $place
    group by year, case when age_from < 5 then 0 else age_from end
)
select
    a.year::int as year, a.year || '年' as year_words, a.age_from::int as age_from, a.age_group, a.male, a.female,
    100.0 * a.male / nullif(sum(a.male + a.female) over (partition by a.year), 0) as male_share,
    100.0 * a.female / nullif(sum(a.male + a.female) over (partition by a.year), 0) as female_share,
    case a.year when 2010 then date '2010-11-01' else date '2020-11-01' end as date, 'day' as date_precision, '常住' as base,
    a.boundary_note, a.source_id, format('{}（{}年）分年龄表（2020年区划）', case a.year when 2020 then '第七次全国人口普查' when 2010 then '第六次全国人口普查' else '人口普查' end, a.year) || coalesce('；' || a.boundary_note, '') as evidence
from groups as a
order by a.age_from, a.year
