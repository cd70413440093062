-- 这些协议各有哪些参与方、合作内容、事件与文件？
-- Rows: one per part of the agreement
with parts as (
    select
        a.agreement_id, 1 as part_order, '协议' as part, a.title as words,
        concat_ws('；', s.stage_title, case when s.status_title <> s.stage_title then '来源用语：' || s.status_title end,
            a.scope, case when not a.eldercare_specific then '不专为养老' end, case when a.summarises is not null then '汇总：' || a.summarises end) as detail,
        a.date, a.date_precision, a.date_label, a.date_inferred, a.quote as evidence, a.source_id
    from agreements as a
    join agreement_stages as s using (agreement_id)
    union all
    select
        ap.agreement_id, 2, '参与方', string_agg(ap.name, '、' order by ap.party_no),
        string_agg(case when not ap.known then ap.name || '：未点名' end, '；' order by ap.party_no),
        null, 'undated', '', false, any_value(a.quote), any_value(a.source_id)
    from agreement_parties as ap
    join agreements as a using (agreement_id)
    group by ap.agreement_id
    union all
    select
        ap.agreement_id, 3, '提供与获得', ap.name, concat_ws('；', '提供：' || ap.gives, '获得：' || ap.receives),
        null, 'undated', '', false, a.quote, a.source_id
    from agreement_parties as ap
    join agreements as a using (agreement_id)
    where ap.gives is not null or ap.receives is not null
    union all
    select
        f.agreement_id, 4, '合作内容', string_agg(wording || coalesce('〔' || platform || '〕', ''), '；' order by f.field_id),
        coalesce('对应平台：' || string_agg(distinct platform, '、' order by platform), '未对应五个共享平台'),
        null, 'undated', '', false, coalesce(string_agg(distinct f.quote, '；'), any_value(a.quote)), f.source_id
    from agreement_fields as f
    join agreements as a using (agreement_id)
    group by f.agreement_id, f.source_id
    union all
    select
        ae.agreement_id, 5, '事件', e.title,
        array_to_string(list_transform(list_sort(list(ae.relation)), lambda r: case r
            when 'signing' then '签署' when 'activity' then '后续活动' when 'project' then '项目' when 'result' then '成果' else '背景' end), '、')
            || case when e.planned then '（计划）' else '' end,
        e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
    from agreement_events as ae
    join events as e using (event_id)
    group by ae.agreement_id, e.event_id, e.title, e.planned, e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
    union all
    select
        agreement_id, 6, '文件', title, concat_ws('；', kind, number, issuer, case status when 'planned' then '拟定' end),
        date, date_precision, date_label, date_inferred, quote, source_id
    from documents
    where agreement_id is not null
)
select
    p.agreement_id, p.part, row_number() over (partition by p.agreement_id, p.part order by p.date, p.words, p.source_id)::int as number,
    p.words, p.detail, p.date, p.date_precision, p.date_label, p.date_inferred, p.evidence, p.source_id, s.title as source_title
from parts as p
join sources as s using (source_id)
join agreement_stages as stage using (agreement_id)
where list_contains($agreements, p.agreement_id)
order by stage.stage_rank desc, p.agreement_id, p.part_order, number
