-- 阶段怎样判定，来源的哪些用语算哪个阶段？
-- Rows: one per stage
select
    s.stage, s.title, s.stage_rank, s.rule,
    string_agg(w.title, '、' order by w.status) as words
from stages as s
left join status_words as w using (stage)
group by s.stage, s.title, s.stage_rank, s.rule
order by s.stage_rank desc, s.stage
