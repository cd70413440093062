-- 2021年的五个共享平台是哪些？
-- Rows: one per platform
select platform, count(*)::int as fields
from (
    select platform, field_id, task_id from agreement_fields where platform is not null
    union all
    select '未归入平台', 'ZZZ', null
)
group by platform
order by min(field_id) filter (where task_id is not null) nulls last, min(field_id)
