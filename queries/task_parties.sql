-- 每项任务的责任单位各在哪个省（市）？来源没有写在哪里的不猜，写“三省一市”的在每一个省
-- Rows: one per task and unit
with inside as (
    select u.task_id, u.unit_no, p.place_code as province_code, p.sort_order
    from task_units as u
    join place_ancestors as up using (place_code)
    join places as p on p.place_code = up.ancestor_code and p.level = 'province'
    union
    select u.task_id, u.unit_no, p.place_code, p.sort_order
    from task_units as u
    join places as g on g.place_code = u.place_code and g.level = 'region'
    join places as p on p.parent_code = g.place_code and p.level = 'province'
)
select
    u.task_id, u.unit_no, u.unit,
    case when u.role_words is not null then '原文写“' || u.role_words || '”' when u.role = 'lead' and u.role_stated then '牵头' else '原文未写角色' end as role,
    coalesce(list(i.province_code order by i.sort_order) filter (where i.province_code is not null), []) as provinces
from task_units as u
left join inside as i using (task_id, unit_no)
group by u.task_id, u.unit_no, u.unit, u.role, u.role_stated, u.role_words
order by u.task_id, u.unit_no
