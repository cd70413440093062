-- 换一种老年人口分母，各地每千名老人床位数和名次怎样移动？
-- Rows: one per place
with rated as (
    select
        place_code, short_name, level, sort_order, denominator, beds_year, beds, qualifier, date, date_precision, date_label, date_inferred, value, source_ids, evidence,
        case when value is not null then format('{}（{}{}{}）', ratio_words, case when beds_year = elders_year then beds_year || '年' else format('{}年÷{}年', beds_year, elders_year) end, inferred, coalesce(format('，第{}/{}', rank, ranked), '')) end as words,
        -- Ranks move only among the same places: those with all four denominators whose beds are counted in nearby years.
        count(value) over (partition by place_code) = count(*) over (partition by place_code)
            and bool_and(ranked is not null) over (partition by place_code) as everywhere
    from ratios_of_beds
    where indicator_code = $indicator
),
ranked as (
    select place_code, denominator, rank() over (partition by level, denominator order by value desc) as rank
    from rated
    where everywhere
),
moves as (
    select place_code, count(distinct rank) > 1 as moved from ranked group by place_code
)
select
    r.place_code, r.short_name, r.level, any_value(r.beds_year) as beds_year, any_value(r.beds) as beds, any_value(r.qualifier) as qualifier,
    any_value(r.date) as date, any_value(r.date_precision) as date_precision, any_value(r.date_label) as date_label, any_value(r.date_inferred) as date_inferred,
    coalesce(max(words) filter (where denominator = '户籍60岁及以上'), '未载') as registered60,
    coalesce(max(words) filter (where denominator = '户籍65岁及以上'), '未载') as registered65,
    coalesce(max(words) filter (where denominator = '常住60岁及以上'), '未载') as resident60,
    coalesce(max(words) filter (where denominator = '常住65岁及以上'), '未载') as resident65,
    any_value(r.everywhere) as everywhere, coalesce(any_value(m.moved), false) as moved,
    list_sort(list_distinct(flatten(list(r.source_ids)))) as source_ids, string_agg(distinct r.evidence, '；' order by r.evidence) as evidence
from rated as r
left join moves as m using (place_code)
group by r.place_code, r.short_name, r.level, r.sort_order
order by case r.level when 'region' then 1 when 'province' then 2 when 'city' then 3 else 4 end, r.sort_order, r.place_code
