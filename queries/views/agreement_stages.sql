-- 每份协议走到哪一步？规则只在此处：意向 → 已签约 → 有项目 → 有成果；共同活动；汇总
-- Rows: one per agreement
select
    a.agreement_id, a.network, a.level, a.status, w.title as status_title,
    -- A row that sums up others is never counted again.
    w.counts_as_signed and a.summarises is null as counts_as_signed,
    case
        when w.stage <> 'signed' then w.stage
        when count(*) filter (where ae.relation = 'result') > 0 then 'result'
        when count(*) filter (where ae.relation = 'project') > 0 then 'project'
        else 'signed'
    end as stage,
    case
        when w.stage = 'joint_activity' then 1
        when w.stage = 'intent' then 2
        when w.stage = 'summary' then 0
        when count(*) filter (where ae.relation = 'result') > 0 then 5
        when count(*) filter (where ae.relation = 'project') > 0 then 4
        else 3
    end as stage_rank
from agreements as a
join status_words as w using (status)
left join agreement_events as ae using (agreement_id)
group by all
