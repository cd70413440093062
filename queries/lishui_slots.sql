-- 丽水“十镇×十局×十企”的十组里，每组三方知道哪几个？
-- Rows: one per group and role
with roles as (
    select 'town' as role, '乡镇' as role_title, 1 as role_order
    union all select 'bureau', '县（区）民政局', 2
    union all select 'enterprise', '企业', 3
),
planned as (
    -- The row that sums the groups up says how many there are.
    select s.agreement_id, max(ap.slots)::int as groups, any_value(a.source_id) as source_id, any_value(a.quote) as quote, any_value(a.scope) as scope
    from agreement_stages as s
    join agreements as a using (agreement_id)
    join agreement_parties as ap using (agreement_id)
    where s.network = 'lishui' and s.stage = 'summary'
    group by s.agreement_id
),
named as (
    select s.agreement_id as key, s.stage_rank, a.source_id, a.quote, a.note, a.title, s.stage_title, null as town, contains(planned_row.summarises, s.agreement_id) as stated
    from agreement_stages as s
    join agreements as a using (agreement_id)
    cross join (select a.summarises from planned join agreements as a using (agreement_id)) as planned_row
    where s.network = 'lishui' and s.level = 'town-bureau-enterprise' and s.stage <> 'summary'
    union all
    -- A town that a page calls 红色康养 without saying that it is one of the ten.
    select b.base_id, -1, b.source_id, b.quote, b.note, b.category, '可能', b.name, false
    from bases as b
    where b.category like '红色康养乡镇%' and b.agreement_id is null
),
numbered as (
    -- What is not said to be among the planned groups fills none of them: it stands below them.
    select
        named.*,
        (row_number() over (partition by stated order by stage_rank desc, key) + case when stated then 0 else (select max(groups) from planned) end)::int as group_no
    from named
),
slots as (
    select n.group_no, p.source_id as plan_source, p.quote as plan_quote
    from planned as p, (
        select unnest(range(1, 1 + (select max(groups) from planned))) as group_no
        union
        select group_no from numbered
    ) as n
)
select
    s.group_no, coalesce(n.stated, true) as planned, r.role, r.role_title, r.role_order, n.key,
    case when n.key is null then null when n.town is not null then (case when r.role = 'town' then n.town end) when ap.known then ap.name end as name,
    case
        when n.key is null then 'empty'
        when n.town is not null and r.role = 'town' then 'likely'
        when n.town is not null or not coalesce(ap.known, false) then 'empty'
        when n.stated then 'known'
        else 'unstated'
    end as state,
    case state when 'known' then '已点名' when 'unstated' then '三方均已点名，是否属于拟签的各组来源未写明' when 'likely' then '可能属于拟签的各组，来源未写明' else '未点名' end as state_title,
    coalesce(n.note, '来源未点名') as note,
    -- Whom the plan names without saying in which group.
    (select nullif(regexp_extract(max(o.note), '其中点名：([^；（]+)', 1), '') from planned as w join agreement_parties as o using (agreement_id) where o.party_kind = r.role) as named_in_plan,
    case when n.key is null then [s.plan_source] else list_sort(list_distinct([n.source_id, s.plan_source])) end as source_ids,
    coalesce(n.quote, s.plan_quote) as evidence
from slots as s
cross join roles as r
left join numbered as n using (group_no)
left join agreement_parties as ap on ap.agreement_id = n.key and ap.party_kind = r.role
order by s.group_no, r.role_order
