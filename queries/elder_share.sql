-- 2020年人口普查，各城市与上海各区这个年龄以上的人占多少，比2010年升降多少，排第几？
-- Rows: one per city or Shanghai district
with now as (select place_code, elders, population, share, source_id, evidence from population_shares where year = 2020 and age = $age),
before as (select place_code, elders, population, share, source_id, evidence, boundary_note from population_shares where year = 2010 and age = $age),
known as (
    select
        p.place_code, p.short_name, p.name, p.level, p.parent_code, p.sort_order,
        case p.level when 'district' then 'district' else 'city' end as peers,
        case p.level when 'city' then p.parent_code else '310000' end as province_code,
        now.elders, now.population, now.share as value,
        before.elders as elders_2010, before.share as value_2010, now.share - before.share as change, before.boundary_note,
        now.source_id as source_now, before.source_id as source_before, concat_ws('；', now.evidence, before.evidence) as evidence
    from places as p
    left join now using (place_code)
    left join before using (place_code)
    where p.in_delta and p.valid_to_year is null and (p.level in ('city', 'district') or p.place_code = '310000')
)
select
    k.place_code, k.short_name, k.name, k.level, k.parent_code, k.peers, pr.short_name as province,
    k.elders, k.population, k.value, k.elders_2010, k.value_2010, k.change, k.boundary_note,
    case when k.value is not null then rank() over (partition by k.peers order by k.value desc nulls last) end::int as rank,
    case when k.change is not null then rank() over (partition by k.peers order by k.change desc nulls last) end::int as change_rank,
    count(k.value) over (partition by k.peers)::int as ranked,
    k.value - province.share as against_province, k.value - delta.share as against_delta,
    delta.share as delta_value, delta.share - delta_before.share as delta_change,
    coalesce(
        format(E'{}：{}岁及以上占{:.2f}%，{}中第{}位\n{:,}人，常住人口{:,}人\n', k.name, $age::int, k.value, case k.peers when 'city' then count(k.value) over (partition by k.peers) || '个城市' else '上海' || count(k.value) over (partition by k.peers) || '个区' end, rank() over (partition by k.peers order by k.value desc nulls last), k.elders, k.population)
            || coalesce(format(E'2010年{:.2f}%，十年{:+.2f}个百分点\n', k.value_2010, k.change), '') || '第七次全国人口普查（2020年11月1日），常住人口口径',
        k.name || '：公开资料未载'
    ) as hover,
    date '2020-11-01' as date, 'day' as date_precision, '常住' as base,
    list_filter([k.source_now, k.source_before], lambda x: x is not null) as source_ids, k.evidence
from known as k
join places as pr on pr.place_code = k.province_code
left join population_shares as province on province.place_code = k.province_code and province.year = 2020 and province.age = $age
left join population_shares as delta on delta.place_code = 'YRD' and delta.year = 2020 and delta.age = $age
left join population_shares as delta_before on delta_before.place_code = 'YRD' and delta_before.year = 2010 and delta_before.age = $age
order by k.sort_order, k.place_code
