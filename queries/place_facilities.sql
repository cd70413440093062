-- 一个地区已知的床位、机构与设施数字有哪些？（含未注明日期的）
-- Rows: one per shown claim
select
    o.observation_id, o.indicator_code, i.topic, i.title as indicator_title, i.unit, o.value, o.value_text, o.qualifier, o.kind,
    o.date, o.date_precision, o.date_label, o.date_inferred, o.break_note, i.definition,
    -- What a reader must know before comparing this value with its neighbours.
    nullif(concat_ws('；', o.break_note, u.words), '') as beside,
    c.evidence, o.source_id, s.title as source_title
from observations as o
join claim_evidence as c using (observation_id)
join indicators as i using (indicator_code)
join sources as s using (source_id)
left join unlike_parts($place, $as_of) as u on u.indicator_code = o.indicator_code and u.base = o.base and o.kind not in ('target', 'plan', 'unclear')
where o.place_code = $place and o.shown and i.topic in ('床位', '机构', '设施')
    -- On a day before the data's own only what is dated until then.
    and (o.date <= $as_of or $as_of >= (select as_of from release))
-- The newest claim of an indicator; targets stand beside it.
qualify row_number() over (partition by o.indicator_code, o.kind in ('target', 'plan', 'unclear') order by o.date desc nulls last, o.observation_id) = 1
order by case i.topic when '床位' then 1 when '机构' then 2 else 3 end, i.indicator_code, o.date, o.observation_id
