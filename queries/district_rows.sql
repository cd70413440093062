-- 上海16个区各自有没有点名的签约，对方是否已知？
-- Rows: one per Shanghai district
with signed as (
    select ap.place_code, a.agreement_id, a.level, a.source_id, a.quote
    from agreements as a
    join status_words as w using (status)
    join agreement_parties as ap using (agreement_id)
    where w.stage in ('signed', 'project', 'result') and a.summarises is null
        and a.network = 'delta' and a.level in ('district-city', 'participant')
)
select
    p.place_code, p.short_name, p.short_name || case when count(s.agreement_id) > 0 and count(s.agreement_id) filter (where s.level = 'district-city') = 0 then ' ◍' when count(s.agreement_id) > 0 then ' ●' else ' □' end as label,
    count(distinct s.agreement_id) filter (where s.level = 'district-city')::int as signed_pairs,
    (count(s.agreement_id) > 0) as signed_by_name,
    (count(s.agreement_id) > 0 and count(s.agreement_id) filter (where s.level = 'district-city') = 0) as counterpart_unknown,
    list(distinct s.source_id order by s.source_id) filter (where s.source_id is not null) as source_ids,
    string_agg(distinct s.quote, '；' order by s.quote) as evidence
from places as p
left join signed as s using (place_code)
where p.level = 'district' and p.in_delta and p.valid_to_year is null
group by p.place_code, p.short_name, p.sort_order
order by p.sort_order, p.place_code
