-- 这些来源里逐字记下的原文有哪些？
-- Rows: one per source and quote
with recorded as (
    select source_id, quote from documents
    union all
    select source_id, quote from observations
    union all
    select source_id, quote from institutions
    union all
    select source_id, quote from institution_claims
    union all
    select source_id, quote from institution_events
    union all
    select source_id, quote from confirmations
    union all
    select source_id, quote from institution_lists
    union all
    select source_id, quote from institution_list_members
    union all
    select source_id, quote from institution_list_places
    union all
    select source_id, quote from portability_policies
    union all
    select source_id, quote from agreements
    union all
    select source_id, quote from agreement_fields
    union all
    select source_id, quote from cooperation_status
    union all
    select source_id, quote from bases
    union all
    select source_id, quote from task_lists
    union all
    select source_id, quote from tasks
    union all
    select source_id, quote from task_actions
    union all
    select source_id, quote from task_promises
    union all
    select source_id, quote from reporting_rhythms
    union all
    select source_id, quote from events
    union all
    select source_id, quote from settled_cases
    union all
    select source_id, quote from practices
    union all
    select source_id, text from task_reports
)
select distinct q.source_id, q.quote, x.rendering
from recorded as q
left join quote_renderings as x using (source_id, quote)
where q.quote is not null and list_contains($source_ids, q.source_id)
order by q.source_id, q.quote
