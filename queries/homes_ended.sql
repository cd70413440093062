-- 到这一天，记录为已停业或已合并的机构有哪些？
-- Rows: one per institution
select e.institution_id, i.name, i.in_delta, e.ended_words, v.date, v.date_precision, v.date_label, v.date_inferred, v.quote as evidence, v.source_id
from ended_homes as e
join finder_institutions as i using (institution_id)
join institution_events as v on v.institution_id = e.institution_id and v.date = e.ended_on and v.kind in ('closed', 'merged')
where e.ended_on <= $as_of and not i.demo
qualify row_number() over (partition by e.institution_id order by v.home_event_id desc) = 1
order by e.ended_on desc, e.institution_id
