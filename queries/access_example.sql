-- 一个地方的可及床位是怎样一步一步算出来的：够得着哪些床位，每处由哪些地方的多少老人分用，分到多少？
-- Rows: one per supply
with catchments as (
    select place_code, supply_id, beds, elders, km, minutes, weight, competing, share
    from access_catchments($measure, $age, [$wide], $as_of, $detour, $speed, $minutes, $decay, $own)
),
users as (
    select c.supply_id, string_agg(format('{}{:,}人×{:.4f}', d.short_name, c.elders, c.weight), '＋' order by c.weight desc, d.sort_order) as words
    from catchments as c
    join access_demand as d on d.place_code = c.place_code and d.age = $age
    group by c.supply_id
)
select
    c.supply_id, coalesce(s.name, p.short_name || '的床位') as name, c.beds, c.km, c.minutes, c.weight, u.words as users, c.competing, 1000 * c.beds / c.competing as rate, 1000 * c.share as part,
    sum(1000 * c.share) over () as value, $measure = 'demo_beds' as demo, '常住' as base, coalesce(s.date, d.date) as date, coalesce(s.date_precision, d.date_precision) as date_precision, null as date_label,
    coalesce(s.date_inferred, false) as date_inferred, list_sort(list_distinct(list_filter([s.source_id, d.source_id], lambda x: x is not null))) as source_ids,
    s.evidence
from catchments as c
join users as u using (supply_id)
join access_demand as d on d.place_code = c.place_code and d.age = $age
left join access_supply as s on s.supply_id = c.supply_id and s.measure = $measure
left join places as p on p.place_code = c.supply_id
where c.place_code = $place and c.share is not null
order by c.minutes, c.supply_id
