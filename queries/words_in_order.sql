-- 这些词按汉语拼音怎样排列？
-- Rows: one per word
select w.word, row_number() over (order by w.word collate zh, w.word)::int as place
from (select distinct unnest($texts::varchar[]) as word) as w
order by place
