-- 哪些地区、机构、文件、任务、来源、协议的名称里有这几个字？
-- Rows: one per hit, at most $count per kind
with hits as (
    select '地区' as kind, place_code as id, label as title, coalesce(aliases, '') as detail, concat_ws(' ', name, label, aliases, place_code) as words, sort_order as rank from places where valid_to_year is null
    union all
    select '机构', institution_id, name, coalesce(address, type, ''), concat_ws(' ', name, aliases, address), 0 from institutions
    union all
    select '协议', agreement_id, title, coalesce(scope, ''), concat_ws(' ', agreement_id, title, scope), 0 from agreements
    union all
    select '文件', document_id, title, concat_ws(' ', number, issuer), concat_ws(' ', document_id, title, number, issuer), 0 from documents
    union all
    select '任务', task_id, title, coalesce(summary, ''), concat_ws(' ', task_id, title), 0 from tasks
    union all
    select '来源', source_id, title, concat_ws(' ', publisher, document_number), concat_ws(' ', source_id, title, publisher, document_number), 0 from sources
)
select kind, id, title, detail
from hits
where contains(lower(words), lower($words))
qualify row_number() over (partition by kind order by position(lower($words) in lower(words)), rank, id) <= $count
order by kind, position(lower($words) in lower(words)), rank, id
