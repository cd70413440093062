-- 截至2019年底的基本盘、2020年10月首批名单、2020年底结对数与各项目标是多少？
-- Rows: one per indicator and reading
select
    o.observation_id, o.indicator_code, i.title as indicator_title, i.unit, i.counting_rule, o.value, o.qualifier, o.kind, o.reading, o.formula,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.base, c.quoted as evidence, o.source_id, s.title as source_title
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join sources as s using (source_id)
left join (select observation_id, min(stated) as stated from task_promises where observation_id is not null group by observation_id) as m using (observation_id)
where o.place_code = 'YRD' and o.shown
    -- A goal is known from the day it was said, whatever day it is set for.
    and (coalesce(m.stated, case when o.kind = 'target' then s.published end, o.date) <= $as_of or $as_of >= (select as_of from release))
    and (
        (o.kind = 'actual' and o.date = date '2019-12-31'
            and o.indicator_code in ('pop_60plus', 'share_60plus', 'institutions', 'beds_eldercare', 'community_facilities'))
        or (o.kind = 'actual' and o.indicator_code in ('list_cities', 'list_institutions', 'list_beds'))
        or (o.kind = 'actual' and o.date = date '2020-12-31' and o.indicator_code in ('signed_districts', 'signed_places', 'signed_places_counties'))
        or (o.kind = 'target' and o.date = date '2021-12-31'
            and o.indicator_code in ('linked_districts', 'linked_places', 'cross_region_beds', 'cross_region_beds_added'))
    )
order by o.indicator_code, o.date, o.reading
