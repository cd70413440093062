-- 一条主张凭什么？原话（推算的附算法，摘录里没有这个数的说明），或原表、原表行与算法；写法只在此处
-- Rows: one per claim
select
    observation_id,
    case
        when quote is null then source_table || ' ' || source_row || '：' || formula
        when formula is not null then quote || '；推算：' || formula
        when starts_with(note, '摘录未逐字含此数') then quote || '；取自来源原文，摘录未逐字含此数'
        else quote
    end as evidence
from observations
