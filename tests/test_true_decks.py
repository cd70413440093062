"""Titles of slides, their notes and the briefing say no more than their rows. Expected values come from the files."""

import re
from datetime import date

import pandas as pd
import pytest
from conftest import DATASETS

from eldercare.exhibits import (
    Facts,
    Missing,
    ageing,
    claims,
    pairing,
    summary,
    timeline,
)
from eldercare.exhibits import beds as exhibits_of_beds
from eldercare.exhibits import coverage as exhibits_of_coverage
from eldercare.exhibits import places as slides
from eldercare.exhibits.coverage import words as coverage
from eldercare.exhibits.pairing import dossier
from eldercare.faces import word
from eldercare.talks import decks, making

DAY = date(2026, 11, 22)
PROVINCES = ["310000", "320000", "330000", "340000"]


def csv(name: str) -> pd.DataFrame:
    return pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture
def facts(real_data):
    return Facts(DAY)


@pytest.fixture
def codes(facts):
    return [*PROVINCES, *(code for code in facts.ask("cities")["place_code"] if code != "310000")]


# --- what is missing ---


def test_a_city_without_figures_of_its_own_may_have_counties_with_some(facts):
    """丽水 has none of its own; eight of its counties have beds of welfare units, dated 2023."""
    beds = csv("observations").query("indicator_code == 'welfare_beds'")
    assert beds["place_code"].str.startswith("3311").sum() == 8
    made = slides.facilities(facts, "331100")
    assert isinstance(made, Missing)
    assert "未见写到丽水市本级、注明日期的数字" in made.why and "所辖县（市、区）" in made.why


def test_few_records_are_few_of_what_was_collected(facts):
    rows = facts.ask("coverage_topics")
    for words in (
        coverage.topics(rows),
        summary.summary(facts).shape.entries[-1][1],
    ):
        assert "所收记录最少" in words and "公开记录最少" not in words


def test_records_on_topics_do_not_follow_the_day(real_data):
    """The topics are those of the whole release: on an early day the slide says so."""
    assert "不随截至日变化" in "".join(
        exhibits_of_coverage.topics(Facts(date(2020, 12, 31))).caveats
    )
    assert "不随截至日变化" not in "".join(exhibits_of_coverage.topics(Facts(DAY)).caveats)


# --- the newest ---


@pytest.mark.slow
def test_the_newest_is_the_newest_of_all_that_is_counted_or_says_of_what(facts, codes):
    """苏州 counts a plan of February 2025 and named a list of 2020 as the newest."""
    checked = 0
    for code in codes:
        for made in (slides.others(facts, code), slides.records(facts, code)):
            if isinstance(made, Missing) or "最近：" not in made.spoken:
                continue
            for part, count in (("任务", "任务\\d+条"), ("计划与目标", "计划与目标\\d+条")):
                if re.search(count, made.spoken):
                    apart = rf"，除[^，]*{part}[^，]*外，(写到月日的)?最近："
                    assert re.search(apart, made.spoken), made.spoken
                    checked += 1
    assert checked > 10


def test_insurance_that_is_counted_may_be_the_newest(facts):
    """ID158 of 靖江, PP10 of 吴江 and EV042 of 嘉兴 are newer than the lists and bases of their places."""
    rows = csv("observations").set_index("fact_id")
    assert rows.at["ID158", "date"] == "2025-07-21"
    for code, newest in (
        ("320000", "除任务、计划与目标外，最近：截至2025年7月21日"),
        ("320500", "除计划与目标外，最近：截至2021年1月15日"),
        ("330400", "除计划与目标外，最近：截至2021年1月8日"),
    ):
        assert newest in slides.others(facts, code).spoken


@pytest.mark.slow
def test_moves_of_a_place_are_counted_without_trains_and_say_so(facts, codes):
    """EV101, a train of September 2025, is newer than what 上海 and 江苏 are told to have as the newest; 镇江 has nothing else."""
    kinds = csv("event_kinds").query("cooperation == 'false'")["category"]
    trains = (
        csv("events").set_index("event_id")["category"].pipe(lambda all_: all_[all_.isin(kinds)])
    )
    assert {"EV100", "EV101"} <= set(trains.index)
    for code in codes:
        rows = facts.ask("place_records", place=code, as_of=DAY)
        n = rows["id"].isin(trains.index).sum()
        insured = (rows["part"] == "长护险").any()
        aside = [f"不含旅游专列与线路{n}条"] * bool(n) + ["长护险另列"] * bool(insured)
        told = "（{}）".format("；".join(aside)) if aside else ""
        made = slides.events(facts, code)
        words = made.subject if isinstance(made, Missing) else made.spoken
        assert told in words and ("另列" in words) == insured, (code, words)
        few = slides.records(facts, code, ["协议", "动态"])
        assert isinstance(few, Missing) or told in few.spoken, few
    assert "38条（不含旅游专列与线路6条；长护险另列）" in slides.events(facts, "310000").spoken


def test_what_may_be_a_plan_is_no_day_of_the_data(facts):
    """安徽: RF057 of 2026 does not say whether it is done; the newest that is are RF055 and RF056."""
    assert csv("observations").query("fact_id == 'RF057'")["kind"].tolist() == ["unclear"]
    assert "数据截至 2025年9月28日" in slides.facilities(facts, "340000").source_line


def test_what_is_known_by_its_year_may_be_newer(facts):
    """磐安 is of April 2024; 云和 and three of 衢州 are of 2024, the day unknown."""
    assert "写到月日的最近：截至2024年4月22日" in slides.others(facts, "330000").spoken
    assert "写到月日的最近：截至2025年8月8日" in slides.events(facts, "310000").spoken
    assert "，最近：2025年7月23日" not in slides.events(facts, "340000").spoken


def test_an_agreement_and_the_report_of_it_are_not_two(facts):
    """杭州 and 金华: PR020 and EV064; 盐城: PR011 and EV029; 南通: PR029 and EV030. Two of 温州 are two."""
    for code in ("330100", "330700", "320900", "320600"):
        assert not re.search(r"”等\d+项", slides.records(facts, code).spoken), code
    assert "”等2项" in slides.events(facts, "330300").spoken


def test_a_project_with_two_titles_is_one_of_the_newest(facts):
    """宣城: six places of August 2023, of which 爱晚工程 (BA049, BA050) is also named with a list (IN023)."""
    bases = csv("bases").query("place_code == '341800' and date == '2023-08-25'")
    assert bases["institution_id"].tolist().count("IN023") == 2
    assert "旅居地与目的地6处" in slides.others(facts, "341800").spoken
    assert slides.others(facts, "341800").spoken.endswith("等6项")


def test_a_card_names_the_move_of_which_the_day_is_known(facts):
    """EV097 is of some day in 2025; EV075 was reported by 8 August and EV088 is of 23 July."""
    known = {
        code: facts.ask("latest_moves", places=[code], as_of=DAY).iloc[0]
        for code in ("310000", "340000", "341800")
    }
    assert known["310000"]["latest_words"] == "不晚于2025年8月8日"
    assert known["340000"]["latest_words"].startswith("2025年7月")
    assert known["341800"]["latest_words"] == "2025年"
    assert all(isinstance(row["evidence"], str) for row in known.values())


def test_a_day_that_is_inferred_is_not_called_exact(facts):
    told = timeline.latest(facts).spoken
    assert "日期明确" not in told and "写到月日的最近一条2025年7月23日（推断）" in told
    assert "不含旅游专列" in told


# --- pairs ---


def test_pairs_that_only_meet_or_intend_are_named_too(facts):
    """青浦—吴江 and 松江—合肥 are named by sources as well: four are those that signed or paired."""
    kinds = csv("agreements").set_index("agreement_id")["status"]
    assert (kinds["PR012"], kinds["PR020"]) == ("intent", "joint_activity")
    for made in (pairing.matrix(facts), summary.summary(facts)):
        assert "点名双方已签约或结对的4对" in made.spoken


def test_one_joint_activity_has_no_beginning(facts):
    rows = facts.ask("agreements_of_places", places=["310117", "340100"], together=True, as_of=DAY)
    told = dossier.pair("松江 × 合肥", rows)
    assert "起，" not in told and "阶段最高" not in told
    assert told.startswith("松江 × 合肥：共同活动1项；2024年5月9—10日，“九城市政协")


def test_what_is_open_says_of_how_many(facts):
    """松江 × 嘉兴 has results; of one of its three records none is known."""
    made = pairing.cards(facts, "310117", "330400")
    note = next(card["note"] for card in made.shape.entries if card["label"] == "待查")
    assert "项目与成果公开资料未载（1项）" in note and "、近24个月" not in note


def test_a_briefing_says_nothing_twice(real_data):
    _deck, talk = making.ready(decks.parse("pair:310118|330411"))
    said = "".join(word._conclusions(word._sections(talk)))
    assert said.count("青浦区 × 秀洲区") == 1


def test_bases_are_named_once_and_without_their_age(real_data):
    for words in ("city:320600", "city:330400"):
        _deck, talk = making.ready(decks.parse(words))
        told = "".join(word._introduction(talk))
        bases = re.search("人口口径有(.+?)，各处", told).group(1).split("、")
        assert len(bases) == len(set(bases)) and "距数据截至日" not in "".join(bases), bases
        assert not any(base.startswith("部分") for base in bases), "no base of its own"
    _deck, talk = making.ready(decks.parse("city:320100"))
    assert "人口口径为常住。" in word._introduction(talk)[1], "one base is not compared with itself"


# --- numbers ---


def test_the_gap_to_the_city_is_one_of_elders(facts):
    """合肥: 106,667 people of 60 and more, 1,294,244 of all ages, are in none of its nine counties."""
    told = "".join(ageing.counties(facts, "340100").caveats)
    assert "60岁及以上人口之和比全市少106,667人" in told


def test_lowest_of_several_that_read_alike_has_one_digit_more():
    """Of 41 cities five read 2.4% for 80 and more."""
    rows = pd.DataFrame(
        {"short_name": ["宁波", "合肥", "南通"], "value": [2.37, 2.38, 5.16], "peers": "city"}
    )
    assert claims.extremes(rows, "占比") == "占比：3个城市中南通5.2%最高，宁波2.37%最低"


def test_the_newest_beds_of_a_picture_stand_in_its_title(facts):
    """江苏 RF044 and 安徽 RF055 are newer and lower than what the title ended with."""
    rows = csv("observations").query(
        "indicator_code == 'beds_institution' and kind == 'actual' and shown == 'true'"
    )
    for code, name in (("320000", "38.03万张"), ("340000", "31.7万张")):
        assert rows.query("place_code == @code")["date"].max() > "2025"
        assert name in exhibits_of_beds.of_place(facts, code).spoken


def test_a_sum_with_a_list_to_be_checked_says_so(facts):
    """153,065 of the list of 2025 and 1,600 of a home of 2021."""
    told = decks.MAKERS["homes"].make(facts).spoken
    assert "（试算合计154,665张，含待核名单，年份与来源不同）" in told


def test_agreements_are_counted_in_one_word(facts):
    assert "已签协议7份（其中3份不专为养老）" in slides.agreements(facts, "341800").spoken


@pytest.mark.parametrize("code", ["330400", "321200", "310000"])
def test_the_summary_of_a_city_names_the_gaps_of_the_page_of_coverage(code, real_data):
    """The last slide: as many open topics as cells that say 未载 on 数据覆盖, and whom to ask for each of them."""
    talk = making.ready(decks.parse(f"city:{code}"))[1]
    last = talk.exhibits[-1]
    told = dict(last.shape.entries)
    page = Facts(DAY).ask("coverage_grid", provinces=PROVINCES)
    own = page[page["place_code"] == code]
    gaps = own.loc[own["span"] == "未载", "topic"].tolist()
    assert f"{len(own)}个主题中{len(gaps)}个公开资料未载" in last.title and 0 < len(gaps) < len(own)
    first = told["公开资料未载"].split("；")[0].split("，")[0]
    assert [coverage.whole_name(topic) for topic in gaps] == first.split("、")
    assert all(coverage.whole_name(topic) in told["下一步"] for topic in gaps)
    name = own["label"].iloc[0]
    assert f"{name}" in told["下一步"] and "民政部门提供" in told["下一步"]


def test_what_only_a_district_has_is_said_beside_the_gaps_of_its_city(facts):
    """The pairs and meetings of Shanghai are those of its districts: the city itself has none, and its slides count theirs."""
    told = dict(summary.of_place(facts, "310000").shape.entries)
    assert "其中其他往来只见所辖区县的" in told["公开资料未载"]
