-- 哪些数字有部门核定，怎样写，出自哪些来源？
-- Rows: one per confirmed claim
select observation_id, figure, confirmed_words, evidence, differs, source_ids
from confirmed_claims
order by observation_id
