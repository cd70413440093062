-- 更过名、迁过址的机构，从哪天到哪天叫什么、在什么地址、原名是什么？存着的名称和地址不改，写法只在此处
-- Rows: one per renamed or moved home and stretch of days
with told as (
    select e.institution_id, e.home_event_id, e.kind, e.became, e.date
    from institution_events as e
    where e.kind in ('renamed', 'moved') and e.became is not null
),
-- What a home was called and where it stood before the first of its events: its stored words, or, where a later list has
-- written the new ones there, the oldest words that were kept beside them.
earlier as (
    select
        c.institution_id, case c.field when 'name' then 'renamed' else 'moved' end as kind, arg_min(c.value_text, (c.date, c.claim_id)) as words
    from institution_claims as c
    where c.field in ('name', 'address') and c.value_text not in (select t.became from told as t where t.institution_id = c.institution_id)
    group by c.institution_id, c.field
),
-- Where nothing says what came before, the first that is known.
known as (
    select institution_id, kind, arg_min(became, (date, home_event_id)) as words from told group by institution_id, kind
),
written as (
    select institution_id, 'renamed' as kind, name as words, source_id from institutions
    union all
    select institution_id, 'moved', address, source_id from institutions
),
first_words as (
    select
        w.institution_id, w.kind,
        if(w.words in (select t.became from told as t where t.institution_id = w.institution_id and t.kind = w.kind), coalesce(e.words, n.words), w.words) as words
    from written as w
    left join earlier as e using (institution_id, kind)
    left join known as n using (institution_id, kind)
    where w.institution_id in (select institution_id from told)
),
steps as (
    select institution_id, kind, date '0001-01-01' as since, '' as home_event_id, words from first_words
    union all
    select institution_id, kind, date, home_event_id, became from told
),
days as (
    select distinct institution_id, since from steps
),
standing as (
    select
        d.institution_id, d.since,
        arg_max(s.words, (s.since, s.home_event_id)) filter (where s.kind = 'renamed') as name,
        arg_max(s.words, (s.since, s.home_event_id)) filter (where s.kind = 'moved') as address,
        list(s.words order by s.since, s.home_event_id) filter (where s.kind = 'renamed') as names
    from days as d
    join steps as s on s.institution_id = d.institution_id and s.since <= d.since
    group by d.institution_id, d.since
)
select
    s.institution_id, s.since, lead(s.since) over (partition by s.institution_id order by s.since) as until, s.name, s.address,
    nullif(array_to_string(list_filter(s.names, lambda x, n: x <> s.name and n = list_position(s.names, x)), '、'), '') as former_names,
    -- A stored point is that of the stored address.
    s.address is distinct from i.address as elsewhere
from standing as s
join institutions as i using (institution_id)
