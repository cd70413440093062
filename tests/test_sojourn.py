"""旅居网络 and Lishui's groups of three: what is known, what is likely, what no source names."""

import pandas as pd
from asking import AS_OF, PLATFORMS, rows

from eldercare.exhibits import sojourn as findings
from eldercare.figures import sojourn as figures

EVERYWHERE = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "as_of": AS_OF}


def test_members_of_the_miniature(tiny_store):
    found = tiny_store.ask("sojourn_members")
    assert rows(found, "short_name", "hub", "counted_round", "bases") == [
        ("广东", True, True, 5),
        ("广西", False, True, None),
    ]
    assert "测试两省旅居协议" in found["titles"].iloc[0]


def test_slots_of_the_miniature(tiny_store):
    """Three groups are planned, one with its town. A town that may be meant takes no place among them."""
    assert rows(tiny_store.ask("lishui_slots"), "group_no", "role", "name", "state") == [
        (1, "town", "测试镇", "known"),
        (1, "bureau", None, "empty"),
        (1, "enterprise", None, "empty"),
        (2, "town", None, "empty"),
        (2, "bureau", None, "empty"),
        (2, "enterprise", None, "empty"),
        (3, "town", None, "empty"),
        (3, "bureau", None, "empty"),
        (3, "enterprise", None, "empty"),
        (4, "town", "测试可能的镇", "likely"),
        (4, "bureau", None, "empty"),
        (4, "enterprise", None, "empty"),
    ]


def test_66_bases_are_11_5_5_9_36_and_jilin_has_no_count(real):
    """README 6."""
    members = real.ask("sojourn_members")
    assert rows(members[members["counted_round"]], "short_name", "bases") == [
        ("广东", 11),
        ("广西", 36),
        ("江西", 9),
        ("辽宁", 5),
        ("黑龙江", 5),
        ("吉林", None),
    ]
    assert (
        members["bases"].sum()
        == 66
        == real.ask("sojourn_total").set_index("indicator_code").at["sojourn_bases", "value"]
    )
    assert (
        findings.members(members)
        == "66家示范基地：广西36、广东11、江西9、辽宁5、黑龙江5；吉林是签约方，家数公开资料未载"
    )
    assert set(rows(members[~members["counted_round"]], "short_name")) == {
        "湖南",
        "重庆",
        "四川",
        "贵州",
        "陕西",
    }
    assert findings.network(real.ask("sojourn_total")) == (
        "截至2021年11月15日，含广东的11个省区市签有旅居养老合作框架协议，来源点名广东示范基地11家；六省区2019至2020年培育示范基地66家"
    )


def test_network_says_who_gave_no_count(real):
    figure = figures.network(real.ask("sojourn_members"))
    words = [text for trace in figure.data for text in (trace.text or [])]
    assert "吉林<br>未载" in words and "<b>广西</b><br>36家" in words and "湖南" in words
    assert not [text for text in words if "0家" in text]


def test_eleven_named_bases(real):
    named = real.ask("sojourn_named_bases")
    assert named["city"].value_counts().to_dict() == {
        "广州": 3,
        "深圳": 2,
        "惠州": 2,
        "佛山": 1,
        "中山": 1,
        "江门": 1,
        "揭阳": 1,
    }


def test_two_sizes_of_guangde_stand_side_by_side(real):
    """README 5: 23 and 23.18 km² in two sources are two claims."""
    bases = findings.with_amounts(real.ask("other_bases"))
    guangde = bases[bases["place_label"] == "广德市"]
    assert set(rows(guangde, "amount", "source_id")) == {
        ("23平方公里", "W28"),
        ("23.18平方公里", "W29"),
    }


def test_ten_groups_of_three(real):
    slots = real.ask("lishui_slots")
    known = slots[slots["name"].notna()]
    assert rows(known, "group_no", "name", "state") == [
        (1, "遂昌县王村口", "known"),
        (11, "缙云县大洋镇", "unstated"),
        (11, "德清县民政局", "unstated"),
        (11, "物产中大金石集团", "unstated"),
        (12, "云和县石塘镇", "likely"),
    ]
    planned = slots[slots["planned"]]
    assert len(planned) == 30 and (planned["state"] == "empty").sum() == 29, (
        "of the ten one town is named"
    )
    assert findings.triples(slots) == (
        "丽水拟签的乡镇、县（区）民政局、企业各10个：点名乡镇1个（遂昌县王村口）、企业1个（物产中大）；另有1组三方均已点名、1个乡镇可能属于其中，来源未写明"
    )
    figure = figures.triples(slots)
    assert len(figure.layout.shapes) == 36, "empty slots are drawn as empty"
    assert list(figure.layout.yaxis.ticktext)[-3:] == ["第10组", "归属未明", "归属未明"]
    assert list(figure.data[0].text).count("未点名") == 29 + 2


def test_agreements_beyond_the_delta(real):
    ties = real.ask("sojourn_ties", **EVERYWHERE)
    assert set(ties["agreement_id"]) == {
        "PR039",
        "PR041",
        "PR042",
        "PR043",
        "PR044",
        "PR045",
        "PR046",
        "PR047",
        "PR048",
    }, "not the union PR040"
    assert rows(ties[ties["agreement_id"] == "PR047"], "province", "here", "stage_title") == [
        ("上海", "上海市长宁区、上海市徐汇区", "意向"),
        ("云南", "云南红河州", "意向"),
    ]
    assert len(ties[ties["agreement_id"] == "PR044"]) == 10
    assert rows(ties[ties["agreement_id"] == "PR046"], "province", "here")[1] == (
        "黑龙江",
        "哈尔滨市、伊春市",
    )
    listed = real.ask("sojourn_agreements", **EVERYWHERE)
    assert findings.agreements(listed) == (
        "长三角跨省协作以外的合作：已签协议8份、结对2项（其中1项不专为养老）、意向或拟议2项（其中1项不专为养老）、共同活动1项；另有2项为汇总说法，不计"
    )


def test_ties_narrow_by_city_and_platform(real):
    shanghai = real.ask("sojourn_ties", **{**EVERYWHERE, "everywhere": False, "cities": ["310000"]})
    assert set(shanghai["agreement_id"]) == {"PR044", "PR047"}
    talent = real.ask("sojourn_ties", **{**EVERYWHERE, "platforms": ["人才"]})
    assert set(talent["agreement_id"]) == {"PR039", "PR043", "PR044"}


def test_figures_stand_empty_data(real):
    """A filter may leave nothing: the picture is empty, not broken."""
    for draw, question, arguments in (
        (figures.ties, "sojourn_ties", {**EVERYWHERE, "platforms": ["农村"]}),
        (figures.network, "sojourn_members", {}),
        (figures.triples, "lishui_slots", {}),
    ):
        assert draw(real.ask(question, **arguments).iloc[:0]).to_json()


def test_amounts_carry_the_qualifier_of_the_source():
    given = pd.DataFrame(
        {
            "value": [4000.0, 23.18, None],
            "unit": ["人", "平方公里", None],
            "qualifier": ["近", None, None],
        }
    )
    assert findings.with_amounts(given)["amount"].astype(object).where(
        lambda c: c.notna(), None
    ).tolist() == [
        "近4,000人",
        "23.18平方公里",
        None,
    ]
