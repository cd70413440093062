-- 已签约的公布数里，按名称可知的有多少？（同一报道点名的，与各来源合计点名的）
-- Rows: one per unit
with named as (
    select
        ap.place_code, p.level = 'district' as in_shanghai, s.participation, a.date as named_on, a.source_id, a.quote, p.short_name, p.sort_order
    from agreement_stages as s
    join agreements as a using (agreement_id)
    join agreement_parties as ap using (agreement_id)
    join places as p using (place_code)
    where p.in_delta and p.level in ('district', 'city', 'county') and ap.party_kind in ('district', 'city', 'county')
        and (s.participation or (s.counts_as_signed and exists (
            select 1 from place_pairs as pp where pp.agreement_id = s.agreement_id and pp.in_matrix and ap.place_code in (pp.first_code, pp.second_code)
        )))
        and (a.date is null or a.date <= $as_of)
),
units as (
    select 'signed_districts' as indicator_code, '上海的区' as unit_title, true as in_shanghai
    union all
    select 'signed_places', '三省的市（区县）', false
),
announced as (
    select indicator_code, max_by(struct_pack(value := value, date := date, source_id := source_id, quote := quoted), date) as claim
    from observations
    join claim_evidence using (observation_id)
    where place_code = 'YRD' and shown and kind = 'actual' and date <= $as_of
        and indicator_code in ('signed_districts', 'signed_places')
        -- The report that names some of them speaks of the end of 2020; later counts are another set.
        and date <= (select max(a.date) from agreements as a join agreement_stages as s using (agreement_id) where s.participation)
    group by indicator_code
),
together as (
    -- Whoever signed after the day of the announcement cannot be among those it counts.
    select
        u.unit_title, u.indicator_code, announced.claim, n.place_code, n.short_name, n.sort_order, n.participation, n.source_id, n.quote,
        coalesce(n.named_on <= coalesce(announced.claim.date, $as_of), false) as by_then
    from units as u
    left join announced using (indicator_code)
    left join named as n using (in_shanghai)
)
select
    unit_title, claim.value::int as announced, claim.date as date, 'by_date' as date_precision, null as date_label, false as date_inferred,
    (count(distinct place_code) filter (where participation and by_then))::int as named_in_report,
    (count(distinct place_code) filter (where by_then))::int as named,
    array_to_string(list_transform(list_sort(list(distinct {place_order: sort_order, short_name: short_name}) filter (where by_then)), lambda x: x.short_name), '、') as names,
    array_to_string(list_transform(list_sort(list(distinct {place_order: sort_order, short_name: short_name}) filter (
        where place_code not in (select t.place_code from together as t where t.by_then and t.place_code is not null))), lambda x: x.short_name), '、') as later_names,
    list_sort(list_distinct(list_filter(list_append(list(source_id), claim.source_id), lambda x: x is not null))) as source_ids,
    concat_ws('；', claim.quote, string_agg(distinct quote, '；' order by quote)) as evidence
from together
group by unit_title, indicator_code, claim
order by indicator_code
