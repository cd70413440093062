-- 责任单位每次报送后处在什么状态？规则只在此处：“无变化”沿用此前的状态，不在责任单位表里的单位不算
-- Rows: one per report
select
    r.task_id, r.unit, r.date, r.text, r.problems, r.next_step, r.reported_by, r.source_id, r.self_status as said,
    coalesce(
        last_value(nullif(r.self_status, 'no_change') ignore nulls) over (partition by r.task_id, r.unit order by r.date rows unbounded preceding),
        r.self_status
    ) as self_status
from task_reports as r
where exists (select 1 from task_units as u where u.task_id = r.task_id and u.unit = r.unit)
