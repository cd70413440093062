-- 旅居与对口合作的每份协议有哪些省份参加？
-- Rows: one per agreement and province
with provinces as (
    select up.place_code, p.place_code as province_code, p.short_name, p.sort_order, p.in_delta
    from place_ancestors as up
    join places as p on p.place_code = up.ancestor_code
    where p.level = 'province'
),
chosen as (
    select s.agreement_id, s.status, r.stage, r.stage_title, s.counts_as_signed, a.eldercare_specific, a.title, a.date, a.date_precision, a.date_label, a.date_inferred, a.note, a.quote, a.source_id, q.latest, q.quiet, q.quiet_words
    from agreement_stages as s
    join agreements as a using (agreement_id)
    join reached($as_of) as r using (agreement_id)
    left join quiet($as_of) as q on q.subject = s.agreement_id
    where s.network in ('sojourn', 'honghe') and s.stage <> 'summary'
        and exists (select 1 from agreement_platforms as f where f.agreement_id = s.agreement_id and list_contains($platforms, f.platform))
        and ($everywhere or exists (
            select 1 from agreement_parties as party join place_cities as pc using (place_code)
            where party.agreement_id = s.agreement_id and list_contains($cities, pc.city_code)
        ))
),
parties as (
    select
        agreement_id, min_by(coalesce(short_name, ap.name), party_no) as first_name, count(*) as number,
        string_agg(ap.name, '、' order by party_no) as words, bool_or(not known) as some_unnamed
    from agreement_parties as ap left join places using (place_code)
    group by agreement_id
),
members as (
    select ap.agreement_id, v.province_code, v.short_name as province, v.sort_order as province_order, v.in_delta, string_agg(ap.name, '、' order by ap.party_no) as here
    from agreement_parties as ap
    join provinces as v using (place_code)
    group by ap.agreement_id, v.province_code, v.short_name, v.sort_order, v.in_delta
)
select
    c.agreement_id, c.title, -- What one side put on its own list says nothing of the others: its title says whose list it is.
    case when c.status = 'planned' then c.title else concat(c.title, '（', p.first_name, '等', if(p.some_unnamed, '多方', p.number || '方'), '）') end as row_title,
    m.province_code, m.province, m.province_order, m.in_delta, m.here, p.words as parties, c.stage, c.stage_title, c.counts_as_signed, c.eldercare_specific,
    c.date, c.date_precision, c.date_label, c.date_inferred, c.latest, c.quiet, coalesce(c.quiet_words, '未注明日期') as quiet_words,
    format(E'{}\n{}\n{}：{}', c.title, c.stage_title, m.province, m.here) as hover, c.note, c.quote as evidence, c.source_id
from chosen as c
join parties as p using (agreement_id)
join members as m using (agreement_id)
order by c.date nulls last, c.agreement_id, m.province_order
