-- 这些地方在公开来源里的参与情况是什么？
-- Rows: one per status row
select
    c.status_id, p.label, c.placeholder, c.partners, c.other_links,
    case c.first_pilot when 'yes' then '2019年首批试点' when 'zone' then '一体化示范区' when 'related' then '2019年首批试点写“上海各相关区”，未点名' 
        -- No source names the districts of the first round, so of none of them can it be said.
        when 'no_mention' then (case when p.level = 'district' then unnamed.words else '2019年首批试点未提及' end)
        else unnamed.words end as first_pilot,
    case c.signed when 'yes' then '已点名签约' when 'intent' then '意向' when 'no_mention' then '未提及签约' else '签约情况未知' end as signed,
    c.note, c.quote as evidence, c.source_id
from cooperation_status as c
join places as p using (place_code)
cross join (
    select coalesce('首批试点有' || max(value)::int || '个区，未点名，是否在内未知', '首批试点的区未点名，是否在内未知') as words
    from observations
    where indicator_code = 'pilot_districts' and shown
) as unnamed
where list_contains($places, c.place_code)
order by p.sort_order, c.status_id
