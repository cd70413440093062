-- 几个地区合起来，两次普查60、65、80岁及以上各多少人、占常住人口多少？人数相加再相除，缺的地区与区划写明
-- Rows: one per age limit and census year
with asked as (
    select place_code, short_name, sort_order from places where list_contains($places, place_code)
),
shares as (
    select place_code, year, age, elders, population, boundary_note as note, true as redrawn, source_id, evidence from population_shares
    union all
    -- The county tables of each census keep the boundaries of their own day.
    select place_code, year, age, elders, population, break_note, false, source_id, evidence from county_shares
),
grid as (
    select a.place_code, a.short_name, a.sort_order, y.year, g.age
    from asked as a
    cross join (values (2010), (2020)) as y (year)
    cross join (values (60), (65), (80)) as g (age)
)
select
    g.age, g.year, g.age || '岁及以上' as age_words, g.year || '年' as year_words,
    sum(s.elders)::bigint as elders, sum(s.population)::bigint as population, 100.0 * sum(s.elders) / nullif(sum(s.population), 0) as share,
    count(s.elders)::int as known, count(*)::int as parts,
    string_agg(g.short_name, '、' order by g.sort_order) filter (where s.elders is null) as missing_places,
    coalesce(bool_and(s.redrawn), false) as comparable,
    string_agg(g.short_name || '：' || s.note, '；' order by g.sort_order) filter (where s.note is not null) as notes,
    make_date(g.year, 11, 1) as date, 'day' as date_precision, '常住' as base,
    format('{}个地区{}岁及以上人口之和{:,}人÷常住人口之和{:,}人', count(s.elders), g.age, sum(s.elders)::bigint, sum(s.population)::bigint) as formula,
    list(distinct s.source_id order by s.source_id) filter (where s.source_id is not null) as source_ids,
    string_agg(s.evidence, '；' order by g.sort_order) as evidence
from grid as g
left join shares as s using (place_code, year, age)
group by g.age, g.year
order by g.age, g.year desc
