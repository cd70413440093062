-- 哪个地区的哪个主题商请过，最近一次到了哪一步？几个部门都商请过的，有一个没回函就算未回函
-- Rows: one per place and topic
with newest as (
    select place_code, department, state, words, asked_on
    from request_states
    qualify row_number() over (partition by place_code, department order by asked_on desc, request_id desc) = 1
)
select
    n.place_code, t.topic,
    case when bool_or(n.state = '已商请') then '已商请、未回函' when bool_or(n.state = '已回函') then '已回函、待核定' else '已核定' end as state,
    string_agg(n.words, '；' order by t.number) as words
from newest as n
join department_topics as t using (department)
where t.in_grid
group by n.place_code, t.topic
