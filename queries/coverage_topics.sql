-- 41个城市中有多少个在每个主题上有公开记录，最新到哪年？（只有床位比率的不算有床位数字）
-- Rows: one per topic
with topics as (
    select topic, number
    from (values ('普查人口', 1), ('年度人口', 2), ('床位', 3), ('机构', 4), ('设施', 5), ('长护险', 6), ('协议', 7), ('其他往来', 8), ('名单', 9), ('动态', 10)) as listed (topic, number)
),
cities as (
    select place_code, short_name, sort_order from places where in_delta and valid_to_year is null and (level = 'city' or place_code = '310000')
),
-- Of these cities only a county or district is written of: apart, since a county's record is not the city's.
inside as (
    select topic, count(*)::int as inside, string_agg(short_name, '、' order by sort_order) as inside_named
    from (
        select distinct r.topic, c.short_name, c.sort_order
        from place_topics as r
        join place_ancestors as up using (place_code)
        join cities as c on c.place_code = up.ancestor_code
        where not r.ratio and not exists (select 1 from place_topics as o where o.topic = r.topic and not o.ratio and o.place_code = c.place_code)
    )
    group by topic
)
select
    t.topic, t.number, count(distinct r.place_code)::int as known, (select count(*) from cities)::int as ranked,
    coalesce(any_value(i.inside), 0)::int as inside, any_value(i.inside_named) as inside_named,
    coalesce(max(r.year) || '年', '未注明日期') as last_year,
    case when count(distinct r.place_code) = (select count(*) from cities) then '全部' || (select count(*) from cities) || '个城市' else coalesce((
        select string_agg(c.short_name, '、' order by c.sort_order)
        from cities as c
        where c.place_code in (select place_code from place_topics where topic = t.topic and not ratio)
    ), '无') end as named,
    format('{}：{}个城市中{}个有公开记录', t.topic, (select count(*) from cities), count(distinct r.place_code)) as hover,
    list(distinct r.source_id order by r.source_id) filter (where r.source_id is not null) as source_ids,
    format('按公开记录计数：{}条', count(distinct r.record_id)) as evidence
from topics as t
left join place_topics as r on r.topic = t.topic and not r.ratio and r.place_code in (select place_code from cities)
left join inside as i on i.topic = t.topic
group by t.topic, t.number
order by t.number
