-- 按这一种老年人口分母，各地每千名老人有多少张床位？长三角与省在前，城市与县（市）另列
-- Rows: one per place
select
    place_code, short_name, level, denominator, beds, qualifier, bed_words, date, date_precision, date_label, date_inferred, beds_year,
    elders, coalesce(elder_words, '未载') as elder_words, elders_year, coalesce(elders_year_words, '未载') as elders_year_words,
    value, stated, words, ratio_words, years_words, reckoned, rank, ranked, note, label, hover, source_ids, evidence
from ratios_of_beds
where indicator_code = $indicator and denominator = $denominator
order by case level when 'region' then 1 when 'province' then 2 when 'city' then 3 else 4 end, value desc nulls last, sort_order
