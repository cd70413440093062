-- 阶段怎样判定，采集时的哪些状态词算哪个阶段？
-- Rows: one per stage
select
    s.stage, s.title, s.stage_rank, s.rule,
    string_agg(w.title, '、' order by w.status) as words
from stages as s
left join status_words as w on s.stage = case when w.counterpart_unknown then 'counterpart_unknown' else w.stage end
group by s.stage, s.title, s.stage_rank, s.rule
order by s.stage_rank desc, s.stage
