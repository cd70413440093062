-- 首批试点有几个城市和区，有多少城市和区参与一体化试点？（参与口径，不是签约）
-- Rows: one per claim
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, i.counting_rule, o.value, o.qualifier,
    o.date, o.date_precision, o.date_label, o.date_inferred, c.quoted as evidence, o.source_id
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
where o.place_code = 'YRD' and o.shown and o.indicator_code in ('pilot_cities', 'pilot_districts', 'participating_cities', 'participating_districts')
    and o.date <= $as_of
order by o.date, i.indicator_code
