"""Column titles of the tables of the section 协作 (question column → what a reader sees), and what stands under its exhibits."""

from eldercare.text import _

MATRIX = {
    "district_name": _("上海的区"),
    "partner_label": _("对方"),
    "title": _("协议、结对与活动"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("动态"),
}
DOSSIER = {
    "part": _("类别"),
    "day": _("日期"),
    "words": _("内容"),
    "detail": _("说明"),
    "evidence": _("原文摘录"),
    "source_title": _("来源"),
}
QUESTIONS = {"title": _("协议、结对与活动"), "question": _("问题"), "detail": _("说明")}
PLACE_STATUS = {
    "label": _("地区"),
    "first_pilot": _("首批试点"),
    "signed": _("签约"),
    "other_links": _("其他联系"),
    "note": _("说明"),
}
PLACES = {
    "label": _("地区"),
    "stage_title": _("阶段"),
    "partners": _("已签约的对方"),
    "paired_partners": _("已结对"),
    "other_contacts": _("意向或共同活动"),
    "signed_agreements": _("与上海各区已签协议（份）"),
    "other_agreements": _("其他协议与合作（含所辖区县）"),
    "events": _("协作动态（条）"),
    "latest_words": _("最近公开动态"),
}
CLAIMS = {
    "indicator_title": _("指标"),
    "value": _("数值"),
    "qualifier": _("限定词"),
    "day": _("日期"),
    "kind_words": _("性质"),
    "counting_rule": _("计数口径"),
}
PARTICIPATION = {"indicator_title": _("指标"), "value": _("数值"), "day": _("日期")}
NAMED = {
    "unit_title": _("单位"),
    "announced": _("公布签署（个）"),
    "named_in_report": _("同一报道点名（个）"),
    "named": _("各来源合计点名（个）"),
    "names": _("点名的是"),
    "later_names": _("公布日以后签署或日期未知的"),
}
OTHERS = {
    "kind": _("类别"),
    "title": _("协议、结对与活动"),
    "parties": _("参与方"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("动态"),
}
CITY_PAIRS = {"city_pairs": _("市县之间的对"), **{name: title for name, title in OTHERS.items() if name != "kind"}}
QUIET = {
    "title": _("协议"),
    "parties": _("参与方"),
    "stage_title": _("阶段"),
    "latest_words": _("最近公开动态"),
    "quiet_words": _("动态"),
}
EXCHANGE = {"title": _("协议"), "parties": _("一方"), "gives": _("提供"), "receives": _("获得"), "day": _("日期")}
PORTABILITY = {
    "origin": _("参保地"),
    "destination": _("服务地"),
    "state": _("政策状态"),
    "words": _("内容"),
    "conditions": _("条件"),
    "amounts": _("标准"),
    "day": _("日期"),
}
SETTLED = {
    "origin": _("参保地"),
    "destination": _("服务地"),
    "scheme_title": _("待遇"),
    "day": _("期间止"),
    "cases_words": _("结算件数（件）"),
    "note": _("说明"),
}
MEMBERS = {"short_name": _("省区市"), "joined": _("签约"), "bases": _("示范基地（家）"), "titles": _("协议")}
NAMED_BASES = {"number": _("序号"), "city": _("城市"), "name": _("名称")}
SLOTS = {"group_no": _("组"), "role_title": _("一方"), "name": _("名称"), "state_title": _("来源点名情况"), "note": _("说明")}
TIES = {
    "row_title": _("协议与合作"),
    "province": _("省区市"),
    "here": _("参与方"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("动态"),
}
BEYOND = {
    "network_title": _("网络"),
    "title": _("协议与合作"),
    "parties": _("参与方"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "scope": _("范围"),
    "quiet_words": _("动态"),
}
FIGURES = {"place_label": _("地区"), "indicator_title": _("指标"), "amount": _("数值"), "day": _("日期"), "note": _("说明")}
BASES = {
    "category": _("类别"),
    "name": _("名称"),
    "place_label": _("地区"),
    "indicator_title": _("规模指标"),
    "amount": _("数值"),
    "kind_title": _("性质"),
    "day": _("日期"),
    "note": _("说明"),
}
RECORDS = {
    "day": _("日期"),
    "lane": _("类"),
    "kind_title": _("种类"),
    "title": _("事件或文件"),
    "place_text": _("地点"),
    "parties": _("参与方"),
    "planned": _("计划"),
    "source_title": _("来源"),
}
CHANGES = {"number": _("序号"), "kind": _("类"), "sentence": _("可以直接读出的说法"), "publisher": _("来源")}
DOCUMENTS = {
    "number": _("序号"),
    "title": _("文件"),
    "document_number": _("文号"),
    "issuer": _("发文机构"),
    "day": _("日期"),
    "kind": _("种类"),
    "status_title": _("状态"),
    "source_title": _("来源"),
}

LEAD = _("上海16个区与三省市（区县）的协作：谁与谁、处于哪一阶段、哪些还是空白。空格为公开资料未载。标题不随筛选变化。")
NO_SETTLED = _("各参保地、各服务地的结算件数公开资料未载，不表示没有结算。")
# What a reader must know beside a picture or table.
UNDER_MATRIX = [
    _("多方协议出现在它的每一格，只计一次"),
    _("空格与表中的空行：点名这两地的协议、结对与共同活动公开资料未载，不表示没有合作"),
    _("市与市之间的见下表“市县之间”"),
    _("公布的签约区数没有逐一列名，未被点名的区是否在内未知"),
]
UNDER_MAP = [
    _("只画与上海各区的往来：实线已签约或已结对，虚线意向，点线共同活动；小点为县（市、区）"),
    _("未被点名不表示没有往来：公布的签约、参与数没有逐一列名"),
    _("各地的颜色不随城市与平台筛选变化，连线随筛选变化；动态含在当地举行的"),
]
UNDER_SERIES = [
    _("2021年3月另一来源称14个区与“20多个地市”：只数地级市，单位不同，不与27个市（区县）连线"),
    _("“签署”与“对接”不是一个词，市（区县）与城市不是一个单位，不相减；是否达到目标公开资料未载"),
    _("2019年的空心点是首批试点（参与），不是签约，不与签约数连线"),
    _("不随城市与平台筛选变化"),
]
UNDER_NAMED = [_("点名的是否计入公布数，来源没有写明，所以三根柱分开，不作比例"), _("公布日以后才签署的另列，不随城市与平台筛选变化")]
UNDER_CITY_PAIRS = [_("三方协议里的市与市之间也在此列出")]
UNDER_OTHERS = [_("市县之间的见矩阵下的表；省内的与旅居的见“旅居网络”")]
UNDER_EXCHANGE = [_("只列来源写明的"), _("不随城市与平台筛选变化")]
UNDER_PORTABILITY = [_("政策状态，不是结算件数；件数公开资料未载；状态为本项目所归"), _("不随城市与平台筛选变化")]
UNDER_QUIET = [_("公开资料未载不等于没有往来"), _("一份协议的动态是它的签署、后续事件与文本，不含各地自己的动态")]
UNDER_MEMBERS = [
    _("合计为先签各省区之和，吉林是签约方而没有家数；后签的五省市基地数公开资料未载；两份协议的合并说法不另计一份"),
    _("旅居养老（季节性）不是异地养老；广东是外省做法参考"),
    _("不随城市与平台筛选变化"),
]
UNDER_SLOTS = [
    _("空框是来源没有点名的一方，不表示没有签约"),
    _("拟签不是签约"),
    _("来源没有写如何分组：组与次序为本项目所排；点名的企业属于哪一组未写，不填入框内"),
    _("是否属于拟签的各组而来源未写明的，列在各组之下，不占各组的位置"),
    _("不随城市与平台筛选变化"),
]
UNDER_TIES = [_("横线连着同一份协议的各方，市和区记在所属省份"), _("未点名的各方不画")]
UNDER_TIMELINE = [
    _("实心已发生，空心为计划与目标；同一类里日期相近的上下错开"),
    _("未注明日期的只在表中"),
    _("选定城市后列该市（含所辖区县）参与的和在该市举行的"),
]
UNDER_CHANGES = [
    _("签约由协议列一次，不再列同一次签约的事件"),
    _("“截至某日”的签署在该日以前，日期未知，不算这段时间新签"),
    _("公开资料未载的变化、未注明日期的协议与文件不在其中；含外省做法参考和不专为养老的"),
]
UNDER_DOCUMENTS = [_("状态为来源所写"), _("不随种类变化")]
