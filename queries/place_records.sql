-- 一个地区（连同所辖区县）参与了哪些协议、名单、任务与动态，长护险能否异地使用？
-- Rows: one per record of the place
with records as (
    select
        -- Of what the collectors wrote only the stage is told: their word is not the source's.
        '协议' as part, 1 as part_order, s.agreement_id as id, a.title, r.stage_title as state, case when s.counterpart_unknown then 'counterpart_unknown' else r.stage end as stage, s.counts_as_signed, a.eldercare_specific, a.status = 'planned' as planned,
        (select string_agg(o.name, '、' order by o.party_no) from agreement_parties as o where o.agreement_id = a.agreement_id) as detail,
        a.date, a.date_precision, a.date_label, a.date_inferred, a.quote as evidence, a.source_id
    from agreement_stages as s
    join agreements as a using (agreement_id)
    join reached($as_of) as r using (agreement_id)
    where s.stage <> 'summary' and s.agreement_id in (
        select ap.agreement_id from agreement_parties as ap join place_ancestors as up using (place_code) where up.ancestor_code = $place
    )
    union all
    select
        '名单', 2, lp.list_id || '-' || lp.place_code, l.title, '来源点名' as state, null, false, null, false, p.label as detail,
        l.date, l.date_precision, l.date_label, l.date_inferred, lp.quote, lp.source_id
    from institution_list_places as lp
    join institution_lists as l using (list_id)
    join places as p on p.place_code = lp.place_code
    join place_ancestors as up on up.place_code = lp.place_code
    where up.ancestor_code = $place
    union all
    select
        '名单', 2, i.institution_id, i.name || '（' || coalesce(m.list_words, l.title) || '）', if(m.list_words is null, '机构入选', '相关说法'), null, false, null, false, p.label,
        -- Which list the source means is not certain, so its day is the source's own.
        if(m.list_words is null, l.date, i.date), if(m.list_words is null, l.date_precision, i.date_precision), if(m.list_words is null, l.date_label, i.date_label),
        if(m.list_words is null, l.date_inferred, i.date_inferred), i.quote, i.source_id
    from institution_list_members as m
    join institutions as i using (institution_id)
    join institution_lists as l using (list_id)
    join places as p on p.place_code = i.place_code
    join place_ancestors as up on up.place_code = i.place_code
    where up.ancestor_code = $place
    union all
    select
        '名单', 2, c.status_id, '2019年首批试点', '列入', null, false, null, false, p.label,
        pilot.date, coalesce(pilot.date_precision, 'undated'), pilot.date_label, coalesce(pilot.date_inferred, false), c.quote, c.source_id
    from cooperation_status as c
    -- Its day is that of the event which names the place.
    left join (
        select ep.place_code, e.date, e.date_precision, e.date_label, e.date_inferred
        from events as e
        join event_places as ep using (event_id)
        where e.category = 'pilot' and ep.role = 'party'
        qualify row_number() over (partition by ep.place_code order by e.date, e.event_id) = 1
    ) as pilot on pilot.place_code = c.place_code
    join places as p on p.place_code = c.place_code
    join place_ancestors as up on up.place_code = c.place_code
    where up.ancestor_code = $place and c.first_pilot = 'yes' and not c.placeholder
    union all
    select
        case l.kind when 'task' then '任务' else '成果' end, case l.kind when 'task' then 3 else 4 end, t.task_id, t.title,
        case when l.kind = 'task' then coalesce(t.due_text, '未定时限') when t.membership = 'reported_apart' then '同场另报' else coalesce(t.due_text, '') end,
        null, false, null, false, l.short_title || case
            when l.place_code <> $place and own.level <> 'region' and l.place_code in (select place_code from place_ancestors where ancestor_code = $place) then '（所辖' || own.short_name || '）'
            when l.place_code = $place or t.task_id in (select task_id from task_units where place_code = $place) or contains(concat_ws(' ', t.title, t.summary, t.quote), p.short_name) then ''
            else case p.level when 'district' then '（涉及上海各区）' else '（涉及沪苏浙皖民政部门）' end
        end,
        -- When it was announced; the time limit stands in its own words before.
        l.date, l.date_precision, l.date_label, l.date_inferred, t.quote, t.source_id
    from tasks as t
    join task_lists as l using (task_list_id)
    join places as p on p.place_code = $place
    -- A list from outside the delta gives no task to a place in it.
    join places as own on own.place_code = l.place_code and own.in_delta
    -- Contents of an agreement are neither tasks nor achievements.
    where l.kind in ('task', 'achievement') and (
        l.place_code in (select place_code from place_ancestors where ancestor_code = $place)
        or t.task_id in (select task_id from task_units where place_code = $place)
        or (p.place_code <> 'YRD' and contains(concat_ws(' ', t.title, t.summary, t.quote), p.short_name))
        -- 沪苏浙皖民政部门 names each of the four, 上海各区 and 上海全部16个区 each district.
        or (l.kind = 'task' and p.level = 'province' and t.task_id in (select task_id from task_units where unit = '沪苏浙皖民政部门'))
        or (l.kind = 'task' and p.level = 'district' and (
            t.task_id in (select task_id from task_units where unit = '上海各区') or regexp_matches(t.quote, '上海全部\d+个区')
        ))
    )
    union all
    select
        '长护险', 5, o.observation_id, i.title, w.words, null, false, null, o.kind in ('target', 'plan'), concat_ws('；', case when o.place_code <> $place then p.label end, i.counting_rule),
        o.date, o.date_precision, o.date_label, o.date_inferred, c.quoted, o.source_id
    from observations as o
    join claim_evidence as c using (observation_id)
    join claim_words as w using (observation_id)
    join indicators as i using (indicator_code)
    join places as p using (place_code)
    join place_ancestors as up using (place_code)
    where up.ancestor_code = $place and o.shown and i.topic = '长护险'
    union all
    -- What a source says of one home is said of the place where it stands.
    select
        '长护险', 5, r.policy_id, i.name || '：' || r.words, r.scheme, null, false, null, false, p.label, r.date, r.date_precision, r.date_label, r.date_inferred, r.quote, r.source_id
    from portability_policies as r
    join institutions as i using (institution_id)
    join places as p on p.place_code = i.place_code
    join place_ancestors as up on up.place_code = i.place_code
    where r.statement = 'institution' and up.ancestor_code = $place
    union all
    select
        '名单', 2, b.base_id, b.name || if(contains(b.name, b.categories), '', '（' || b.categories || '）'), if(b.aimed, '计划', '旅居地与目的地'), null, false, null, b.aimed, p.label,
        b.date, b.date_precision, b.date_label, b.date_inferred, b.quotes, b.source_id
    from (
        -- One project with two titles is one place; what is only aimed at is none yet.
        select
            b.* replace (regexp_replace(b.name, '（' || b.category || '）$', '') as name), coalesce(o.kind in ('target', 'plan'), false) as aimed,
            string_agg(b.category, '、' order by b.base_id) over same as categories, string_agg(b.quote, '；' order by b.base_id) over same as quotes
        from bases as b
        left join observations as o on o.observation_id = b.observation_id
        -- Bases that belong to an agreement stand with it.
        where b.agreement_id is null
        window same as (partition by coalesce(b.institution_id, b.base_id))
        qualify row_number() over (partition by coalesce(b.institution_id, b.base_id) order by b.base_id) = 1
    ) as b
    join places as p using (place_code)
    join place_ancestors as up using (place_code)
    where up.ancestor_code = $place and p.in_delta
    union all
    select
        case when not coalesce(k.cooperation, true) then k.lane when e.category = 'ltci' then '长护险' else '动态' end, case when not coalesce(k.cooperation, true) then 7 when e.category = 'ltci' then 5 else 6 end, e.event_id, e.title,
        case when e.planned then '计划' else '' end, null, false, null, e.planned, coalesce(e.place_text, ''), e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
    from events as e
    join event_kinds as k using (category)
    where e.event_id in (select record_id from place_mentions where kind = '事件' and place_code = $place) and coalesce(e.date <= $as_of, true)
)
select
    part, id, title, state, stage, counts_as_signed, eldercare_specific, planned, detail, date, date_precision, date_label, date_inferred,
    evidence, source_id,
    id in (select agreement_id from agreement_parties join places using (place_code) where not in_delta) as with_others
from records
-- On a day before the data's own only what is dated until then was known; what has no date may have come later.
where date <= $as_of or $as_of >= (select as_of from release)
-- What is asked of the place itself stands before what is asked of a place within.
order by part_order, part = '任务' and contains(detail, '（所辖'), date desc nulls last, id
