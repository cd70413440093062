-- 各县（市、区）这个年龄以上的人2020年占多少，2010年占多少？（各按当年区划，只并列，不算升降）
-- Rows: one per place
with known as (
    select
        c.place_code,
        max(c.elders) filter (where c.year = 2020)::bigint as elders, max(c.share) filter (where c.year = 2020) as value,
        max(c.elders) filter (where c.year = 2010)::bigint as elders_2010, max(c.share) filter (where c.year = 2010) as value_2010,
        -- Under what name the county was counted in 2010, where it has another code since.
        max(c.predecessor) as predecessor, coalesce(bool_or(c.redrawn), false) as redrawn,
        coalesce(
            max(c.break_note) filter (where c.predecessor is not null), max(c.break_note) filter (where c.year = 2020), '没有两年可对应的数'
        ) as boundary_note,
        list(distinct c.source_id order by c.source_id) as source_ids,
        string_agg(c.evidence, '；' order by c.year desc) as evidence
    from county_shares as c
    where c.age = $age
    group by c.place_code
)
select
    k.place_code, p.short_name, p.label, city.place_code as city_code, city.short_name as city, k.elders, k.value, k.elders_2010, k.value_2010, k.predecessor, k.redrawn,
    -- Merged in the year of the census, which still counts them apart.
    case when contains(p.note, '仍单列') then p.note else k.boundary_note end as boundary_note,
    rank() over (order by k.value desc nulls last)::int as rank,
    format(E'{}（{}）\n2020年{:.2f}%，{:,}人', p.label, city.short_name, k.value, k.elders)
        || coalesce(format(E'\n2010年{:.2f}%{}，两年各按当年区划，只并列', k.value_2010, coalesce('（' || k.predecessor || '）', '')), '')
        || case when k.predecessor is not null then E'\n' || k.boundary_note else '' end as hover,
    date '2020-11-01' as date, 'day' as date_precision, '常住' as base, k.source_ids, k.evidence
from known as k
join places as p using (place_code)
join places as city on city.place_code = p.parent_code
where k.value is not null and p.in_delta
qualify list_contains($cities, city.place_code)
order by k.value desc, p.sort_order
