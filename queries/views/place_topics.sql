-- 每个地区在每个主题上有哪些公开记录？规则只在此处：只看显示的、有数值的主张，目标、计划与收费案例不算，单家机构的床位、一年内新增的床位、各种社会福利收养性单位的床位不算一个地方的养老床位，只有比率的另行标出
-- Rows: one per record
select
    o.place_code,
    case when i.topic = '人口' then case when o.boundary_year is not null then '普查人口' else '年度人口' end else i.topic end as topic,
    o.observation_id as record_id, year(o.date)::int as year, i.topic = '床位' and i.measure = 'ratio' as ratio, o.source_id
from observations as o
join indicators as i using (indicator_code)
where o.shown and o.kind not in ('target', 'plan', 'unclear', 'policy', 'example', 'price') and (i.topic in ('床位', '机构', '设施', '长护险') or (i.topic = '人口' and o.base <> '不适用'))
    and i.indicator_code not in ('single_home_beds', 'single_home_sojourn_beds', 'farmstay_beds', 'welfare_units', 'welfare_beds', 'centenarians', 'beds_new', 'beds_new_public', 'beds_dementia_new')
union all
select distinct p.place_code, '协议', a.agreement_id, year(a.date)::int, false, a.source_id
from agreements as a
join agreement_stages as s using (agreement_id)
join agreement_parties as p using (agreement_id)
where s.counts_as_signed and p.place_code is not null
union all
-- Named in a report of who has signed, paired or active together: no agreement of the place.
select distinct p.place_code, '其他往来', a.agreement_id, year(a.date)::int, false, a.source_id
from agreements as a
join agreement_stages as s using (agreement_id)
join agreement_parties as p using (agreement_id)
where not s.counts_as_signed and s.stage not in ('summary', 'intent') and p.place_code is not null
union all
select distinct lp.place_code, '名单', lp.list_id, year(l.date)::int, false, lp.source_id
from institution_list_places as lp
join institution_lists as l using (list_id)
union all
select distinct ep.place_code, case e.category when 'ltci' then '长护险' else '动态' end, e.event_id, year(e.date)::int, false, e.source_id
from cooperation_events as e
join event_places as ep using (event_id)
union all
select insured_code, '长护险', policy_id, year(date)::int, false, source_id from portability_policies where statement = 'rule'
