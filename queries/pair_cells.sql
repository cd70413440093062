-- 上海各区与各地的协议走到哪一步？（汇总行不计；三方协议出现在它的每一格）
-- Rows: one per Shanghai district, partner place and agreement
with moves as (
    select agreement_id, max(date) as latest
    from agreement_moves
    where date <= $as_of
    group by agreement_id
),
cells as (
    select
        p.agreement_id, p.first_code as district_code, p.second_code as partner_code, r.stage, r.stage_title, r.stage_rank,
        m.latest, m.latest < $as_of::date - interval 24 month as quiet
    from place_pairs as p
    join reached($as_of) as r using (agreement_id)
    left join moves as m using (agreement_id)
    join place_cities as c on c.place_code = p.second_code
    where p.in_matrix
        and (list_contains($cities, c.city_code) or list_contains($cities, '310000'))
        and exists (
            select 1 from agreement_platforms as f where f.agreement_id = p.agreement_id and list_contains($platforms, f.platform)
        )
)
select
    c.agreement_id, a.title, c.stage, c.stage_title, c.stage_rank, s.status_title, s.counts_as_signed,
    a.date, a.date_precision, a.date_label, a.date_inferred, c.latest, c.quiet,
    case when c.quiet then '近24个月未见公开动态' when c.quiet is null then '未注明日期' else '近24个月有公开动态' end as quiet_words,
    c.district_code, d.short_name as district_name, d.lon as district_lon, d.lat as district_lat,
    c.partner_code, o.short_name as partner_name, o.label as partner_label, o.lon as partner_lon, o.lat as partner_lat,
    format(E'{} × {}\n{}\n{}，{}', d.short_name, o.label, a.title, c.stage_title,
        case when c.quiet then '近24个月未见公开动态' when c.quiet is null then '未注明日期' else '近24个月有公开动态' end) as hover,
    a.quote as evidence, a.source_id
from cells as c
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
join places as d on d.place_code = c.district_code
join places as o on o.place_code = c.partner_code
order by d.sort_order, o.sort_order, c.stage_rank desc, a.date, c.agreement_id
