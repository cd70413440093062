-- 到某一天为止，每份协议、每个地区、每两地最近一次公开动态在何时，是否近24个月公开资料未载？规则只在此处；没有注明日期的动态则没有行
-- Rows: one per agreement, place or pair of places
-- Arguments: as_of
with seen as (
    -- Of a year alone nobody knows that it is newer than a day in it.
    select
        subject, arg_max(date, (first_day, date)) as latest, arg_max(month_words, (first_day, date)) as latest_words,
        max(date) as perhaps, max(first_day) as surely
    from public_moves
    where date <= as_of
    group by subject
),
judged as (
    -- What is known only by its year or as a stretch may lie on either side of the line: then nothing is said.
    select
        subject, latest, latest_words,
        case when perhaps < as_of::date - interval 24 month then true when surely >= as_of::date - interval 24 month then false end as quiet
    from seen
)
select
    subject, latest, latest_words, quiet,
    case when quiet then '近24个月公开资料未载' when not quiet then '近24个月有公开动态' else '只知大致日期，不能判断' end as quiet_words
from judged
