"""需要与差额: beds that a standard asks for in a scenario, beside the beds that are known; two scenarios beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from eldercare.exhibits import Exhibit, Facts, Missing, exhibit, kept, listed, projection
from eldercare.exhibits.claims import dated
from eldercare.exhibits.projection.cohorts import MIGRATIONS
from eldercare.exhibits.projection.known import DISTRICT, NAMES, Known, amount, known, span
from eldercare.exhibits.projection.plan import BED_WORDS, BEDS, REGISTERED, YEARS, Plan
from eldercare.exhibits.shapes import Bars, Series
from eldercare.measures import full_quantity, missing, number

NEED = "需要多少床位"
# Nothing is preset: without a standard nothing is reckoned.
UNCHOSEN = Plan()
LEVELS = ("beds_per_1000_60plus", "beds_per_100_60plus")
ENTERED = "用户输入"
ASSUMED = "试算：标准 × 情景人口；标准由使用者选定，不是任何部门的要求"
UNMIXED = "情景人口是常住口径：户籍口径的标准不能相乘。请改用常住口径的标准，或在来源里核对它的口径"
COLUMNS = {
    "year_words": "年份",
    "way": "情景",
    "elders": "60岁及以上（万人）",
    "needed": "需要（张）",
    "there": "现有（张）",
    "gap": "差额（张）",
}
UNSET = "还没有选标准。请写每千名60岁及以上常住人口多少张床位（例如 40），或按年龄写三个使用率（例如 5/20/90）；看板不预设标准"


def beds_for(found: Known, code: str, plan: Plan, way: str, year: int) -> float:
    """Beds that the rates of a plan ask for: each per 1,000 residents of its ages."""
    years = projection.years_on(year)

    def over(age: int | None) -> float:
        return found.people(code, MIGRATIONS[way], age, years) if age else 0.0

    return sum(
        rate / 1_000 * (over(youngest) - over(oldest))
        for (youngest, oldest, _words), rate in zip(plan.bands, plan.rates, strict=True)
    )


def refusal(facts: Facts, code: str, plan: Plan) -> str:
    """Why there is nothing to reckon; empty when there is."""
    if plan.base == REGISTERED:
        return UNMIXED
    return known(facts).lacking(code) or ("" if plan.rates else UNSET)


@kept
def need(facts: Facts, code: str, plan: Plan = UNCHOSEN) -> Exhibit | Missing:
    """Beds needed each year under each migration, and in the year of the plan what they are short of or beyond."""
    place = facts.place(code)
    if why := refusal(facts, code, plan):
        return Missing(f"{place.short_name}：{NEED}", why)
    found, there = known(facts), _there(facts, code, plan)
    asked = {
        year: {way: beds_for(found, code, plan, way, year) for way in MIGRATIONS} for year in YEARS
    }
    at = asked[plan.year]
    one = place.level == DISTRICT
    told = span(list(at.values()), "张") if one else amount(at[plan.migration], "张")
    among = f"情景区间{span(list(at.values()), '张')}"
    chosen = list(at.values()) if one else [at[plan.migration]]
    said = [
        f"要达到{plan.standard}",
        projection.OF_DISTRICTS if one else f"{plan.moving.name}，{among}",
        f"{BED_WORDS[plan.beds]}{there.words}",
        there.apart(chosen),
        there.held(found, code, plan),
    ]
    rows = _rows(found, code, plan, asked, there)
    series = tuple(
        Series(
            NAMES[way],
            tuple(rounded(asked[year][way]) for year in YEARS),
            f"series:{place_}",
        )
        for place_, way in enumerate(MIGRATIONS)
    )
    years = tuple(f"{year}年{projection.interpolated(year)}" for year in YEARS)
    return exhibit(
        "projection_need",
        projection.PLANNING,
        f"试算：{place.short_name}{plan.year}年需要{told}",
        Bars(years, series, "张"),
        rows,
        COLUMNS,
        [
            ASSUMED,
            "需要的床位取三位有效数字",
            projection.RANGE,
            "现有床位是所写日期的数，不是情景那一年的数" if there.value is not None else "",
            projection.tested(facts),
            *projection.SHIFTS.values(),
        ],
        subtitle="；".join(filter(None, said)),
    )


@kept
def two(
    facts: Facts, one: str, other: str, first: Plan = UNCHOSEN, second: Plan = UNCHOSEN
) -> Exhibit | Missing:
    """Two scenarios, 甲 and 乙, each with its place, year and standard, under every migration."""
    codes, plans = (one, other), (first, second)
    for code, plan in zip(codes, plans, strict=True):
        if why := refusal(facts, code, plan):
            return Missing("两种情景并列", f"{facts.place(code).short_name}：{why}")
    found = known(facts)
    names, rows, asked = [], [], []
    for sign, code, plan in zip("甲乙", codes, plans, strict=True):
        place, there = facts.place(code), _there(facts, code, plan)
        at = {way: beds_for(found, code, plan, way, plan.year) for way in MIGRATIONS}
        names.append(f"{sign}：{place.short_name}{plan.year}年")
        asked.append(at)
        part = _rows(found, code, plan, {plan.year: at}, there)
        rows.append(part.assign(sign=f"{sign}：{place.short_name}", standard=plan.standard))
    apart = [asked[1][way] - asked[0][way] for way in MIGRATIONS]
    series = tuple(
        Series(name, tuple(rounded(at[way]) for way in MIGRATIONS), role)
        for name, at, role in zip(names, asked, ("own", "other"), strict=True)
    )
    said = [f"{name}，{plan.standard}" for name, plan in zip(names, plans, strict=True)]
    return exhibit(
        "projection_two",
        projection.PLANNING,
        f"试算：{_apart(apart)}",
        Bars(tuple(NAMES.values()), series, "张"),
        pd.concat(rows, ignore_index=True),
        {"sign": "选择", "standard": "标准", **COLUMNS},
        [
            ASSUMED,
            "需要的床位取三位有效数字",
            projection.RANGE,
            projection.tested(facts),
            *projection.SHIFTS.values(),
        ],
        subtitle="；".join(said),
    )


@kept
def levels(facts: Facts) -> Exhibit | Missing:
    """The beds per 1,000 (or 100) older people that sources print, by name: none says per which people, so none is a standard."""
    codes = ["000000", *facts.ask("profile_places")["place_code"]]
    rows = facts.ask("bed_series", indicators=LEVELS, places=codes)
    rows = rows[rows["date"] <= pd.Timestamp(facts.as_of)]
    if rows.empty:
        return Missing("公布过的每千名老人床位", "公开资料未载")
    rows["when"] = [dated(row) for _index, row in rows.iterrows()]
    rows["amount"] = [
        full_quantity(row.value, row.unit, row.qualifier) for row in rows.itertuples()
    ]
    return listed(
        "projection_levels",
        projection.PLANNING,
        f"公布过的每百名、每千名老人床位：{len(rows)}条；"
        "各是某地某年的实际数，床位范围和老人口径来源没有写明，不是标准，只供选标准时参考",
        rows,
        {"place_name": "地区", "amount": "床位", "when": "日期", "source_title": "来源"},
        ["来源写明常住口径的标准：公开资料未载"],
        slide={"place_name": 2, "amount": 2, "when": 2, "source_title": 5},
    )


def _apart(values: Sequence[float]) -> str:
    """How many beds the second scenario asks for beyond the first, or fewer."""
    if max(values) <= 0 <= min(values):
        return "乙与甲需要的床位相同"
    if min(values) < 0 < max(values):
        return "乙比甲，三种情景有多有少"
    return (
        f"乙比甲{'多' if max(values) > 0 else '少'}需{span([abs(value) for value in values], '张')}"
    )


def rounded(value: float) -> float:
    """Three significant digits: a scenario bears no more."""
    return float(f"{value:.3g}")


class _There:
    """The beds of a place by the plan's definition: those the user entered, else the newest that a source has, else none."""

    def __init__(self, value: float | None, words: str, rows: pd.DataFrame):
        self.value, self.words, self.rows = value, words, rows

    def apart(self, needed: Sequence[float]) -> str:
        """How many more than these are needed, or fewer."""
        if self.value is None:
            return "差额公开资料未载" if self.rows.empty else "不是确数，不相减"
        gaps = [each - self.value for each in needed]
        if min(gaps) < 0 < max(gaps):
            return "差额：三种情景有多有少"
        return f"{'还差' if max(gaps) > 0 else '多出'}{span([abs(gap) for gap in gaps], '张')}"

    def held(self, found: Known, code: str, plan: Plan) -> str:
        """What the beds of today would be per 1,000 people of that year."""
        if self.value is None or len(plan.rates) != 1:
            return ""
        years = projection.years_on(plan.year)
        each = [1_000 * self.value / elders for elders in found.all_ways(code, 60, years).values()]
        ends = dict.fromkeys(number(value, 1) for value in (min(each), max(each)))
        return f"床位不变则{plan.year}年每千名{'—'.join(ends)}张"


def _there(facts: Facts, code: str, plan: Plan) -> _There:
    if plan.own is not None:
        return _There(plan.own, f"{number(plan.own)}张（{ENTERED}）", pd.DataFrame())
    rows = facts.ask("bed_series", indicators=[BEDS[plan.beds]], places=[code])
    rows = rows[
        rows["kind"].isin(("actual", "derived")) & (rows["date"] <= pd.Timestamp(facts.as_of))
    ]
    if rows.empty:
        return _There(None, "：公开资料未载", rows)
    row = rows.sort_values("date", kind="stable").iloc[-1]
    exact = missing(row["qualifier"])
    words = f"{full_quantity(row['value'], '张', row['qualifier'])}（{dated(row)}）"
    return _There(float(row["value"]) if exact else None, words, rows.loc[[row.name]])


def _rows(
    found: Known, code: str, plan: Plan, asked: Mapping[int, Mapping[str, float]], there: _There
) -> pd.DataFrame:
    """A row for each year and migration, resting on the censuses and, where beds are known, on their source."""
    beds = there.rows["source_id"].tolist() if len(there.rows) else []
    rows: list[dict[str, Any]] = [
        {
            "place_code": code,
            "year_words": f"{year}年{projection.interpolated(year)}",
            "way": NAMES[way],
            "elders": round(
                found.people(code, MIGRATIONS[way], 60, projection.years_on(year)) / projection.WAN,
                2,
            ),
            "needed": rounded(value),
            "there": there.words.removeprefix("："),
            "gap": "公开资料未载"
            if there.value is None
            else f"{rounded(value - there.value):+,.0f}",
        }
        for year, ways in asked.items()
        for way, value in ways.items()
    ]
    told = projection.resting(pd.DataFrame(rows), [*found.sources(code), *beds])
    if beds:
        told["evidence"] += f"；床位：{there.rows['evidence'].iloc[0]}"
    return told
