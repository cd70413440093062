-- 数据作过哪些更正？
-- Rows: one per correction
select c.correction_id, c.corrected_on as date, 'day' as date_precision, '更正登记至' as until_words, c.table_name, c.row_id, c.before, c.after, c.reason, s.source_id, c.reason as evidence
from corrections as c
-- A correction of several rows (TK028—TK032) rests on the source of the first, one of the parties on that of their agreement.
left join resting_on_source as s on s.table_name = if(c.table_name = 'agreement_parties', 'agreements', c.table_name) and s.id = split_part(c.row_id, '—', 1)
-- What is internal stays so when it is corrected.
where c.table_name not in ('obstacles', 'obstacle_parties')
order by c.corrected_on desc, c.correction_id desc
limit $count
