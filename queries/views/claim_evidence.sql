-- 一条主张凭什么？原话（推算的附算法，摘录里没有这个数的说明），或原表、原表行与算法；部门核定过的附谁在何时凭哪份文件；写法只在此处
-- Rows: one per claim
with grounded as (
    select
        observation_id, quote,
        case
            when quote is null then source_table || ' ' || source_row || '：' || formula
            when formula is not null then quote || '；推算：' || formula
            when starts_with(note, '摘录未逐字含此数') then quote || '；取自来源原文，摘录未逐字含此数'
            else quote
        end as grounds
    from observations
)
select
    g.observation_id, g.grounds, d.evidence as confirmed,
    concat_ws('；', g.grounds, d.evidence) as evidence,
    -- Where the way a number was worked out stands beside it already.
    nullif(concat_ws('；', g.quote, d.evidence), '') as quoted
from grounded as g
left join confirmed_claims as d using (observation_id)
