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
    l.date, l.date_precision, l.date_inferred, l.date_label, coalesce(m.source_id, l.source_id) as source_id, coalesce(m.quote, l.quote) as evidence, m.note
from institution_lists as l
left join institution_list_members as m on m.list_id = l.list_id and m.institution_id = $institution
where not (select demo from asked)
union all
select unnest(list_words), null, '演示', true, date, date_precision, false, null, source_id, quote, null
from asked
where demo
order by batch nulls last, list_title
