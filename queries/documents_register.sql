-- 有哪些文件：标题、文号、发文机构、日期、状态？
-- Rows: one per document
select
    row_number() over (order by d.date desc nulls last, d.document_id)::int as number,
    d.document_id, d.title, d.issuer, d.number as document_number, d.kind, case d.status when 'issued' then '已印发或已签' when 'planned' then '拟定' else '未注明' end as status_title,
    p.label as place_label, d.agreement_id, d.date, d.date_precision, d.date_label, d.date_inferred, d.note, s.title as source_title, d.quote as evidence, d.source_id
from documents as d
join sources as s using (source_id)
left join places as p using (place_code)
where (case when d.status = 'planned' or d.date is null then not coalesce(s.published > $as_of, false) else d.date <= $as_of end)
    and ($everywhere or exists (select 1 from place_cities as c where c.place_code = d.place_code and list_contains($cities, c.city_code)))
    and ($party = '' or exists (select 1 from place_ancestors as up where up.place_code = d.place_code and up.ancestor_code = $party))
    and (exists (select 1 from agreement_platforms as f where f.agreement_id = d.agreement_id and list_contains($platforms, f.platform))
        or (d.agreement_id is null and list_contains($platforms, '未归入平台')))
order by d.date desc nulls last, d.document_id
