-- 机构名录的每个筛选有哪些选项？（真实与演示名单各有自己的字样，从不混用）
-- Rows: one per filter and word
with listed as materialized (
    select type_word, ownership_word, medical_word, care_words, list_words from finder_institutions where in_delta and demo = $demo
),
used as (
    select distinct 'type' as facet, type_word as word from listed
    union all
    select distinct 'ownership', ownership_word from listed
    union all
    select distinct 'medical', medical_word from listed
    union all
    select distinct 'care', unnest(care_words) from listed
    union all
    select distinct 'list', unnest(list_words) from listed
),
known as (
    select facet, word, rank from institution_classes
    union all
    select facet, word, 50 from used where (facet, word) not in (select (facet, word) from institution_classes)
)
select facet, word, rank
from known
order by facet, rank, word
