"""地方档案: all that is known about one place, beside its province, the delta and its peers; prints on one A4 page."""

import streamlit as st

from eldercare import blocks, figures, filters, store
from eldercare.figures.ageing import pyramid
from eldercare.figures.situation import standing
from eldercare.findings import city, comparison
from eldercare.text import _

known = store.ask("profile_places")
heading = st.container()
with st.container(key="screen_place"):
    code, asked = filters.linked(_("选择地区"), "place", dict(zip(known["place_code"], known["label"], strict=True)), "YRD")
place = next(known[known["place_code"] == code].rename(columns={"name": "name_"}).itertuples())
profile, standings = store.ask("age_profile", place=code), store.ask("place_standing", place=code)
facilities = store.ask("place_facilities", place=code)
records = store.ask("place_records", place=code, as_of=filters.as_of(), count=12)
with heading:
    blocks.title(city.title(place, standings), _("一个地方的人口、床位、机构、协作与任务，与所在省、长三角和同级地区对照；打印为一页A4。"))
if asked is not None:
    (st.warning if asked else st.caption)(city.fallback(asked, place.label))
blocks.cards(city.cards(place, profile, standings, facilities, records))

left, right = st.columns([1, 1.15], gap="small")
with left:
    ages = store.ask("age_pyramid", place=code)
    if ages.empty:
        rows = {"age_words": _("年龄"), "year_words": _("普查"), "elders": _("人数（人）"), "share": _("占比（%）"), "boundary_note": _("区划")}
        blocks.exhibit("age_profile", profile, None, _("{name}的普查老年人口").format(name=place.name_), rows)
    else:
        rows = {"year": _("年份"), "age_group": _("年龄组"), "male": _("男（人）"), "female": _("女（人）")}
        blocks.exhibit("age_pyramid", ages, pyramid(ages), city.pyramid(place, ages), rows, [_("两年均按2020年区划")])
with right:
    compared = city.comparison_words(standings)
    rows = {"title": _("指标"), "value_words": _("数值"), "rank_words": _("位次"), "against_province": _("比所在省"), "against_delta": _("比长三角")}
    blocks.exhibit("place_standing", compared, standing(standings), city.compared(standings), rows, [_("位次由高到低；省与长三角为人数之和相除")])

left, right = st.columns([1, 1.15], gap="small")
with left:
    shares = store.ask("population_series", indicator="share_60plus", places=[code])
    rows = {"day": _("日期"), "value": _("占比（%）"), "base": _("口径"), "break_note": _("口径变动")}
    if len(shares):
        chart = figures.series(shares, "%", height=270)
        blocks.exhibit("population_series", shares, chart, city.history(place, shares, comparison.trend(shares)), rows, [_("不同口径各成一线")])
    similar = store.ask("similar_cities", place=code, count=5)
    rows = {"short_name": _("城市"), "reason": _("与本市相比"), "distance": _("距离")}
    if len(similar):
        caveats = [_("距离：年龄结构、人口规模（对数）、城镇人口占比三方面标准化后的均方根，越小越像")]
        blocks.exhibit("similar_cities", similar, None, city.similar(place, similar), rows, caveats)
with right:
    rows = {"indicator_title": _("指标"), "value": _("数值"), "unit": _("单位"), "day": _("日期"), "kind_words": _("性质")}
    if facilities.empty:
        blocks.nothing("facilities", _("床位与机构：未上报"), city.no_facilities(place))
    else:
        blocks.exhibit("place_facilities", facilities, None, city.facilities(place, facilities), rows, [_("每个指标取最近一条；性质为目标的不是现状")])

left, right = st.columns([1, 1.15], gap="small")
parts = {_("协议"): left, _("动态"): right}
for part, column in parts.items():
    others = [_("名单"), _("任务"), _("长护险")] if column is right else []
    for chosen in ([part], others):
        shown = records[records["part"].isin(chosen)]
        rows = {"part": _("类别"), "title": _("内容"), "state": _("状态"), "detail": _("相关方"), "day": _("日期")}
        if len(shown):
            with column:
                blocks.exhibit(f"records_{'_'.join(shown['kind_code'].unique())}", shown, None, city.records(place, shown, chosen), rows)
        elif chosen:
            with column:
                blocks.nothing(f"records_{len(chosen)}_{part}", city.records(place, shown, chosen), _("未见公开记录不等于没有；有公开来源的可在“报告错误”中提供。"))
