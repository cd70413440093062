"""The indicator ledger: values of one definition, gaps between like and like, rhythms only where a source sets one."""

from datetime import date

import pandas as pd
import pytest
from asking import SOME_OR_EVERY, among
from test_tasks import TODAY, add_batch, opened

from eldercare.data import catalogue
from eldercare.exhibits import Facts
from eldercare.exhibits import indicators as findings
from eldercare.faces import screen
from eldercare.store import Store


def ledger(of: Store, place: str, day: date = TODAY) -> pd.DataFrame:
    return findings.with_words(of.ask("indicator_ledger", place=place, as_of=day))


def line(rows: pd.DataFrame, indicator: str, **conditions: str) -> pd.Series:
    found = rows[rows["indicator_code"] == indicator]
    for column, wanted in conditions.items():
        found = found[found[column] == wanted]
    assert len(found) == 1
    return found.iloc[0]


def test_latest_value_target_and_gap_of_the_delta(real):
    rows = ledger(real, "YRD")
    districts = line(rows, "signed_districts")
    assert districts["value"] == 14 and pd.isna(districts["target"]), (
        "the goal of 2021 speaks of 对接, not of signing"
    )
    goal = line(rows, "linked_districts")
    assert (goal["target"], goal["gap_words"]) == (16, "现值未载")
    assert districts["value_day"] == "截至2021年3月20日"
    places = line(rows, "signed_places")
    assert places["value"] == 27 and (
        line(rows, "linked_places")["target"],
        line(rows, "linked_places")["gap_words"],
    ) == (30, "现值未载")
    double, added = (
        line(rows, "cross_region_beds", reading="翻番"),
        line(rows, "cross_region_beds", reading="再新推25000张"),
    )
    assert (double["target"], double["gap"], added["target"], added["gap"]) == (
        51396,
        25698,
        50698,
        25000,
    )
    # The 25,698 beds of October 2020 are where the goals of January 2021 start from, no progress towards them.
    assert double["gap_words"] == "目标比起点多25,698张；此后公开资料未载"
    assert added["gap_words"] == "目标比起点多25,000张；此后公开资料未载"
    assert "异地养老床位" not in findings.gaps(rows)
    assert line(rows, "cross_region_beds_added")["gap_words"] == "现值未载"


def test_gap_only_within_one_segment(real, tiny_store):
    """Shanghai's 176,000 beds and the target of 178,000 are not said to be counted alike."""
    beds = line(ledger(real, "310000"), "beds_eldercare")
    assert (beds["target"], beds["gap_words"]) == (178000, "口径不同，不相减")
    tiny_beds = line(ledger(tiny_store, "310000"), "beds_eldercare")
    assert (tiny_beds["value"], tiny_beds["target"], tiny_beds["gap"]) == (90, 120, 30)


def test_a_value_at_its_target_is_not_called_done():
    row = {
        "value": 16.0,
        "target": 16.0,
        "gap": 0.0,
        "unit": "个",
        "indicator_title": "指标",
        "kind": "actual",
        "target_kind": "target",
        "base": "不适用",
        "is_goal": True,
        "before_goal": False,
    }
    blank = dict.fromkeys(
        [
            "target_precision",
            "batch",
            "value_text",
            "qualifier",
            "date_precision",
            "reading",
            "target_qualifier",
            "points",
            "list_id",
            "task_id",
        ]
    )
    words = findings.with_words(pd.DataFrame([row | blank])).iloc[0]["gap_words"]
    assert "是否完成公开资料未载" in words
    assert not any(verdict in words for verdict in ("达标", "已完成", "办结"))


def test_bases_are_lines_of_their_own(tiny_store, real):
    rows = ledger(real, "310000")
    elders = rows[rows["indicator_code"] == "pop_60plus"].set_index("base")["value"]
    assert elders["户籍"] == 5776200 and elders["常住"] == 5815462
    assert set(elders.index) == {"户籍", "常住", "未注明"}


def test_trend_needs_three_comparable_numbers(tiny_store, real):
    rows = ledger(tiny_store, "310000")
    sites = line(rows, "community_facilities")
    assert (sites["points"], sites["first_value"], sites["change"]) == (3, 10, 5)
    assert pd.isna(line(rows, "beds_eldercare")["points"]), (
        "100 and 110 by one definition, 80 and 90 by another"
    )
    early = ledger(tiny_store, "310000", date(2019, 12, 31))
    assert pd.isna(line(early, "community_facilities")["points"])
    assert (
        line(ledger(real, "YRD"), "signed_districts")["trend_words"]
        == "共3个数，最早截至2020年10月26日10个，多4个"
    )
    assert "百分点" in line(ledger(real, "310000"), "share_60plus", base="户籍")["trend_words"]


def test_trend_lines_hold_what_the_ledger_counts(real):
    rows = ledger(real, "310000").drop_duplicates(["indicator_code", "base"])
    counted = {
        f"{r.indicator_code}|{r.base}": int(r.points)
        for r in rows.itertuples()
        if not pd.isna(r.points)
    }
    drawn = (
        real.ask("indicator_trends", place="310000", as_of=TODAY).groupby("series").size().to_dict()
    )
    assert drawn == counted and len(counted) > 5


def test_rhythm_is_said_only_where_a_source_sets_it(real, tiny_store):
    for place in ("YRD", "310000", "320000", "340000", "532500"):
        rows = real.ask("indicator_ledger", place=place, as_of=TODAY)
        known = rows[rows["rhythm"] != "未规定"]
        assert known["indicator_code"].tolist() == [], place
        assert set(rows["reporter"]) <= {"未规定"} and set(rows["next_due"]) <= {"未规定"}
    jiangsu = line(ledger(real, "320000"), "assessment_indicators")
    assert (jiangsu["value"], jiangsu["rhythm"]) == (22, "未规定"), (
        "the rhythm is the national assessment's"
    )
    known = line(ledger(tiny_store, "YRD"), "signed_districts")
    assert (known["reporter"], known["rhythm"], known["next_due"]) == (
        "测试民政局",
        "测试月报告",
        "2022-01-31",
    )
    assert (
        "江苏省老龄工作（纳入全国民政重点工作综合评估后）：月报告、季调度、半年通报"
        in findings.rhythms(real.ask("reporting_rhythms_known"))
    )


@pytest.mark.slow
def test_ledger_moves_with_the_lists_and_the_day(tiny, tmp_path):
    add_batch(tiny, 2, "2021-10-31", 150)
    store = opened(tiny, tmp_path)
    assert line(ledger(store, "YRD"), "cross_region_beds", reading="翻番")["value"] == 550
    assert line(ledger(store, "YRD"), "cross_region_beds_added")["gap"] == 150
    assert (
        line(ledger(store, "YRD", date(2021, 9, 30)), "cross_region_beds", reading="翻番")["value"]
        == 400
    )


def test_a_new_batch_is_no_fall(tiny, tmp_path):
    """What single lists count is not drawn as one line; what all of them add up to is."""
    add_batch(tiny, 2, "2021-09-30", 200)
    add_batch(tiny, 3, "2022-03-31", 60)
    store = opened(tiny, tmp_path)
    rows = store.ask("indicator_trends", place="YRD", as_of=TODAY)
    assert not rows["indicator_code"].str.startswith("list_").any()
    assert rows[rows["indicator_code"] == "cross_region_beds"]["value"].tolist() == [400, 600, 660]
    single = line(ledger(store, "YRD"), "list_beds")
    assert (single["value_words"], single["trend_words"]) == (
        "60张（第3批名单）",
        "—",
    )


def test_the_change_of_a_trend_keeps_its_decimals(real):
    """31.6 less 24.4 beds per thousand are 7.2, not 7; three numbers are three with the first."""
    rows = pd.read_csv(catalogue.DATASETS / "observations.csv", dtype=str).query(
        "place_code == '000000' and shown == 'true' and kind == 'actual'"
    )
    rows = rows[rows["indicator_code"] == "beds_per_1000_60plus"].sort_values("date")
    assert (
        rows["value"].astype(float).iloc[[0, -1]].tolist() == [24.4, 31.6]
        and rows["date"].nunique() == 3
    )
    words = line(ledger(real, "000000"), "beds_per_1000_60plus")["trend_words"]
    assert words == "共3个数，最早2013年底24.4张/千人，多7.2张/千人"


def test_a_goal_is_known_from_the_day_it_was_said(real):
    """The goals of 2021 were named on 5 January 2021: on the last day of 2020 nobody had them."""
    before = findings.with_words(
        real.ask("indicator_ledger", place="YRD", as_of=date(2020, 12, 31))
    )
    after = findings.with_words(real.ask("indicator_ledger", place="YRD", as_of=date(2021, 1, 5)))
    codes = {"cross_region_beds", "cross_region_beds_added", "linked_districts", "linked_places"}
    assert not codes & set(before[before["target"].notna()]["indicator_code"])
    assert codes <= set(after[after["target"].notna()]["indicator_code"])


def test_a_row_speaks_of_a_target_only_where_there_is_one(real):
    rows = ledger(real, "YRD")
    bare = rows[rows["target"].isna()]
    assert len(bare) and set(bare["target_words"]) == set(bare["gap_words"]) == {"—"}


def test_a_target_of_at_least_leaves_at_least_the_difference(real):
    """不少于400家, of which 93 by September 2024: 307 are missing at least. From the files: OB rows of 安徽."""
    rows = pd.read_csv(catalogue.DATASETS / "observations.csv", dtype=str).query(
        "place_code == '340000'"
    )
    goal = rows[(rows["kind"] == "target") & (rows["qualifier"] == "不少于")]
    (code,) = goal["indicator_code"].tolist()
    known = (
        rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")]
        .sort_values("date")["value"]
        .astype(float)
        .iloc[-1]
    )
    assert (goal["value"].astype(float).iloc[0], known) == (400, 93)
    assert line(ledger(real, "340000"), code)["gap_words"] == "至少差307家（现值截至2024年9月15日）"


def test_without_a_goal_none_is_spoken_of(real):
    assert findings.gaps(ledger(real, "320100")) == "所收来源没有写目标，只列现值"


def test_items_of_a_plan_are_no_targets(real):
    rows = ledger(real, "YRD")
    assert line(rows, "delta_annual_tasks")["gap_words"] == "计划数，不与现值相减"
    told = findings.ledger(rows, "长三角")
    assert told.startswith("所收长三角指标：33个；按口径35行；") and "有目标的4个" in told
    assert line(rows, "delta_annual_tasks")["target_words"].startswith("2021年计划10项")
    honghe = ledger(real, "532500")
    assert line(honghe, "task_list_tasks")["gap_words"] == "计划数，不与现值相减"
    assert line(honghe, "graded_homestays")["gap_words"] == "现值未载"
    # 522 homes by 2035 are what the plan is to reach: it is not said to be nothing of the kind.
    assert line(ledger(real, "320100"), "institutions")["gap_words"] == "计划数，不与现值相减"


def test_an_indicator_names_the_tasks_it_measures(real):
    rows = findings.with_words(
        real.ask("indicator_ledger", place="YRD", as_of=TODAY), "&as_of=2026-01-01"
    )
    beds = line(rows, "cross_region_beds", reading="翻番")
    assert (beds["tasks"], beds["task_address"]) == (
        "长三角2021十项任务 3 异地养老床位供给翻番",
        "tasks?tasks_task=TK025&as_of=2026-01-01",
    )
    assert line(rows, "institutions")["task_address"] == ""


def test_the_ledger_shows_every_line_with_the_day_of_its_value(real, real_data):
    """Each indicator and base once, both readings of one target, and who reports in one line instead of three columns of 未规定."""
    rows = ledger(real, "YRD")
    value = findings.held(rows)
    assert len(value.rows) == len(rows) and (
        value.rows.drop_duplicates(["indicator_code", "base"]).shape[0] == 35
    )
    assert {"现值", "日期", "目标", "差距"} <= set(value.columns.values())
    assert {"目标51,396张（读法：翻番）", "目标50,698张（读法：再新推25000张）"} <= {
        words.replace("2021年", "") for words in rows["target_words"]
    }
    assert "由谁报、节奏、下次报送：均未规定" in value.subtitle
    assert not {"由谁报", "节奏", "下次报送"} & set(value.columns.values())
    assert {"由谁报", "节奏", "下次报送"} <= set(value.file_columns.values()), (
        "files have every column"
    )


def test_a_rhythm_that_one_source_sets_keeps_its_column(tiny_store, real_data):
    value = findings.held(ledger(tiny_store, "YRD"))
    assert "节奏" in value.columns.values() and "未规定" not in value.subtitle


@SOME_OR_EVERY
def test_titles_are_short_claims_for_every_place(real, real_data, every):
    facts, long = Facts(TODAY), []
    places = real.ask("ledger_places")
    for code, called in among(
        list(zip(places["place_code"], places["called"], strict=True)), every
    ):
        rows = ledger(real, code)
        trends = real.ask("indicator_trends", place=code, as_of=TODAY)
        told = [findings.ledger(rows, called), findings.held(rows).title]
        told += [findings.trends(trends, called)] if len(trends) else []
        long += [words for words in told if not 0 < len(words.partition("；")[0]) <= 24]
    regions = real.ask("practice_regions")["short_name"].tolist()
    themes = real.ask("practice_themes", regions=regions)["theme"].tolist()
    for value in (
        findings.by_region(facts),
        findings.reporting(facts),
        findings.by_theme(facts, regions, themes),
        findings.one_by_one(facts, regions, themes),
    ):
        long += [] if 0 < len(value.title) <= 24 and value.subtitle else [value.spoken]
    assert long == []


def test_honghe_targets_without_a_year_name_none(real):
    """The date of such a target is that of the document, not a date to reach."""
    words = line(ledger(real, "532500"), "graded_homestays")["target_words"]
    assert words == "目标34家以上"


def test_small_lines_hold_every_comparable_number(real, real_data):
    value = findings.lines(Facts(TODAY), "310000", "上海", ["床位", "人口", "老龄化"])
    rows = real.ask("indicator_trends", place="310000", as_of=TODAY)
    rows = rows[rows["topic"].isin(["床位", "人口", "老龄化"])]
    drawn = screen.panels(value.shape)
    assert len(drawn.data) == rows["series"].nunique() > 1
    assert sum(len(trace.y) for trace in drawn.data) == len(rows)
    assert sorted(y for trace in drawn.data for y in trace.y) == sorted(rows["value"])


def test_practices_by_region(real):
    rows = real.ask("practice_regions").set_index("short_name")["practices"].to_dict()
    assert rows == {
        "广东": 27,
        "江苏": 24,
        "山东": 18,
        "四川": 18,
        "宁波": 16,
        "北京": 14,
        "云南": 8,
        "丽水": 3,
        "红河": 1,
    }
    assert sum(n for region, n in rows.items() if region not in ("丽水", "红河")) == 80 + 45
    assert "129条" in findings.practices(real.ask("practice_regions"))


def test_practices_line_up_by_a_common_theme(real, real_data):
    """Each region calls its work by a name of its own; only the common themes let them be compared."""
    regions = real.ask("practice_regions")["short_name"].tolist()
    themes = real.ask("practice_themes", regions=regions)["theme"].tolist()
    rows = real.ask("practice_matrix", regions=regions, themes=themes)
    assert rows["practices"].sum() == 129 and rows["figures"].sum() == 29
    assert rows.groupby("common_theme")["region"].nunique().max() >= 4
    assert {
        r.region: r.practices for r in rows[rows["common_theme"] == "体制与考核"].itertuples()
    } == {
        "江苏": 11,
        "宁波": 7,
        "广东": 3,
        "四川": 2,
        "山东": 1,
        "云南": 1,
    }
    shape = findings.by_theme(Facts(TODAY), regions, themes).shape
    assert (len(shape.rows), len(shape.columns), len(shape.cells)) == (9, 9, len(rows))
    assert sum(int(mark.sign) for mark in shape.cells.values()) == 129
    assert len(screen.matrix(shape).data[0].text) == len(rows)
    assert findings.practices(real.ask("practice_regions")).startswith(
        "各地做法129条；"
    ) and findings.practices(real.ask("practice_regions")).endswith("；其中性质为数字的29条")


def test_practices_filter_by_region_and_theme_and_carry_quotes(real):
    themes = real.ask("practice_themes", regions=["江苏"])["theme"].tolist()
    assert "体制与考核" in themes and "权益与法律" not in themes
    rows = findings.with_figures(
        real.ask("practices_compared", regions=["江苏", "北京"], themes=[*themes])
    )
    assert rows["region"].value_counts().to_dict() == {"江苏": 24, "北京": 1}
    assert rows["quote"].str.len().min() > 3
    assert rows.set_index("practice_id").loc["PG023", "figure_words"] == "22项"
    assert rows.set_index("practice_id").loc["PG025", "figure_words"] == "—"
