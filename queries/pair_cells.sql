-- 上海各区与各地的协议走到哪一步？（汇总行不计；三方协议出现在它的每一格）
-- Rows: one per Shanghai district, partner place and agreement
with parties as (
    select s.agreement_id, s.stage, s.stage_rank, s.status_title, s.counts_as_signed, ap.place_code, p.level, p.short_name, p.label, p.sort_order
    from agreement_stages as s
    join agreement_parties as ap using (agreement_id)
    join places as p using (place_code)
    where s.stage <> 'summary' and s.network = 'delta' and s.level in ('district-city', 'district-group')
)
select
    d.agreement_id, a.title, d.status_title, d.stage, d.stage_rank, d.counts_as_signed, a.date, a.date_precision, a.date_label, a.date_inferred,
    d.place_code as district_code, d.short_name as district_name,
    o.place_code as partner_code, o.short_name as partner_name, o.label as partner_label,
    format(E'{} × {}\n{}\n{}', d.short_name, o.label, a.title, d.status_title) as hover,
    a.quote as evidence, a.source_id
from parties as d
join parties as o using (agreement_id)
join agreements as a using (agreement_id)
where d.level = 'district' and o.level in ('city', 'county')
order by d.sort_order, o.sort_order, d.stage_rank desc, a.date, d.agreement_id
