"""Numbers, dates and statuses in the words that officials use."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eldercare import measures
from eldercare.data import catalogue
from eldercare.measures import (
    LAMPS,
    STAGES,
    class_of,
    class_words,
    day_words,
    full_quantity,
    missing,
    number,
    points,
    quantity,
    short_number,
)

NOTHING = [None, float("nan"), np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize(
    "value,unit,words",
    [
        (46768900, "人", "4,676.89万人"),
        (25698, "张", "25,698张"),
        (51396, "张", "51,396张"),
        (1676500, "张", "167.65万张"),
        (100000, "个", "10万个"),
        (99999, "个", "99,999个"),
        (7928, "家", "7,928家"),
        (21.75, "%", "21.75%"),
        (30.0, "%", "30%"),
        (235_000_000, "人", "2.35亿人"),
        (0, "家", "0家"),
        (32.5, "张/千人", "32.5张/千人"),
        (np.int64(25698), "张", "25,698张"),
    ],
)
def test_quantity(value, unit, words):
    assert quantity(value, unit) == words


@pytest.mark.parametrize(
    "value,unit,qualifier,words",
    [
        (50_000_000, "人", "近", "近5,000万人"),
        (47_460_000, "人", "超过", "超过4,746万人"),
        (400_000, "人", "约", "约40万人"),
        (400, "家", "不少于", "不少于400家"),
        (170, "个", "余", "170余个"),
        (7000, "张", "多", "7,000多张"),
        (1_000_000, "人次", "多", "100多万人次"),
        (100_000, "个", "以上", "10万个以上"),
        (65, "岁", "及以上", "65岁及以上"),
        (4200, "张", "左右", "4,200张左右"),
        (20, "个", None, "20个"),
        (20, "个", np.nan, "20个"),
    ],
)
def test_a_qualifier_stands_where_people_put_it(value, unit, qualifier, words):
    assert quantity(value, unit, qualifier) == words


def test_hover_has_every_digit():
    assert full_quantity(46768900, "人") == "46,768,900人"
    assert full_quantity(7000, "张", "多") == "7,000多张"


@pytest.mark.parametrize("nothing", NOTHING, ids=repr)
def test_a_missing_value_reads_not_reported(nothing):
    assert missing(nothing)
    assert number(nothing) == "未载"
    assert short_number(nothing, "张") == ("未载", "")
    assert quantity(nothing, "张", "近") == "未载"
    assert full_quantity(nothing, "张", "近") == "未载"
    assert class_of(nothing, (10, 20)) is None


@pytest.mark.parametrize("value", [0, 0.0, "", False, np.int64(0)], ids=repr)
def test_zero_is_not_missing(value):
    assert not missing(value)


@given(st.integers(0, 99_999), st.sampled_from(["人", "张", "家"]))
def test_small_counts_keep_every_digit(value, unit):
    assert int(quantity(value, unit).removesuffix(unit).replace(",", "")) == value


@given(st.integers(100_000, 99_990_000))
def test_large_counts_are_rounded_by_less_than_a_hundred(value):
    digits, unit = short_number(value, "人")
    assert unit == "万人"
    assert abs(Decimal(digits.replace(",", "")) * 10_000 - value) <= 50


@pytest.mark.parametrize(
    "precision,words",
    [
        ("day", "2020年10月31日"),
        ("month", "2020年10月"),
        ("year", "2020年"),
        ("year_end", "2020年底"),
        ("by_date", "截至2020年10月31日"),
        ("since", "2020年以来"),
        ("range", "2020年"),
        ("undated", "未注明日期"),
    ],
)
def test_a_date_has_the_precision_of_its_source(precision, words):
    for day in (date(2020, 10, 31), pd.Timestamp("2020-10-31"), "2020-10-31"):
        assert day_words(day, precision) == words


def test_what_was_known_by_the_end_of_a_year_claims_no_day():
    """2020年底 and 2025年底（年份推断） were shown as 12月31日, which no source prints."""
    assert day_words(date(2020, 12, 31), "by_date") == "截至2020年底"
    assert day_words(date(2025, 12, 31), "by_date", None, True) == "截至2025年底（推断）"
    assert day_words(date(2020, 12, 31), "day") == "2020年12月31日"


@pytest.mark.parametrize("nothing", NOTHING, ids=repr)
def test_a_date_may_be_missing(nothing):
    assert day_words(nothing, "day") == "未注明日期"
    assert day_words(date(2020, 10, 31), "month", nothing) == "2020年10月"


def test_the_sources_own_wording_wins():
    assert day_words(date(2020, 12, 31), "range", "2019至2020年") == "2019至2020年"


def test_an_inferred_date_says_so():
    assert day_words(date(2022, 11, 30), "month", None, True) == "2022年11月（推断）"


def test_every_precision_in_the_data_has_words():
    words = {
        day_words(date(2020, 10, 31), p)
        for p in catalogue.read_package().table("observations").field("date_precision").labels
    }
    assert "2020年10月31日" in words
    assert len(words) == 7, "range and year read alike; every other precision has words of its own"


def test_change_of_a_rate_is_in_points():
    assert points(3.214) == "+3.21个百分点"
    assert points(-0.5) == "-0.50个百分点"


def test_classes():
    breaks = (16, 20, 24)
    assert class_words(breaks, "%") == ["<16%", "16—20%", "20—24%", "≥24%"]
    assert [class_of(value, breaks) for value in (15.99, 16, 23.9, 24, 0)] == [0, 1, 2, 3, 0]


VOCABULARIES = {
    name: found
    for name, found in vars(measures).items()
    if isinstance(found, dict)
    and found
    and all(isinstance(status, measures.Status) for status in found.values())
}
ALL_STATUSES = [status for found in VOCABULARIES.values() for status in found.values()] + [
    measures.QUIET
]


def test_every_table_of_statuses_is_read():
    assert {"STAGES", "LAMPS", "PROOFS", "SELF_REPORTS"} <= VOCABULARIES.keys()


@pytest.mark.parametrize("part", ["shape", "symbol"])
def test_no_sign_has_two_meanings(part):
    """In text and in charts, over all three statuses of a task and the stages of a pair together."""
    meanings = {}
    for status in ALL_STATUSES:
        meanings.setdefault(getattr(status, part), set()).add(status.word)
    assert {sign: words for sign, words in meanings.items() if len(words) > 1} == {}


def test_the_desk_has_signs_of_its_own():
    assert set(measures.DESK_SIGNS.values()).isdisjoint(status.shape for status in ALL_STATUSES)
    assert len(set(measures.DESK_SIGNS.values())) == len(measures.DESK_SIGNS)


# Words of earlier releases, which links still hold, and signs that others write into their lists.
OF_OTHERS = {"filters.py", "forms.py", "personal.py"}


def test_signs_are_written_down_once():
    """A geometric sign in any other place of the code would have a second meaning."""
    signs = {status.shape for status in ALL_STATUSES if "\u25a0" <= status.shape <= "\u2606"}
    root = catalogue.ROOT
    files = [
        path
        for folder in ("eldercare", "pages", "queries")
        for kind in ("py", "sql", "js")
        for path in (root / folder).rglob(f"*.{kind}")
    ]
    kept = {"measures.py", *OF_OTHERS}
    found = {
        str(path.relative_to(root)): sorted(signs & set(path.read_text(encoding="utf-8")))
        for path in files
        if path.name not in kept
    }
    assert {path: used for path, used in found.items() if used} == {}


def test_no_word_has_two_looks():
    looks = {}
    for status in ALL_STATUSES:
        looks.setdefault(status.word, set()).add((status.shape, status.symbol, status.colour))
    assert {word: found for word, found in looks.items() if len(found) > 1} == {}


def test_no_colour_has_two_meanings():
    """Four colours tell one word each; grey is what nobody has fixed or said, the house's blue what a source or a unit has."""
    words = {}
    for status in ALL_STATUSES:
        words.setdefault(status.colour, set()).add(status.word)
    assert words.pop("#1B7F5C") == {"未到期"} and words.pop("#9A5B00") == {"临期"}
    assert words.pop("#B3261E") == {"逾期"} and words.pop("#1D4ED8") == {"办结"}
    assert words.pop("#5F6B7A") == {"期限已过，结果待核", "未定时限", "公开资料未载结果", "未载"}
    assert words.pop(measures.PRIMARY).isdisjoint({measures.QUIET.word, STAGES["none"].word})
    assert [found for found in words.values() if len(found) > 1] == []


def test_the_signs_are_those_of_the_house():
    signs = {
        "未到期": "●",
        "临期": "▲",
        "期限已过，结果待核": "▽",
        "逾期": "■",
        "未定时限": "○",
        "办结": "✓",
    }
    assert {status.word: status.shape for status in LAMPS.values()} == signs


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour",
    [
        measures.INK,
        measures.MUTED,
        measures.PRIMARY,
        measures.ACCENT,
        *(s.colour for s in LAMPS.values()),
    ],
)
def test_text_colours_are_legible_on_both_grounds(colour):
    assert contrast(colour, measures.GROUND) >= 4.5
    assert contrast(colour, measures.PANEL) >= 4.5


def test_map_labels_are_legible_on_every_class():
    for index, colour in enumerate(measures.SEQUENCE):
        label = measures.GROUND if index >= measures.FIRST_DARK_CLASS else measures.INK
        assert contrast(label, colour) >= 4.5, (index, colour)


def test_map_classes_grow_darker_so_that_they_survive_a_grey_print():
    lightness = [luminance(colour) for colour in measures.SEQUENCE]
    assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize(
    ("highest", "unit", "words"),
    [
        (178_000, "张", ["0张", "5万张", "10万张", "15万张", "20万张"]),
        (41, "个", ["0个", "20个", "40个", "60个"]),
        (5.2e8, "人", ["0人", "2亿人", "4亿人", "6亿人"]),
    ],
)
def test_one_axis_has_one_unit(highest, unit, words):
    assert measures.axis_ticks(highest, unit)[1] == words
