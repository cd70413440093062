-- 上海各区与各地的协议处于哪一阶段？（汇总行不计；三方协议出现在它的每一格）
-- Rows: one per Shanghai district, partner place and agreement
with cells as (
    select
        p.agreement_id, p.first_code as district_code, p.second_code as partner_code, r.stage, r.stage_title, r.stage_rank,
        q.latest, q.latest_words, q.quiet, coalesce(q.quiet_words, '未注明日期') as quiet_words
    from place_pairs as p
    join reached($as_of) as r using (agreement_id)
    left join quiet($as_of) as q on q.subject = p.first_code || '|' || p.second_code
    join place_cities as c on c.place_code = p.second_code
    where p.in_matrix
        and (list_contains($cities, c.city_code) or list_contains($cities, '310000'))
        and exists (
            select 1 from agreement_platforms as f where f.agreement_id = p.agreement_id and list_contains($platforms, f.platform)
        )
)
select
    c.agreement_id, a.title, c.stage, c.stage_title, c.stage_rank, s.status_title, s.counts_as_signed, s.names_pair,
    a.date, a.date_precision, a.date_label, a.date_inferred, c.latest, c.latest_words, c.quiet, c.quiet_words,
    c.district_code, d.short_name as district_name, d.lon as district_lon, d.lat as district_lat,
    c.partner_code, o.short_name as partner_name, o.label as partner_label, o.lon as partner_lon, o.lat as partner_lat,
    format(E'{} × {}\n{}\n{}', d.short_name, o.label, a.title, c.stage_title) as hover,
    case when c.latest is null then '未注明日期' else format('两地最近的公开动态：{}{}', c.latest_words, case when c.quiet then '，' || c.quiet_words else '' end) end as moves_hover,
    a.quote as evidence, a.source_id
from cells as c
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
join places as d on d.place_code = c.district_code
join places as o on o.place_code = c.partner_code
order by d.sort_order, o.sort_order, c.stage_rank desc, a.date, c.agreement_id
