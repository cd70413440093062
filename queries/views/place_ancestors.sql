-- 每个地区属于哪些上级地区（含自身）？
-- Rows: one per place and place above it
with recursive up as (
    select place_code, place_code as ancestor_code, 0 as steps from places
    union all
    select up.place_code, p.parent_code, up.steps + 1
    from up
    join places as p on p.place_code = up.ancestor_code
    where p.parent_code is not null
)
select u.place_code, u.ancestor_code, u.steps, a.level as ancestor_level
from up as u
join places as a on a.place_code = u.ancestor_code
