-- 一项任务有哪些承诺、责任单位、措施和反馈？
-- Rows: one per part of the task
with parts as (
    select
        m.task_id, 1 as part_order, if(m.kind = 'statement', '来源的说明', '承诺') as part, row_number() over (order by m.promise_id) as number, m.wording as words,
        concat_ws('；',
            case when m.revises is not null then '修订，原承诺保留' end,
            case when m.due is not null then '时限改为' || strftime(m.due, '%Y年%-m月%-d日') end,
            m.comparison_note, m.note
        ) as detail,
        m.stated as date, m.quote as evidence, m.source_id
    from task_promises as m where m.task_id = $task and m.stated <= $as_of
    union all
    select
        u.task_id, 2, '责任单位', u.unit_no, u.unit,
        case
            when u.role = 'lead' and not u.role_stated then '牵头（采集记载，原文未写“牵头”）'
            when u.role_words is not null then '原文写“' || u.role_words || '”'
            when u.role = 'lead' then '牵头'
            else '原文未写角色'
        end || if(u.note like '原文“%', '', coalesce('；' || u.note, '')),
        null, coalesce(u.note, t.quote), u.source_id
    from task_units as u join tasks as t using (task_id) where u.task_id = $task
    union all
    select a.task_id, 3, '措施', a.number, a.summary, concat_ws('；', a.figures, a.places), null, a.quote, a.source_id
    from task_actions as a where a.task_id = $task
    union all
    select
        r.task_id, 4, '反馈', row_number() over (order by r.date, r.unit), r.unit || coalesce('：' || r.text, ''),
        concat_ws('；', '佐证：' || r.evidence, '存在问题：' || r.problems, '下一步：' || r.next_step, '反馈人：' || r.reported_by),
        r.date, coalesce(r.text, r.self_status), r.source_id
    from task_reports as r where r.task_id = $task and r.date <= $as_of
)
select part, number, words, nullif(detail, '') as detail, strftime(date, '%Y年%-m月%-d日') as stated, evidence, source_id
from parts
order by part_order, number
