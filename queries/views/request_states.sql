-- 每一次商请到了哪一步？规则只在此处：未商请 → 已商请 → 已回函 → 已核定
-- Rows: one per request
select
    request_id, place_code, department, asked_on, reply_by, replied_on, settled_on, document, source_id,
    case when settled_on is not null then '已核定' when replied_on is not null then '已回函' else '已商请' end as state,
    concat_ws('，',
        strftime(asked_on, '%Y年%-m月%-d日') || '商请' || department || '部门',
        '请' || strftime(reply_by, '%Y年%-m月%-d日') || '前回复',
        strftime(replied_on, '%Y年%-m月%-d日') || '回函',
        strftime(settled_on, '%Y年%-m月%-d日') || '核定'
    ) as words
from data_requests
