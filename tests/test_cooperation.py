"""Who works with whom and how far: the stage rule on the miniature, and what the sources say on the real data."""

from datetime import date

import pandas as pd
import pytest
from asking import AS_OF, PLATFORMS, add, opened, rows

from eldercare import measures
from eldercare.data import validation
from eldercare.exhibits import Facts, pairing
from eldercare.exhibits.pairing import dossier
from eldercare.exhibits.pairing import words as findings
from eldercare.faces import screen


def cities(store) -> list[str]:
    return store.ask("cities")["place_code"].tolist()


def cells(store, as_of=AS_OF, **narrowed) -> pd.DataFrame:
    return store.ask(
        "pair_cells",
        **{"cities": cities(store), "platforms": PLATFORMS, "as_of": as_of, **narrowed},
    )


# --- the rule, on the miniature ---


def test_stage_words_stand_in_the_data_as_in_the_pictures(real):
    words = dict(rows(real.ask("stage_rules"), "stage", "title"))
    assert {stage: status.word for stage, status in measures.STAGES.items()} == {
        s: w for s, w in words.items() if s != "summary"
    }
    assert all(real.ask("stage_rules")["rule"].str.len() > 5)


def test_every_status_word_of_the_facts_has_its_stage(real):
    with real.cursor() as cursor:
        found = dict(cursor.execute("select status, stage from status_words").fetchall())
    assert found == {
        "signed": "signed",
        "paired": "paired",
        "intent": "intent",
        "planned": "intent",
        "ongoing": "joint_activity",
        "joint_activity": "joint_activity",
        "signed_counterpart_unknown": "signed",
        "signed_see_pair_rows": "signed",
        "summary": "summary",
    }


def test_event_kinds_are_those_of_the_data_package(real):
    with real.cursor() as cursor:
        found = dict(cursor.execute("select category, title from event_kinds").fetchall())
    assert found == real.package.table("events").field("category").labels


def test_cells(tiny_store):
    """The three-party agreement stands in two cells; summing rows and those of other networks in none."""
    assert rows(
        cells(tiny_store),
        "agreement_id",
        "district_name",
        "partner_name",
        "stage",
        "counts_as_signed",
    ) == [
        ("A1", "普陀", "芜湖", "project", True),
        ("A2", "松江", "嘉兴", "signed", True),
        ("A2", "松江", "宣城", "signed", True),
        ("A3", "青浦", "吴江", "intent", False),
        ("A4", "青浦", "吴江", "joint_activity", False),
        ("A4", "青浦", "嘉善", "joint_activity", False),
    ]


def test_columns_are_all_cities_and_the_counties_that_work_with_a_district(tiny_store):
    found = tiny_store.ask("pair_partners", cities=cities(tiny_store), as_of=AS_OF)
    assert rows(found, "short_name", "records", "counterpart_unknown") == [
        ("苏州", 0, True),
        ("吴江", 2, False),
        ("嘉兴", 1, False),
        ("嘉善", 1, False),
        ("芜湖", 1, False),
        ("宣城", 1, False),
    ], "not 张家港, not 巢湖, which is no city any more"


def test_place_stages(tiny_store):
    found = tiny_store.ask("place_stages", as_of=AS_OF)
    assert rows(
        found,
        "short_name",
        "stage",
        "signed_by_name",
        "counterpart_unknown",
        "signed_agreements",
        "partners",
        "other_contacts",
    ) == [
        ("上海", "project", True, False, 2, "嘉兴、芜湖、宣城", "吴江、嘉善"),
        ("普陀", "project", True, False, 1, "芜湖", None),
        ("虹口", "counterpart_unknown", True, True, 0, None, None),
        ("松江", "signed", True, False, 1, "嘉兴、宣城", None),
        ("青浦", "intent", False, False, 0, None, "吴江、嘉善"),
        ("苏州", "counterpart_unknown", True, True, 0, None, None),
        ("吴江", "intent", False, False, 0, None, "青浦"),
        ("嘉兴", "signed", True, False, 1, "松江", None),
        ("嘉善", "joint_activity", False, False, 0, None, "青浦"),
        ("芜湖", "project", True, False, 1, "普陀", None),
        ("宣城", "signed", True, False, 1, "松江", None),
    ]


def test_findings_count_each_agreement_once(tiny_store):
    places = tiny_store.ask("place_stages", as_of=AS_OF)
    assert (
        findings.pairing(places)
        == "来源点名签约：上海3个区、三省4个市；公开来源点名签署上海各区与三省市（区县）养老协作文件的；其中1个区、1个市的对方来源未写"
    )
    assert findings.matrix(places, cells(tiny_store)) == (
        "点名双方已签约或结对的3对；上海的区与三省市县：普陀—芜湖、松江—嘉兴、松江—宣城；已签协议2份；上海4个区中点名签约的3个，其余1个未被点名"
    )


def test_a_stage_is_reached_on_its_day(tiny_store):
    """Signed in November 2019, a project since March 2020."""
    assert rows(cells(tiny_store, date(2019, 10, 31)), "agreement_id") == []
    assert rows(cells(tiny_store, date(2019, 12, 31)), "agreement_id", "stage") == [
        ("A1", "signed")
    ]
    assert rows(cells(tiny_store, date(2020, 3, 31)), "agreement_id", "stage") == [
        ("A1", "project")
    ]


def test_quiet_is_twenty_four_months_before_the_day(tiny_store):
    """The last of 普陀 and 芜湖 is a paper of 2020-10: where in the month no source says."""
    days = (date(2022, 10, 1), date(2022, 10, 31), date(2022, 11, 1))
    assert [rows(cells(tiny_store, day), "agreement_id", "quiet")[0] for day in days] == [
        ("A1", False),
        ("A1", None),
        ("A1", True),
    ]


def test_a_plan_is_no_public_move(tiny, tmp_path):
    add(tiny, "agreement_events", "A1,E4,context")
    found = cells(opened(tiny, tmp_path))
    assert rows(found[found["agreement_id"] == "A1"], "latest") == [pd.Timestamp(2020, 10, 31)], (
        "not 2030"
    )


def test_undated_agreements_are_not_called_quiet(tiny, tmp_path):
    add(
        tiny,
        "agreements",
        "A90,,测试无日期协议,district-city,delta,,undated,false,,signed,,,true,S1,测试,official,",
    )
    add(
        tiny,
        "agreement_parties",
        "A90,1,普陀区,district,310107,,true,,,,,",
        "A90,2,苏州市,city,320500,,true,,,,,",
    )
    found = cells(opened(tiny, tmp_path))
    assert rows(found[found["agreement_id"] == "A90"], "quiet", "quiet_words") == [
        (None, "未注明日期")
    ]


def test_result_outranks_project(tiny, tmp_path):
    add(tiny, "agreement_events", "A1,E3,result")
    assert rows(cells(opened(tiny, tmp_path)), "agreement_id", "stage")[0] == ("A1", "result")


def test_a_project_under_an_intent_signs_nothing(tiny, tmp_path):
    add(tiny, "agreement_events", "A3,E2,project")
    found = cells(opened(tiny, tmp_path))
    assert rows(found[found["agreement_id"] == "A3"], "stage", "counts_as_signed") == [
        ("intent", False)
    ]


@pytest.mark.slow
def test_a_row_that_names_who_signed_adds_no_agreement(tiny, tmp_path):
    before = findings.matrix(
        opened(tiny, tmp_path / "a").ask("place_stages", as_of=AS_OF),
        cells(opened(tiny, tmp_path / "a")),
    )
    add(
        tiny,
        "agreements",
        "A91,,测试青浦点名,participant,delta,2020-12-31,day,false,,signed_see_pair_rows,,,true,S3,测试,reprint,",
    )
    add(tiny, "agreement_parties", "A91,1,青浦区,district,310118,,true,,,,,")
    store = opened(tiny, tmp_path / "b")
    places = store.ask("place_stages", as_of=AS_OF).set_index("short_name")
    assert (
        before.split("；")[:3]
        == findings.matrix(places.reset_index(), cells(store)).split("；")[:3]
        == [
            "点名双方已签约或结对的3对",
            "上海的区与三省市县：普陀—芜湖、松江—嘉兴、松江—宣城",
            "已签协议2份",
        ]
    )
    assert places.at["青浦", "stage_title"] == "已签约·对方未写", (
        "its own rows are only an intent and a training"
    )
    assert not cells(store).query("district_name == '青浦'")["counts_as_signed"].any()


def test_a_city_pair_does_not_tell_the_partner_of_a_named_city(tiny_store):
    """苏州 signed with 芜湖 (A10); with which district it signed stays unknown."""
    places = tiny_store.ask("place_stages", as_of=AS_OF).set_index("short_name")
    assert places.at["苏州", "counterpart_unknown"]


def test_five_parties_need_only_rows(tiny, tmp_path):
    add(
        tiny,
        "agreements",
        "A92,,测试五方协议,district-city,delta,2021-05-31,day,false,,signed,,,true,S1,测试,official,",
    )
    add(
        tiny,
        "agreement_parties",
        "A92,1,虹口区,district,310109,,true,,,,,",
        "A92,2,苏州市,city,320500,,true,,提供床位,,,",
        "A92,3,嘉善县,county,330421,,true,,,,,",
        "A92,4,测试企业,enterprise,,,true,,,,,",
        "A92,5,不知是谁的一方,unknown,,,false,,,,,",
    )
    store = opened(tiny, tmp_path)
    found = cells(store)
    new = found[found["agreement_id"] == "A92"]
    assert rows(new, "district_name", "partner_name") == [("虹口", "苏州"), ("虹口", "嘉善")]
    assert "已签协议3份" in findings.matrix(store.ask("place_stages", as_of=AS_OF), found), (
        "two cells, one agreement"
    )
    detail = store.ask("agreement_detail", agreements=["A92"], as_of=AS_OF)
    assert "虹口区、苏州市、嘉善县、测试企业、不知是谁的一方（未点名）" in rows(detail, "words")
    assert ("提供与获得", "苏州市", "提供：提供床位") in rows(detail, "part", "words", "detail")
    assert "参与方未全部点名" in rows(
        store.ask("open_questions", agreements=["A92"], as_of=AS_OF), "question"
    )
    partners = store.ask("place_stages", as_of=AS_OF).set_index("short_name")["counterpart_unknown"]
    assert not partners["虹口"] and not partners["苏州"], "now both know their partner"


def test_a_party_of_a_kind_without_a_word_is_refused_with_its_line(tiny):
    path = tiny / "agreement_parties.csv"
    line = len(path.read_text(encoding="utf-8").splitlines()) + 1
    add(tiny, "agreement_parties", "A1,3,测试,orchestra,,,true,,,,,")
    with pytest.raises(validation.BrokenDatasets) as fault:
        validation.read(tiny)
    assert f"agreement_parties.csv 第{line}行 party_kind列" in str(fault.value)


def test_an_unknown_place_is_refused_with_file_and_line(tiny):
    path = tiny / "agreement_parties.csv"
    line = len(path.read_text(encoding="utf-8").splitlines()) + 1
    add(tiny, "agreement_parties", "A1,3,火星市,city,999999,,true,,,,,")
    with pytest.raises(validation.BrokenDatasets) as fault:
        validation.read(tiny)
    assert f"agreement_parties.csv 第{line}行 place_code列：“999999”" in str(fault.value)


def test_other_pairs_leave_out_what_sums_up(tiny_store):
    found = tiny_store.ask(
        "other_pairs", cities=[], platforms=PLATFORMS, everywhere=True, as_of=AS_OF
    )
    assert rows(found, "agreement_id", "kind", "city_pairs", "parties") == [
        ("A10", "市县之间", "苏州×芜湖", "苏州市、芜湖市"),
        ("A2", "市县之间", "嘉兴×宣城", "松江区、嘉兴市、宣城市"),
        ("A4", "市县之间", "吴江×嘉善", "青浦区、吴江区、嘉善县"),
    ]


def test_dossier_parts(tiny_store):
    assert rows(
        tiny_store.ask("agreement_detail", agreements=["A1"], as_of=AS_OF),
        "part",
        "words",
        "detail",
        "source_id",
    ) == [
        ("协议", "测试普陀芜湖协议", "有项目；来源的说法归为：已签约；测试床位互认", "S1"),
        ("参与方", "普陀区、芜湖市", "角色：签署方", "S1"),
        ("合作内容", "测试合作内容〔产业〕", "对应平台：产业", "S1"),
        ("事件", "测试普陀芜湖签约", "签署", "S1"),
        ("事件", "测试普陀芜湖项目开工", "项目", "S1"),
        ("文件", "测试结对通知", "通知；测办函〔2020〕7号；测试民政局", "S1"),
    ]


def test_open_questions(tiny_store):
    found = tiny_store.ask("open_questions", agreements=["A2", "A5"], as_of=AS_OF)
    assert rows(found, "agreement_id", "question") == [
        ("A2", "协议文本公开资料未载"),
        ("A2", "项目与成果公开资料未载"),
        ("A2", "近24个月公开资料未载"),
        ("A5", "对方未写"),
        ("A5", "参与方未全部点名"),
        ("A5", "近24个月公开资料未载"),
        ("A5", "只见媒体、转载或二手来源"),
    ]


def test_filters_narrow_cells(tiny_store):
    assert rows(cells(tiny_store, cities=["341800"]), "partner_name") == ["宣城"]
    assert set(rows(cells(tiny_store, cities=["320500"]), "partner_name")) == {"吴江"}, (
        "a city stands for its counties"
    )
    assert len(cells(tiny_store, cities=["310000"])) == len(cells(tiny_store)), (
        "every cell has a side in Shanghai"
    )
    assert rows(cells(tiny_store, platforms=["产业"]), "agreement_id") == ["A1"]
    assert set(rows(cells(tiny_store, platforms=["未归入平台"]), "agreement_id")) == {"A3", "A4"}
    assert cells(tiny_store, platforms=["农村"]).empty


def test_settled_cases_keep_the_missing_count_missing(tiny_store):
    found = tiny_store.ask("settled_cases")
    assert rows(found, "origin", "destination", "cases", "cases_words") == [
        ("上海市", "苏州市", 12, "12"),
        ("上海市", "苏州市", 20, "20"),
        ("上海市", "苏州市", None, "少于10"),
        ("上海市", "嘉兴市", None, None),
    ]


# --- figures ---


def markers(figure) -> dict[str, tuple[str, float, float]]:
    """customdata → (legend word, x, y) of every marker that carries a cell."""
    found = {}
    for trace in figure.data:
        if trace.name == measures.QUIET.word:
            continue
        for code, x, y in zip(trace.customdata or [], trace.x, trace.y, strict=True):
            found[code] = (trace.name, x, y)
    return found


def drawn_matrix(busiest_first=False, every=True, **narrowed):
    return screen.matrix(pairing.matrix(Facts(AS_OF, **narrowed), busiest_first, every).shape)


def test_columns_without_a_mark_stand_aside_until_asked_for(real, real_data):
    """Of 44 partners 14 have a record or a named signing; their marks are the same as among all."""
    few, all_ = markers(drawn_matrix(every=False)), markers(drawn_matrix())
    kept = {code.rpartition("|")[2] for code in few} - {""}
    known = {code for code, (word, _x, _y) in all_.items() if word != "公开资料未载"}
    partners = {code.rpartition("|")[2] for code in known} | {
        code.rstrip("|") for code in known if code.endswith("|") and not code.startswith("31")
    }
    assert len(partners - {""}) == 14
    assert kept <= partners
    assert known == {code for code, (word, _x, _y) in few.items() if word != "公开资料未载"}
    said = pairing.matrix(Facts(AS_OF)).caveats[0]
    assert said.startswith(
        "公开来源点名与上海各区有养老往来的14个市（区县），其余30个市未被点名，不列"
    )


def test_matrix_has_a_mark_in_every_cell_and_those_with_unknown_partners(real, real_data):
    spots = markers(drawn_matrix())
    assert len(spots) == 16 * 44 + 5 + 5
    assert {code for code, (word, x, _y) in spots.items() if x == -1} == {
        "310105|",
        "310106|",
        "310107|",
        "310115|",
        "310118|",
    }
    assert {code for code, (word, _x, y) in spots.items() if y == 16} == {
        "320500|",
        "320600|",
        "330500|",
        "340200|",
        "341700|",
    }
    assert spots["310117|330400"][0] == spots["310117|341800"][0] == "有成果"
    assert spots["310118|320509"][0] == spots["310118|330421"][0] == "意向"
    assert spots["310101|320100"][0] == "公开资料未载" and spots["310107|340200"][0] == "已结对"


def test_matrix_marks_the_quiet_cells(real, real_data):
    (bars,) = [trace for trace in drawn_matrix().data if trace.name == measures.QUIET.word]
    assert "310107|340200" in bars.customdata
    assert not [code for code in bars.customdata if code.startswith("310118|")], (
        "the training of 2025 is within 24 months"
    )


def test_matrix_by_activity_keeps_provinces_together(real, real_data):
    names = list(drawn_matrix(busiest_first=True).layout.xaxis.ticktext)[1:]
    by_code = list(drawn_matrix().layout.xaxis.ticktext)[1:]
    provinces = dict(
        zip(
            by_code,
            real.ask("pair_partners", cities=cities(real), as_of=AS_OF)["place_code"].str[:2],
            strict=True,
        )
    )
    assert [provinces[name] for name in names] == sorted(provinces[name] for name in names)
    assert names != by_code
    rows_ = list(drawn_matrix(busiest_first=True).layout.yaxis.ticktext)
    assert rows_[:2] == ["松江", "青浦"] and rows_[-1] == "对方未写"


def test_matrix_of_nothing_still_shows_the_gaps(real, real_data):
    figure = drawn_matrix(cities=("320200",))
    assert len(markers(figure)) == 16 + 5, (
        "one empty column, and the five districts with unknown partners"
    )


def test_status_map_draws_places_and_curves(real, real_data):
    figure = screen.outlines(pairing.stage_map(Facts(AS_OF)).shape)
    codes = {code for trace in figure.data for code in (trace.customdata or [])}
    assert len(codes) == 40 + 16 + 1 + 4, (
        "cities, districts, Shanghai as a whole and the counties that work with a district"
    )
    lines = [trace for trace in figure.data if trace.mode == "lines" and trace.fill is None]
    # Thinner are those from a name to its place.
    curves = [trace for trace in lines if trace.line.width > 1]
    pairs = cells(real).drop_duplicates(["district_code", "partner_code"])
    assert sum(int(pd.isna(trace.x).sum()) for trace in curves) == len(pairs)
    assert "NaN" not in figure.to_json()


def test_status_tiles_have_41_cities_and_16_districts(real, real_data):
    shape = pairing.stage_map(Facts(AS_OF)).shape
    figure = screen.squares(shape)
    assert len([code for trace in figure.data for code in (trace.customdata or [])]) == 41 + 16
    explained = {trace.name for trace in figure.data if trace.name}
    drawn = {place.role for place in shape.places} | {flow.role for flow in shape.flows}
    assert explained == {
        status.marked for stage, status in measures.STAGES.items() if f"stage:{stage}" in drawn
    }


# --- the facts, on the real data ---


def test_signed_series_says_what_the_sources_say(real, real_data):
    """README 1: 10 + 15, 13 + 27 with 7 counties, 14 + more than 20 地市; targets 16 + 30; another unit is not a fall."""
    series = real.ask("signed_series", as_of=AS_OF)
    shown = [
        (code, f"{day:%Y-%m}", value, kind)
        for code, day, value, kind in rows(series, "indicator_code", "date", "value", "kind")
    ]
    for expected in [
        ("signed_districts", "2020-10", 10, "actual"),
        ("signed_places", "2020-10", 15, "actual"),
        ("signed_districts", "2020-12", 13, "actual"),
        ("signed_places", "2020-12", 27, "actual"),
        ("signed_districts", "2021-03", 14, "actual"),
        ("signed_prefectures", "2021-03", 20, "actual"),
        ("linked_districts", "2021-12", 16, "target"),
        ("linked_places", "2021-12", 30, "target"),
    ]:
        assert expected in shown
    assert "含7个区县" in " ".join(series["counting_rule"]), "the count carries its counting rule"
    lines = screen.lines(pairing.signed(Facts(AS_OF)).shape)
    joined = [list(trace.y) for trace in lines.data if "lines" in trace.mode]
    assert [15, 27] in joined and [10, 13, 14] in joined
    apart = [
        dict(zip(trace.text, trace.y, strict=True))
        for trace in lines.data
        if trace.mode == "markers+text"
    ]
    assert apart == [
        {"试点6个城市（参与）": 6, "试点11个区（参与）": 11, "20多个地市（单位不同）": 20}
    ], "joined with nothing"
    assert (
        f"{lines.layout.xaxis.ticktext[0]}" == "2019-06"
        and len(lines.layout.xaxis.ticktext) == series["date"].nunique()
    )


def test_participation_stands_apart(real, real_data):
    found = real.ask("participation", as_of=AS_OF)
    assert rows(found, "indicator_title", "value") == [
        ("首批试点城市（三省）", 6),
        ("首批试点上海区", 11),
        ("开展一体化试点的三省城市（参与口径）", 40),
        ("开展一体化试点的上海区（参与口径）", 16),
    ]
    lines = [
        trace
        for trace in screen.lines(pairing.signed(Facts(AS_OF)).shape).data
        if "lines" in trace.mode
    ]
    drawn = [value for trace in lines for value in trace.y]
    assert drawn and not {40, 11, 6} & set(drawn), (
        "those who took part are joined with no signed count"
    )


def test_first_pilots_name_six_cities_and_no_district(real):
    with real.cursor() as cursor:
        named = cursor.execute(
            "select place_code from cooperation_status where first_pilot = 'yes' order by place_code"
        ).fetchall()
        districts = cursor.execute(
            "select count(*) from cooperation_status where first_pilot = 'yes' and place_code like '31%'"
        ).fetchone()
    assert [code for (code,) in named] == [
        "320500",
        "320600",
        "330400",
        "330500",
        "340200",
        "341700",
    ]
    assert districts == (0,)


def test_whether_the_targets_were_met_is_left_open(real):
    """README 2. 签署 and 对接 are two words, 市(区县) and 城市 two units: one date, no rate, no difference."""
    sentence = findings.signed(real.ask("signed_series", as_of=AS_OF))
    assert (
        sentence
        == "签署备忘录：上海13个区、三省27个市（区县）；截至2020年底，协作备忘录；2021年目标：16个区、30个城市“对接”"
    )
    for word in ("%", "达标", "完成", "未达", "缺口"):
        assert word not in sentence


def test_named_beside_announced(real):
    """README 13: 6 + 6 in one report, 7 + 8 over all sources, of 13 + 27."""
    found = real.ask("named_counts", as_of=AS_OF)
    assert rows(found, "announced", "named_in_report", "named") == [(13, 6, 7), (27, 6, 8)]
    assert rows(found, "names") == [
        "长宁、静安、普陀、虹口、浦东、松江、青浦",
        "苏州、张家港、南通、嘉兴、湖州、芜湖、池州、宣城",
    ]
    places = real.ask("place_stages", as_of=AS_OF)
    assert (
        findings.pairing(places)
        == "来源点名签约：上海7个区、三省8个市；公开来源点名签署上海各区与三省市（区县）养老协作文件的，三省8个含1个县级市；其中5个区、5个市的对方来源未写"
    )


def test_qingpu_is_signed_with_an_unknown_partner_and_its_cells_are_intents(real):
    places = real.ask("place_stages", as_of=AS_OF).set_index("short_name")
    assert places.at["青浦", "stage_title"] == "已签约·对方未写"
    assert places.at["青浦", "signed_agreements"] == 0
    own = cells(real).query("district_name == '青浦'")
    assert set(rows(own, "partner_name", "stage_title")) == {
        ("吴江", "意向"),
        ("嘉善", "意向"),
        ("吴江", "共同活动"),
        ("嘉善", "共同活动"),
        ("秀洲", "共同活动"),
    }
    assert not own["counts_as_signed"].any()
    assert places.at["吴江", "stage"] == places.at["嘉善", "stage"] == "intent"


def test_songjiang_jiaxing_xuancheng_are_two_agreements_in_two_cells(real):
    found = cells(real).query("counts_as_signed and district_name == '松江'")
    assert rows(found, "agreement_id", "partner_name", "date") == [
        ("PR014", "嘉兴", pd.Timestamp(2020, 6, 30)),
        ("PR015", "嘉兴", pd.Timestamp(2020, 10, 23)),
        ("PR014", "宣城", pd.Timestamp(2020, 6, 30)),
        ("PR015", "宣城", pd.Timestamp(2020, 10, 23)),
    ]
    places = real.ask("place_stages", as_of=AS_OF)
    assert findings.matrix(places, cells(real)) == (
        "点名双方已签约或结对的4对；上海的区与三省市县：虹口—张家港、松江—嘉兴、松江—宣城，普陀—芜湖为结对共建；已签协议3份；"
        "上海16个区中点名签约的7个，其余9个未被点名（徐汇、宝山见于其他协议或计划）"
    )
    dossier = real.ask(
        "agreements_of_places", places=["330400", "341800"], together=True, as_of=AS_OF
    )
    assert set(rows(dossier[dossier["counts_as_signed"]], "agreement_id")) == {"PR014", "PR015"}, (
        "嘉兴×宣城 is in the dossier"
    )
    others = real.ask(
        "other_pairs", cities=[], platforms=PLATFORMS, everywhere=True, as_of=AS_OF
    ).set_index("agreement_id")
    assert others.at["PR014", "city_pairs"] == others.at["PR015", "city_pairs"] == "嘉兴×宣城"


def test_a_union_of_agreements_is_not_a_further_one(real):
    with real.cursor() as cursor:
        summed = cursor.execute(
            "select agreement_id, counts_as_signed, stage from agreement_stages where stage = 'summary' order by 1"
        ).fetchall()
    assert summed == [
        ("AG001", False, "summary"),
        ("PR036", False, "summary"),
        ("PR040", False, "summary"),
    ]


def test_nine_districts_have_no_public_record(real):
    places = real.ask("place_stages", as_of=AS_OF)
    districts = places[places["level"] == "district"]
    assert rows(districts[~districts["signed_by_name"]], "short_name") == [
        "黄浦",
        "徐汇",
        "杨浦",
        "闵行",
        "宝山",
        "嘉定",
        "金山",
        "奉贤",
        "崇明",
    ]
    assert set(districts[~districts["signed_by_name"]]["stage_title"]) == {"公开资料未载"}


def test_projects_and_results_rest_on_a_source(real):
    with real.cursor() as cursor:
        found = cursor.execute(
            "select agreement_id, stage from agreement_stages where stage in ('project', 'result') order by 1"
        ).fetchall()
    assert found == [
        ("PR006", "project"),
        ("PR011", "project"),
        ("PR014", "result"),
        ("PR041", "result"),
        ("PR042", "result"),
    ]


def test_quiet_agreements_are_counted_with_the_undated_apart(real):
    quiet = real.ask(
        "agreements_quiet", cities=[], platforms=PLATFORMS, everywhere=True, as_of=AS_OF
    )
    assert (
        findings.quiet(quiet)
        == "跨省已签协议17份：14份近24个月未载；长三角，1份近24个月有公开动态，14份近24个月公开资料未载，2份没有写明日期，不能判断"
    )
    moved = quiet[quiet["quiet"] == False]  # noqa: E712
    assert rows(moved, "agreement_id") == ["PR006"], "the visit of 2024-12-04"
    assert set(rows(quiet[quiet["quiet"].isna()], "agreement_id")) == {"PR017", "PR021"}


def test_portability_is_a_state_and_settled_cases_are_not_invented(real):
    routes = rows(real.ask("portability_routes"), "origin", "destination", "state")
    assert ("上海市", "长三角", "可结算（只限点名机构）") in routes
    assert ("靖江市", "市外", "有补助（是否限定机构未说明）") in routes
    assert real.ask("settled_cases").empty


def test_shares_of_shanghai_on_two_bases_are_never_one_line(real):
    """README 8: 36.1 % hukou and 23.4 % resident, both of 2020."""
    found = real.ask("bed_series", indicators=["share_60plus"], places=["310000"])
    of_2020 = found[found["date"].dt.year == 2020]
    by_line = {
        series: sorted(round(v, 1) for v in part["value"])
        for series, part in of_2020.groupby("series")
    }
    assert [36.1] in by_line.values() and [23.4] in by_line.values()


def test_words_of_ours_are_not_given_as_words_of_the_source(real):
    """Status words were chosen when the facts were collected; a row that only names who signed shows none."""
    detail = real.ask("agreement_detail", agreements=["PR012", "PR013", "PR027"], as_of=AS_OF)
    heads = dict(
        rows(
            detail[detail["part"].isin(["意向", "已结对", "汇总报道点名"])],
            "agreement_id",
            "detail",
        )
    )
    assert len(heads) == 3, "none of them is called an agreement"
    assert heads["PR013"] == "已结对；首批试点" and heads["PR027"] == "已签约·对方未写；13个区之一"
    unsettled = real.ask("open_questions", agreements=["PR012", "PR019"], as_of=AS_OF)
    said = " ".join(
        [*heads.values(), *unsettled["detail"], dossier.stage_rules(real.ask("stage_rules"))]
    )
    for word in ("来源用语", "来源写的是"):
        assert word not in said


def test_districts_of_the_first_round_are_not_named(real):
    """Eleven districts took part in 2019, none named: of no district can it be said that it was not among them."""
    known = real.ask("place_status", places=["310101", "310109", "320582"]).set_index("label")
    assert (
        known.at["黄浦区", "first_pilot"]
        == known.at["虹口区", "first_pilot"]
        == "首批试点有11个区，未点名，是否在内未知"
    )
    assert known.at["张家港市", "first_pilot"] == "2019年首批试点未提及", "the six cities are named"
    assert "占位" not in " ".join(known["note"].dropna()) and "13/14/16" not in " ".join(
        known["other_links"].dropna()
    )


def test_an_earlier_day_knows_nothing_of_what_came_later(real):
    """On 2020-07-01 松江—嘉兴—宣城 had signed; the lists of October were not out, 虹口 and 张家港 had not signed."""
    day = date(2020, 7, 1)
    detail = real.ask("agreement_detail", agreements=["PR014"], as_of=day)
    assert (
        rows(detail, "detail")[0].startswith("已签约；")
        and not detail["words"].str.contains("《旅居养老合作备忘录》").any()
    )
    partners = real.ask("pair_partners", cities=cities(real), as_of=day)
    assert (
        "张家港" not in rows(partners, "short_name") and not partners["counterpart_unknown"].any()
    )
    everything = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "as_of": day}
    for question in ("other_pairs", "agreements_quiet"):
        found = real.ask(question, **everything).set_index("agreement_id")
        assert found.at["PR014", "stage_title"] == "已签约" and "PR015" not in found.index, question
    assert "项目与成果公开资料未载" in rows(
        real.ask("open_questions", agreements=["PR014"], as_of=day), "question"
    )


def test_before_any_announcement_the_count_is_said_to_be_missing(real, real_data):
    early = real.ask("named_counts", as_of=date(2020, 6, 30))
    assert (
        findings.named(early)
        == "上海的区：当时没有公布数，来源点名1个；上海的区当时没有公布数，各来源合计点名1个；三省的市（区县）当时没有公布数，各来源合计点名2个"
    )
    figure = screen.bars(pairing.named(Facts(date(2020, 6, 30))).shape)
    assert "NA" not in figure.to_json()
    assert [trace.text[0] for trace in figure.data] == [
        "当时没有公布数",
        "同一报道点名0",
        "各来源合计点名1",
    ]


@pytest.mark.slow
def test_who_signed_after_the_announcement_stands_apart(tiny, tmp_path):
    """README 13: 13 and 27 are signed by the end of 2020; an agreement of 2022 is none of them."""
    before = rows(
        opened(tiny, tmp_path / "a").ask("named_counts", as_of=date(2023, 1, 1)),
        "named",
        "later_names",
    )
    add(
        tiny,
        "agreements",
        "A93,,测试后签协议,district-city,delta,2022-05-31,day,false,,signed,,,true,S1,测试,official,",
    )
    add(
        tiny,
        "agreement_parties",
        "A93,1,青浦区,district,310118,,true,,,,,",
        "A93,2,嘉善县,county,330421,,true,,,,,",
    )
    after = rows(
        opened(tiny, tmp_path / "b").ask("named_counts", as_of=date(2023, 1, 1)),
        "named",
        "later_names",
    )
    assert [named for named, _later in after] == [named for named, _later in before]
    assert [later for _named, later in after] == ["青浦", "嘉善"]


def test_announced_and_named_are_separate_bars(real, real_data):
    figure = screen.bars(pairing.named(Facts(AS_OF)).shape)
    assert figure.layout.barmode == "group"
    assert [list(trace.text) for trace in figure.data] == [
        ["公布13", "公布27"],
        ["同一报道点名6", "同一报道点名6"],
        ["各来源合计点名7", "各来源合计点名8"],
    ]


def test_parties_have_their_role(real):
    detail = real.ask("agreement_detail", agreements=["PR012", "PR014", "PR038"], as_of=AS_OF)
    found = rows(detail[detail["part"] == "参与方"], "agreement_id", "words", "detail")
    assert set(found) == {
        ("PR012", "上海市青浦区、苏州市吴江区、嘉兴市嘉善县", "角色：未注明"),
        ("PR014", "上海市松江区、浙江省嘉兴市、安徽省宣城市", "角色：签署方"),
        ("PR038", "云和县", "角色：受援方"),
        ("PR038", "宁波北仑区、嘉兴港区、湖州市吴兴区", "角色：支援方"),
    }


def test_dossier_names_the_other_two_places_of_its_agreement(real):
    detail = real.ask("agreement_detail", agreements=["PR015"], as_of=AS_OF)
    assert ("本协议中的其他两地", "嘉兴×宣城") in rows(detail, "part", "words")


def test_an_empty_cell_has_one_thing_to_find_out(real):
    nothing = real.ask(
        "agreements_of_places", places=["310101", "320100"], together=True, as_of=AS_OF
    )
    moves = real.ask("latest_moves", places=["310101", "320100"], as_of=AS_OF)
    cards = dossier.cards(nothing, real.ask("open_questions", agreements=[], as_of=AS_OF), moves)
    assert [(card["value"], card["note"]) for card in cards] == [
        ("░ 公开资料未载", ""),
        ("公开资料未载", ""),
        ("注明日期的未载", "不计旅游专列与线路；公开资料未载不等于没有往来"),
        ("1", "是否有往来"),
    ]
