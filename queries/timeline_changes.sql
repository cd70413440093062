-- 两个日期之间有了哪些变化：事件、协议走到的新阶段、文件？
-- Rows: one per change
with party_places as (
    select place_code from place_ancestors where ancestor_code = $party
),
rests as (
    -- The events of the day on which a project or a result was reached.
    select
        t.agreement_id, t.stage, string_agg(distinct e.title, '；' order by e.title) as through, min(e.event_id) as event_id, any_value(e.date_precision) as date_precision,
        any_value(e.date_label) as date_label, bool_or(e.date_inferred) as date_inferred,
        bool_or(exists (
            select 1 from agreement_events as o
            where o.event_id = ae.event_id and o.relation = ae.relation and o.agreement_id <> ae.agreement_id
        )) as shared
    from agreement_steps as t
    join agreement_events as ae on ae.agreement_id = t.agreement_id and ae.relation = t.stage
    join events as e on e.event_id = ae.event_id and e.date = t.since
    group by t.agreement_id, t.stage
),
steps as (
    -- Of several steps on one day only the furthest is told; what several agreements led to, by its event.
    select
        'S-' || t.agreement_id || '-' || t.stage as change_id, 1 as change_order, '协议' as kind, '协议与结对' as lane, t.stage_title as step, a.title,
        r.through, t.since = g.agreed_since and g.first_stage = 'signed' as newly_signed,
        t.agreement_id, null as event_id, null as document_id, t.since as date,
        case when t.since = a.date then a.date_precision else r.date_precision end as date_precision,
        case when t.since = a.date then a.date_label else r.date_label end as date_label,
        case when t.since = a.date then a.date_inferred else r.date_inferred end as date_inferred,
        case when t.since = a.date then a.agreement_id else r.event_id end as dated_by,
        (select string_agg(ap.name, '、' order by ap.party_no) from agreement_parties as ap where ap.agreement_id = t.agreement_id) as who,
        a.quote as evidence, a.source_id
    from agreement_steps as t
    join agreement_stages as g using (agreement_id)
    join agreements as a using (agreement_id)
    left join rests as r on r.agreement_id = t.agreement_id and r.stage = t.stage
    where g.stage <> 'summary' and not g.participation and a.status <> 'planned' and not coalesce(r.shared, false)
    qualify row_number() over (partition by t.agreement_id, t.since order by t.stage_rank desc) = 1
),
happened as (
    select
        e.event_id as change_id, 2 as change_order, '事件' as kind, k.lane, k.title as step, e.title, null as through, false as newly_signed,
        null as agreement_id, e.event_id, null as document_id, e.date, e.date_precision, e.date_label, e.date_inferred, e.event_id as dated_by,
        e.parties as who, e.quote as evidence, e.source_id
    from events as e
    join event_kinds as k using (category)
    where not e.planned
        -- A signing is told once, by its agreement; of two reports of the same, the other.
        and not exists (
            select 1 from agreement_events as ae join agreement_stages as g using (agreement_id)
            where ae.event_id = e.event_id
                and (ae.relation in ('signing', 'repeat') or (ae.relation = 'activity' and g.first_stage = 'joint_activity'))
        )
),
issued as (
    select
        d.document_id as change_id, 3 as change_order, '文件' as kind, '文件' as lane, d.kind as step,
        concat('《', d.title, '》', coalesce('（' || d.number || '）', '')) as title, null as through, false as newly_signed,
        d.agreement_id, null as event_id, d.document_id, d.date, d.date_precision, d.date_label, d.date_inferred, d.document_id as dated_by,
        d.issuer as who, d.quote as evidence, d.source_id
    from documents as d
    where d.status = 'issued'
),
changes as (
    from steps union all from happened union all from issued
)
select
    c.change_id, c.kind, c.step, c.title, c.through, c.newly_signed, c.who, c.date, c.date_precision, c.date_label, c.date_inferred,
    -- Known only as 截至某日: when before that day is not known. Known only by its year or as a stretch: part of it lies before the first date.
    c.date_precision = 'by_date' as before, c.date_precision <> 'by_date' and d.first_day <= $after::date as uncertain,
    c.evidence, c.source_id,
    s.title as source_title, s.publisher
from changes as c
join earliest_days as d on d.record_id = c.dated_by
join sources as s using (source_id)
where c.date > $after and c.date <= $until and list_contains($kinds, c.lane)
    and ($everywhere or exists (
        select 1 from (
            select c.event_id, ep.place_code from event_places as ep where ep.event_id = c.event_id
            union all
            select c.event_id, ap.place_code from agreement_parties as ap where ap.agreement_id = c.agreement_id
            union all
            select c.event_id, d.place_code from documents as d where d.document_id = c.document_id
        ) as touched
        join place_cities as pc using (place_code)
        where list_contains($cities, pc.city_code)
    ))
    and ($party = '' or exists (select 1 from event_places as ep where ep.event_id = c.event_id and ep.role = 'party' and ep.place_code in (select place_code from party_places))
        or exists (select 1 from agreement_parties as ap where ap.agreement_id = c.agreement_id and ap.place_code in (select place_code from party_places)))
    and (
        exists (select 1 from agreement_platforms as f where f.agreement_id = c.agreement_id and list_contains($platforms, f.platform))
        or exists (
            select 1 from agreement_events as ae join agreement_platforms as f using (agreement_id)
            where ae.event_id = c.event_id and list_contains($platforms, f.platform)
        )
        or (list_contains($platforms, '未归入平台') and c.agreement_id is null
            and not exists (select 1 from agreement_events as ae where ae.event_id = c.event_id))
    )
order by before or uncertain, uncertain, c.date, c.change_order, c.change_id
