-- 还有哪些旅居与康养基地有名称？规模的不同说法并列
-- Rows: one per base
select
    b.base_id, b.category, b.name, p.label as place_label, i.title as indicator_title,
    o.value, i.unit, o.qualifier,
    case o.kind when 'plan' then '规划' when 'target' then '目标' when 'actual' then '实际' end as kind_title, o.kind,
    b.agreement_id, b.date, b.date_precision, b.date_label, b.date_inferred, b.note, concat_ws('；', b.quote, c.confirmed) as evidence, b.source_id
from bases as b
join places as p using (place_code)
left join observations as o using (observation_id)
left join claim_evidence as c using (observation_id)
left join indicators as i using (indicator_code)
where b.category not like '旅居养老示范基地%'
order by b.category, p.sort_order, b.base_id
