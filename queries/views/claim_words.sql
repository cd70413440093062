-- 一条主张的数怎样写？限定词在人们说话的位置；目标、计划、政策、案例、测算、推算写在前面；写法只在此处
-- Rows: one per claim
with digits as (
    select
        o.observation_id, o.kind, o.value_text, o.qualifier, i.unit, regexp_replace(format('{:,.4f}', o.value), '\.?0+$', '') as number,
        -- What is said in round 万 stays so.
        case when o.qualifier in ('多', '余') and abs(o.value) between 100000 and 99999999 then regexp_replace(format('{:,.4f}', o.value / 10000), '\.?0+$', '') end as wan
    from observations as o
    join indicators as i using (indicator_code)
),
counted as (
    select
        observation_id,
        case kind when 'target' then '目标：' when 'plan' then '计划：' when 'policy' then '政策：' when 'example' then '案例：' when 'price' then '案例：' when 'estimate' then '测算：' when 'derived' then '推算：' else '' end as prefix,
        -- 7,000多张, 100多万人次, 12.5万多人, 1,000张以上, 超过4,746万人.
        coalesce(value_text, case
            when contains(wan, '.') then wan || '万' || qualifier || unit
            when wan is not null then wan || qualifier || '万' || unit
            when qualifier in ('多', '余') then number || qualifier || unit
            when qualifier in ('以上', '及以上', '左右') then number || unit || qualifier
            else coalesce(qualifier, '') || number || unit
        end) as amount
    from digits
)
select observation_id, amount, prefix || amount as words
from counted
