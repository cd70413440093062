-- 每份协议走到哪一步？规则只在此处：意向 → 已签约 → 有项目 → 有成果；共同活动；汇总
-- Rows: one per agreement
with follow_up as (
    select
        agreement_id,
        bool_or(relation = 'result') as has_result,
        bool_or(relation = 'project') as has_project
    from agreement_events
    group by agreement_id
),
staged as (
    select
        a.agreement_id, a.network, a.level, a.status, w.title as status_title,
        -- A row that sums up others is never counted again.
        w.counts_as_signed and a.summarises is null as counts_as_signed,
        case
            when a.summarises is not null then 'summary'
            when w.stage <> 'signed' then w.stage
            when f.has_result then 'result'
            when f.has_project then 'project'
            else 'signed'
        end as stage
    from agreements as a
    join status_words as w using (status)
    left join follow_up as f using (agreement_id)
)
select
    agreement_id, network, level, status, status_title, counts_as_signed, stage,
    case stage when 'result' then 5 when 'project' then 4 when 'signed' then 3 when 'intent' then 2 when 'joint_activity' then 1 else 0 end as stage_rank
from staged
