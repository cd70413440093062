"""Facts of 2022 to 2026 and the counties' figures: each as what it is, nothing joined that is not one series; old figures say their age."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from conftest import DATASETS
from opening import visit

from eldercare import tables
from eldercare.exhibits import indicators as ledger
from eldercare.exhibits.beds import words as beds
from eldercare.exhibits.institutions import words as findings

DAY = date(2026, 11, 22)


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(
        Path(DATASETS) / f"{name}.csv", dtype={"place_code": str, "parent_code": str}
    )


# --- counties ---


def test_counties_are_divided_where_both_numbers_are_of_one_area_and_never_ranked(real):
    """余杭 and 萧山 lost 临平 and 钱塘 in 2021: beds of 2023 over the people of 2020 are no ratio. Second-hand rows have no ranks."""
    found = read("observations")
    own = found[found["indicator_code"] == "welfare_beds"].set_index("place_code")["value"]
    census = found[
        (found["indicator_code"] == "pop_60plus")
        & (found["date"] == "2020-11-01")
        & (found["shown"])
    ]
    elders = census.drop_duplicates("place_code").set_index("place_code")["value"]
    groups = read("age_groups")
    groups = groups[(groups["year"] == 2020) & (groups["age_from"] >= 60)]
    districts = (groups["male"] + groups["female"]).groupby(groups["place_code"]).sum()
    notes = read("places").set_index("place_code")["note"].dropna()
    redrawn = [
        code for code, note in notes.items() if re.search(r"202[1-3]年[^；]*(析出|并入|划入)", note)
    ]
    ratio = (
        (1000 * own / elders.combine_first(districts))
        .reindex(own.index)
        .dropna()
        .drop(own.index.intersection(redrawn))
        .sort_values(ascending=False)
    )
    rows = real.ask("county_welfare").set_index("place_code")
    assert len(rows) == 191 and len(ratio) == 189
    assert rows["value"].dropna().round(6).to_dict() == ratio.round(6).to_dict()
    assert "不相除" in rows.at["330110", "hover"] and "析出临平区" in rows.at["330110", "hover"]
    assert "rank" not in rows and "位次" not in beds.WELFARE.values()
    words = beds.welfare_ranks(rows.reset_index())
    assert words == (
        "每千名老人社会福利床位（待核）；有数而区划可比的189个县（市、区），从龙港市7.4张到石台县62.0张"
        "（2023年床位÷七普（2020年）人口，二手转录，待核）"
    )
    divided = rows[rows["value"].notna()]
    assert divided["hover"].str.contains("2023年床位÷七普（2020年）人口").all()


def test_welfare_beds_are_no_eldercare_beds(real):
    """江宁 has 6,180 of the one and 11,325 of the other: two lines of its profile, one of them in the bed topics."""
    shown = real.ask("place_facilities", place="320115", as_of=DAY).set_index("indicator_code")[
        "value"
    ]
    assert shown[["welfare_beds", "beds_eldercare"]].tolist() == [6_180, 11_325]
    for question, parameters in (
        ("bed_gaps", {}),
        ("bed_ratio", {"indicator": "beds_eldercare", "denominator": "常住60岁及以上"}),
    ):
        named = " ".join(
            word for row in real.ask(question, **parameters)["source_ids"] for word in row
        )
        assert "L02" not in named


def test_every_county_and_district_has_a_profile_and_the_search_leads_there(real):
    places = read("places")
    wanted = places[
        places["level"].isin(["district", "county"])
        & places["in_delta"]
        & places["valid_to_year"].isna()
    ]
    assert set(wanted["place_code"]) <= set(real.ask("profile_places")["place_code"])
    (hit,) = real.ask("search", words="金寨县", count=8).query("kind == '地区'")["link"]
    assert hit == "city?place=341524"


def test_the_profile_of_a_district_leads_to_its_homes(real_data):
    app = visit("situation/city.py", place="310113")
    words = " ".join(
        str(element.value)
        for kind in ("subheader", "caption", "markdown")
        for element in app.get(kind)
    )
    assert "宝山按名称可知48家养老机构" in words
    assert "48家有床位，待核名单加总15,294张" in words
    assert "institutions?institutions_county=%E5%AE%9D%E5%B1%B1%E5%8C%BA" in words


# --- recent facts ---


def test_tourist_trains_are_a_category_of_their_own_and_no_cooperation(real):
    trains = read("events").query("category in ['train', 'tour']")
    assert len(trains) == 7
    latest = real.ask("latest_events", as_of=DAY, count=50)
    assert not set(latest["event_id"]) & set(trains["event_id"])
    assert not set(
        real.cursor().execute("select distinct record_id from public_moves").df()["record_id"]
    ) & set(trains["event_id"])
    everything = {
        "cities": [],
        "platforms": ["未归入平台"],
        "everywhere": True,
        "party": "",
        "as_of": DAY,
    }
    shown = real.ask("timeline_events", **everything, kinds=["旅游专列与线路"])
    assert set(shown["record_id"]) == set(trains["event_id"]) and not shown["cooperation"].any()


def test_the_timeline_begins_with_the_newest(real):
    everything = {
        "cities": [],
        "platforms": ["未归入平台"],
        "everywhere": True,
        "party": "",
        "as_of": DAY,
    }
    days = real.ask("timeline_events", **everything, kinds=["会议与交流", "项目与基地"])[
        "date"
    ].dropna()
    assert days.is_monotonic_decreasing


def test_what_is_planned_is_no_record_and_what_is_unclear_neither(real):
    facts = read("observations").set_index("observation_id")
    assert facts.loc[["RF004", "RF089", "RF105"], "kind"].tolist() == ["plan"] * 3
    assert (
        facts.loc[["RF025", "RF027"], "kind"].tolist() == ["target"] * 2
        and facts.at["RF057", "kind"] == "unclear"
    )
    counted = real.cursor().execute("select record_id from place_topics").df()["record_id"]
    assert not set(counted) & {"RF004", "RF027", "RF057", "RF105"}


def test_no_line_runs_between_statements_of_different_publications(real):
    facts = read("observations").query("indicator_code == 'beds_institution' and shown")
    for place in ("320000", "340000"):
        own = facts[facts["place_code"] == place].sort_values("date")
        last, before = own.iloc[-1], own.iloc[-2]
        assert last["segment"] > before["segment"] and isinstance(last["break_note"], str)
        steps = real.ask("bed_steps", indicators=["beds_institution"], places=[place])
        assert (
            not (
                (steps["value"] == last["value"]) & (steps["earlier_value"] == before["value"])
            ).any()
            if len(steps)
            else True
        )
        # The titles do not call the last but one the newest: the newest is named apart.
        rows = real.ask("bed_series", indicators=["beds_institution"], places=[place])
        tail = "；此后另有{}万张（".format(f"{last['value'] / 10_000:g}")
        for words in (beds.steps(steps, rows), beds.bed_trend(rows, "某省")):
            assert tail in words and words.endswith("，不相减"), words
        assert "最近两个公布的数" not in beds.steps(steps, rows)


def test_a_place_without_comparable_figures_is_not_said_to_have_none(real):
    """The delta's 167.65 and 172.18 are two published numbers, of different definitions; a target alone is no figure of today."""
    steps = real.ask("bed_steps", indicators=["beds_eldercare", "beds_institution"], places=["YRD"])
    assert steps.empty and beds.steps(steps).endswith(
        "；没有口径相同、先后公布的两个数字，不计算增减"
    )
    targets = real.ask("bed_series", indicators=["beds_eldercare"], places=["310000"]).query(
        "kind == 'target'"
    )
    assert (
        len(targets)
        and beds.bed_trend(targets, "某地") == "某地：注明日期的床位现值未载；按所收公开资料"
    )


def test_national_shares_of_nursing_beds_are_three_statements_and_no_trend(real):
    own = read("observations").query(
        "indicator_code == 'nursing_bed_share' and place_code == '000000'"
    )
    assert set(own["source_id"]) == {"R44", "R45", "R46"}
    assert own.groupby("segment")["source_id"].nunique().max() == 1
    rows = ledger.with_words(real.ask("indicator_ledger", place="000000", as_of=DAY))
    line = rows[rows["indicator_code"] == "nursing_bed_share"].iloc[0]
    assert line["trend_words"] == "—" and "不作增减" in line["beside"]


def test_a_qualifier_of_the_quote_is_kept_with_its_number():
    """规上企业产值突破4000亿元 is more than a target of 4,000. The word stands before the number or behind it."""
    before, after = r"(?<!签)(约|近|超过?|突破|不少于|逾|至少)", r"[万亿]?(余|多|左右|以上)"
    bare = []
    rows = read("observations").dropna(subset=["quote", "value"])
    for row in rows[rows["qualifier"].isna()].itertuples():
        said = row.quote.replace(",", "")
        for unit in (1, 1e4, 1e8):
            digits = re.escape(f"{float(row.value) / unit:.10g}")
            if re.search(rf"{before}{digits}(?![\d.])|(?<![\d.]){digits}{after}", said):
                bare.append((row.observation_id, row.quote))
    assert not bare


def test_where_a_number_stands_is_not_called_its_words(real):
    """A row of the yearbook has no quote: its table, row and column are where it stands, no 原文."""
    rows = real.ask("source_rows", source="L02", count=600, start=0)
    words = rows.loc[rows["kind"] == "数字", "quote_words"]
    assert len(words) == 3 * 191 and words.str.startswith("出处：").all()
    quoted = real.ask("source_rows", source="R09", count=400, start=0)["quote_words"]
    assert len(quoted) and quoted.str.startswith("原文：").all()


def test_national_rows_only_stand_beside(real):
    newest = real.ask("freshness").set_index("part")
    assert not newest.at["figure", "title"].startswith("全国")


def test_a_quote_in_another_language_has_a_chinese_rendering():
    facts = read("observations")
    foreign = facts[
        facts["observation_id"].str.startswith("RF")
        & ~facts["quote"].fillna("").str.contains("[一-鿿]")
    ]
    foreign = foreign[
        ~foreign["observation_id"].isin(
            ["RF107", "RF108", "RF109", "RF110", "RF110:2", "RF111", "RF111:2"]
        )
    ]
    assert len(foreign) >= 5 and foreign["note"].str.contains("〔译〕").all()


def test_a_project_that_a_source_relates_to_the_first_list_is_none_of_its_57(real):
    assert (
        findings.coverage(real.ask("list_coverage"))
        == "首批异地养老机构名单：公布57家；25,698张床位；能确认名称的0家，相关说法2条"
    )
    known = (
        real.cursor()
        .execute("select institution_id from finder_institutions where not demo")
        .df()["institution_id"]
    )
    assert "IN023" not in set(known), "a project is no home"


# --- age ---


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        ("2023-11-22", "actual", ""),
        ("2023-11-21", "actual", "距数据截至日3年"),
        ("2020-12-31", "actual", "距数据截至日5年"),
        ("2020-11-01", "actual", "距数据截至日6年"),
        ("2019-12-31", "target", ""),
    ],
)
def test_a_figure_older_than_three_years_says_how_old_it_is(real_data, day, kind, words):
    """Counted from the day the compilation ended, 2026-11-22, not from the clock."""
    rows = pd.DataFrame(
        {"date": [pd.Timestamp(day), pd.Timestamp("2015-12-31")], "kind": [kind, kind]}
    )
    assert tables.release()["as_of"].date() == DAY
    assert tables.age_words(rows) == words


def test_an_exhibit_of_2020_shows_its_age_and_a_new_one_does_not(real_data):
    lines = [
        caption.value
        for caption in visit("institutions/directory.py").caption
        if caption.value.startswith("来源：")
    ]
    (announced,) = [
        line
        for line in lines
        if "首批长三角异地养老机构名单发布" in line and "数据截至 2020年10月" in line
    ]
    assert ":gray-badge[距数据截至日6年]" in announced
    assert not any("距数据截至日" in line for line in lines if "数据截至 2025年9月" in line)
