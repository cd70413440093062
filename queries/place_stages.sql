-- 各城市、各区与上海的区或三省的市、县处于哪一阶段？（只在汇总报道里点名的为已签约·对方未写）此外还有哪些公开记录？
-- Rows: one per place
with sides as (
    select agreement_id, first_code as place_code, second_code as other_code from place_pairs where in_matrix
    union all
    select agreement_id, second_code, first_code from place_pairs where in_matrix
),
named as (
    select
        sides.place_code, sides.agreement_id, sides.other_code, s.counts_as_signed, s.stage = 'paired' as paired, false as participation,
        reached.stage, reached.stage_rank
    from sides
    join reached($as_of) as reached using (agreement_id)
    join agreement_stages as s using (agreement_id)
    union all
    select ap.place_code, s.agreement_id, null, true, false, true, w.stage, w.stage_rank
    from agreement_stages as s
    join reached($as_of) as reached using (agreement_id)
    join agreement_parties as ap using (agreement_id)
    join stages as w on w.stage = case when s.counterpart_unknown then 'counterpart_unknown' else 'signed' end
    where s.participation and ap.place_code is not null
),
everyone as (
    select named.*, named.place_code as shown_code from named
    union all
    select named.*, '310000' from named join place_cities as c using (place_code) where c.city_code = '310000'
),
summed as (
    select
        e.shown_code as place_code,
        arg_max(e.stage, e.stage_rank) as stage,
        bool_or(e.counts_as_signed) as signed_by_name,
        bool_or(e.counts_as_signed and not e.participation) as counterpart_known,
        bool_or(e.participation) as in_report,
        (count(distinct e.agreement_id) filter (where e.counts_as_signed and not e.participation))::int as signed_agreements,
        list_sort(list(distinct {place_order: o.sort_order, short_name: o.short_name}) filter (where o.place_code is not null and e.counts_as_signed)) as signed_with,
        list_sort(list(distinct {place_order: o.sort_order, short_name: o.short_name}) filter (where o.place_code is not null and e.paired)) as paired_with,
        list_sort(list(distinct {place_order: o.sort_order, short_name: o.short_name}) filter (where o.place_code is not null and not e.counts_as_signed and not e.paired)) as active_with,
        list(distinct a.source_id order by a.source_id) as source_ids,
        string_agg(distinct a.quote, '；' order by a.quote) as evidence
    from everyone as e
    join agreements as a using (agreement_id)
    left join places as o on o.place_code = e.other_code
    group by e.shown_code
),
beside as (
    -- Agreements that name the place or one inside it and make none of its ties above; what only sums others up is none.
    select
        m.place_code,
        list(concat(a.title, '（', parties.words, '，', r.stage_title, case when not a.eldercare_specific then '，不专为养老' end, '）')
            order by m.own desc, a.date, a.agreement_id) as agreements,
        (count(*) filter (where m.own))::int as own,
        list(distinct a.source_id order by a.source_id) as source_ids, string_agg(distinct a.quote, '；' order by a.quote) as evidence
    from place_mentions as m
    join agreements as a on m.kind = '协议' and a.agreement_id = m.record_id
    join agreement_stages as s using (agreement_id)
    join reached($as_of) as r using (agreement_id)
    join (select agreement_id, string_agg(name, '、' order by party_no) as words from agreement_parties group by agreement_id) as parties using (agreement_id)
    where not s.participation and s.stage <> 'summary'
        and not exists (select 1 from everyone where everyone.agreement_id = m.record_id and everyone.shown_code = m.place_code)
    group by m.place_code
),
happened as (
    select m.place_code, count(*)::int as events, list(distinct e.source_id order by e.source_id) as source_ids, string_agg(distinct e.quote, '；' order by e.quote) as evidence
    from place_mentions as m
    join cooperation_events as e on m.kind = '事件' and e.event_id = m.record_id
    where coalesce(e.date <= $as_of, true)
    group by m.place_code
),
worded as (
    select
        p.place_code, coalesce(s.stage, 'none') as stage, s.signed_by_name, s.counterpart_known, s.in_report, s.signed_agreements,
        array_to_string(list_transform(s.signed_with, lambda x: x.short_name), '、') as partners,
        array_to_string(list_transform(s.paired_with, lambda x: x.short_name), '、') as paired_partners,
        array_to_string(list_transform(s.active_with, lambda x: x.short_name), '、') as other_contacts,
        coalesce(b.own, 0) as own_agreements, coalesce(len(b.agreements), 0)::int - coalesce(b.own, 0) as inner_agreements,
        concat(array_to_string(b.agreements[:3], '；'), case when len(b.agreements) > 3 then format('等{}项', len(b.agreements)) end) as other_agreements,
        coalesce(h.events, 0) as events, q.latest, q.latest_words, q.quiet, q.quiet_words,
        list_sort(list_distinct(flatten([coalesce(s.source_ids, []), coalesce(b.source_ids, []), coalesce(h.source_ids, [])]))) as source_ids,
        nullif(concat_ws('；', s.evidence, b.evidence, h.evidence), '') as evidence
    from places as p
    left join summed as s using (place_code)
    left join beside as b using (place_code)
    left join happened as h using (place_code)
    left join quiet($as_of) as q on q.subject = p.place_code
)
select
    p.place_code, p.short_name, p.label, p.level, p.lon, p.lat, s.stage, w.title as stage_title,
    coalesce(s.signed_by_name, false) as signed_by_name,
    coalesce(s.signed_by_name and not s.counterpart_known, false) as counterpart_unknown,
    coalesce(s.in_report, false) as in_report,
    coalesce(s.signed_agreements, 0)::int as signed_agreements,
    s.partners, s.paired_partners, s.other_contacts, s.other_agreements, s.own_agreements, s.inner_agreements, s.events, s.latest, s.latest_words, s.quiet,
    concat_ws(E'\n',
        case
            -- Who signed is announced as a number, not place by place: what is missing is the name.
            when s.stage = 'none' then format('{}：公开来源未点名其与{}的养老往来', p.label, case p.level when 'district' then '三省市县' else '上海各区' end)
            else format('{}：{}', if(p.place_code = '310000', '上海各区（合计）', p.label), w.title)
        end,
        '已签约的对方：' || s.partners,
        case when s.counterpart_known is false and s.in_report then '已签约的对方：来源未写' end,
        '已结对：' || s.paired_partners,
        '意向或共同活动：' || s.other_contacts,
        '其他协议与合作（含所辖区县）：' || nullif(s.other_agreements, ''),
        case when s.latest is null then '注明日期的动态（不计旅游专列与线路）：所收公开资料未载' else format('最近的公开动态（不计旅游专列与线路）：{}{}', s.latest_words, case when s.quiet then '，' || s.quiet_words else '' end) end) as hover,
    s.source_ids, s.evidence
from places as p
join worded as s using (place_code)
join stages as w using (stage)
where p.in_delta and p.valid_to_year is null
    and (p.level in ('district', 'city') or p.place_code = '310000' or (p.level = 'county' and s.stage <> 'none'))
order by p.sort_order, p.place_code
