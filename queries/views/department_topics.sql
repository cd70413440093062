-- 每个主题向哪个主管部门商请、请其在哪张表里回复什么？规则只在此处；普查人口不向四部门商请
-- Rows: one per topic and department
select topic, department, number, table_name, indicator_code, base, in_grid
from (
    values
        ('年度人口', '民政', 1, 'observations', 'pop_60plus', '户籍', true),
        ('床位', '民政', 2, 'observations', 'beds_institution', null, true),
        ('机构', '民政', 3, 'observations', 'institutions', null, true),
        ('机构', '卫健', 4, 'observations', 'medical_care_integrated', null, true),
        ('设施', '民政', 5, 'observations', 'community_facilities', null, true),
        ('长护险', '医保', 6, 'observations', 'ltci_served', null, true),
        ('协议', '民政', 7, 'agreements', null, null, true),
        ('其他往来', '民政', 8, 'agreements', null, null, true),
        ('名单', '民政', 9, 'institution_lists', null, null, true),
        ('动态', '民政', 10, 'events', null, null, true),
        -- Of subsidies used elsewhere no place has a public rule, so no column of the coverage speaks of them.
        ('养老服务补贴异地使用办法', '财政', 11, 'events', null, null, false)
) as listed (topic, department, number, table_name, indicator_code, base, in_grid)
