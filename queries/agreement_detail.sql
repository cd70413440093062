-- 这些协议各有哪些参与方、合作内容、事件与文件？
-- Rows: one per part of the agreement
with parts as (
    select
        a.agreement_id, 1 as part_order,
        -- What a row is called is what its source says of it: only what was signed is an agreement.
        case when s.stage = 'summary' then '汇总' when s.participation then '汇总报道点名' when s.counts_as_signed then '协议' else s.status_title end as part,
        a.title as words,
        concat_ws('；', r.stage_title,
            case when not s.participation and s.status_title <> r.stage_title then '来源的说法归为：' || s.status_title end, a.scope, case when not a.eldercare_specific then '不专为养老' end, case when a.summarises is not null then '汇总：' || a.summarises end) as detail,
        a.date, a.date_precision, a.date_label, a.date_inferred, a.quote as evidence, a.source_id
    from agreements as a
    join agreement_stages as s using (agreement_id)
    join reached($as_of) as r using (agreement_id)
    union all
    select
        ap.agreement_id, 2, '参与方', string_agg(ap.name || case when ap.known or contains(ap.name, '未') then '' else '（未点名）' end, '、' order by ap.party_no),
        '角色：' || case ap.role
            when 'signatory' then '签署方' when 'supporter' then '支援方' when 'supported' then '受援方'
            when 'organiser' then '承办方' when 'witness' then '见证方' when 'participant' then '参加方' else '未注明' end,
        null, 'undated', '', false, any_value(a.quote), any_value(a.source_id)
    from agreement_parties as ap
    join agreements as a using (agreement_id)
    group by ap.agreement_id, ap.role
    union all
    select
        ap.agreement_id, 3, '提供与获得', ap.name, concat_ws('；', '提供：' || ap.gives, '获得：' || ap.receives),
        null, 'undated', '', false, a.quote, a.source_id
    from agreement_parties as ap
    join agreements as a using (agreement_id)
    where ap.gives is not null or ap.receives is not null
    union all
    select
        p.agreement_id, 3.5, '本协议中的其他两地', case when count(*) > 6 then format('{}对', count(*))
            else string_agg(one.short_name || '×' || other.short_name, '、' order by one.sort_order, other.sort_order) end,
        '不在矩阵中的市县之间', null, 'undated', '', false, any_value(a.quote), any_value(a.source_id)
    from place_pairs as p
    join places as one on one.place_code = p.first_code
    join places as other on other.place_code = p.second_code
    join agreements as a using (agreement_id)
    where not p.in_matrix
    group by p.agreement_id
    union all
    select
        f.agreement_id, 4, '合作内容', string_agg(wording || coalesce('〔' || platform || '〕', ''), '；' order by f.field_id),
        coalesce('对应平台：' || string_agg(distinct platform, '、' order by platform), '未对应五个共享平台'),
        null, 'undated', '', false, coalesce(string_agg(distinct f.quote, '；' order by f.quote), any_value(a.quote)), f.source_id
    from agreement_fields as f
    join agreements as a using (agreement_id)
    group by f.agreement_id, f.source_id
    union all
    select
        ae.agreement_id, 5, '事件', e.title,
        array_to_string(list_transform(list_sort(list(ae.relation)), lambda r: case r
            when 'signing' then case s.first_stage when 'signed' then '签署' when 'paired' then '结对' when 'intent' then '意向' else '活动' end when 'activity' then '后续活动' when 'project' then '项目' when 'result' then '成果' when 'repeat' then '同一说法的另一来源' else '背景' end), '、')
            || case when e.planned then '（计划）' else '' end,
        e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
    from agreement_events as ae
    join events as e using (event_id)
    join agreement_stages as s using (agreement_id)
    where e.planned or e.date is null or e.date <= $as_of
    group by ae.agreement_id, s.first_stage, e.event_id, e.title, e.planned, e.date, e.date_precision, e.date_label, e.date_inferred, e.quote, e.source_id
    union all
    select
        agreement_id, 6, '文件', title, concat_ws('；', kind, number, issuer, case status when 'planned' then '拟定' end),
        date, date_precision, date_label, date_inferred, quote, source_id
    from documents
    where agreement_id is not null and (status = 'planned' or date is null or date <= $as_of)
)
select
    p.agreement_id, a.title, r.stage_title, p.part, row_number() over (partition by p.agreement_id, p.part order by p.date, p.words, p.detail, p.source_id)::int as number,
    p.words, p.detail, p.date, p.date_precision, p.date_label, p.date_inferred, p.evidence, p.source_id, s.title as source_title
from parts as p
join sources as s using (source_id)
join agreements as a using (agreement_id)
join reached($as_of) as r using (agreement_id)
where list_contains($agreements, p.agreement_id)
order by r.stage_rank desc, p.agreement_id, p.part_order, number
