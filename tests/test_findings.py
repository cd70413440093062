"""Sentences say what the data says: the right numbers, no verdict, no number for what is unknown."""

import re
from datetime import date

import pandas as pd
import pytest
from asking import FACETS

from eldercare.exhibits import Facts
from eldercare.exhibits import claims as findings
from eldercare.exhibits import headline as overview
from eldercare.exhibits.beds import words as beds
from eldercare.exhibits.institutions import words as institutions
from eldercare.exhibits.pairing import words as cooperation

DAY = date(2026, 11, 22)
NO_CENSUS = pd.DataFrame({"level": [], "value": [], "elders": []})


def numbers(sentence: str) -> list[str]:
    return re.findall(r"\d[\d,.]*", sentence)


@pytest.fixture
def headline(tiny_store):
    return tiny_store.ask("headline", as_of=date(2026, 11, 22))


@pytest.fixture
def signed(tiny_store):
    return tiny_store.ask("signed_series", as_of=date(2021, 12, 31))


def series(place: str, store, *indicators: str) -> pd.DataFrame:
    return store.ask("bed_series", indicators=list(indicators), places=[place])


def test_a_claim_is_found_by_its_conditions(headline):
    assert findings.claim(headline, "linked_districts", kind="target")["value"] == 4
    assert findings.claim(headline, "signed_districts", kind="actual")["value"] == 3
    assert findings.claim(headline, "no_such_indicator") is None


def test_overview_names_the_list_and_the_basic_figures(headline):
    assert "400张床位" in overview.the_list(headline)
    sentence = overview.basic(headline, NO_CENSUS)
    assert "21.5%" in sentence and "户籍口径" in sentence and "40家" in sentence


@pytest.mark.parametrize(
    "told,gone,number",
    [
        (lambda rows: overview.basic(rows, NO_CENSUS), "share_60plus", "21.5"),
        (overview.the_list, "list_beds", "400"),
    ],
)
def test_overview_without_a_figure_invents_none(headline, told, gone, number):
    assert number in told(headline)
    sentence = told(headline[headline["indicator_code"] != gone])
    assert sentence and number not in numbers(sentence)


def test_overview_of_nothing_has_no_number(headline):
    assert numbers(overview.the_list(headline.iloc[:0])) == []
    assert numbers(overview.basic(headline.iloc[:0], NO_CENSUS)) == []


def test_cards_hold_the_figures(tiny_data):
    shown = {card["label"]: card for card in overview.stands(Facts(DAY)).shape.entries}
    assert shown["异地养老机构名单床位"]["value"] == "400"
    assert shown["签署协作备忘录"]["value"] == "3个区"
    assert "4个区、8个城市“对接”" in shown["签署协作备忘录"]["note"]
    # A figure leads to its quote; nobody counts who moved.
    assert all(
        trace["evidence"] and trace["source_ids"]
        for card in shown.values()
        for trace in card.get("traces", ())
    )
    for label in ("异地养老机构名单床位", "签署协作备忘录"):
        assert "测试摘录" in shown[label]["traces"][0]["evidence"]


def test_basic_figures_stand_with_day_and_base(tiny_data):
    rows = overview.basics(Facts(DAY)).rows
    told = rows[["indicator_title", "amount", "day", "base"]].itertuples(index=False, name=None)
    assert {
        ("60岁及以上人口", "5,000人", "2019年底", "户籍"),
        ("60岁及以上人口占比", "21.5%", "2019年底", "户籍"),
        ("养老机构", "40家", "2019年底", "不适用"),
    } <= set(told)


def test_basic_figures_keep_the_words_that_qualify_them(headline):
    row = headline["indicator_code"] == "institutions"
    for word, told in (("近", "机构近40家"), ("余", "机构40余家"), ("以上", "机构40家以上")):
        rows = headline.assign(qualifier=headline["qualifier"].mask(row, word))
        assert told in overview.basic(rows, NO_CENSUS)


def test_a_day_in_a_title_is_as_exact_as_its_source(signed):
    last = signed[signed["kind"] == "actual"].iloc[-1]
    words = {}
    for precision, when in (
        ("by_date", "2020-12-31"),
        ("by_date", "2021-03-20"),
        ("day", "2021-03-20"),
        ("year", "2021-12-31"),
    ):
        row = last.copy()
        row["date"], row["date_precision"], row["date_label"], row["date_inferred"] = (
            date.fromisoformat(when),
            precision,
            None,
            False,
        )
        words[precision, when] = findings.day(row)
    assert list(words.values()) == ["截至2020年底", "截至2021年3月20日", "2021年3月20日", "2021年"]


def test_cards_without_a_figure_say_so(tiny_data):
    for card in overview.stands(Facts(date(2015, 1, 1))).shape.entries:
        assert card["value"] == "未载" and not numbers(card["value"])


def test_signed_names_the_newest_counts_and_the_targets(signed):
    sentence = cooperation.signed(signed)
    for words in ("3个区", "5个市", "4个区", "8个"):
        assert words in sentence
    assert "%" not in sentence, "districts and places are different units: no rate of fulfilment"
    assert not re.search("已达标|已完成|未达标|未完成", sentence), "no source gives a verdict"


def test_signed_of_an_earlier_day(tiny_store):
    sentence = cooperation.signed(tiny_store.ask("signed_series", as_of=date(2020, 6, 30)))
    assert "1个区" in sentence and "5个市" not in sentence


def test_signed_without_counts_gives_none(signed):
    assert numbers(cooperation.signed(signed.iloc[:0])) == []


def test_extremes_leave_out_the_unknown(tiny_store):
    share = tiny_store.ask("elder_share", age=60)
    sentence = findings.extremes(share[share["level"] != "district"], "占比")
    high, low = re.findall(r"(苏州|上海|宣城|嘉兴|芜湖)([\d.]+)", sentence)
    assert (high, low) == (("宣城", "30.0"), ("苏州", "20.0"))


def test_extremes_of_nothing(tiny_store):
    assert numbers(findings.extremes(tiny_store.ask("elder_share", age=60).iloc[:0], "占比")) == []


def test_coverage_sets_known_beside_announced(tiny_store):
    assert numbers(institutions.coverage(tiny_store.ask("list_coverage"))) == ["10", "400", "2"]


def test_coverage_without_beds_names_none(tiny_store):
    rows = tiny_store.ask("list_coverage").query("list_id == 'L2'")
    assert numbers(institutions.coverage(rows)) == ["5", "1"]


def test_bed_trend_stays_on_one_side_of_a_break(tiny_store):
    """100 and 110 beds, then 80 and 90 by another definition: nothing went from 100 to 90."""
    sentence = beds.bed_trend(series("310000", tiny_store, "beds_eldercare"), "上海")
    pair = re.findall(r"(\d+)张", sentence.partition("；此后另有")[0])
    assert pair in (["110", "100"], ["90", "80"])


def test_bed_trend_leaves_targets_out(tiny_store):
    assert "120" not in beds.bed_trend(series("310000", tiny_store, "beds_eldercare"), "上海")


def test_bed_trend_of_one_figure_claims_no_change(tiny_store):
    sentence = beds.bed_trend(series("320500", tiny_store, "beds_institution"), "苏州")
    assert "50张" in sentence and "2020年底" in sentence
    assert "到" not in sentence


def test_bed_trend_of_nothing_has_no_number(tiny_store):
    assert numbers(beds.bed_trend(series("341800", tiny_store, "beds_eldercare"), "宣城")) == []


def test_homes_are_counted_without_operators_and_those_of_a_list_to_be_checked_apart(tiny_store):
    chosen = dict.fromkeys(FACETS)
    asked = {
        "demo": False,
        "words": "",
        "insured": None,
        "as_of": date(2026, 1, 1),
        "chosen": chosen,
    }
    cities = tiny_store.ask("institution_cities", **asked)
    assert (
        institutions.known(cities, tiny_store.ask("homes_listed"))
        == "按名称可知4家养老机构；其中上海1家、苏州1家出自待核名单"
    )
