-- 哪些地区、机构、文件、任务、来源、协议、事件、基地的名称里有这几个字？各自在哪一页？
-- Rows: one per hit, at most $count per kind
with hits as (
    select '地区' as kind, place_code as id, label as title, coalesce(aliases, '') as detail, concat_ws(' ', name, label, aliases, place_code) as words,
        'city?place=' || case when in_delta and (level != 'county' or place_code in (select place_code from agreement_parties where place_code is not null)) then place_code end as link,
        sort_order as rank
    from places where valid_to_year is null
    union all
    select '机构', institution_id, name, coalesce(address, type, ''), concat_ws(' ', name, aliases, address), 'institution?institution=' || url_encode(institution_id), 0
    from institutions
    union all
    select
        '协议', a.agreement_id, a.title, concat_ws(' ', p.names, a.scope), concat_ws(' ', a.agreement_id, a.title, p.names, a.scope),
        'sources?source=' || url_encode(a.source_id), 0
    from agreements as a
    left join (select agreement_id, string_agg(name, '、' order by party_no) as names from agreement_parties group by agreement_id) as p using (agreement_id)
    union all
    select '事件', event_id, title, concat_ws(' ', date::varchar, place_text), concat_ws(' ', event_id, title, place_text, parties), 'sources?source=' || url_encode(source_id), 0
    from events
    union all
    select '基地', base_id, name, category, concat_ws(' ', base_id, name, category), 'sources?source=' || url_encode(source_id), 0 from bases
    union all
    select '文件', document_id, title, concat_ws(' ', number, issuer), concat_ws(' ', document_id, title, number, issuer), 'sources?source=' || url_encode(source_id), 0
    from documents
    union all
    select '任务', task_id, title, coalesce(summary, ''), concat_ws(' ', task_id, title), 'tasks?tasks_task=' || url_encode(task_id), 0 from tasks
    union all
    select
        '来源', source_id, title, concat_ws(' ', publisher, document_number), concat_ws(' ', source_id, title, publisher, document_number),
        'sources?source=' || url_encode(source_id), 0
    from sources
)
select kind, id, title, detail, link
from hits
where contains(lower(words), lower($words))
qualify row_number() over (partition by kind order by position(lower($words) in lower(words)), rank, id) <= $count
order by kind, position(lower($words) in lower(words)), rank, id
