-- 哪些数字算作现值？规则只在此处：显示的、不是目标也不是计划的数字，另加各批名单床位的累计
-- Rows: one per claim
with batches as (
    select
        o.observation_id, o.place_code, o.base, o.date, o.date_precision, o.date_label, o.date_inferred, o.qualifier, o.quote, c.confirmed, o.source_id, l.batch,
        sum(o.value) over (partition by o.place_code order by l.batch) as beds_so_far,
        sum(case when l.batch > 1 then o.value end) over (partition by o.place_code order by l.batch) as beds_added
    from observations as o
    join claim_evidence as c using (observation_id)
    join institution_lists as l on l.list_id = o.list_id and l.place_code = o.place_code
    where o.shown and o.indicator_code = 'list_beds' and l.batch is not null
),
claims as (
    select
        observation_id as claim_id, place_code, indicator_code, base, boundary_year, segment, kind, value, value_text, qualifier,
        date, date_precision, date_label, date_inferred, break_note, evidence, source_id, list_id
    from observations
    join claim_evidence using (observation_id)
    where shown and kind not in ('target', 'plan', 'unclear')
    union all
    select
        -- The beds of the first list are the number that its source prints.
        observation_id || ':total', place_code, 'cross_region_beds', base, null, 1, if(batch = 1, 'actual', 'derived'), beds_so_far, null, qualifier,
        date, date_precision, date_label, date_inferred, null, concat_ws('；', quote || if(batch = 1, '（首批名单）', format('（第1至{}批名单的床位相加）', batch)), confirmed), source_id, null
    from batches
    union all
    select
        observation_id || ':added', place_code, 'cross_region_beds_added', base, null, 1, 'derived', beds_added, null, qualifier,
        date, date_precision, date_label, date_inferred, null, concat_ws('；', quote || format('（首批以后至第{}批名单的床位相加）', batch), confirmed), source_id, null
    from batches
    where batch > 1
)
select
    claim_id, place_code, indicator_code, base, boundary_year, segment, kind, value, value_text, qualifier,
    date, date_precision, date_label, date_inferred, break_note, evidence, source_id,
    -- What one list counts says nothing about the list before it: such claims make no trend.
    list_id
from claims
