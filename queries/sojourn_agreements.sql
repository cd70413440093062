-- 长三角网络以外有哪些协议？（旅居、丽水、红河与其他）
-- Rows: one per agreement
with parties as (
    select agreement_id, string_agg(name, '、' order by party_no) as words from agreement_parties group by agreement_id
)
select
    a.agreement_id, a.title, case a.network when 'sojourn' then '旅居养老' when 'lishui' then '丽水' when 'honghe' then '红河' else '其他' end as network_title,
    r.stage, r.stage_title, s.counts_as_signed, p.words as parties, a.scope, a.eldercare_specific,
    a.date, a.date_precision, a.date_label, a.date_inferred, q.latest, coalesce(q.quiet_words, '未注明日期') as quiet_words,
    a.note, a.quote as evidence, a.source_id
from agreements as a
join agreement_stages as s using (agreement_id)
join reached($as_of) as r using (agreement_id)
join parties as p using (agreement_id)
left join quiet($as_of) as q on q.subject = a.agreement_id
where a.network <> 'delta'
    and exists (select 1 from agreement_platforms as f where f.agreement_id = a.agreement_id and list_contains($platforms, f.platform))
    and ($everywhere or exists (
        select 1 from agreement_parties as party join place_cities as pc using (place_code)
        where party.agreement_id = a.agreement_id and list_contains($cities, pc.city_code)
    ))
order by network_title, a.date nulls last, a.agreement_id
