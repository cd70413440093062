-- 基本盘指标此后还有哪些公开数字？（口径可能不同，只作旁证）
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, o.value, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.base, c.quoted as evidence, o.source_id, s.title as source_title
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join sources as s using (source_id)
where o.place_code = 'YRD' and o.shown and o.kind = 'actual' and o.date <= $as_of
    and (
        (o.date > date '2019-12-31' and o.indicator_code in ('pop_60plus', 'share_60plus', 'institutions', 'beds_eldercare', 'beds_institution'))
        or (o.date > date '2020-12-31' and o.indicator_code = 'signed_districts')
    )
order by o.indicator_code, o.date
