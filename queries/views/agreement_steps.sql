-- 每份协议何时到了哪一步？（未注明日期的为空）
-- Rows: one per agreement and step
with steps as (
    select agreement_id, first_stage as stage, agreed_since as since from agreement_stages
    union all
    select agreement_id, 'project', project_since from agreement_stages where project_since is not null and first_stage = 'signed'
    union all
    select agreement_id, 'result', result_since from agreement_stages where result_since is not null and first_stage = 'signed'
)
select steps.agreement_id, steps.stage, word.title as stage_title, word.stage_rank, steps.since
from steps
join stages as word using (stage)
