-- 到某一天为止，每份协议走到了哪一步？
-- Rows: one per agreement
-- An undated step counts as reached.
-- Arguments: as_of
select agreement_id, arg_max(stage, stage_rank) as stage, arg_max(stage_title, stage_rank) as stage_title, max(stage_rank) as stage_rank
from agreement_steps
where since is null or since <= as_of
group by agreement_id
