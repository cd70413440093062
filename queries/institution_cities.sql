-- 符合条件的机构按城市各有多少家、多少张床位？
-- Rows: one per city
with found as (
    select
        city_code, count(*)::int as institutions, sum(beds_total)::bigint as beds, count(beds_total)::int as reported, bool_or(demo) as demo,
        list(distinct source_id order by source_id) as source_ids, min(quote) as evidence
    from institutions_matching($demo, $words, $insured, $as_of, $chosen)
    where misses = 0 and city_code is not null
    group by city_code
)
select
    p.place_code, p.short_name, f.institutions as value, f.institutions, f.beds, f.reported,
    case
        when f.institutions is null then format(E'{}：没有符合条件的机构', p.short_name)
        else format(E'{}：{:,}家\n{:,}家上报总床位{:,}张', p.short_name, f.institutions, f.reported, coalesce(f.beds, 0))
    end as hover,
    coalesce(f.demo, $demo) as demo,
    f.source_ids,
    coalesce(f.evidence, '无符合条件的机构') as evidence
from places as p
left join found as f on f.city_code = p.place_code
where p.in_delta and p.valid_to_year is null and (p.level = 'city' or p.place_code = '310000')
order by p.sort_order, p.place_code
