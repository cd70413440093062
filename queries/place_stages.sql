-- 各城市、各区走到哪一步？（上海的区与三省的市、县之间；只在汇总报道里点名的为已签约·对方未知）
-- Rows: one per place
with sides as (
    select agreement_id, first_code as place_code, second_code as other_code from place_pairs where in_matrix
    union all
    select agreement_id, second_code, first_code from place_pairs where in_matrix
),
named as (
    select
        sides.place_code, sides.agreement_id, sides.other_code, s.counts_as_signed, false as participation,
        reached.stage, reached.stage_rank
    from sides
    join reached($as_of) as reached using (agreement_id)
    join agreement_stages as s using (agreement_id)
    union all
    select ap.place_code, s.agreement_id, null, true, true, w.stage, w.stage_rank
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
moves as (
    select agreement_id, max(date) as latest from agreement_moves where date <= $as_of group by agreement_id
),
summed as (
    select
        e.shown_code as place_code,
        arg_max(e.stage, e.stage_rank) as stage,
        bool_or(e.counts_as_signed) as signed_by_name,
        bool_or(e.counts_as_signed and not e.participation) as counterpart_known,
        bool_or(e.participation) as in_report,
        (count(distinct e.agreement_id) filter (where e.counts_as_signed and not e.participation))::int as signed_agreements,
        max(m.latest) as latest,
        list_sort(list(distinct {place_order: o.sort_order, short_name: o.short_name}) filter (where o.place_code is not null and e.counts_as_signed)) as signed_with,
        list_sort(list(distinct {place_order: o.sort_order, short_name: o.short_name}) filter (where o.place_code is not null and not e.counts_as_signed)) as active_with,
        list(distinct a.source_id order by a.source_id) as source_ids,
        string_agg(distinct a.quote, '；' order by a.quote) as evidence
    from everyone as e
    join agreements as a using (agreement_id)
    left join moves as m using (agreement_id)
    left join places as o on o.place_code = e.other_code
    group by e.shown_code
),
worded as (
    select
        summed.*,
        array_to_string(list_transform(signed_with, lambda x: x.short_name), '、') as partners,
        array_to_string(list_transform(active_with, lambda x: x.short_name), '、') as other_contacts
    from summed
)
select
    p.place_code, p.short_name, p.label, p.level, p.lon, p.lat,
    coalesce(s.stage, 'none') as stage, w.title as stage_title,
    coalesce(s.signed_by_name, false) as signed_by_name,
    coalesce(s.signed_by_name and not s.counterpart_known, false) as counterpart_unknown,
    coalesce(s.in_report, false) as in_report,
    coalesce(s.signed_agreements, 0)::int as signed_agreements,
    s.partners, s.other_contacts, s.latest, s.latest < $as_of::date - interval 24 month as quiet,
    format(E'{}：{}\n已签约的对方：{}\n意向或共同活动：{}\n{}', p.label, w.title, coalesce(s.partners, '未见公开来源'), coalesce(s.other_contacts, '无记录'),
        case when s.latest is null then '未见公开动态' when s.latest < $as_of::date - interval 24 month then '近24个月未见公开动态' else '近24个月有公开动态' end) as hover,
    coalesce(s.source_ids, []) as source_ids, s.evidence
from places as p
left join worded as s using (place_code)
join stages as w on w.stage = coalesce(s.stage, 'none')
where p.in_delta and p.valid_to_year is null
    and (p.level in ('district', 'city') or p.place_code = '310000' or (p.level = 'county' and s.place_code is not null))
order by p.sort_order, p.place_code
