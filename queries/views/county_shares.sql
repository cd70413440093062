-- 县（市、区）两次普查60、65、80岁及以上各多少人、占多少？各按当年区划，只能并列；撤县设市（区）的，2010年取前身的数并写明
-- Rows: one per place, census year and age limit
with printed as (
    select
        o.place_code, year(o.date)::int as year, try_cast(regexp_extract(o.indicator_code, '\d+') as int) as age,
        o.value::bigint as elders, t.value::bigint as population, 100.0 * o.value / nullif(t.value, 0) as share,
        o.boundary_year, o.break_note, o.source_id,
        format('{} {}：{}{:,}人÷{}{:,}人', o.source_table, o.source_row, i.title, o.value::bigint, '常住人口', t.value::bigint) as ground,
        concat_ws('；', ground, c.confirmed, tc.confirmed) as evidence
    from observations as o
    join claim_evidence as c using (observation_id)
    join places as p using (place_code)
    join indicators as i using (indicator_code)
    join observations as t
        on t.place_code = o.place_code and t.indicator_code = 'resident_population' and t.shown
        and t.date = o.date and t.boundary_year is not distinct from o.boundary_year
    join claim_evidence as tc on tc.observation_id = t.observation_id
    where p.level = 'county' and o.indicator_code in ('pop_60plus', 'pop_65plus', 'pop_80plus') and o.shown and o.base = '常住'
        and o.date in (date '2010-11-01', date '2020-11-01')
),
-- What a county was called in 2010, where it has one predecessor and no value of 2010 under its own code.
lineage as (
    select
        s.place_code, s.name, f.place_code as former_code, f.name as former_name, f.note as former_note,
        len(string_split(f.successor_codes, ';')) > 1 as divided,
        -- What a unit took in when it was renamed is said of it, not of what it was before.
        if(contains(s.note, '部分'), s.note, null) as gained
    from places as f
    join places as s on list_contains(string_split(f.successor_codes, ';'), s.place_code)
    where f.level = 'county' and s.level = 'county'
    -- What several counties became has no 2010 value of one of them.
    qualify count(*) over (partition by s.place_code) = 1
),
predecessors as (
    select
        l.place_code, l.former_code, l.former_name, l.divided or l.gained is not null as redrawn,
        case
            when right(l.former_name, 1) = '县' and right(l.name, 1) = '市' then '撤县设市'
            when right(l.former_name, 1) = '县' and right(l.name, 1) = '区' then '撤县设区'
            when right(l.former_name, 1) = '市' and right(l.name, 1) = '区' then '撤市设区'
            when right(l.former_name, 1) = '区' and right(l.name, 1) = '市' then '撤区设市'
            else '改属'
        end as became,
        format('{}：2010年为{}（{}）', became, l.former_name, if(l.divided, l.former_note, coalesce(l.gained, l.former_note)))
            || if(redrawn, '；面积有变', '') as mark
    from lineage as l
    where not exists (select 1 from printed as c where c.place_code = l.place_code and c.year = 2010)
)
select place_code, year, age, elders, population, share, boundary_year, break_note, source_id, evidence, null as predecessor, false as redrawn
from printed
union all
select
    f.place_code, c.year, c.age, c.elders, c.population, c.share, c.boundary_year,
    f.mark
        -- Nothing says whether an unchanged unit kept its area; a population a quarter off is a reason not to trust that it did.
        || if(not f.redrawn and abs(n.population - c.population) > c.population / 4,
            format(
                '；2020年常住人口比2010年{}{:.0f}%，面积是否有变所收资料未载',
                if(n.population > c.population, '多', '少'), 100.0 * abs(n.population - c.population) / c.population
            ), ''),
    c.source_id, c.evidence, f.former_name, f.redrawn
from predecessors as f
join printed as c on c.place_code = f.former_code and c.year = 2010
join printed as n on n.place_code = f.place_code and n.year = 2020 and n.age = c.age
