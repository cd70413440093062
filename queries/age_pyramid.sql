-- 一个地区两次普查各年龄组男女各多少人、各占总人口多少？
-- Rows: one per census year and age group
select
    a.year::int as year, a.age_from::int as age_from, a.age_group, a.male, a.female,
    100.0 * a.male / nullif(sum(a.male + a.female) over (partition by a.year), 0) as male_share,
    100.0 * a.female / nullif(sum(a.male + a.female) over (partition by a.year), 0) as female_share,
    case a.year when 2010 then date '2010-11-01' else date '2020-11-01' end as date, 'day' as date_precision, '常住' as base,
    a.boundary_note, a.source_id, format('{}年普查分年龄表（2020年区划）', a.year) || coalesce('；' || a.boundary_note, '') as evidence
from population_by_age as a
where a.place_code = $place
order by a.age_from, a.year
