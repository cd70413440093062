-- 这些地方之间（或其中任何一地）有哪些协议、点名和共同活动？
-- Rows: one per agreement
with found as (
    select agreement_id, count(distinct place_code) as places_found
    from agreement_parties
    where list_contains($places, place_code)
    group by agreement_id
),
moves as (
    select agreement_id, max(date) as latest from agreement_moves where date <= $as_of group by agreement_id
)
select
    a.agreement_id, a.title, r.stage, r.stage_rank, r.stage_title,
    s.counts_as_signed, s.participation, s.counterpart_unknown,
    a.date, a.date_precision, a.date_label, a.date_inferred, m.latest, m.latest < $as_of::date - interval 24 month as quiet,
    a.quote as evidence, a.source_id
from found as f
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
join reached($as_of) as r using (agreement_id)
left join moves as m using (agreement_id)
where f.places_found >= (case when $together then len($places) else 1 end) and s.stage <> 'summary'
order by r.stage_rank desc, a.date, a.agreement_id
