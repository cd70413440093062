-- 换一种老年人口分母，各地每千名老人床位数和名次怎样移动？
-- Rows: one per place
with ranked as (
    select
        place_code, short_name, level, sort_order, denominator, beds_year, beds, qualifier, date, date_precision, date_label, date_inferred, rank, source_ids, evidence,
        case when value is not null then format('{:.1f}张（{}年{}）', value, elders_year, case when ranked > 1 then format('，第{}/{}', rank, ranked) else '' end) end as words,
        -- Ranks are comparable only between denominators that rank the same places.
        list(place_code) filter (where value is not null) over (
            partition by denominator, level order by place_code rows between unbounded preceding and unbounded following
        ) as peers
    from ratios_of_beds
    where indicator_code = $indicator
),
moves as (
    select place_code, max(ranks) > 1 as moved
    from (select place_code, peers, count(distinct rank) as ranks from ranked where rank is not null group by place_code, peers)
    group by place_code
)
select
    r.place_code, r.short_name, r.level, any_value(r.beds_year) as beds_year, any_value(r.beds) as beds, any_value(r.qualifier) as qualifier,
    any_value(r.date) as date, any_value(r.date_precision) as date_precision, any_value(r.date_label) as date_label, any_value(r.date_inferred) as date_inferred,
    coalesce(max(words) filter (where denominator = '户籍60岁及以上'), '未上报') as registered60,
    coalesce(max(words) filter (where denominator = '户籍65岁及以上'), '未上报') as registered65,
    coalesce(max(words) filter (where denominator = '常住60岁及以上'), '未上报') as resident60,
    coalesce(max(words) filter (where denominator = '常住65岁及以上'), '未上报') as resident65,
    coalesce(any_value(m.moved), false) as moved,
    list_distinct(flatten(list(r.source_ids))) as source_ids, string_agg(distinct r.evidence, '；') as evidence
from ranked as r
left join moves as m using (place_code)
group by r.place_code, r.short_name, r.level, r.sort_order
order by r.sort_order, r.place_code
