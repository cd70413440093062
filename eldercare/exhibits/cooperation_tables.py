"""Column titles of the tables of the section 协作 (question column → what a reader sees), and what stands under its exhibits."""

MEMBERS = {"short_name": "省区市", "joined": "签约", "bases": "示范基地（家）", "titles": "协议"}
NAMED_BASES = {"number": "序号", "city": "城市", "name": "名称"}
SLOTS = {
    "group_no": "组",
    "role_title": "一方",
    "name": "名称",
    "state_title": "来源点名情况",
    "note": "说明",
}
TIES = {
    "row_title": "协议与合作",
    "province": "省区市",
    "here": "参与方",
    "stage_title": "阶段",
    "day": "日期",
    "quiet_words": "动态",
}
BEYOND = {
    "network_title": "网络",
    "title": "协议与合作",
    "parties": "参与方",
    "stage_title": "阶段",
    "day": "日期",
    "scope": "范围",
    "quiet_words": "动态",
}
FIGURES = {
    "place_label": "地区",
    "indicator_title": "指标",
    "amount": "数值",
    "day": "日期",
    "note": "说明",
}
BASES = {
    "category": "类别",
    "name": "名称",
    "place_label": "地区",
    "indicator_title": "规模指标",
    "amount": "数值",
    "kind_title": "性质",
    "day": "日期",
    "note": "说明",
}

# What a reader must know beside a picture or table.
UNDER_MEMBERS = [
    "合计为先签各省区之和，吉林是签约方而没有家数；后签的五省市基地数公开资料未载；两份协议的合并说法不另计一份",
    "旅居养老（季节性）不是异地养老；广东是外省做法参考",
    "不随城市与平台筛选变化",
]
UNDER_SLOTS = [
    "空框是来源没有点名的一方，不表示没有签约",
    "拟签不是签约",
    "来源没有写如何分组：组与次序为本项目所排；点名的企业属于哪一组未写，不填入框内",
    "是否属于拟签的各组而来源未写明的，列在各组之下，不占各组的位置",
    "不随城市与平台筛选变化",
]
UNDER_TIES = ["横线连着同一份协议的各方，市和区记在所属省份", "未点名的各方不画"]
