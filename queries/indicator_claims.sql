-- 一个指标有哪些不同来源数据，显示哪一条、为什么？
-- Rows: one per claim
with claims as (
    select
        o.observation_id, o.place_code, p.label as place, p.sort_order, i.title as indicator_title, i.unit, o.value, w.words as value_words, o.qualifier, o.kind, o.reading, o.base, o.segment, o.break_note,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.shown, o.doubtful, o.shown_reason,
        c.evidence, o.source_id, s.title as source_title, s.source_class,
        -- A number worked out from others says the same as one that is printed.
        if(o.kind = 'derived', 'actual', o.kind) as told_as
    from observations as o
    join claim_evidence as c using (observation_id)
    join claim_words as w using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    join sources as s using (source_id)
    where o.indicator_code = $indicator
),
-- Competing: one that is not shown beside one that is, of the same place, base and kind; two reports of one fact may be days apart.
rivals as (
    select h.observation_id as hidden, s.observation_id as chosen
    from claims as h
    join claims as s
        on h.place_code = s.place_code and h.base = s.base and h.told_as = s.told_as
        and (abs(date_diff('day', h.date, s.date)) <= 31 or (h.date is null and s.date is null))
    where not h.shown and s.shown
),
listed as (
    select
        *,
        observation_id in (select hidden from rivals union select chosen from rivals) as competing
    from claims
)
select
    observation_id, place_code, place, indicator_title, unit, value, qualifier, kind, reading, base, break_note, date, date_precision, date_label, date_inferred,
    value_words,
    shown, doubtful, competing,
    case when shown and competing then 'in_use' when shown then 'shown' when doubtful then 'doubtful' else 'kept' end as state,
    case when shown then break_note else shown_reason end as reason, count(*) over ()::int as total,
    count(*) filter (where shown and competing) over ()::int as contested_in_all,
    evidence, source_id, source_title || '（' || source_class || '）' as source_words
from listed
where not $only_competing or competing
order by sort_order, date nulls last, base, shown desc, observation_id
limit $count offset $start
