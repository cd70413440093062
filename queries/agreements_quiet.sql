-- 长三角网络的协议里，哪些近24个月公开资料未载？（只看这份协议自己的签署、后续事件与文本）
-- Rows: one per agreement
with parties as (
    select agreement_id, string_agg(name, '、' order by party_no) as words from agreement_parties group by agreement_id
)
select
    a.agreement_id, a.title, p.words as parties, r.stage_title, a.date, a.date_precision, a.date_label, a.date_inferred,
    q.latest, q.quiet, coalesce(q.latest_words, '未注明日期') as latest_words, coalesce(q.quiet_words, '未注明日期，不能判断') as quiet_words,
    a.quote as evidence, a.source_id
from agreements as a
join agreement_stages as s using (agreement_id)
join reached($as_of) as r using (agreement_id)
join parties as p using (agreement_id)
left join quiet($as_of) as q on q.subject = a.agreement_id
where s.network = 'delta' and s.counts_as_signed
    and exists (select 1 from agreement_platforms as f where f.agreement_id = a.agreement_id and list_contains($platforms, f.platform))
    and ($everywhere or exists (
        select 1 from agreement_parties as party join place_cities as pc using (place_code)
        where party.agreement_id = a.agreement_id and list_contains($cities, pc.city_code)
    ))
order by q.latest nulls last, a.agreement_id
