-- 每份协议的合作内容对应2021年五个共享平台中的哪几个？没有对应的记“未归入平台”
-- Rows: one per agreement and platform
select distinct a.agreement_id, coalesce(f.platform, '未归入平台') as platform
from agreements as a
left join agreement_fields as f using (agreement_id)
