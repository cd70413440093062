-- 每个事件、协议、文件、名单、基地、政策最早可能在哪一天？（只知年份的从1月1日，写明起止的从起点，“截至某日”的未知）
-- Rows: one per dated record
with records as (
    select event_id as record_id, date, date_precision, date_label from events
    union all
    select agreement_id, date, date_precision, date_label from agreements
    union all
    select document_id, date, date_precision, date_label from documents
    union all
    select list_id, date, date_precision, date_label from institution_lists
    union all
    select base_id, date, date_precision, date_label from bases
    union all
    select policy_id, date, date_precision, date_label from portability_policies
    union all
    select observation_id, date, date_precision, date_label from observations
),
begun as (
    -- 2024年8月29—30日, 2024年8—9月, 2019至2020年: what stands before the dash, its first month and first day unless named.
    select *, regexp_extract(date_label, '^(\d{4})(?:年(\d{1,2}))?(?:月(\d{1,2}))?', ['year', 'month', 'day']) as words
    from records
),
dated as (
    -- A day that no calendar has is none.
    select *, try_cast(format('{}-{}-{}', words.year, coalesce(nullif(words.month, ''), '1'), coalesce(nullif(words.day, ''), '1')) as date) as begins
    from begun
)
select
    record_id,
    case
        when date_precision = 'by_date' then null
        when date_precision = 'month' then date_trunc('month', date)::date
        when date_precision = 'range' and begins <= date then begins
        when date_precision in ('range', 'year', 'since') then date_trunc('year', date)::date
        else date
    end as first_day
from dated
