-- 一个地区的历年占比旁边，所在省与长三角同一指标、同一口径的数是多少？（只取本地数最多的一种口径，有两个以上的数才并列）
-- Rows: one per claim
with above as (
    select p.place_code, p.short_name, p.name as place_name, p.sort_order, if(p.level = 'region', 'delta', 'province') as side
    from place_ancestors as up
    join places as p on p.place_code = up.ancestor_code
    where up.place_code = $place and up.steps > 0 and p.level in ('province', 'region')
),
own as (
    select base, boundary_year is not null as census
    from observations
    where place_code = $place and indicator_code = $indicator and shown and date <= $as_of and kind in ('actual', 'derived') and value is not null
    group by base, census
    having count(distinct date) > 1
    -- One base: lines of several would hide the place between them.
    order by count(distinct date) desc, census desc, base
    limit 1
),
known as (
    select
        a.side, a.short_name, a.place_name, a.sort_order, o.observation_id as claim_id, o.base, o.boundary_year is not null as census, o.value, o.qualifier, o.kind,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.segment, o.break_note, c.evidence, o.source_id
    from above as a
    join observations as o using (place_code)
    join claim_evidence as c using (observation_id)
    where o.indicator_code = $indicator and o.shown and o.date <= $as_of and o.kind in ('actual', 'derived') and o.value is not null
    union all
    -- No source prints the census of the delta: its cities are added, then divided.
    select
        a.side, a.short_name, a.place_name, a.sort_order, s.place_code || s.year || s.age, '常住', true, round(s.share, 2), null, 'derived',
        make_date(s.year, 11, 1), 'day', null, false, 1, null, s.evidence, s.source_id
    from above as a
    join population_shares as s using (place_code)
    where a.side = 'delta' and format('share_{}plus', s.age) = $indicator and make_date(s.year, 11, 1) <= $as_of
)
select
    k.side, k.short_name, k.place_name, k.claim_id, $indicator as indicator_code, i.title as indicator_title, i.unit, k.base, k.value, k.qualifier, k.kind,
    k.date, k.date_precision, k.date_label, k.date_inferred, k.break_note,
    concat_ws('|', k.side, k.base, k.census, k.segment) as series, k.short_name || '·' || if(k.census, '普查（常住）', k.base) as legend,
    k.evidence, k.source_id, s.title as source_title
from known as k
join own on own.base = k.base and own.census = k.census
join indicators as i on i.indicator_code = $indicator
join sources as s on s.source_id = k.source_id
order by k.sort_order desc, k.base, k.date, k.claim_id
