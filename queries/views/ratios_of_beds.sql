-- 各地每千名老人有多少张床位？床位取最近一条，四种分母各取年份最近的一条；相差不过三年的才排名
-- Rows: one per place, bed definition and denominator
with beds as (
    select o.place_code, o.indicator_code, o.value, o.qualifier, o.date, o.date_precision, o.date_label, o.date_inferred, o.source_id, c.quoted as quote, w.amount, o.kind
    from observations as o
    join claim_evidence as c using (observation_id)
    join claim_words as w using (observation_id)
    join places as p using (place_code)
    where o.indicator_code in ('beds_eldercare', 'beds_institution') and o.shown and o.date is not null and o.kind in ('actual', 'derived') and p.in_delta
    qualify row_number() over (partition by o.place_code, o.indicator_code order by o.date desc, o.observation_id) = 1
),
denominators as (
    select column0 as indicator_code, column1 as base, column2 as denominator, column3 as number
    from (values ('pop_60plus', '户籍', '户籍60岁及以上', 1), ('pop_65plus', '户籍', '户籍65岁及以上', 2), ('pop_60plus', '常住', '常住60岁及以上', 3), ('pop_65plus', '常住', '常住65岁及以上', 4)) as listed (column0, column1, column2, column3)
),
counted as (
    select place_code, indicator_code, base, value, qualifier, date, date_inferred, source_id, evidence as words, observation_id, amount, kind
    from observations
    join claim_evidence using (observation_id)
    join claim_words using (observation_id)
    where shown and kind in ('actual', 'derived') and indicator_code in ('pop_60plus', 'pop_65plus')
    union all
    -- The census of the delta is the sum of its cities.
    select place_code, 'pop_' || age || 'plus', '常住', elders, null, make_date(year, 11, 1), false, source_id, evidence, place_code || year || age, format('{:,}人', elders), 'actual'
    from population_shares
    where place_code = 'YRD' and age in (60, 65)
),
-- The claim of the same place and base nearest in time.
elders as (
    select b.place_code, b.indicator_code, d.denominator, e.value, e.qualifier, e.date, e.date_inferred, e.source_id, e.words, e.amount, e.kind
    from beds as b
    cross join denominators as d
    join counted as e
        on e.place_code = b.place_code and e.indicator_code = d.indicator_code and e.base = d.base
    qualify row_number() over (partition by b.place_code, b.indicator_code, d.denominator order by abs(datediff('day', e.date, b.date)), e.observation_id) = 1
),
-- The ratio that a source of the same day prints itself: beside ours, its denominator is its own.
stated as (
    select place_code, date, value, source_id, quoted as quote
    from observations
    join claim_evidence using (observation_id)
    where indicator_code = 'beds_per_1000_60plus' and shown and kind = 'actual' and date is not null
),
ratios as (
    select
        b.place_code, b.indicator_code, p.short_name, p.level, p.sort_order, d.denominator, d.number,
        b.value::bigint as beds, b.qualifier, b.date, b.date_precision, b.date_label, b.date_inferred,
        e.value::bigint as elders, e.qualifier as elders_qualifier, e.date as elders_date, year(e.date)::int as elders_year, year(b.date)::int as beds_year,
        1000.0 * b.value / nullif(e.value, 0) as value, st.value as stated,
        -- What we reckoned says so wherever it stands.
        b.amount || if(b.kind = 'derived', '（推算）', '') as bed_words, e.amount || if(e.kind = 'derived', '（推算）', '') as elder_words,
        -- So does a year that the source does not print.
        concat(if(b.date_inferred, '，床位年份为推断', ''), if(e.date_inferred, '，老人年份为推断', '')) as inferred,
        year(b.date) || '年' || if(b.date_inferred, '，推断', '') as beds_year_words, year(e.date) || '年' || if(e.date_inferred, '，推断', '') as elders_year_words,
        concat(if(b.kind = 'derived', '，床位数为推算', ''), if(e.kind = 'derived', '，老人数为推算', '')) as reckoned,
        -- The beds first: they are what is drawn.
        [b.source_id] || list_sort(list_distinct(list_filter([e.source_id, st.source_id], lambda x: x <> b.source_id))) as source_ids,
        concat_ws('；', '床位：' || b.quote, '分母：' || e.words, '来源另载：' || st.quote) as evidence
    from beds as b
    cross join denominators as d
    join places as p on p.place_code = b.place_code
    left join elders as e on e.place_code = b.place_code and e.indicator_code = b.indicator_code and e.denominator = d.denominator
    left join stated as st on st.place_code = b.place_code and st.date = b.date
),
worded as (
    select
        place_code, indicator_code, short_name, level, sort_order, denominator, number, beds, qualifier, date, date_precision, date_label, date_inferred,
        beds_year, elders, elders_year, value, stated, bed_words, elder_words, inferred, beds_year_words, elders_year_words, reckoned, source_ids, evidence,
        -- A bound of one number is a bound of the ratio: 7,000多张 give 以上, 超过4,746万人 give 不足.
        case
            when qualifier is null and elders_qualifier is null then format('{:.1f}张', value)
            when (qualifier in ('多', '余', '以上', '超过', '不少于') and elders_qualifier is null) or (qualifier is null and elders_qualifier in ('近', '不足'))
                then format('{:.1f}张以上', floor(value * 10) / 10)
            when (qualifier is null and elders_qualifier in ('多', '余', '以上', '超过', '不少于')) or (qualifier in ('近', '不足') and elders_qualifier is null)
                then format('不足{:.1f}张', ceil(value * 10) / 10)
            else format('约{:.1f}张', value)
        end as ratio_words,
        case when beds_year = elders_year or elders_year is null then beds_year || '年' else format('{}年床位÷{}年老人', beds_year, elders_year) end || inferred as years_words,
        -- A rank needs both numbers within three years of each other, and the beds of all that are ranked within three years; an inferred year counts and says so.
        value is not null and abs(beds_year - elders_year) <= 3 as near
    from ratios
),
placed as (
    select
        place_code, indicator_code, denominator,
        rank() over (partition by indicator_code, denominator, level order by value desc)::int as rank,
        count(*) over peers as ranked,
        max(beds_year) over peers - min(beds_year) over peers <= 3 as comparable
    from worded
    where near
    window peers as (partition by indicator_code, denominator, level)
),
-- The delta's ratio lies between those of its provinces, unless it counts more or less than they do; a tenth is left to years apart.
provinces as (
    select indicator_code, denominator, min(value) as lowest, max(value) as highest
    from worded
    where level = 'province' and value is not null
    group by indicator_code, denominator
)
select
    w.place_code, w.indicator_code, w.short_name, w.level, w.sort_order, w.denominator, w.number, w.beds, w.qualifier,
    w.date, w.date_precision, w.date_label, w.date_inferred, w.beds_year, w.elders, w.elders_year, w.value, w.stated, w.bed_words, w.elder_words, w.ratio_words, w.years_words, w.inferred, w.elders_year_words, w.reckoned,
    case when p.comparable and p.ranked > 1 then p.rank end as rank,
    case when p.comparable and p.ranked > 1 then p.ranked end::int as ranked,
    case
        when w.level = 'region' and w.value > 1.1 * v.highest then '与各省数不能对应，口径可能更宽，不比较'
        when w.level = 'region' and w.value < 0.9 * v.lowest then '与各省数不能对应，口径可能更窄，不比较'
    end as note,
    format('{}（{}）', w.short_name, w.years_words) as label,
    coalesce(w.ratio_words || coalesce(format('（来源另载{}张）', regexp_replace(format('{:,.1f}', w.stated), '\.0$', '')), ''), '未载') as words,
    coalesce(format(E'{}：每千名{}{}\n床位{}，{}；分母{}，{}', w.short_name, w.denominator, w.ratio_words, w.bed_words, w.beds_year_words, w.elder_words, w.elders_year_words),
        w.short_name || '：' || w.denominator || '未载') || coalesce(format(E'\n来源另载每千名老人{}张，分母为来源自己的', regexp_replace(format('{:,.1f}', w.stated), '\.0$', '')), '') as hover,
    w.source_ids, w.evidence
from worded as w
left join placed as p using (place_code, indicator_code, denominator)
left join provinces as v on v.indicator_code = w.indicator_code and v.denominator = w.denominator
