-- 每个事件、协议、文件最早可能在哪一天？（只知年份的从1月1日，写明起止的从起点，“截至某日”的未知）
-- Rows: one per event, agreement or document
with records as (
    select event_id as record_id, date, date_precision, date_label from events
    union all
    select agreement_id, date, date_precision, date_label from agreements
    union all
    select document_id, date, date_precision, date_label from documents
)
select
    record_id,
    case
        when date_precision = 'by_date' then null
        when date_precision = 'month' then date_trunc('month', date)::date
        when date_precision = 'range' and regexp_matches(date_label, '^\d{4}年\d{1,2}月\d{1,2}[—-]') then make_date(
            regexp_extract(date_label, '^(\d{4})年', 1)::int, regexp_extract(date_label, '年(\d{1,2})月', 1)::int, regexp_extract(date_label, '月(\d{1,2})[—-]', 1)::int)
        when date_precision = 'range' and regexp_matches(date_label, '^\d{4}至') then make_date(regexp_extract(date_label, '^(\d{4})至', 1)::int, 1, 1)
        when date_precision in ('range', 'year', 'since') then date_trunc('year', date)::date
        else date
    end as first_day
from records
