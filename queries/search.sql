-- 哪些地区、机构、协议、任务、文件、指标、事件、基地、来源的名称里有这些词（都要有）？各自在哪一页，每类共有多少？
-- Rows: one per hit, at most $count per kind
with asked as (
    select distinct word
    from (select unnest(string_split_regex(lower($words), '[\s　]+')) as word)
    where word <> ''
),
parties as (
    select agreement_id, string_agg(name, '、' order by party_no) as names from agreement_parties group by agreement_id
),
-- `names` and `spelled` hold one name per line, so that a whole one and a beginning are told from a part; `rest` is also searched.
entries as (
    select
        1 as kind_order, '地区' as kind, p.place_code as id, p.label as title, concat_ws('　', if(length(p.place_code) = 6, p.place_code, null), u.label) as detail,
        concat_ws(chr(10), p.name, p.label, p.short_name, replace(p.aliases, ';', chr(10))) as names, replace(s.spelled, ' ', chr(10)) as spelled, '' as rest,
        'city?place=' || g.page_code as link, case p.level when 'province' then 0 when 'city' then 1 else 2 end * 100000 + p.sort_order as sort_order
    from places as p
    join place_pages as g using (place_code)
    join place_pinyin as s using (place_code)
    left join places as u on u.place_code = p.parent_code and u.level not in ('country', 'region')
    where p.valid_to_year is null
    union all
    select
        2, '机构', i.institution_id, coalesce(h.name, i.name), concat_ws('　', i.institution_id, '原名' || h.former_names, coalesce(h.address, i.address, i.type)),
        concat_ws(chr(10), h.name, i.name, replace(h.former_names, '、', chr(10)), replace(i.aliases, ';', chr(10))), replace(s.spelled, ' ', chr(10)), i.address,
        'institution?institution=' || url_encode(i.institution_id), 0
    from institutions as i
    join institution_pinyin as s using (institution_id)
    left join homes_called as h on h.institution_id = i.institution_id and h.since <= (select as_of from release) and coalesce((select as_of from release) < h.until, true)
    union all
    select
        3, '协议', a.agreement_id, a.title, concat_ws('　', a.agreement_id, p.names, a.scope), a.title, '', concat_ws(' ', p.names, a.scope),
        'sources?source=' || url_encode(a.source_id), 0
    from agreements as a
    left join parties as p using (agreement_id)
    union all
    select 4, '任务', task_id, title, concat_ws('　', task_id, summary), title, '', '', 'tasks?tasks_task=' || url_encode(task_id), 0 from tasks
    union all
    select
        5, '文件', document_id, title, concat_ws('　', document_id, number, issuer), concat_ws(chr(10), title, number), '', issuer,
        'sources?source=' || url_encode(source_id), 0
    from documents
    union all
    select 6, '指标', indicator_code, title, concat_ws('　', topic, unit), title, '', topic, 'sources?sources_competing=false&indicator=' || indicator_code, 0 from indicators
    union all
    select
        7, '事件', event_id, title, concat_ws('　', event_id, date::varchar, place_text), title, '', concat_ws(' ', place_text, parties),
        'sources?source=' || url_encode(source_id), 0
    from events
    union all
    select 8, '基地', base_id, name, concat_ws('　', base_id, category), name, '', category, 'sources?source=' || url_encode(source_id), 0 from bases
    union all
    select
        9, '来源', source_id, title, concat_ws('　', source_id, publisher, document_number), concat_ws(chr(10), title, document_number), '', publisher,
        'sources?source=' || url_encode(source_id), 0
    from sources
    union all
    -- A figure is looked for by what it is and where or when: found only when words of both are there.
    select
        10, '口径卡', o.observation_id, p.label || i.title || '：' || w.amount, concat_ws('　', year(o.date)::varchar || '年', nullif(o.base, '不适用'), s.source_class),
        i.title, '', concat_ws(' ', p.name, p.label, p.short_name, year(o.date)::varchar || '年'), 'sources?figure=' || url_encode(o.observation_id),
        p.sort_order * 10000 + coalesce(3000 - year(o.date), 5000)
    from observations as o
    join claim_words as w using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    join sources as s using (source_id)
    where o.shown
),
lined as (
    select
        kind_order, kind, id, title, detail, link, sort_order, lower(id) as id_word,
        chr(10) || lower(names) || chr(10) as names, chr(10) || spelled || chr(10) as spelled, lower(concat_ws(' ', kind, rest)) as rest
    from entries
),
-- How near a word comes to an entry: the whole of a name, its beginning, the beginning of its spelling, a part, a word beside it.
near as (
    select
        kind, id, word,
        case
            when contains(names || spelled, chr(10) || word || chr(10)) then 0
            when contains(names, chr(10) || word) then 1
            when contains(spelled, chr(10) || word) and length(word) > 1 then 2
            when contains(names, word) then 3
            when contains(rest, word) then 4
            -- Only what looks like an identifier is one: “a” and “_” stand in many.
            when starts_with(id_word, word) and regexp_full_match(word, '[a-z]{1,4}-?[0-9][0-9a-z-]*|[0-9]{4,6}') then if(id_word = word, 0, 5)
        end as distance
    from lined
    cross join asked
),
hits as (
    select kind, id, sum(distance)::int as distance
    from near
    where distance is not null
    group by kind, id
    having count(*) = (select count(*) from asked) and (kind <> '口径卡' or (min(distance) < 4 and max(distance) = 4))
)
select l.kind, l.id, l.title, l.detail, l.link, count(*) over (partition by l.kind) as of_kind, count(*) over () as in_all
from hits as h
join lined as l using (kind, id)
qualify row_number() over (partition by l.kind order by h.distance, l.sort_order, l.id) <= $count
order by l.kind_order, h.distance, l.sort_order, l.id
