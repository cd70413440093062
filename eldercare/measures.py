"""Number words, dates, place order, status words with shape and colour: the one place for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

# What an address may ask for as “today”: a day far from any source says nothing and breaks the arithmetic of dates.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)

INK, MUTED, LINE, PANEL, GROUND = "#1F2933", "#52606D", "#E3E8EE", "#F5F7F9", "#FFFFFF"
PRIMARY, ACCENT = "#0B5C78", "#B45309"
UNKNOWN = "#EEEEEE"
SEQUENCE = ("#E8F1F4", "#C6DDE5", "#9CC4D2", "#6AA5BA", "#347D97", "#0B5C78")
# From this index on a class of SEQUENCE is too dark for ink: its labels are white.
FIRST_DARK_CLASS = 4

# What tells the series of one drawing apart beside their colour: lines by their dashes, points by shapes that no status has.
DASHES = ("solid", "dash", "dashdot", "dot")
POINTS = ("circle", "star-diamond", "hourglass", "star-triangle-down")

PROVINCES = {"310000": "#B4441E", "320000": "#1F6FA8", "330000": "#2B7A4B", "340000": "#7B4FA3"}


def province_colour(place_code: str | None) -> str:
    """The colour of the province a place lies in; muted ink outside the delta."""
    return PROVINCES.get(f"{str(place_code)[:2]}0000", MUTED)


def province_point(place_code: str | None) -> str:
    """The shape that goes with `province_colour` where points of several provinces stand in one drawing."""
    return dict(zip(PROVINCES, POINTS, strict=True)).get(
        f"{str(place_code)[:2]}0000", "circle-open"
    )


@dataclass(frozen=True)
class Status:
    """A status as it is always shown: word, shape and colour together.

    `symbol` is the Plotly marker, `shape` the character used in text.
    """

    word: str
    shape: str
    symbol: str
    colour: str

    @property
    def marked(self) -> str:
        """Shape and word, as they stand in text."""
        return f"{self.shape} {self.word}"


# Over all the vocabularies below a sign has one meaning, and so has a colour: green, amber, red and blue are one word each,
# MUTED_STATUS is what nobody has fixed or said, PRIMARY what a source or a unit has. `tests/test_measures.py` reads them all.
MUTED_STATUS = "#5F6B7A"
STAGES = {
    "result": Status("有成果", "★", "star", PRIMARY),
    "project": Status("有项目", "▣", "square-open-dot", PRIMARY),
    "signed": Status("已签约", "⬢", "hexagon", PRIMARY),
    "paired": Status("已结对", "∞", "bowtie-open", PRIMARY),
    "intent": Status("意向", "⊙", "circle-open-dot", PRIMARY),
    "joint_activity": Status("共同活动", "△", "triangle-up-open", PRIMARY),
    "counterpart_unknown": Status("已签约·对方未写", "⬡", "hexagon-open", PRIMARY),
    "none": Status("公开资料未载", "░", "hash-open", "#C5CDD6"),
}
# Ground colours of the same stages where a whole area is filled; those in the second set carry white labels.
STAGE_FILLS = {
    "result": "#0B5C78",
    "project": "#347D97",
    "signed": "#6AA5BA",
    "counterpart_unknown": "#C6DDE5",
    "paired": "#9CC4D2",
    "intent": "#F5DFC3",
    "joint_activity": "#DDE3EA",
    "none": "#F5F7F9",
}
DARK_STAGES = {"result", "project"}
# Beside a stage, never instead of it.
QUIET = Status("近24个月公开资料未载", "▁", "line-ew", "#B45309")
# What the date alone says; 逾期 and 办结 only by a unit's own report.
LAMPS = {
    "running": Status("未到期", "●", "circle", "#1B7F5C"),
    "near": Status("临期", "▲", "triangle-up", "#9A5B00"),
    "passed": Status("期限已过，结果待核", "▽", "triangle-down-open", MUTED_STATUS),
    "overdue": Status("逾期", "■", "square", "#B3261E"),
    "undated": Status("未定时限", "○", "circle-open", MUTED_STATUS),
    "closed": Status("办结", "✓", "cross", "#1D4ED8"),
}
# What public sources show of a task: set by a link with its reason, never by a report or a date.
PROOFS = {
    "result": Status("有公开结果", "◆", "diamond", PRIMARY),
    "partial": Status("部分进展", "◈", "diamond-open-dot", PRIMARY),
    "pilot": Status("仅见试点", "◇", "diamond-open", PRIMARY),
    "none": Status("公开资料未载结果", "□", "square-open", MUTED_STATUS),
}
# What a unit says of its own task. 逾期 is the one word that a report brings into the status of the date: the same sign.
SELF_REPORTS = {
    "none": Status("未载", "／", "line-ne-open", MUTED_STATUS),
    "planned": Status("未启动", "▷", "triangle-right-open", PRIMARY),
    "running": Status("推进中", "▶", "triangle-right", PRIMARY),
    "stuck": Status("推进有困难", "✕", "x", PRIMARY),
    "overdue": LAMPS["overdue"],
    "done": Status("反馈办结", "☆", "star-open", PRIMARY),
    "no_change": Status("无变化", "⬠", "pentagon-open", PRIMARY),
    # What no unit says itself: how the newest reports of several units stand to each other.
    "mixed": Status("各单位不一", "◐", "circle-cross-open", PRIMARY),
    "joint_only": Status("牵头单位反馈未载", "◁", "triangle-left-open", PRIMARY),
}
# Signs of the desk and of claims, beside their words: none of them is a sign of a status above.
IN_USE = "☞"
DESK_SIGNS = {
    "reported": "▤",
    "unchanged": "＝",
    "waiting": "…",
    "missing": "⊖",
    "error": "⊗",
    "warning": "！",
    "in_use": IN_USE,
}

# Class breaks, in percent, of the shares of people above an age.
AGE_BREAKS = {60: (16, 20, 24, 28, 32), 65: (12, 15, 18, 21, 24), 80: (2.5, 3, 3.5, 4, 5)}

# The census of 2020 by its name; the short form only after the long one.
CENSUS, CENSUS_SHORT = "第七次全国人口普查（2020年）", "七普（2020年）"

# The kinds of a value of the present; a policy, a case or an estimate is none. What no source prints but its numbers give says so.
DERIVED_KIND, DERIVED = "derived", "（推算）"
PRESENT = ("actual", DERIVED_KIND)
# What is aimed at or planned, and what its source may mean as a target: never counted with the figures of today.
AIMED = ("target", "plan")
NOT_TODAY = (*AIMED, "unclear")

# Below this a count is printed with all its digits: a list of 25,698 beds is not “2.57万”.
WAN_FROM = 100_000


def worked_out(kind: Any) -> str:
    """（推算）behind a number that no source prints, nothing behind any other."""
    return DERIVED if kind == DERIVED_KIND else ""


def missing(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT or pandas' NA."""
    return value is None or value is not value or str(value) in ("<NA>", "NaT", "nan")


def number(value: Any, decimals: int | None = None) -> str:
    """Digits with thousands separators and no trailing zeros; an empty cell reads 公开资料未载."""
    if missing(value):
        return "未载"
    amount = float(value)
    if decimals is None:
        decimals = 0 if amount == int(amount) else 2
    text = f"{amount:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def short_number(value: Any, unit: str = "") -> tuple[str, str]:
    """Digits and unit for a headline, e.g. (46768900, "人") gives ("4,676.89", "万人")."""
    if missing(value):
        return "未载", ""
    amount = abs(float(value))
    if unit in ("%", "") and amount < WAN_FROM:
        return number(value), unit
    if amount >= 1e8:
        return number(float(value) / 1e8), "亿" + unit
    if amount >= WAN_FROM:
        return number(float(value) / 1e4), "万" + unit
    return number(value), unit


def headline(value: Any, unit: str = "", qualifier: Any = None) -> tuple[str, str]:
    """`short_number` with the source's qualifier in its place: ("近5,000", "万人"), ("20余", "个"), ("100", "张以上")."""
    return (
        _qualified(*short_number(value, unit), qualifier)
        if not missing(value)
        else (number(value), "")
    )


def quantity(value: Any, unit: str = "", qualifier: Any = None) -> str:
    """A number as a person writes it: 4,676.89万人, 25,698张, 21.75%, 近5,000万人, 20余个."""
    return "".join(headline(value, unit, qualifier))


def full_quantity(value: Any, unit: str = "", qualifier: Any = None) -> str:
    """The same with every digit, for hover texts: 46,768,900人, 7,000多张, 32.5张/千人. What is said in round 万 stays so: 100多万人次."""
    if missing(value):
        return number(value)
    loose = qualifier in ("余", "多") and abs(float(value)) >= WAN_FROM
    return (
        quantity(value, unit, qualifier)
        if loose
        else "".join(_qualified(number(value), unit, qualifier))
    )


def _qualified(digits: str, unit: str, qualifier: Any) -> tuple[str, str]:
    word = "" if missing(qualifier) else str(qualifier)
    if word in ("余", "多"):
        # 100多万人次, but 2.4万余人.
        if "." in digits and unit.startswith("万"):
            return f"{digits}万{word}", unit.removeprefix("万")
        return f"{digits}{word}", unit
    if word in ("以上", "及以上", "左右"):
        return digits, f"{unit}{word}"
    return f"{word}{digits}", unit


def axis_ticks(highest: float, unit: str = "", count: int = 4) -> tuple[list[float], list[str]]:
    """Round positions from zero to just above `highest` with their words (万 and 亿, never k or M)."""
    if not highest > 0:
        return [0.0], ["0"]
    rough = highest / count
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough)
    values = [step * i for i in range(math.ceil(highest / step) + 1)]
    # One unit along an axis: 5万, 10万, never 50,000 beside 10万.
    for size, word in ((1e8, "亿"), (WAN_FROM / 10, "万")):
        if values[-1] >= max(size, WAN_FROM):
            return values, [
                number(value / size) + (word + unit if value else unit) for value in values
            ]
    return values, [quantity(value, unit) for value in values]


def points(change: float) -> str:
    """The change of a rate: +3.21个百分点."""
    return "{change}个百分点".format(change=f"{change:+.2f}")


def day_words(day: Any, precision: str, label: Any = None, inferred: bool = False) -> str:
    """A date with the precision its source has: 2019年底, 2020年10月, 2021年3月20日前后.

    `label` wins where the source has a wording of its own; an inferred date says so.
    """
    if not missing(label):
        text = str(label)
    elif precision == "undated" or missing(day):
        return "未注明日期"
    else:
        when = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
        text = {
            "year_end": f"{when.year}年底",
            "year": f"{when.year}年",
            "range": f"{when.year}年",
            "since": f"{when.year}年以来",
            "month": f"{when.year}年{when.month}月",
            # Known by the end of a year: no source that says so has a day.
            "by_date": f"截至{when.year}年底"
            if (when.month, when.day) == (12, 31)
            else f"截至{when.year}年{when.month}月{when.day}日",
        }.get(precision, f"{when.year}年{when.month}月{when.day}日")
    if not inferred or "推断" in text:
        return text
    return text[:-1] + "，推断）" if text.endswith("）") else text + "（推断）"


def class_of(value: Any, breaks: tuple[float, ...]) -> int | None:
    """The index of the class a value falls in; None for an empty cell."""
    if missing(value) or math.isnan(float(value)):
        return None
    return sum(float(value) >= edge for edge in breaks)


def class_words(breaks: tuple[float, ...], unit: str) -> list[str]:
    """Legend words of the classes: <16%, 16—20%, …, ≥32%."""
    inner = [f"{low:g}—{high:g}{unit}" for low, high in pairwise(breaks)]
    return [f"<{breaks[0]:g}{unit}", *inner, f"≥{breaks[-1]:g}{unit}"]
