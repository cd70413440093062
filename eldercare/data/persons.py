"""Names of people in a text: only offices are kept, a quote begins after the name, a title shows 〔姓名略〕 in its place.

No dictionary knows every name, so the rule reads what stands around one: an office directly before or behind it, a word of speaking behind it.
It is a net for stewards and for uploads, not a proof that a text holds no name.
"""

from __future__ import annotations

import re

TRADITIONAL = str.maketrans(
    "張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧彭蕭董蔣餘葉蘇魏呂盧譚陸範賈韋鄒龍賀顧龔邵萬錢嚴莊長廳會書記處縣說發佈紹調強攝參觀訴導講話帶隊開領紹",
    "张刘陈杨黄赵吴孙马罗郑许韩冯邓彭萧董蒋余叶苏魏吕卢谭陆范贾韦邹龙贺顾龚邵万钱严庄长厅会书记处县说发布绍调强摄参观诉导讲话带队开领绍",
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤卓费应殷章施俞鲍柏柯凌盛娄桂焦左岑樊詹柳庄"
)
DOUBLE = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|令狐"
LEADERS = "厅长|局长|省长|市长|县长|区长|州长|镇长|乡长|部长|司长|会长|主席|主任|书记|秘书长|理事长|董事长|总经理"
OFFICES = f"{LEADERS}|处长|科长|社长|校长|院长|所长|站长|调研员|巡视员|教授|研究员|负责人|院士|护理员|老人|阿姨|老伯|先生|女士|记者"
SPEECH = "表示|介绍|告诉|强调|指出|致辞|说|透露|坦言|认为|发布|出席|率队|率团|主持|参观|讲话|带队|陪同|调研|宣布|笑着|回忆"
HAN = "[\u4e00-\u9fff]"
NAME = rf"(?P<name>(?:(?:{DOUBLE})|[{SURNAMES}]){HAN}{{1,2}}?)"
ENGLISH = "(?P<name>[A-Z][a-z]+ [A-Z][a-z]+)"

RULES = tuple(
    re.compile(rule)
    for rule in (
        # 厅长 name 致辞: whatever stands between an office and a word of speaking, names of any people included
        rf"(?:{LEADERS})(?P<name>{HAN}{{2,4}}?)(?=(?:分别|在)?(?:{SPEECH}))",
        # 局长 name, at the end of a clause
        rf"(?:{OFFICES}){NAME}(?=[，,、。；;：:！!？?（()）)〕”\s]|$|等|一行|在)",
        # name 主席率队
        rf"(?<!{HAN}){NAME}(?=副?(?:{OFFICES})(?:{SPEECH}|一行|在|等|$))",
        # a quote or a clause that begins with the name: name 发布了, name 摄
        rf"(?:^|[，,。；;“”\s（(]){NAME}(?=表示|介绍说|告诉|坦言|发布了?|笑着|致辞|说[：:，,“]|摄(?:$|[。）)\s]))",
        rf"{ENGLISH}(?=,? (?:said|told|director|deputy|mayor|head of|chairman|president))",
        rf"(?:said|director|mayor|secretary|chairman|president|Mr\.?|Ms\.?|Mrs\.?) {ENGLISH}",
    )
)
# What stands beside an office and is no name: words that begin like a surname, and parts of a sentence.
NO_NAME = re.compile(
    rf"^[在的等和与及为并将副任]|^江[苏西]|单位|部门|机构|同志|人员|资质|会议|企业|代表|新闻|任务|方案|方面|{SPEECH}|{OFFICES}"
)


def named(text: str) -> list[str]:
    """What in the text reads like the name of a person, in the order of the text."""
    plain = text.translate(TRADITIONAL)
    found = {match.start("name"): match["name"] for rule in RULES for match in rule.finditer(plain)}
    return [found[place] for place in sorted(found) if not NO_NAME.search(found[place])]
