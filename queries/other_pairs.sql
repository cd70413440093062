-- 城市之间、省际、项目与机构之间还有哪些合作？（矩阵以外的协议）
-- Rows: one per agreement
with city_pairs as (
    select
        p.agreement_id,
        case when count(*) > 6 then format('{}对', count(*))
            else string_agg(one.short_name || '×' || other.short_name, '、' order by one.sort_order, other.sort_order) end as words
    from place_pairs as p
    join places as one on one.place_code = p.first_code
    join places as other on other.place_code = p.second_code
    where not p.in_matrix
    group by p.agreement_id
),
parties as (
    select agreement_id, string_agg(name, '、' order by party_no) as words from agreement_parties group by agreement_id
),
listed as (
    select
        a.agreement_id, a.title, a.level, r.stage, r.stage_title, r.stage_rank, s.counts_as_signed, a.eldercare_specific,
        case when c.words is not null then '市县之间' when a.level in ('region', 'province') then '省际' else '项目与机构' end as kind,
        case when c.words is not null then 1 when a.level in ('region', 'province') then 2 else 3 end as kind_order,
        c.words as city_pairs, exists (select 1 from place_pairs as p where p.agreement_id = a.agreement_id and p.in_matrix) as in_matrix,
        parties.words as parties,
        a.date, a.date_precision, a.date_label, a.date_inferred, q.latest, coalesce(q.quiet_words, '未注明日期') as quiet_words,
        a.quote as evidence, a.source_id
    from agreements as a
    join agreement_stages as s using (agreement_id)
    join reached($as_of) as r using (agreement_id)
    join parties using (agreement_id)
    left join city_pairs as c using (agreement_id)
    left join quiet($as_of) as q on q.subject = a.agreement_id
    where s.network = 'delta' and s.stage <> 'summary' and not s.participation
        and (c.words is not null or not exists (select 1 from place_pairs as p where p.agreement_id = a.agreement_id))
)
select
    agreement_id, title, level, stage, stage_title, counts_as_signed, eldercare_specific, kind, city_pairs, in_matrix, parties,
    date, date_precision, date_label, date_inferred, latest, quiet_words, evidence, source_id
from listed
where exists (select 1 from agreement_platforms as f where f.agreement_id = listed.agreement_id and list_contains($platforms, f.platform))
    and ($everywhere or exists (
        select 1 from agreement_parties as party join place_cities as pc using (place_code)
        where party.agreement_id = listed.agreement_id and list_contains($cities, pc.city_code)
    ))
order by kind_order, stage_rank desc, date, agreement_id
