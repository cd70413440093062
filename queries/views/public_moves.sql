-- 每份协议、每个地区、每两地有哪些注明日期的公开动态？（拟签的日期和计划不算；统计数字、旅游专列不是动态）
-- Rows: one per subject and record
with days as (
    select '协议' as kind, agreement_id as record_id, date, date_precision, date_label, date_inferred, quote, source_id from agreements where status <> 'planned'
    union all
    select '事件', event_id, date, date_precision, date_label, date_inferred, quote, source_id from cooperation_events
    union all
    select '名单', list_id, date, date_precision, date_label, date_inferred, quote, source_id from institution_lists
    union all
    select '文件', document_id, date, date_precision, date_label, date_inferred, quote, source_id from documents where status <> 'planned'
    union all
    select '长护险', policy_id, date, date_precision, date_label, date_inferred, quote, source_id from portability_policies
    union all
    select '基地', base_id, date, date_precision, date_label, date_inferred, quote, source_id from bases
    union all
    select '数字', observation_id, date, date_precision, date_label, date_inferred, quote, source_id from observations where kind not in ('target', 'plan', 'unclear')
),
of_agreements as (
    -- Its own day, the events that followed from it, its papers.
    select agreement_id, '协议' as kind, agreement_id as record_id from agreements
    union
    select agreement_id, '事件', event_id from agreement_events
    union
    select agreement_id, '文件', document_id from documents where agreement_id is not null
),
of_places as (
    select place_code, kind, record_id from place_mentions where kind <> '点名'
    union
    select m.place_code, a.kind, a.record_id from place_mentions as m join of_agreements as a on m.kind = '协议' and a.agreement_id = m.record_id
),
named as (
    select '事件' as kind, ep.event_id as record_id, ep.place_code, p.sort_order
    from event_places as ep
    join places as p using (place_code)
    where ep.role = 'party' and p.level in ('district', 'city', 'county')
        -- A report that lists who has signed does not say with whom: its names are no pairs.
        and not exists (select 1 from agreement_events as ae join agreements as a using (agreement_id) where ae.event_id = ep.event_id and a.level = 'participant')
    union
    select '协议', ap.agreement_id, ap.place_code, p.sort_order
    from agreement_parties as ap
    join agreements as a using (agreement_id)
    join places as p using (place_code)
    where p.level in ('district', 'city', 'county') and a.summarises is null
),
of_pairs as (
    -- What names both; an agreement brings its events and papers along.
    select one.place_code || '|' || other.place_code as pair, one.kind, one.record_id
    from named as one
    join named as other on other.kind = one.kind and other.record_id = one.record_id and one.sort_order < other.sort_order
),
moves as (
    select agreement_id as subject, kind, record_id from of_agreements
    union
    select place_code, kind, record_id from of_places
    union
    select pair, kind, record_id from of_pairs
    union
    select p.pair, a.kind, a.record_id from of_pairs as p join of_agreements as a on p.kind = '协议' and a.agreement_id = p.record_id
)
select
    m.subject, d.kind, d.record_id, d.date,
    -- A year or a stretch may have begun earlier; what was reported by a day was public on that day.
    coalesce(e.first_day, d.date) as first_day,
    -- What is known by a report lies on its day or before; an inferred date says so.
    coalesce(regexp_replace(d.date_label, '^截至', '不晚于'), case
        when d.date_precision in ('year', 'year_end', 'since', 'range') then format('{}年', year(d.date))
        when d.date_precision = 'by_date' then format('不晚于{}年{}月{}日', year(d.date), month(d.date), day(d.date))
        when d.date_precision = 'day' then format('{}年{}月{}日', year(d.date), month(d.date), day(d.date))
        else format('{}年{}月', year(d.date), month(d.date)) end)
        || if(d.date_inferred and not contains(coalesce(d.date_label, ''), '推断'), '（推断）', '') as month_words,
    d.quote as evidence, d.source_id
from moves as m
join days as d using (kind, record_id)
left join earliest_days as e on e.record_id = d.record_id
where d.date is not null
