-- 这些协议还有哪些待核？（由数据算出）
-- Rows: one per agreement and question
with asked as (
    select agreement_id, 1 as question_order, '对方未写' as question, '汇总报道点名，没有写与谁签署' as detail
    from agreement_stages where counterpart_unknown
    union all
    select ap.agreement_id, 2, '参与方未全部点名', string_agg(ap.name, '、' order by ap.party_no)
    from agreement_parties as ap where not ap.known group by ap.agreement_id
    union all
    select s.agreement_id, 3, '意向、结对等是否签有协议', '来源的说法归为：' || s.status_title
    from agreement_stages as s where s.stage in ('intent', 'joint_activity', 'paired')
    union all
    select s.agreement_id, 4, '协议文本公开资料未载', '文件登记中没有这份协议的文本'
    from agreement_stages as s
    where s.counts_as_signed and not exists (
        select 1 from documents as d where d.agreement_id = s.agreement_id and d.status = 'issued' and (d.date is null or d.date <= $as_of)
    )
    union all
    select agreement_id, 5, '未注明日期', coalesce(date_label, '来源没有写签署日期') from agreements where date is null
    union all
    select agreement_id, 6, '日期为推断', coalesce(note, '来源没有印出年份') from agreements where date_inferred
    union all
    select s.agreement_id, 7, '项目与成果公开资料未载', '已签约，没有找到写明项目或成果的来源'
    from agreement_stages as s join reached($as_of) as r using (agreement_id) where s.counts_as_signed and r.stage = 'signed'
    union all
    select s.agreement_id, 8, q.quiet_words, format('这一项最近的公开动态：{}', q.latest_words)
    from quiet($as_of) as q join agreement_stages as s on s.agreement_id = q.subject
    where q.quiet and s.stage <> 'summary'
    union all
    select a.agreement_id, 9, '只见媒体、转载或二手来源', s.source_class from agreements as a join sources as s using (source_id) where a.confidence <> 'official'
)
select q.agreement_id, a.title, q.question, q.detail, a.quote as evidence, a.source_id
from asked as q
join agreements as a using (agreement_id)
where list_contains($agreements, q.agreement_id)
order by q.agreement_id, q.question_order
