-- 这家机构停过业、改过名、迁过址或合并过吗，何时，谁说的？
-- Rows: one per event of a home
select
    v.home_event_id, case v.kind when 'closed' then '停业' when 'renamed' then '更名' when 'moved' then '迁址' else '合并' end as change_word,
    coalesce(v.became, s.name) as became, coalesce('institution?institution=' || url_encode(s.institution_id), '') as link, v.date, v.date_precision, v.date_label, v.date_inferred, v.quote as evidence, v.source_id, c.title as source_title, v.note
from institution_events as v
join sources as c using (source_id)
-- The other home by its number, else by the name that only one home bears.
left join institutions as s on s.institution_id = coalesce(v.successor_id, (
    select case when count(*) = 1 then any_value(o.institution_id) end from institutions as o
    where v.kind = 'merged' and o.name = v.became and o.institution_id <> v.institution_id
))
where v.institution_id = $institution and v.date <= $as_of
order by v.date desc, v.home_event_id desc
