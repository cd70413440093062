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
RECORDS = {
    "day": "日期",
    "lane": "类",
    "kind_title": "种类",
    "title": "事件或文件",
    "place_text": "地点",
    "parties": "参与方",
    "planned": "计划",
    "source_title": "来源",
}
CHANGES = {"number": "序号", "kind": "类", "sentence": "可以直接读出的说法", "publisher": "来源"}
DOCUMENTS = {
    "number": "序号",
    "title": "文件",
    "document_number": "文号",
    "issuer": "发文机构",
    "day": "日期",
    "kind": "种类",
    "status_title": "状态",
    "source_title": "来源",
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
UNDER_TIMELINE = [
    "实心已发生，空心为计划与目标；同一类里日期相近的上下错开",
    "未注明日期的只在表中",
    "选定城市后列该市（含所辖区县）参与的和在该市举行的",
]
UNDER_CHANGES = [
    "签约由协议列一次，不再列同一次签约的事件",
    "“截至某日”的签署在该日以前，日期未知，不算这段时间新签",
    "公开资料未载的变化、未注明日期的协议与文件不在其中；含外省做法参考和不专为养老的",
]
UNDER_DOCUMENTS = ["状态为来源所写", "不随种类变化"]
