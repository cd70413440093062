-- 到某一天为止，哪些地区之间有计入签约的养老协议？（只说有协议，不表示待遇可以异地使用）
-- Rows: one per place and paired place
-- Arguments: day
with signed as (
    select p.first_code, p.second_code
    from place_pairs as p
    join reached(day) as r using (agreement_id)
    join agreement_stages as s using (agreement_id)
    join agreements as a using (agreement_id)
    where s.counts_as_signed and a.eldercare_specific
)
select first_code as place_code, second_code as other_code from signed
union
select second_code, first_code from signed
