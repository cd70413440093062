-- 这家机构在哪几批名单里？没有入选记录的批次也列出
-- Rows: one per list
with asked as (
    select demo, institution_id, list_words, date, date_precision, source_id, quote from finder_institutions where institution_id = $institution
)
select
    l.title as list_title, l.batch, case
        when m.institution_id is null then '入选记录未载'
        when m.list_words is null then '入选'
        else format('来源写“{}”，是否这份名单未写明', m.list_words)
    end as membership, false as demo,
    m.list_words,
    -- Which list the source means is not certain: then the day is the source's own.
    if(m.list_words is null, l.date, i.date) as date, if(m.list_words is null, l.date_precision, i.date_precision) as date_precision,
    if(m.list_words is null, l.date_inferred, i.date_inferred) as date_inferred, if(m.list_words is null, l.date_label, i.date_label) as date_label, coalesce(m.source_id, l.source_id) as source_id, coalesce(m.quote, l.quote) as evidence, m.note
from institution_lists as l
left join institution_list_members as m on m.list_id = l.list_id and m.institution_id = $institution
left join institutions as i on i.institution_id = m.institution_id
where not (select demo from asked)
union all
select unnest(list_words), null, '演示', true, null, date, date_precision, false, null, source_id, quote, null
from asked
where demo
order by batch nulls last, list_title
