-- 来源写明的报送节奏有哪些，各报多少项？
-- Rows: one per rhythm
select
    r.rhythm_id, coalesce(l.short_title, i.title, r.subject) as subject, p.label as place_label, coalesce(r.reporter, '未规定') as reporter, r.rhythm, r.wording,
    coalesce(strftime(r.next_due, '%Y-%m-%d'), '未规定') as next_due,
    arg_max(o.value, coalesce(o.date, date '0001-01-01')) as value, any_value(i.unit) as unit,
    any_value(r.quote) as evidence, r.source_id, r.task_list_id, r.indicator_code
from reporting_rhythms as r
join places as p using (place_code)
left join task_lists as l using (task_list_id)
left join indicators as i using (indicator_code)
left join observed_claims as o on o.indicator_code = r.indicator_code and o.place_code = r.place_code
group by all
order by any_value(p.sort_order), subject, r.rhythm_id
