-- 哪些事件和文件在时间轴上？（计划与目标单独标明，未注明日期的只列表）
-- Rows: one per event or document
with party_places as (
    select place_code from place_ancestors where ancestor_code = $party
),
listed as (
    select
        e.event_id as record_id, k.lane, k.lane_order, k.title as kind_title, e.title, e.place_text, e.parties, e.planned, coalesce(k.cooperation, true) as cooperation, null as document_number,
        e.date, e.date_precision, e.date_label, e.date_inferred, e.note, e.quote as evidence, e.source_id
    from events as e
    join event_kinds as k using (category)
    join sources as src using (source_id)
    -- A plan has the day it aims at: it was one from the day on which its source came out. So was what bears no date.
    where (case when e.planned or e.date is null then not coalesce(src.published > $as_of, false) else e.date <= $as_of end)
        -- 2020年以后 bears no date, yet had not happened at the end of 2020.
        and not coalesce(year($as_of::date) <= try_cast(regexp_extract(e.date_label, '^(\d{4})年以后$', 1) as integer), false)
        and ($everywhere or exists (
            select 1 from event_places as ep join place_cities as c using (place_code)
            where ep.event_id = e.event_id and list_contains($cities, c.city_code)
        ))
        and ($party = '' or exists (
            select 1 from event_places as ep where ep.event_id = e.event_id and ep.role = 'party' and ep.place_code in (select place_code from party_places)
        ))
        and (exists (
            select 1 from agreement_events as ae join agreement_platforms as f using (agreement_id)
            where ae.event_id = e.event_id and list_contains($platforms, f.platform)
        ) or (list_contains($platforms, '未归入平台') and not exists (select 1 from agreement_events as ae where ae.event_id = e.event_id)))
    union all
    select
        d.document_id, '文件', 99, d.kind, d.title, p.label, d.issuer, d.status = 'planned', true, d.number,
        d.date, d.date_precision, d.date_label, d.date_inferred, d.note, d.quote, d.source_id
    from documents as d
    left join places as p using (place_code)
    join sources as src using (source_id)
    where (case when d.status = 'planned' or d.date is null then not coalesce(src.published > $as_of, false) else d.date <= $as_of end)
        and ($everywhere or exists (select 1 from place_cities as c where c.place_code = d.place_code and list_contains($cities, c.city_code)))
        and ($party = '' or d.place_code in (select place_code from party_places))
        and (exists (select 1 from agreement_platforms as f where f.agreement_id = d.agreement_id and list_contains($platforms, f.platform))
            or (d.agreement_id is null and list_contains($platforms, '未归入平台')))
)
select
    l.record_id, l.lane, l.lane_order, l.kind_title, l.title, l.place_text, l.parties, l.planned, l.cooperation, case when l.planned then 'target' else 'event' end as kind, l.document_number,
    d.first_day, l.date, l.date_precision, l.date_label, l.date_inferred, l.note, l.evidence, l.source_id, s.title as source_title, s.publisher
from listed as l
join earliest_days as d using (record_id)
join sources as s using (source_id)
where list_contains($kinds, l.lane)
order by l.date desc nulls last, l.lane_order, l.record_id
