-- 每个指标怎样定义、怎样计数，有多少条数据？
-- Rows: one per indicator
with counted as (
    select
        indicator_code, count(*)::int as claims, count(*) filter (where not shown)::int as beside, count(*) filter (where doubtful)::int as doubtful, count(distinct place_code)::int as places,
        min(year(date)) filter (where kind not in ('target', 'plan', 'unclear'))::int as first_year, max(year(date)) filter (where kind not in ('target', 'plan', 'unclear'))::int as last_year,
        list(distinct source_id order by source_id) as source_ids
    from observations
    group by indicator_code
)
select
    i.indicator_code, i.title, i.topic, i.unit, i.definition, i.counting_rule, i.polarity, i.base, i.measure, i.note,
    coalesce(c.claims, 0)::int as claims, coalesce(c.beside, 0)::int as beside, coalesce(c.doubtful, 0)::int as doubtful, coalesce(c.places, 0)::int as places, c.first_year, c.last_year,
    coalesce(c.source_ids, []) as source_ids, i.definition || i.counting_rule as evidence
from indicators as i
left join counted as c using (indicator_code)
order by coalesce(c.claims, 0) > 0 desc, i.topic, i.indicator_code
