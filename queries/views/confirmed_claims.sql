-- 哪些部门核定过一条主张，谁说另有数？意见不同的并列，写法只在此处
-- Rows: one per confirmed claim
with said as (
    select
        c.observation_id, c.confirmation_id, c.department, c.date, c.answer, c.source_id, p.label || i.title || w.amount as figure,
        format(
            '{}{}{}（{}）', c.department,
            case c.date_precision
                when 'month' then strftime(c.date, '%Y年%-m月') when 'year' then strftime(c.date, '%Y年') when 'year_end' then strftime(c.date, '%Y年底')
                when 'by_date' then strftime(c.date, '截至%Y年%-m月%-d日') else strftime(c.date, '%Y年%-m月%-d日')
            end,
            case c.answer
                when 'confirmed' then '核定一致'
                else '另有数' || regexp_replace(format('{:,.4f}', c.value), '\.?0+$', '') || coalesce(i.unit, '')
            end,
            c.document
        ) as words
    from confirmations as c
    join observations as o using (observation_id)
    join claim_words as w using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
)
select
    observation_id, any_value(figure) as figure, string_agg(words, '；' order by date, department, confirmation_id) as confirmed_words,
    -- As it stands behind the words of a source: of which figure it is said.
    '部门核定（' || any_value(figure) || '）：' || string_agg(words, '；' order by date, department, confirmation_id) as evidence,
    bool_or(answer = 'differs') as differs, list(distinct source_id order by source_id) as source_ids
from said
group by observation_id
