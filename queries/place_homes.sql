-- 一个地区里按名称可知的养老机构有哪些，一共多少家、多少张床位？（床位多的在前）
-- Rows: one per institution
with inside as (
    select i.institution_id, i.name, i.place_label, i.ownership, i.beds_total, i.sort_order, i.date, i.date_precision, i.date_inferred, i.date_label, i.source_id, i.quote
    from finder_institutions as i
    join place_ancestors as up using (place_code)
    where up.ancestor_code = $place and not i.demo and i.in_delta
)
select
    institution_id, name, place_label, ownership, beds_total, 'institution?institution=' || url_encode(institution_id) as link,
    count(*) over ()::int as in_all, count(beds_total) over ()::int as reported, sum(beds_total) over ()::bigint as beds_in_all,
    date, date_precision, date_inferred, date_label, source_id, quote as evidence
from inside
order by beds_total desc nulls last, sort_order, institution_id
limit $count
