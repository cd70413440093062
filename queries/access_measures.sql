-- 可及性试算有哪几种供给可用，各有多少处、多少张床位？（各是一种，从不相加）
-- Rows: one per measure
select
    measure, count(*)::int as supplies, sum(beds)::bigint as beds, (select count(*) from water_pairs)::int as water_pairs,
    (select string_agg(name, '、' order by crossing_id) from crossings where coalesce(opened <= $as_of::date, true)) as crossings
from access_supply
group by measure
order by measure
