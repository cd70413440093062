-- 按这一种老年人口分母，各地每千名老人有多少张床位？
-- Rows: one per place
select
    place_code, short_name, level, denominator, beds, qualifier, date, date_precision, date_label, date_inferred, beds_year,
    elders, elders_year, coalesce(elders_year || '年', '未上报') as elders_year_words, value, rank, ranked, label, hover, source_ids, evidence
from ratios_of_beds
where indicator_code = $indicator and denominator = $denominator
order by value desc nulls last, sort_order
