-- 一个地区里按名称可知的养老机构有哪些，一共多少家、多少张床位？（床位多的在前）
-- Rows: one per institution
with inside as (
    select i.institution_id, coalesce(h.name, i.name) as name, h.former_names, i.place_label, i.ownership, i.beds_total, i.sort_order, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, i.quote, s.caveat is not null as to_check
    from finder_institutions as i
    join place_ancestors as up using (place_code)
    join sources as s on s.source_id = i.source_id
    left join homes_called as h on h.institution_id = i.institution_id and h.since <= $as_of::date and coalesce($as_of::date < h.until, true)
    where up.ancestor_code = $place and not i.demo and i.in_delta
)
select
    institution_id, name || coalesce('（原名' || former_names || '）', '') as name, place_label, ownership, beds_total, 'institution?institution=' || url_encode(institution_id) as link,
    count(*) over ()::int as in_all, count(beds_total) over ()::int as reported, sum(beds_total) over ()::bigint as beds_in_all,
    -- What rests on a list that is still to be checked.
    (count(*) filter (where to_check) over ())::int as listed, (count(beds_total) filter (where to_check) over ())::int as reported_listed,
    (sum(beds_total) filter (where to_check) over ())::bigint as beds_listed,
    date, date_precision, date_inferred, date_label, source_id, quote as evidence
from inside
order by beds_total desc nulls last, sort_order, institution_id
limit $count
