-- 一个指标有哪些不同来源数据，显示哪一条、为什么？
-- Rows: one per claim
with claims as (
    select
        o.observation_id, o.place_code, p.label as place, p.sort_order, i.title as indicator_title, i.unit, o.value, w.words as value_words, o.qualifier, o.kind, o.reading, o.base, o.segment, o.break_note,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.shown, o.doubtful, o.shown_reason,
        c.evidence, o.source_id, s.title as source_title, s.source_class, d.confirmed_words,
        -- Competing: the same place, time, base and kind, more than one claim.
        count(*) over (partition by o.place_code, o.date, o.base, o.kind) as rivals,
        bool_or(not o.shown) over (partition by o.place_code, o.date, o.base, o.kind) as contested
    from observations as o
    join claim_evidence as c using (observation_id)
    join claim_words as w using (observation_id)
    left join confirmed_claims as d using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    join sources as s using (source_id)
    where o.indicator_code = $indicator
)
select
    observation_id, place_code, place, indicator_title, unit, value, qualifier, kind, reading, base, break_note, date, date_precision, date_label, date_inferred,
    value_words,
    shown, doubtful, rivals > 1 and contested as competing, rivals::int as rivals,
    case when shown and rivals > 1 and contested then 'in_use' when shown then 'shown' when doubtful then 'doubtful' else 'kept' end as state,
    case when shown then break_note else shown_reason end as reason, confirmed_words, count(*) over ()::int as total, evidence, source_id, source_title || '（' || source_class || '）' as source_words
from claims
where not $only_competing or (rivals > 1 and contested)
order by sort_order, date nulls last, base, shown desc, observation_id
limit $count offset $start
