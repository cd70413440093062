"""Column titles of the tables of the section 协作: question column → what a reader sees."""

from eldercare.text import _

MATRIX = {
    "district_name": _("上海的区"),
    "partner_label": _("对方"),
    "title": _("协议"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("动态"),
}
DOSSIER = {
    "agreement_id": _("编号"),
    "part": _("类别"),
    "day": _("日期"),
    "words": _("内容"),
    "detail": _("说明"),
    "evidence": _("原文摘录"),
    "source_title": _("来源"),
}
QUESTIONS = {"title": _("协议"), "question": _("问题"), "detail": _("说明")}
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
    "other_contacts": _("意向或共同活动"),
    "signed_agreements": _("协议（份）"),
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
    "announced": _("公布（个）"),
    "named_in_report": _("同一报道点名（个）"),
    "named": _("各来源合计点名（个）"),
    "names": _("点名的是"),
}
OTHERS = {
    "kind": _("类别"),
    "title": _("协议"),
    "parties": _("参与方"),
    "city_pairs": _("市县之间的对"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("近24个月公开动态"),
}
QUIET = {"title": _("协议"), "parties": _("参与方"), "stage_title": _("阶段"), "latest_words": _("最近公开动态"), "quiet_words": _("近24个月公开动态")}
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
    "cases": _("结算件数（件）"),
    "note": _("说明"),
}
MEMBERS = {"short_name": _("省区市"), "joined": _("签约"), "bases": _("示范基地（家）"), "titles": _("协议")}
NAMED_BASES = {"number": _("序号"), "city": _("城市"), "name": _("名称")}
SLOTS = {"group_no": _("组"), "role_title": _("一方"), "name": _("名称"), "state_title": _("知道多少"), "note": _("说明")}
TIES = {
    "row_title": _("协议"),
    "province": _("省区市"),
    "here": _("参与方"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "quiet_words": _("近24个月公开动态"),
}
BEYOND = {
    "network_title": _("网络"),
    "title": _("协议"),
    "parties": _("参与方"),
    "stage_title": _("阶段"),
    "day": _("日期"),
    "scope": _("范围"),
    "quiet_words": _("近24个月公开动态"),
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
