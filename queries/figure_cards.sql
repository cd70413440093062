-- 这些数各是什么：数值、日期、口径、定义、来源与原文、断点、相近日期的不同来源数据、谁核定过？
-- Rows: one per claim
with asked as (
    select *, if(kind = 'derived', 'actual', kind) as told_as from observations where list_contains($figures, observation_id)
),
-- Another number of the same place, indicator, base and kind; two reports of one fact may be days apart.
rivals as (
    select
        a.observation_id,
        string_agg(distinct w.words || '（' || s.title || '）', '、' order by w.words || '（' || s.title || '）') as rival_words
    from asked as a
    join observations as r
        on r.place_code = a.place_code and r.indicator_code = a.indicator_code and r.base = a.base and r.observation_id <> a.observation_id
        and if(r.kind = 'derived', 'actual', r.kind) = a.told_as and r.value is distinct from a.value and not r.doubtful
        and abs(date_diff('day', r.date, a.date)) <= 31
    join claim_words as w on w.observation_id = r.observation_id
    join sources as s on s.source_id = r.source_id
    group by a.observation_id
)
select
    a.observation_id, a.place_code, p.label as place, p.short_name, a.indicator_code, i.title as indicator_title, i.unit, i.definition, i.counting_rule,
    i.polarity, i.measure, i.note as indicator_note, a.value, a.value_text, w.amount, a.qualifier, a.kind, a.reading, a.base, a.formula, a.break_note, a.note, a.doubtful,
    a.shown, a.shown_reason, a.date, a.date_precision, a.date_label, a.date_inferred, d.confirmed_words, d.differs, r.rival_words,
    c.evidence, a.source_id, s.title as source_title, s.publisher, s.source_class, s.caveat
from asked as a
join claim_words as w using (observation_id)
join claim_evidence as c using (observation_id)
join places as p using (place_code)
join indicators as i using (indicator_code)
join sources as s using (source_id)
left join confirmed_claims as d using (observation_id)
left join rivals as r using (observation_id)
order by p.sort_order, i.title, a.date nulls last, a.observation_id
