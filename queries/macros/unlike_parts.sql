-- 一个地区到某一天为止，哪些现值大过它所属的整体，或小过它的一部分？两个并排时写明只并列
-- Rows: one per indicator and base
-- Arguments: place, day
with latest as (
    select c.indicator_code, c.base, c.value, w.amount, i.title || w.amount || '（' || coalesce(c.date_label, case c.date_precision
            when 'year_end' then year(c.date) || '年底'
            when 'by_date' then format('截至{}年{}月{}日', year(c.date), month(c.date), day(c.date))
            when 'day' then format('{}年{}月{}日', year(c.date), month(c.date), day(c.date))
            when 'month' then format('{}年{}月', year(c.date), month(c.date))
            else year(c.date) || '年' end, '未注明日期') || '）' as words
    from observed_claims as c
    join claim_words as w on w.observation_id = c.claim_id
    join indicators as i using (indicator_code)
    where c.place_code = place and c.value is not null and (c.date is null or c.date <= day)
    qualify row_number() over (partition by c.indicator_code, c.base order by c.date desc nulls last, c.boundary_year desc nulls last, c.claim_id) = 1
),
pairs as (
    select k.part_code, k.whole_code, p.base, p.words as part_words, w.words as whole_words
    from indicator_parts as k
    join latest as p on p.indicator_code = k.part_code
    join latest as w on w.indicator_code = k.whole_code and w.base = p.base
    where p.value > w.value
),
told as (
    select part_code as indicator_code, base, '与' || whole_words as words from pairs
    union all
    select whole_code, base, '与' || part_words from pairs
)
select indicator_code, base, string_agg(words, '、' order by words) || '年份或范围不同，只并列' as words
from told
group by indicator_code, base
