-- 一个来源支持了哪些数字、动态、协议、机构、任务与文件，原文怎么写？
-- Rows: one per row resting on the source
with resting as (
    select
        '数字' as kind, 1 as kind_order, o.observation_id as id, p.label as place, i.title,
        case o.kind when 'target' then '目标：' when 'plan' then '计划：' when 'policy' then '政策：' when 'example' then '案例：' else '' end || coalesce(o.qualifier, '') || coalesce(o.value_text, regexp_replace(format('{:,.4f}', o.value), '\.?0+$', '')) || i.unit as words,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.shown, coalesce(o.quote, o.source_table || ' ' || o.source_row || '：' || o.formula) as evidence, o.source_id
    from observations as o
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    union all
    select '动态', 2, event_id, place_text, title, '', date, date_precision, date_label, date_inferred, true, quote, source_id from events
    union all
    select '协议', 3, agreement_id, '', title, coalesce(scope, ''), date, date_precision, date_label, date_inferred, true, quote, source_id from agreements
    union all
    select '机构', 4, i.institution_id, p.label, i.name, coalesce(i.type, ''), i.date, i.date_precision, i.date_label, false, true, i.quote, i.source_id
    from institutions as i
    join places as p using (place_code)
    union all
    select '机构', 4, c.claim_id, i.name, c.field, coalesce(c.value_text, regexp_replace(format('{:,.4f}', c.value), '\.?0+$', '') || coalesce(c.unit, '')), c.date, c.date_precision, c.date_label, false, true, c.quote, c.source_id
    from institution_claims as c
    join institutions as i using (institution_id)
    union all
    select '任务', 5, t.task_id, l.short_title, t.title, coalesce(t.due_text, '未定时限'), t.due, case when t.due is null then 'undated' else 'day' end, null, false, true, t.quote, t.source_id
    from tasks as t
    join task_lists as l using (task_list_id)
    union all
    select '文件', 6, document_id, coalesce(issuer, ''), title, coalesce(number, ''), date, date_precision, date_label, date_inferred, true, quote, source_id from documents
    union all
    select '做法', 7, r.practice_id, p.label, r.theme || '：' || r.item, coalesce(r.detail, ''), null, 'undated', null, false, true, r.quote, r.source_id
    from practices as r
    join places as p using (place_code)
    union all
    select '年龄组', 8, g.place_code || '-' || g.year, any_value(p.label), g.year || '年普查分年龄人口', format('{}个年龄组共{:,}人', count(*), sum(g.male + g.female)::bigint),
        case g.year when 2010 then date '2010-11-01' else date '2020-11-01' end, 'day', null, false, true, coalesce(any_value(g.boundary_note), '2020年区划'), g.source_id
    from age_groups as g
    join places as p using (place_code)
    group by g.place_code, g.year, g.source_id
)
select
    kind, id, coalesce(place, '') as place, title, words, date, date_precision, date_label, date_inferred, shown, count(*) over ()::int as total, '原文：' || evidence as quote_words, evidence, source_id
from resting
where source_id = $source
order by kind_order, date desc nulls last, id
limit $count offset $start
