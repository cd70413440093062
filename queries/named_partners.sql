-- 三省哪些市（区县）已在来源中点名签约？
-- Rows: one per place
select
    p.place_code, p.short_name, p.label, p.level,
    bool_or(a.level = 'district-city') as counterpart_known,
    list(distinct a.source_id order by a.source_id) as source_ids,
    string_agg(distinct a.quote, '；' order by a.quote) as evidence
from agreements as a
join status_words as w using (status)
join agreement_parties as ap using (agreement_id)
join places as p using (place_code)
where w.stage in ('signed', 'project', 'result') and a.summarises is null
        and a.network = 'delta' and a.level in ('district-city', 'participant')
    and p.level in ('city', 'county') and p.in_delta
group by p.place_code, p.short_name, p.label, p.level, p.sort_order
order by p.sort_order, p.place_code
