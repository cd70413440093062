-- 长三角网络的协议里，哪些近24个月未见公开动态？
-- Rows: one per agreement
with moves as (
    select agreement_id, max(date) as latest from agreement_moves where date <= $as_of group by agreement_id
),
parties as (
    select agreement_id, string_agg(name, '、' order by party_no) as words from agreement_parties group by agreement_id
)
select
    a.agreement_id, a.title, p.words as parties, r.stage_title, a.date, a.date_precision, a.date_label, a.date_inferred,
    m.latest, m.latest < $as_of::date - interval 24 month as quiet,
    case when m.latest is null then '未注明日期' else format('{}年{}月', year(m.latest), month(m.latest)) end as latest_words,
    case when m.latest < $as_of::date - interval 24 month then '近24个月未见' when m.latest is null then '无法判断' else '近24个月有' end as quiet_words,
    a.quote as evidence, a.source_id
from agreements as a
join agreement_stages as s using (agreement_id)
join reached($as_of) as r using (agreement_id)
join parties as p using (agreement_id)
left join moves as m using (agreement_id)
where s.network = 'delta' and s.counts_as_signed
    and exists (select 1 from agreement_platforms as f where f.agreement_id = a.agreement_id and list_contains($platforms, f.platform))
    and ($everywhere or exists (
        select 1 from agreement_parties as party join place_cities as pc using (place_code)
        where party.agreement_id = a.agreement_id and list_contains($cities, pc.city_code)
    ))
order by m.latest nulls last, a.agreement_id
