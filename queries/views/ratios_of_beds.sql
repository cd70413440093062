-- 各地每千名老人有多少张床位？床位取最近一条，四种分母各取年份最近的一条
-- Rows: one per place, bed definition and denominator
with beds as (
    select o.place_code, o.indicator_code, o.value, o.qualifier, o.date, o.date_precision, o.date_label, o.date_inferred, o.source_id, o.quote
    from observations as o
    join places as p using (place_code)
    where o.indicator_code in ('beds_eldercare', 'beds_institution') and o.shown and o.date is not null and o.kind in ('actual', 'derived') and p.in_delta
    qualify row_number() over (partition by o.place_code, o.indicator_code order by o.date desc, o.observation_id) = 1
),
denominators as (
    select column0 as indicator_code, column1 as base, column2 as denominator, column3 as number
    from (values ('pop_60plus', '户籍', '户籍60岁及以上', 1), ('pop_65plus', '户籍', '户籍65岁及以上', 2), ('pop_60plus', '常住', '常住60岁及以上', 3), ('pop_65plus', '常住', '常住65岁及以上', 4)) as listed (column0, column1, column2, column3)
),
counted as (
    select place_code, indicator_code, base, value, date, source_id, coalesce(quote, source_table || ' ' || source_row || '：' || formula) as words, observation_id
    from observations
    where shown and kind in ('actual', 'derived') and indicator_code in ('pop_60plus', 'pop_65plus')
    union all
    -- The census of the delta is the sum of its cities.
    select place_code, 'pop_' || age || 'plus', '常住', elders, make_date(year, 11, 1), source_id, evidence, place_code || year || age
    from population_shares
    where place_code = 'YRD' and age in (60, 65)
),
-- The claim of the same place nearest in time; more than five years away it says nothing about these beds.
elders as (
    select b.place_code, b.indicator_code, d.denominator, e.value, e.date, e.source_id, e.words
    from beds as b
    cross join denominators as d
    join counted as e
        on e.place_code = b.place_code and e.indicator_code = d.indicator_code and e.base = d.base
        and abs(datediff('day', e.date, b.date)) <= 1827
    qualify row_number() over (partition by b.place_code, b.indicator_code, d.denominator order by abs(datediff('day', e.date, b.date)), e.observation_id) = 1
),
ratios as (
    select
        b.place_code, b.indicator_code, p.short_name, p.level, p.sort_order, d.denominator, d.number,
        b.value::bigint as beds, b.qualifier, b.date, b.date_precision, b.date_label, b.date_inferred,
        e.value::bigint as elders, e.date as elders_date, year(e.date)::int as elders_year, year(b.date)::int as beds_year,
        1000.0 * b.value / nullif(e.value, 0) as value,
        -- The beds first: they are what is drawn.
        [b.source_id] || list_filter([e.source_id], lambda x: x <> b.source_id) as source_ids,
        concat_ws('；', '床位：' || b.quote, '分母：' || e.words) as evidence
    from beds as b
    cross join denominators as d
    join places as p on p.place_code = b.place_code
    left join elders as e on e.place_code = b.place_code and e.indicator_code = b.indicator_code and e.denominator = d.denominator
)
select
    place_code, indicator_code, short_name, level, sort_order, denominator, number, beds, qualifier, date, date_precision, date_label, date_inferred, beds_year, elders, elders_year, value,
    -- Ranked among places of the same level only: a county says nothing about a province.
    case when value is not null then rank() over (partition by indicator_code, denominator, level order by value desc nulls last) end::int as rank,
    count(value) over (partition by indicator_code, denominator, level)::int as ranked,
    format('{}（{}年）', short_name, beds_year) as label,
    coalesce(format(E'{}：每千名{}{:.1f}张\n床位{:,}张（{}年），分母{:,}人（{}年）', short_name, denominator, value, beds, beds_year, elders, elders_year),
        short_name || '：' || denominator || '未上报') as hover,
    source_ids, evidence
from ratios
