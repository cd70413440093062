-- 哪个地区在哪个主题上有公开记录，从哪年到哪年？
-- Rows: one per place and topic
with shown_places as (
    select place_code, short_name, label, level, sort_order,
        case level when 'district' then '310000' when 'city' then parent_code else place_code end as province_code
    from places
    where in_delta and valid_to_year is null and level in ('province', 'city', 'district')
),
topics as (
    select topic, number
    from (values ('普查人口', 1), ('年度人口', 2), ('床位', 3), ('机构', 4), ('设施', 5), ('长护险', 6), ('协议', 7), ('其他往来', 8), ('名单', 9), ('动态', 10)) as listed (topic, number)
),
counted as (
    select
        place_code, topic, count(distinct record_id)::int as records, min(year)::int as first_year, max(year)::int as last_year,
        bool_and(ratio) as only_ratio, list(distinct source_id order by source_id) as source_ids
    from place_topics
    group by place_code, topic
),
-- Homes known by name give a place no total, yet something is known.
homes as (
    select up.ancestor_code as place_code, count(*)::int as homes
    from finder_institutions as i
    join place_ancestors as up using (place_code)
    where not i.demo and i.in_delta
    group by up.ancestor_code
)
select
    p.place_code, p.short_name, p.label, p.level, p.province_code, t.topic, t.number as topic_order,
    coalesce(c.records, 0)::int as records, c.first_year, c.last_year,
    case
        when c.records is null then coalesce(r.state, '未载')
        -- Its years stand in the hover text: both together are wider than a cell.
        when c.only_ratio then '仅比率'
        when c.first_year is null then '未注明日期'
        when c.first_year = c.last_year then c.first_year || '年'
        else c.first_year || '—' || c.last_year
    end as span,
    case
        when c.records is null and t.topic in ('床位', '机构') and h.homes > 0 then format('{} {}：总数公开资料未载，按名称可知的{}家养老机构另列', p.label, t.topic, h.homes)
        when c.records is null then format('{} {}：公开资料未载', p.label, t.topic)
        else format(E'{} {}：{}条公开记录{}\n{}', p.label, t.topic, c.records, case when c.only_ratio then '（仅比率，没有床位数）' else '' end, coalesce(c.first_year || case when c.last_year > c.first_year then '—' || c.last_year else '' end || '年', '未注明日期'))
    end || coalesce(E'\n' || r.words, '') as hover,
    coalesce(c.source_ids, []) as source_ids,
    coalesce(format('{}条公开记录', c.records), '没有公开记录') as evidence
from shown_places as p
cross join topics as t
left join homes as h on h.place_code = p.place_code
left join counted as c on c.place_code = p.place_code and c.topic = t.topic
left join requested_topics as r on r.place_code = p.place_code and r.topic = t.topic
where list_contains($provinces, p.province_code)
order by p.sort_order, p.place_code, t.number
