"""Column titles of the tables of the section 协作 (question column → what a reader sees), and what stands under its exhibits."""

MATRIX = {
    "district_name": "上海的区",
    "partner_label": "对方",
    "title": "协议、结对与活动",
    "stage_title": "阶段",
    "day": "日期",
    "quiet_words": "动态",
}
DOSSIER = {
    "part": "类别",
    "day": "日期",
    "words": "内容",
    "detail": "说明",
    "evidence": "原文摘录",
    "source_title": "来源",
}
QUESTIONS = {"title": "协议、结对与活动", "question": "问题", "detail": "说明"}
PLACE_STATUS = {
    "label": "地区",
    "first_pilot": "首批试点",
    "signed": "签约",
    "other_links": "其他联系",
    "note": "说明",
}
PLACES = {
    "label": "地区",
    "stage_title": "阶段",
    "partners": "已签约的对方",
    "paired_partners": "已结对",
    "other_contacts": "意向或共同活动",
    "signed_agreements": "与上海各区已签协议（份）",
    "other_agreements": "其他协议与合作（含所辖区县）",
    "events": "协作动态（条）",
    "latest_words": "最近公开动态（不计旅游专列与线路）",
}
CLAIMS = {
    "indicator_title": "指标",
    "value": "数值",
    "qualifier": "限定词",
    "day": "日期",
    "kind_words": "性质",
    "counting_rule": "计数口径",
}
PARTICIPATION = {"indicator_title": "指标", "value": "数值", "day": "日期"}
NAMED = {
    "unit_title": "单位",
    "announced": "公布签署（个）",
    "named_in_report": "同一报道点名（个）",
    "named": "各来源合计点名（个）",
    "names": "点名的是",
    "later_names": "公布日以后签署或日期未知的",
}
OTHERS = {
    "kind": "类别",
    "title": "协议、结对与活动",
    "parties": "参与方",
    "stage_title": "阶段",
    "day": "日期",
    "quiet_words": "动态",
}
CITY_PAIRS = {
    "city_pairs": "市县之间的对",
    **{name: title for name, title in OTHERS.items() if name != "kind"},
}
QUIET = {
    "title": "协议",
    "parties": "参与方",
    "stage_title": "阶段",
    "latest_words": "最近公开动态",
    "quiet_words": "动态",
}
EXCHANGE = {"title": "协议", "parties": "一方", "gives": "提供", "receives": "获得", "day": "日期"}
PORTABILITY = {
    "origin": "参保地",
    "destination": "服务地",
    "state": "政策状态",
    "words": "内容",
    "conditions": "条件",
    "amounts": "标准",
    "day": "日期",
}
SETTLED = {
    "origin": "参保地",
    "destination": "服务地",
    "scheme_title": "待遇",
    "day": "期间止",
    "cases_words": "结算件数（件）",
    "note": "说明",
}
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

LEAD = "上海16个区与三省市（区县）的协作：谁与谁、处于哪一阶段、哪些还是空白。空格为公开资料未载。标题不随筛选变化。"
NO_SETTLED = "各参保地、各服务地的结算件数公开资料未载，不表示没有结算。"
# What a reader must know beside a picture or table.
UNDER_MATRIX = [
    "多方协议出现在它的每一格，只计一次",
    "空格与表中的空行：点名这两地的协议、结对与共同活动公开资料未载，不表示没有合作",
    "市与市之间的见下表“市县之间”",
    "公布的签约区数没有逐一列名，未被点名的区是否在内未知",
]
UNDER_MAP = [
    "只画与上海各区的往来：实线已签约或已结对，虚线意向，点线共同活动；小点为县（市、区）",
    "未被点名不表示没有往来：公布的签约、参与数没有逐一列名",
    "各地的颜色不随城市与平台筛选变化，连线随筛选变化；动态含在当地举行的",
]
UNDER_SERIES = [
    "2021年3月另一来源称14个区与“20多个地市”：只数地级市，单位不同，不与27个市（区县）连线",
    "“签署”与“对接”不是一个词，市（区县）与城市不是一个单位，不相减；是否达到目标公开资料未载",
    "2019年的空心点是首批试点（参与），不是签约，不与签约数连线",
    "不随城市与平台筛选变化",
]
UNDER_NAMED = [
    "点名的是否计入公布数，来源没有写明，所以三根柱分开，不作比例",
    "公布日以后才签署的另列，不随城市与平台筛选变化",
]
UNDER_CITY_PAIRS = ["三方协议里的市与市之间也在此列出"]
UNDER_OTHERS = ["市县之间的见矩阵下的表；省内的与旅居的见“旅居网络”"]
UNDER_EXCHANGE = ["只列来源写明的", "不随城市与平台筛选变化"]
UNDER_PORTABILITY = [
    "政策状态，不是结算件数；件数公开资料未载；状态为本项目所归",
    "不随城市与平台筛选变化",
]
UNDER_QUIET = [
    "公开资料未载不等于没有往来",
    "一份协议的动态是它的签署、后续事件与文本，不含各地自己的动态",
]
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
