-- 现在用的是哪一版数据？
-- Rows: one
select content_hash, version, as_of
from release
order by content_hash
