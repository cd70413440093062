-- 每个筛选项之下各有多少家机构（其余条件照旧）？公开资料未载也是一项
-- Rows: one per filter and word
with found as materialized (
    select
        province_code, city_code, county_code, type_word, ownership_word, size_word, price_word, care_words, medical_word, list_words, opened_word, open_word, available_word, portability_word,
        province_ok, city_ok, county_ok, type_ok, ownership_ok, size_ok, price_ok, care_ok, medical_ok, list_ok, opened_ok, open_ok, available_ok, portability_ok, misses
    from institutions_matching($demo, $words, $insured, $as_of, $chosen)
    where misses <= 1
),
counted as (
    -- Of the places only the unknown: the others are too many to stand under a filter.
    select 'province' as facet, '未载' as word, count(*) as institutions from found
    where misses = (not province_ok)::int and province_code is null having count(*) > 0
    union all
    select 'city', '未载', count(*) from found where misses = (not city_ok)::int and city_code is null having count(*) > 0
    union all
    select 'county', '未载', count(*) from found where misses = (not county_ok)::int and county_code is null having count(*) > 0
    union all
    select 'type', type_word, count(*) from found where misses = (not type_ok)::int group by all
    union all
    select 'ownership', ownership_word, count(*) from found where misses = (not ownership_ok)::int group by all
    union all
    select 'size', size_word, count(*) from found where misses = (not size_ok)::int group by all
    union all
    select 'price', price_word, count(*) from found where misses = (not price_ok)::int group by all
    union all
    select 'care', word, count(*) from (select unnest(care_words) as word from found where misses = (not care_ok)::int) group by all
    union all
    select 'medical', medical_word, count(*) from found where misses = (not medical_ok)::int group by all
    union all
    select 'list', word, count(*) from (select unnest(list_words) as word from found where misses = (not list_ok)::int) group by all
    union all
    select 'opened', opened_word, count(*) from found where misses = (not opened_ok)::int group by all
    union all
    select 'open', open_word, count(*) from found where misses = (not open_ok)::int group by all
    union all
    select 'available', available_word, count(*) from found where misses = (not available_ok)::int group by all
    union all
    select 'portability', portability_word, count(*) from found where misses = (not portability_ok)::int group by all
)
select n.facet, n.word, n.institutions::int as institutions, coalesce(c.rank, 50) as rank
from counted as n
left join institution_classes as c using (facet, word)
order by n.facet, coalesce(c.rank, 50), n.institutions desc, n.word
