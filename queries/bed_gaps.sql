-- 各省哪些城市有公开的床位数字，哪些只有比率，哪些没有？（与数据覆盖页同一规则）
-- Rows: one per province
with cities as (
    select c.place_code, c.short_name, c.sort_order, p.short_name as province, p.sort_order as province_order
    from places as c
    join places as p on p.place_code = case when c.place_code = '310000' then c.place_code else c.parent_code end
    where c.in_delta and c.valid_to_year is null and (c.level = 'city' or c.place_code = '310000')
),
beds as (
    select place_code, bool_and(ratio) as only_ratio, list(distinct source_id order by source_id) as source_ids
    from place_topics
    where topic = '床位'
    group by place_code
)
select
    province,
    coalesce(string_agg(short_name, '、' order by sort_order) filter (where not only_ratio), '无') as with_beds,
    coalesce(string_agg(short_name, '、' order by sort_order) filter (where only_ratio), '无') as only_ratio,
    coalesce(string_agg(short_name, '、' order by sort_order) filter (where beds.place_code is null), '无') as without_beds,
    list_sort(list_distinct(flatten(list(coalesce(source_ids, []))))) as source_ids,
    format('按公开的床位数字汇总：有数字的城市{}个', count(*) filter (where not only_ratio)) as evidence
from cities
left join beds using (place_code)
group by province, province_order
order by province_order
