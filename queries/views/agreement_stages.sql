-- 每份协议走到哪一步？规则只在此处：意向 → 已签约 → 有项目 → 有成果；已结对；共同活动；汇总；已签约·对方未写
-- Rows: one per agreement
with follow_up as (
    select
        ae.agreement_id,
        count(*) filter (where ae.relation = 'project') > 0 as has_project,
        count(*) filter (where ae.relation = 'result') > 0 as has_result,
        min(e.date) filter (where ae.relation = 'project') as project_since,
        min(e.date) filter (where ae.relation = 'result') as result_since
    from agreement_events as ae
    join events as e using (event_id)
    where not e.planned
    group by ae.agreement_id
),
first as (
    select
        a.agreement_id, a.network, a.level, a.status, w.title as status_title, a.date as agreed_since, a.eldercare_specific,
        a.level = 'participant' as participation,
        -- A row that sums up others is never counted again; a row that only names who signed is no agreement.
        w.counts_as_signed and a.summarises is null and a.level <> 'participant' as counts_as_signed,
        case when a.summarises is not null then 'summary' else w.stage end as first_stage
    from agreements as a
    join status_words as w using (status)
),
local_parties as (
    select ap.agreement_id, ap.place_code, p.level = 'district' as in_shanghai
    from agreement_parties as ap
    join places as p using (place_code)
    where ap.party_kind in ('district', 'city', 'county')
),
matched as (
    -- Places whose partner is known: both sides, a district of Shanghai and a city or county, stand in a counted agreement.
    select one.place_code
    from first
    join local_parties as one using (agreement_id)
    join local_parties as other on other.agreement_id = one.agreement_id and other.in_shanghai <> one.in_shanghai
    where first.counts_as_signed and first.network = 'delta' and first.eldercare_specific
),
staged as (
    select
        first.*, f.project_since, f.result_since,
        case
            when first.first_stage = 'signed' and f.has_result then 'result'
            when first.first_stage = 'signed' and f.has_project then 'project'
            else first.first_stage
        end as stage,
        first.participation and exists (
            select 1 from local_parties as one
            where one.agreement_id = first.agreement_id and one.place_code not in (select place_code from matched)
        ) as counterpart_unknown
    from first
    left join follow_up as f using (agreement_id)
)
select
    s.agreement_id, s.network, s.level, s.status, s.status_title, s.participation, s.counts_as_signed, s.counterpart_unknown,
    -- Both sides are named, by an agreement or by the word 结对 alone.
    s.counts_as_signed or s.stage = 'paired' as names_pair,
    s.first_stage, s.agreed_since, s.project_since, s.result_since, s.stage, word.stage_rank,
    case when s.counterpart_unknown then unknown.title else word.title end as stage_title
from staged as s
join stages as word using (stage)
left join stages as unknown on unknown.stage = 'counterpart_unknown'
