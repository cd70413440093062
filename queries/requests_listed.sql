-- 向各市、各区的哪个部门商请过，到了哪一步？没有商请过的也列
-- Rows: one per place and department
with newest as (
    select place_code, department, request_id, state, words, asked_on, reply_by, replied_on, settled_on, document, source_id
    from request_states
    qualify row_number() over (partition by place_code, department order by asked_on desc, request_id desc) = 1
)
select
    p.place_code, p.label as place_label, d.department, coalesce(n.state, '未商请') as state, n.request_id, n.asked_on, n.reply_by, n.replied_on, n.settled_on, n.document,
    coalesce([n.source_id], []) as source_ids, coalesce(n.words, '没有商请记录') as evidence, n.asked_on as date, 'day' as date_precision
from places as p
cross join (select department, min(number) as number from department_topics group by department) as d
left join newest as n on n.place_code = p.place_code and n.department = d.department
where p.in_delta and p.valid_to_year is null and (p.level in ('city', 'district') or p.place_code = '310000')
order by p.sort_order, p.place_code, d.number
