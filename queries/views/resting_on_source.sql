-- 每个来源支持了哪些记录？规则只在此处：凡有来源编号的表都算（内部的堵点台账不算），一行一条；年龄组按地区、普查年份合为一条；虚构的演示名单不算
-- Rows: one per record resting on a source
with resting as (
    select
        'observations' as table_name, '数字' as kind, 1 as kind_order, o.observation_id as id, p.label as place, i.title,
        w.words,
        o.date, o.date_precision, o.date_label, o.date_inferred, o.shown, c.grounds as evidence, o.source_id
    from observations as o
    join claim_evidence as c using (observation_id)
    join claim_words as w using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    union all
    select 'confirmations', '数字', 1, k.confirmation_id, p.label, i.title, format('{}核定', k.department), k.date, k.date_precision, k.date_label, k.date_inferred, true, k.quote, k.source_id
    from confirmations as k
    join observations as o using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    union all
    select 'agreement_parties', '协议', 3, r.agreement_id || '-' || r.party_no, '', a.title, r.name, a.date, a.date_precision, a.date_label, a.date_inferred, true, a.quote, r.source_id
    from agreement_parties as r
    join agreements as a using (agreement_id)
    where r.source_id is not null
    union all
    select 'events', '动态', 2, event_id, place_text, title, '', date, date_precision, date_label, date_inferred, true, quote, source_id from events
    union all
    select 'agreements', '协议', 3, agreement_id, '', title, coalesce(scope, ''), date, date_precision, date_label, date_inferred, true, quote, source_id from agreements
    union all
    select 'agreement_fields', '协议', 3, f.field_id, '', coalesce(a.title, t.title), concat_ws('：', f.heading, f.wording), a.date, coalesce(a.date_precision, 'undated'), a.date_label, coalesce(a.date_inferred, false), true, f.quote, f.source_id
    from agreement_fields as f
    left join agreements as a using (agreement_id)
    left join tasks as t using (task_id)
    union all
    select 'cooperation_status', '协议', 3, c.status_id, p.label, '各地参与状态', concat_ws('；', c.partners, c.other_links), null, 'undated', null, false, true, c.quote, c.source_id
    from cooperation_status as c
    left join places as p using (place_code)
    union all
    select 'institutions', '机构', 4, i.institution_id, p.label, i.name, coalesce(i.type, ''), i.date, i.date_precision, i.date_label, i.date_inferred, true, i.quote, i.source_id
    from institutions as i
    join places as p using (place_code)
    union all
    select 'institution_claims', '机构', 4, c.claim_id, i.name, c.field, coalesce(c.value_text, regexp_replace(format('{:,.4f}', c.value), '\.?0+$', '') || coalesce(c.unit, '')), c.date, c.date_precision, c.date_label, c.date_inferred, true, c.quote, c.source_id
    from institution_claims as c
    join institutions as i using (institution_id)
    union all
    select 'institution_events', '机构', 4, e.home_event_id, i.name, '变动', e.kind || coalesce('：' || e.became, ''), e.date, e.date_precision, e.date_label, e.date_inferred, true, e.quote, e.source_id
    from institution_events as e
    join institutions as i using (institution_id)
    union all
    select 'bases', '基地', 5, b.base_id, p.label, b.name, b.category, b.date, b.date_precision, b.date_label, b.date_inferred, true, b.quote, b.source_id
    from bases as b
    left join places as p using (place_code)
    union all
    select 'institution_lists', '名单', 6, list_id, coalesce(issuer, ''), title, '', date, date_precision, date_label, date_inferred, true, quote, source_id from institution_lists
    union all
    select 'institution_list_places', '名单', 6, m.list_id || '-' || m.place_code, p.label, l.title, '来源点名', l.date, l.date_precision, l.date_label, l.date_inferred, true, m.quote, m.source_id
    from institution_list_places as m
    join institution_lists as l using (list_id)
    join places as p on p.place_code = m.place_code
    union all
    select 'institution_list_members', '名单', 6, m.list_id || '-' || m.institution_id, i.name, l.title, if(m.list_words is null, '机构入选', format('来源写“{}”', m.list_words)), l.date, l.date_precision, l.date_label, l.date_inferred, true, m.quote, m.source_id
    from institution_list_members as m
    join institution_lists as l using (list_id)
    join institutions as i using (institution_id)
    union all
    select 'portability_policies', '长护险', 7, policy_id, '', scheme, coalesce(words, ''), date, date_precision, date_label, date_inferred, true, quote, source_id from portability_policies
    union all
    select 'settled_cases', '长护险', 7, concat_ws('-', c.origin_code, c.destination_code, c.scheme, c.period_start, c.period_end), o.label || '—' || d.label, c.scheme, coalesce(format('{:,}', try_cast(c.cases as bigint)), c.cases) || '件', c.period_end, 'day', null, false, true, c.quote, c.source_id
    from settled_cases as c
    join places as o on o.place_code = c.origin_code
    join places as d on d.place_code = c.destination_code
    union all
    select 'task_lists', '任务', 8, task_list_id, coalesce(issuer, ''), title, '任务清单', date, date_precision, date_label, date_inferred, true, quote, source_id from task_lists
    union all
    select 'tasks', '任务', 8, t.task_id, l.short_title, t.title, coalesce(t.due_text, '未定时限'), t.due, case when t.due is null then 'undated' else 'day' end, null, false, true, t.quote, t.source_id
    from tasks as t
    join task_lists as l using (task_list_id)
    union all
    select 'task_actions', '任务', 8, a.action_id, t.title, a.summary, '措施', null, 'undated', null, false, true, a.quote, a.source_id
    from task_actions as a
    join tasks as t using (task_id)
    union all
    select 'task_promises', '任务', 8, m.promise_id, t.title, m.wording, if(m.kind = 'statement', '来源的说明', '承诺'), m.stated, 'day', null, false, true, m.quote, m.source_id
    from task_promises as m
    join tasks as t using (task_id)
    union all
    select 'task_units', '任务', 8, u.task_id || '-' || u.unit_no, t.title, u.unit, '责任单位', null, 'undated', null, false, true, coalesce(u.note, t.quote), u.source_id
    from task_units as u
    join tasks as t using (task_id)
    union all
    select 'task_reports', '任务', 8, concat_ws('-', r.task_id, r.date, r.unit), r.unit, t.title, '单位报送', r.date, 'day', null, false, true, coalesce(r.text, r.self_status), r.source_id
    from task_reports as r
    join tasks as t using (task_id)
    union all
    select 'reporting_rhythms', '报送', 9, r.rhythm_id, coalesce(p.label, ''), r.rhythm, r.wording, null, 'undated', null, false, true, r.quote, r.source_id
    from reporting_rhythms as r
    left join places as p using (place_code)
    union all
    select 'data_requests', '报送', 9, q.request_id, p.label, '商请补充数据', q.department, q.asked_on, 'day', null, false, true, concat_ws(' ', q.department || '部门', q.document), q.source_id
    from data_requests as q
    join places as p using (place_code)
    union all
    select 'documents', '文件', 10, document_id, coalesce(issuer, ''), title, coalesce(number, ''), date, date_precision, date_label, date_inferred, true, quote, source_id from documents
    union all
    select 'practices', '做法', 11, r.practice_id, p.label, r.theme || '：' || r.item, coalesce(r.detail, ''), null, 'undated', null, false, true, r.quote, r.source_id
    from practices as r
    join places as p using (place_code)
    union all
    select 'age_groups', '年龄组', 12, g.place_code || '-' || g.year, any_value(p.label), case g.year when 2020 then '第七次全国人口普查' when 2010 then '第六次全国人口普查' else '人口普查' end || '（' || g.year || '年）分年龄人口', format('{}个年龄组共{:,}人', count(*), sum(g.male + g.female)::bigint),
        case g.year when 2010 then date '2010-11-01' else date '2020-11-01' end, 'day', null, false, true, coalesce(any_value(g.boundary_note), '2020年区划'), g.source_id
    from age_groups as g
    join places as p using (place_code)
    group by g.place_code, g.year, g.source_id
    union all
    select 'crossings', '通道', 13, x.crossing_id, a.label || '—' || b.label, x.name, '跨水通道', x.opened, if(x.opened is null, 'undated', 'day'), null, false, true, x.quote, x.source_id
    from crossings as x
    join places as a on a.place_code = x.place_code
    join places as b on b.place_code = x.other_code
)
select
    table_name, kind, kind_order, id, coalesce(place, '') as place, title, words, date, date_precision, date_label, date_inferred, shown, evidence, source_id
from resting
