-- 哪些组合地区的组成有来源写明？由哪些地方组成，依据什么？
-- Rows: one per group
select
    group_code, any_value(group_label) as label, any_value(group_name) as short_name, any_value(group_note) as note,
    list(place_code order by sort_order) as place_codes, string_agg(short_name, '、' order by sort_order) as members,
    any_value(date) as date, any_value(date_precision) as date_precision, any_value(date_label) as date_label, any_value(date_inferred) as date_inferred,
    any_value(evidence) as evidence, any_value(source_id) as source_id
from group_members
group by group_code, network
order by network desc, group_code
