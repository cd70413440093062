-- 收录的内容里，最新的数字和最新的动态各是哪一天？
-- Rows: one per kind of news
with figures as (
    select 'figure' as part, o.date, o.date_precision, o.date_label, o.date_inferred, p.label || i.title as title, c.quoted as evidence, o.source_id
    from observations as o
    join claim_evidence as c using (observation_id)
    join indicators as i using (indicator_code)
    join places as p using (place_code)
    -- What is aimed at, planned or worked out by us is no news; the nation is only there to compare with.
    where p.in_delta and o.kind = 'actual' and o.shown and not o.doubtful and o.date is not null
    order by o.date desc, o.observation_id
    limit 1
),
happened as (
    select 'event' as part, date, date_precision, date_label, date_inferred, title, quote as evidence, source_id
    from cooperation_events
    where date is not null
    -- Of a year alone nobody knows that it is newer than a day in it.
    order by case when date_precision in ('year', 'since') then make_date(year(date), 1, 1) else date end desc, event_id desc
    limit 1
)
from figures
union all
from happened
order by part
