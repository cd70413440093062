-- 到某一天为止，每份协议走到哪一步？（未注明日期的一步算已到，除非来源在这一天以后才发布）
-- Rows: one per agreement
-- Arguments: as_of
select
    t.agreement_id, arg_max(t.stage, t.stage_rank) as stage, max(t.stage_rank) as stage_rank,
    -- 对方未知 stands beside the step that the report names.
    case when any_value(s.counterpart_unknown) then any_value(s.stage_title) else arg_max(t.stage_title, t.stage_rank) end as stage_title
from agreement_steps as t
join agreement_stages as s using (agreement_id)
join agreements as a using (agreement_id)
join sources as src using (source_id)
where t.since <= as_of or (
    t.since is null and not coalesce(src.published > as_of, false)
    -- 2020年以后 bears no date, yet was not there at the end of 2020.
    and not coalesce(year(as_of) <= try_cast(regexp_extract(a.date_label, '^(\d{4})年以后$', 1) as integer), false)
)
group by t.agreement_id
