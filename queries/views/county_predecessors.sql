-- 撤县设市（区）或改属的县（市、区），2010年普查时叫什么？只有一个前身、自己没有2010年数的才算；面积有变的写明
-- Rows: one per county of 2020 with one predecessor
with lineage as (
    select
        s.place_code, s.name, s.parent_code, f.place_code as former_code, f.name as former_name, f.parent_code as former_parent, f.note as former_note,
        len(string_split(f.successor_codes, ';')) > 1 as divided
    from places as f
    join places as s on list_contains(string_split(f.successor_codes, ';'), s.place_code)
    where f.level = 'county' and s.level = 'county'
    -- What several counties became has no 2010 value of one of them.
    qualify count(*) over (partition by s.place_code) = 1
)
select
    l.place_code, l.former_code, l.former_name, l.divided,
    case
        when right(l.former_name, 1) = '县' and right(l.name, 1) = '市' then '撤县设市'
        when right(l.former_name, 1) = '县' and right(l.name, 1) = '区' then '撤县设区'
        when right(l.former_name, 1) = '市' and right(l.name, 1) = '区' then '撤市设区'
        when right(l.former_name, 1) = '区' and right(l.name, 1) = '市' then '撤区设市'
        else '改属'
    end as became,
    format('{}：2010年为{}（{}）', became, l.former_name, l.former_note)
        || if(l.divided, '；面积有变', '') as mark
from lineage as l
where not exists (
    select 1 from observations as o
    where o.place_code = l.place_code and o.indicator_code = 'pop_60plus' and o.shown and o.base = '常住' and o.date = date '2010-11-01'
)
