-- 长三角与三省一市这个年龄以上的人占多少，十年升降多少？率为各城市人数之和相除
-- Rows: one per place
select
    p.place_code, p.short_name, p.level, now.elders, now.population, now.share as value,
    before.elders as elders_2010, before.share as value_2010, now.share - before.share as change, now.elders - before.elders as more,
    date '2020-11-01' as date, 'day' as date_precision, '常住' as base,
    list_filter([now.source_id, before.source_id], lambda x: x is not null) as source_ids, concat_ws('；', now.evidence, before.evidence) as evidence
from places as p
join population_shares as now on now.place_code = p.place_code and now.year = 2020 and now.age = $age
left join population_shares as before on before.place_code = p.place_code and before.year = 2010 and before.age = $age
where p.level in ('region', 'province') and p.in_delta
order by p.sort_order, p.place_code
