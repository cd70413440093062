"""旅居网络 and Lishui's groups of three: what is known, what is likely, what no source names."""

import pytest
from asking import AS_OF, PLATFORMS, rows

from eldercare import store
from eldercare.exhibits import Facts, sojourn
from eldercare.faces import screen
from eldercare.measures import STAGES

FACTS = Facts(AS_OF)
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
        sojourn.members(FACTS).spoken
        == "广东等5个省区的示范基地：66家；广西36、广东11、江西9、辽宁5、黑龙江5；吉林是签约方，家数公开资料未载"
    )
    assert set(rows(members[~members["counted_round"]], "short_name")) == {
        "湖南",
        "重庆",
        "四川",
        "贵州",
        "陕西",
    }
    assert sojourn.total(real.ask("sojourn_total")) == (
        "广东旅居网络：11个省区市先后签约；截至2021年11月15日，含广东，分别签署，不是一份协议，签的是旅居养老合作框架协议；来源点名广东示范基地11家；六省区2019至2020年培育示范基地66家"
    )


def test_network_says_who_gave_no_count(real_data):
    figure = screen.network(sojourn.members(FACTS).shape)
    words = [text for trace in figure.data for text in (trace.text or [])]
    assert "吉林<br>未载" in words and "广西<br>36家" in words and "湖南" in words
    assert not [text for text in words if "0家" in text]
    hollow = figure.data[-1].marker.color.count("#FFFFFF")
    assert hollow == 6, "吉林 and the five that joined later"


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


def test_two_sizes_of_guangde_stand_side_by_side(real_data):
    """README 5: 23 and 23.18 km² in two sources are two claims."""
    bases = sojourn.bases(FACTS).rows
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
    value = sojourn.triples(FACTS)
    assert value.spoken == (
        "丽水拟签10组：30方点名2方；拟签的乡镇、县（区）民政局、企业各10个，点名乡镇1个（遂昌县王村口）、企业1个（物产中大）；"
        "另有1组三方均已点名、1个乡镇可能属于其中，来源未写明"
    )
    assert rows(value.rows, "group", "name") == [
        ("第1组", "遂昌县王村口"),
        ("归属未明", "缙云县大洋镇"),
        ("归属未明", "德清县民政局"),
        ("归属未明", "物产中大金石集团"),
        ("归属未明", "云和县石塘镇"),
    ], "no wall of thirty-one equal empty cells: the sentence counts them"


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
    assert sojourn.agreements(FACTS).spoken == (
        "长三角跨省协作以外的合作：13项；已签协议8份、结对2项（其中1项不专为养老）、意向或拟议2项（其中1项不专为养老）、共同活动1项；另有2项为汇总说法，不计"
    )


def test_each_tie_is_a_cell_of_its_stage(real):
    """The grid has the cells of the rows, each with sign, colour and words of one stage."""
    value = sojourn.ties(FACTS)
    found = real.ask("sojourn_ties", **EVERYWHERE)
    cells = {
        (value.shape.rows[row].partition("\n")[0], value.shape.columns[column], mark.role)
        for (row, column), mark in value.shape.cells.items()
    }
    assert cells == {
        (row.row_title, row.province, f"stage:{row.stage}") for row in found.itertuples()
    }
    figure = screen.matrix(value.shape)
    assert len(figure.data[0].text) == len(figure.layout.shapes) == len(found)
    assert {trace.name for trace in figure.data[1:]} == {
        f"{STAGES[stage].shape} {STAGES[stage].word}" for stage in found["stage"]
    }


def test_ties_narrow_by_city_and_platform(real):
    shanghai = real.ask("sojourn_ties", **{**EVERYWHERE, "everywhere": False, "cities": ["310000"]})
    assert set(shanghai["agreement_id"]) == {"PR044", "PR047"}
    talent = real.ask("sojourn_ties", **{**EVERYWHERE, "platforms": ["人才"]})
    assert set(talent["agreement_id"]) == {"PR039", "PR043", "PR044"}


def test_nothing_left_by_the_filters_is_said(real_data):
    """A filter may leave nothing: the picture is empty, not broken, and the subtitle says of what that holds."""
    value = sojourn.ties(Facts(AS_OF, platforms=("农村",), scope="平台“农村”："))
    assert value.shape.empty and screen.matrix(value.shape).to_json()
    assert value.title.endswith("公开资料未载") and value.subtitle.startswith("平台“农村”：")


@pytest.mark.parametrize("scope", ["", "嘉兴、湖州、舟山等12项；平台“认知障碍友好社区”："])
def test_titles_are_short_claims_and_subtitles_say_what_is_counted(real_data, scope):
    makers = (
        sojourn.members,
        sojourn.named_bases,
        sojourn.triples,
        sojourn.ties,
        sojourn.agreements,
        sojourn.figures,
        sojourn.bases,
    )
    for make in makers:
        value = make(Facts(AS_OF, scope=scope))
        assert 0 < len(value.title) <= 24 and value.subtitle, value.spoken
    assert len(sojourn.total(store.ask("sojourn_total")).partition("；")[0]) <= 24


def test_amounts_carry_the_qualifier_of_the_source(real_data):
    rows = sojourn.figures(FACTS).rows
    told = rows[rows["qualifier"].notna()]
    assert len(told) and all(row.qualifier in row.amount for row in told.itertuples())
