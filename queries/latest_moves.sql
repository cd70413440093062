-- 这个地方（给两地则为点到双方的）最近一次注明日期的公开动态在何时，是否近24个月公开资料未载？没有则日期为空
-- Rows: one per place or pair of places
with asked as (
    select case when len($places) = 1 then any_value(place_code) else string_agg(place_code, '|' order by sort_order) end as subject
    from places
    where list_contains($places, place_code)
)
select
    a.subject, q.latest, q.latest_words, q.quiet, q.quiet_words, q.latest as date,
    list(distinct m.source_id order by m.source_id) filter (where m.source_id is not null) as source_ids,
    string_agg(distinct m.evidence, '；' order by m.evidence) as evidence
from asked as a
left join quiet($as_of) as q using (subject)
left join public_moves as m on m.subject = q.subject and m.date = q.latest
where a.subject is not null
group by a.subject, q.latest, q.latest_words, q.quiet, q.quiet_words
order by a.subject
