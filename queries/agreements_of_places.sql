-- 这些地方之间（或其中任何一地）有哪些协议、点名和共同活动？
-- Rows: one per agreement
with found as (
    -- A place alone stands for the places inside it, as on its own page; of two places both are to be named.
    select ap.agreement_id, count(distinct up.ancestor_code) as places_found
    from agreement_parties as ap
    join place_ancestors as up using (place_code)
    where list_contains($places, up.ancestor_code) and (up.steps = 0 or not $together or len($places) = 1)
    group by ap.agreement_id
),
moves as (
    select agreement_id, max(date) as latest from agreement_moves where date <= $as_of group by agreement_id
)
select
    a.agreement_id, a.title, r.stage, r.stage_rank, r.stage_title,
    s.counts_as_signed, a.eldercare_specific, s.names_pair, s.participation, s.counterpart_unknown,
    a.date, a.date_precision, a.date_label, a.date_inferred, q.latest, q.quiet,
    f.places_found::int as places_found, a.quote as evidence, a.source_id
from found as f
join agreements as a using (agreement_id)
join agreement_stages as s using (agreement_id)
join reached($as_of) as r using (agreement_id)
left join quiet($as_of) as q on q.subject = a.agreement_id
where f.places_found >= (case when $together then len($places) else 1 end) and s.stage <> 'summary'
order by r.stage_rank desc, a.date, a.agreement_id
