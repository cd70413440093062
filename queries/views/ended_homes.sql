-- 哪些机构已停业或并入别家，从哪天起、哪个来源说的？一家有几条的取最后一条；写法只在此处
-- Rows: one per ended home
select
    institution_id, date as ended_on,
    format(
        '{}{}', case date_precision
            when 'month' then strftime(date, '%Y年%-m月') when 'year' then strftime(date, '%Y年') when 'year_end' then strftime(date, '%Y年底')
            when 'by_date' then strftime(date, '截至%Y年%-m月%-d日已') else strftime(date, '%Y年%-m月%-d日')
        end,
        case kind when 'closed' then '停业' else coalesce('并入' || became, '合并') end
    ) as ended_words
from institution_events
where kind in ('closed', 'merged')
qualify row_number() over (partition by institution_id order by date desc, home_event_id desc) = 1
