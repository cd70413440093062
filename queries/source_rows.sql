-- 一个来源支持了哪些数字、动态、协议、机构、任务与文件，原文怎么写？
-- Rows: one per row resting on the source
select
    kind, id, place, title, words, date, date_precision, date_label, date_inferred, shown, count(*) over ()::int as total, '原文：' || evidence as quote_words, evidence, source_id
from resting_on_source
where source_id = $source
order by kind_order, date desc nulls last, id
limit $count offset $start
