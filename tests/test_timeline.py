"""协作历程: what stands on the axis, and what changed between two dates."""

from datetime import date

import pandas as pd
from asking import AS_OF, PLATFORMS, add, opened, rows

from eldercare.exhibits import Facts, timeline
from eldercare.exhibits.shapes import Timeline
from eldercare.exhibits.timeline import words as findings
from eldercare.faces import screen

LANES = [
    "协议与结对",
    "项目与基地",
    "机制与政策",
    "长护险",
    "会议与交流",
    "人才与组织",
    "成果与发布",
    "文件",
]
EVERYTHING = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "party": ""}


def events(store, **narrowed) -> pd.DataFrame:
    return store.ask(
        "timeline_events", **{**EVERYTHING, "kinds": LANES, "as_of": AS_OF, **narrowed}
    )


def changes(store, after: date, until: date, **narrowed) -> pd.DataFrame:
    return store.ask(
        "timeline_changes",
        **{**EVERYTHING, "kinds": LANES, "after": after, "until": until, **narrowed},
    )


def test_events_of_the_miniature(tiny_store):
    """The newest first, what has no date last."""
    assert rows(events(tiny_store), "record_id", "lane", "planned") == [
        ("E4", "机制与政策", True),
        ("D2", "文件", True),
        ("E3", "会议与交流", False),
        ("D1", "文件", False),
        ("E2", "项目与基地", False),
        ("E1", "协议与结对", False),
        ("E5", "会议与交流", False),
    ]


def test_events_narrow_by_place_kind_party_and_platform(tiny_store):
    assert rows(events(tiny_store, everywhere=False, cities=["340200"]), "record_id") == ["E1"]
    assert rows(events(tiny_store, kinds=["项目与基地"]), "record_id") == ["E2"]
    assert rows(events(tiny_store, party="310000"), "record_id") == ["D2", "E1"], (
        "a district is a party inside Shanghai"
    )
    assert rows(events(tiny_store, platforms=["产业"]), "record_id") == ["D1", "E2", "E1"]
    early = rows(events(tiny_store, as_of=date(2020, 12, 30)), "record_id")
    assert "E4" not in early and "E5" not in early, "their source came out the day after"
    assert {"E4", "E5"} <= set(rows(events(tiny_store, as_of=date(2020, 12, 31)), "record_id")), (
        "plans and undated events stay"
    )


def test_changes_of_the_miniature(tiny_store):
    """A signing is told by its agreement, a project with what it rests on; the first day is outside, the last inside."""
    found = changes(tiny_store, date(2019, 10, 31), date(2020, 3, 31))
    assert rows(found, "change_id", "kind", "step") == [
        ("S-A1-signed", "协议", "已签约"),
        ("S-A1-project", "协议", "有项目"),
        ("E2", "事件", "项目"),
    ]
    assert rows(changes(tiny_store, date(2019, 11, 30), date(2020, 3, 30)), "change_id") == []


def test_a_year_that_began_before_the_first_date_is_uncertain(tiny, tmp_path):
    add(
        tiny, "events", "E9,,2020-12-31,year,false,,meeting,测试只知年份,,,,false,S1,测试,official,"
    )
    store = opened(tiny, tmp_path)
    after = {
        day: rows(changes(store, day, date(2020, 12, 31)), "change_id", "uncertain")
        for day in (date(2019, 12, 31), date(2020, 10, 31))
    }
    assert ("E9", False) in after[date(2019, 12, 31)]
    assert ("E9", True) in after[date(2020, 10, 31)]
    told = findings.with_sentences(changes(store, date(2020, 10, 31), date(2020, 12, 31)))[
        "sentence"
    ].iloc[-1]
    assert told == "2020年，测试只知年份（只知年份，不一定在这段时间内）。"


def test_a_range_is_uncertain_only_when_it_began_before(tiny, tmp_path):
    add(
        tiny,
        "events",
        "E8,,2020-08-30,range,false,2020年8月29—30日,meeting,测试两天的会,,,,false,S1,测试,official,",
        "E9,,2020-12-31,range,false,2019至2020年,meeting,测试两年,,,,false,S1,测试,official,",
    )
    store = opened(tiny, tmp_path)

    def doubtful(day: date) -> list:
        return [
            found
            for found in rows(changes(store, day, date(2020, 12, 31)), "change_id", "uncertain")
            if found[0] in ("E8", "E9")
        ]

    assert doubtful(date(2020, 7, 31)) == [("E8", False), ("E9", True)]
    assert doubtful(date(2020, 8, 29)) == [("E8", True), ("E9", True)]
    assert doubtful(date(2018, 12, 31)) == [("E8", False), ("E9", False)]
    told = findings.with_sentences(changes(store, date(2020, 7, 31), date(2020, 12, 31)))[
        "sentence"
    ].iloc[-1]
    assert told == "2019至2020年，测试两年（写的是一段期间，不一定在这段时间内）。"


def test_a_range_starts_where_its_words_start(tiny, tmp_path):
    """However the stretch is written; words that name no day fall back to the year of the last day instead of breaking the page."""
    starts = {
        "2020年8月29—30日": date(2020, 8, 29),
        "2020年8月29日至9月3日": date(2020, 8, 29),
        "2020年8—9月": date(2020, 8, 1),
        "2020年8月至9月": date(2020, 8, 1),
        "2019至2020年": date(2019, 1, 1),
        "2019—2020年": date(2019, 1, 1),
        "2019年至2020年": date(2019, 1, 1),
        "2020年2月30—31日": date(2020, 1, 1),
        "2021年起": date(2020, 1, 1),
        "若干年": date(2020, 1, 1),
    }
    add(
        tiny,
        "events",
        *(
            f"R{i},,2020-12-31,range,false,{label},meeting,测试,,,,false,S1,测试,official,"
            for i, label in enumerate(starts)
        ),
    )
    known = events(opened(tiny, tmp_path)).set_index("record_id")
    assert {
        label: known.at[f"R{i}", "first_day"].date() for i, label in enumerate(starts)
    } == starts


def test_the_memorandum_of_two_days_is_newly_signed(real):
    """PR003: 2024年8月29—30日."""
    found = changes(real, date(2024, 7, 31), date(2024, 12, 31))
    memorandum = found[found["change_id"] == "S-PR003-signed"]
    assert rows(memorandum, "newly_signed", "uncertain", "before") == [(True, False, False)]
    assert (
        "2024年8月29—30日，上海市、江苏省、浙江省、安徽省：“进一步推进长三角民政工作一体化发展合作备忘录”，已签约。"
        in (findings.with_sentences(found)["sentence"].tolist())
    )
    assert "新签协议6份" in findings.changes(found, "2024年7月", "2024年12月")


def test_what_was_signed_by_a_day_is_not_newly_signed(real):
    """普陀—芜湖 is known as 截至2020年4月7日: when it was signed no source says. It is told once."""
    found = changes(real, date(2020, 3, 31), date(2020, 4, 30))
    assert rows(found, "change_id", "before") == [("S-PR013-paired", True)]
    assert findings.changes(found, "2020年3月", "2020年4月") == (
        "2020年3月到2020年4月的变化；所收公开资料：点名各方的新签协议未载；另有1条只知不晚于某日"
    )
    assert findings.with_sentences(found)["sentence"].tolist() == [
        "截至2020年4月7日，上海市普陀区、安徽省芜湖市：“结对共建（首批长三角养老试点单位之一）”，已结对（确切日期未知）。"
    ]


def test_a_joint_activity_by_a_day_is_no_signature(real):
    found = changes(real, date(2025, 7, 31), date(2025, 8, 31))
    assert rows(found, "change_id", "before") == [("S-PR019-joint_activity", True)]
    assert findings.changes(found, "2025年7月", "2025年8月").endswith("；另有1条只知不晚于某日")


def test_headline_leaves_out_what_may_be_older(real):
    """The two papers cited by the list of 2024-09-04 are older than 24 months; of 300 destinations only the year is known, of four more only a last day, of 皖政秘〔2024〕218号 only the year."""
    assert (
        findings.history(events(real), AS_OF)
        == "所收注明日期的事件与文件97条；含外省做法参考；近24个月7条（另有6条只知年份、起止或不晚于某日），写到月日的最近一条2025年7月23日（推断）"
    )


def test_sentences_can_be_read_aloud(real):
    told = findings.with_sentences(changes(real, date(2020, 7, 31), date(2020, 12, 31)))[
        "sentence"
    ].tolist()
    assert (
        "2020年8月13日，上海市虹口区、张家港市：“长三角区域养老一体化服务协作备忘录”，已签约。"
        in told
    )
    assert (
        "2020年10月23日（推断），“长三角养老一体化签约（第4对）”有成果：宣城会议签署《旅居养老合作备忘录》，发布三地名单。"
        in told
    )
    assert [sentence for sentence in told if "东台" in sentence] == [
        "2020年12月16日（推断），盐城市政府、东台市政府、上海地产集团：“长三角（东台）康养小镇项目”，已签约，有项目："
        "长三角（东台）康养小镇项目签约，总投资700亿元。"
    ]
    assert all(sentence.endswith("。") and "。。" not in sentence for sentence in told)
    assert not [sentence for sentence in told if "张家港与虹口签署" in sentence], (
        "the same signing is told once"
    )
    assert len([sentence for sentence in told if "66家" in sentence]) == 1, (
        "what two agreements led to is told once"
    )
    assert not [sentence for sentence in told if "六省区签订" in sentence], (
        "the union of two agreements is not told as a third"
    )


def test_two_reports_of_one_count_are_told_once(real):
    told = findings.with_sentences(changes(real, date(2020, 11, 30), date(2021, 1, 31)))["sentence"]
    assert told[told.str.contains("13个区")].tolist() == [
        "截至2020年底，上海13个区与27个市（区县）签署区域养老服务协作备忘录（确切日期未知）。"
    ]
    assert not told[told.str.contains("2021年1月5日以前，上海13个区")].any()


def test_counts_a_speaker_begins_with(real):
    """Every row is counted once: what is signed and a project on one day stands in brackets."""
    rows_ = changes(real, date(2020, 5, 31), date(2020, 12, 31))
    sentence = findings.changes(rows_, "2020年5月", "2020年12月")
    assert sentence == (
        "2020年5月到2020年12月的变化；所收公开资料：新签协议6份（其中1份当日即有项目或成果），此前已签而新有项目或成果1份，其他事件2件，文件1份"
        "；另有1份协议在报道日以前已签，日期未知；另有3条只知不晚于某日；另有1条只知年份或起止，不一定在这段时间内"
    )
    assert len(rows_) == 6 + 1 + 2 + 1 + 1 + 3 + 1


def test_months_that_enclose_nothing_say_why():
    assert (
        findings.no_days_between("2020年12月", "2020年5月") == "起止颠倒：从2020年12月到2020年5月"
    )
    assert (
        findings.no_days_between("2020年5月", "2020年5月")
        == "“从”与“到”是同一个月底，没有可比的时段"
    )
    assert findings.no_days_between("2020年5月", "2020年12月") == ""


def test_changes_and_documents_follow_the_filters(real):
    window = (date(2020, 7, 31), date(2020, 12, 31))
    assert set(rows(changes(real, *window, kinds=["文件"]), "change_id")) == {"DC010"}
    assert set(rows(changes(real, *window, kinds=["协议与结对"]), "kind")) == {"协议", "事件"}
    narrowed = real.ask("documents_register", **{**EVERYTHING, "party": "310000"}, as_of=AS_OF)
    assert set(rows(narrowed, "place_label")) == {"上海市", "普陀区（上海）"}
    early = real.ask("documents_register", **EVERYTHING, as_of=date(2022, 12, 31))
    planned = rows(early[early["status_title"] == "拟定"], "document_id")
    assert "DC009" in planned and "DC002" not in planned, "the plan of Lishui came out in June 2023"
    assert set(
        rows(
            real.ask("documents_register", **{**EVERYTHING, "platforms": ["产业"]}, as_of=AS_OF),
            "agreement_id",
        )
    ) == {
        "PR036",
        "PR039",
    }


def test_rows_that_name_who_signed_are_no_change(real):
    found = changes(real, date(2020, 12, 1), date(2021, 1, 31))
    assert not [
        change
        for change in found["change_id"]
        if change.startswith("S-PR02") or change.startswith("S-PR03")
    ]


def test_axis_draws_dated_records_and_leaves_the_rest_to_the_table(real_data):
    known = timeline.known(Facts(AS_OF))
    figure = screen.timeline(timeline.axis(Facts(AS_OF)).shape)
    drawn = [code for trace in figure.data for code in (trace.customdata or [])]
    assert sorted(drawn) == sorted(known[known["date"].notna()]["record_id"])
    symbols = {
        code: symbol
        for trace in figure.data
        if trace.customdata
        for code, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
    }
    assert symbols["EV001"] == "triangle-left", "2014 lies before the axis and says so"
    assert symbols["EV077"] == "triangle-right-open" and symbols["EV036"] == "circle-open", (
        "plans are hollow"
    )
    labels = [annotation.text for annotation in figure.layout.annotations]
    assert findings.lanes(known).startswith(
        f"图上已发生的{len(known[known['date'].notna() & ~known['planned']])}条"
    ) and "未注明日期的26条只在表中" in findings.lanes(known)
    per_year = known[~known["planned"] & (known["date"].dt.year == 2021)]
    assert f"{len(per_year)}条" in labels


def test_axis_of_nothing():
    assert screen.timeline(Timeline((), AS_OF, timeline.FIRST)).to_json()


def test_register_keeps_number_issuer_date_and_source(real):
    register = real.ask("documents_register", **EVERYTHING, as_of=AS_OF)
    found = register.set_index("document_id")
    assert (found.at["DC011", "document_number"], found.at["DC011", "issuer"]) == (
        "红政办函〔2024〕91号",
        "红河州人民政府办公室",
    )
    assert (
        findings.documents(register) == "登记文件33份；有文号的5份，未注明日期的19份；另有拟定的6份"
    )
    assert register["source_id"].notna().all()


def test_months_run_backward_and_end_where_they_end():
    months = findings.months(date(2019, 11, 1), date(2020, 2, 15))
    assert months == ["2020年2月", "2020年1月", "2019年12月", "2019年11月"]
    assert [findings.end_of(month) for month in ("2020年2月", "2019年12月", "2021年2月")] == [
        date(2020, 2, 29),
        date(2019, 12, 31),
        date(2021, 2, 28),
    ]
