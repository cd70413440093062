"""可及性试算: beds within reach per thousand elders by two-step floating catchment, and what a wider reach changes; one kind of supply a run."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import maps
from eldercare.exhibits import PLANNING, Exhibit, Facts, Missing, exhibit, kept, listed, table
from eldercare.exhibits.access import words
from eldercare.exhibits.access.trial import (
    AGES,
    DEMO,
    DETOUR,
    ENTERED,
    FASTEST,
    FILED,
    HOMES,
    LIMIT,
    LONGEST,
    MINUTES,
    MOST_ROUNDABOUT,
    REACHES,
    SPEED,
    SUPPLIES,
    USUAL,
    WELFARE,
    Trial,
    entered,
    read,
)
from eldercare.exhibits.shapes import Circles, Map, Place

__all__ = [
    "AGES",
    "DEMO",
    "DETOUR",
    "ENTERED",
    "FASTEST",
    "FILED",
    "HOMES",
    "LIMIT",
    "LONGEST",
    "MINUTES",
    "MOST_ROUNDABOUT",
    "REACHES",
    "SPEED",
    "SUPPLIES",
    "USUAL",
    "WELFARE",
    "Trial",
    "change",
    "entered",
    "example",
    "for_talk",
    "limit",
    "listing",
    "method",
    "offered",
    "places",
    "read",
    "simplest",
    "worked",
]  # fmt: skip

SUBJECT = "跨地区可及性变化（试算）"
# How a change is shown: its sign in words and as a class, the darker the more.
SIGNS = {"less": ("减少", "class:0"), "same": ("不变", "class:2"), "more": ("增加", "class:4")}
NOT_DRAWN = (words.OVER, "unknown")


def offered(facts: Facts, demo: bool = False) -> dict[str, str]:
    """The kinds of supply that there is anything of, by name; the fictitious list only when it was asked for."""
    known = set(facts.ask("access_measures", as_of=facts.as_of)["measure"]) | {ENTERED}
    known = {DEMO} if demo else known - {DEMO}
    return {name: code for code, name in SUPPLIES.items() if code in known}


def places(facts: Facts) -> pd.DataFrame:
    """How each place is reckoned: rows of `access_places`."""
    return facts.ask("access_places")


def limit(supply: str) -> float:
    """Where the limit stands before a planner moves it: beds of a reader's own say nothing of other places."""
    return LIMIT if supply == WELFARE else 100.0


def _ratios(facts: Facts, trial: Trial) -> pd.DataFrame:
    return words.said(
        facts.ask(
            "access_ratios",
            narrow=trial.narrow,
            most_unknown=float(trial.limit),
            as_of=facts.as_of,
            **trial.parameters,
        )
    )


@kept
def change(facts: Facts, trial: Trial = USUAL) -> Exhibit | Missing:
    """What a wider reach changes: Shanghai's districts on the map, counties without outlines of their own as circles."""
    rows = Missing(SUBJECT, trial.problem) if trial.problem else _ratios(facts, trial)
    if isinstance(rows, Missing):
        return rows
    if rows.empty:
        return Missing(
            SUBJECT, "没有可及的床位：时限以内没有这种床位。请放宽时限、提高时速，或换一种床位。"
        )
    shape = _districts(facts, rows, trial) if trial.supply == HOMES else _counties(rows, trial)
    return exhibit(
        "access_change",
        PLANNING,
        words.title(rows),
        subtitle=words.lead(rows, trial),
        shape=shape,
        rows=rows,
        columns=words.LIST,
        file_columns=words.FILE,
        caveats=[*words.caveats(rows, trial), maps.note()],
    )


def _districts(facts: Facts, rows: pd.DataFrame, trial: Trial) -> Map:
    found = [
        Place(
            row.place_code,
            row.short_name,
            f"{row.short_name}\n{words.change_words(row.change)}",
            f"{words.change_words(row.change)}张/千人",
            _sign(row.change)[1],
            hover=words.hover(row, trial),
        )
        for row in rows.itertuples()
    ]
    tiles = tuple(facts.ask("tiles").itertuples(index=False, name=None))
    drawn = {place.role for place in found}
    legend = tuple(each for each in (*SIGNS.values(), NOT_DRAWN) if each[1] in drawn)
    return Map(tuple(found), legend, "每千人变化（张，试算）", "31", tiles=tiles)


def _counties(rows: pd.DataFrame, trial: Trial) -> Circles:
    drawn = rows[rows["change"].fillna(0) != 0].sort_values("change", key=abs, ascending=False)
    return Circles(
        tuple(
            Place(
                row.place_code,
                row.short_name,
                "",
                words.change_words(row.change),
                "more" if row.change > 0 else "less",
                abs(float(row.change)),
                words.hover(row, trial),
                (row.lon, row.lat),
            )
            for row in drawn.itertuples()
        ),
        (("增加", "more"), ("减少", "less")),
    )


def _sign(value: Any) -> tuple[str, str]:
    if pd.isna(value):
        return NOT_DRAWN
    return SIGNS["same" if value == 0 else "more" if value > 0 else "less"]


@kept
def listing(facts: Facts, trial: Trial = USUAL) -> Exhibit | Missing:
    """The same in rows, in the order of the house: no ranks."""
    if trial.problem:
        return Missing("各县（市、区）的可及床位（试算）", trial.problem)
    rows = _ratios(facts, trial)
    return listed(
        "access_list",
        PLANNING,
        f"各地可及床位（试算）：{len(rows)}地；{words.subtitle(trial)}",
        rows,
        words.LIST,
        [*words.caveats(rows, trial), "次序：沪、苏、浙、皖，再按代码"],
        slide={"label": 3, "narrow_said": 2, "wide_said": 2, "change_said": 2, "unknown_share": 2},
        file_columns=words.FILE,
        links={"label": "link"},
        why="没有可及的床位：时限以内没有这种床位。",
    )


@kept
def for_talk(facts: Facts, trial: Trial = USUAL) -> Exhibit | Missing:
    """What a deck shows of a trial: the map of districts, or the list of counties, which have no squares of their own."""
    return change(facts, trial) if trial.supply == HOMES else listing(facts, trial)


@kept
def worked(facts: Facts, trial: Trial = USUAL) -> Exhibit | Missing:
    """The shortest reckoning of a trial, for a deck."""
    made = change(facts, trial)
    return made if isinstance(made, Missing) else example(facts, simplest(made.rows), trial)


def simplest(rows: pd.DataFrame) -> str:
    """The place whose reckoning is shortest without being trivial: the first that reaches fewest beds of more than one supply."""
    several = rows[(rows["wide_supplies"] > 1) & ~rows["over_limit"]]
    chosen = (several if len(several) else rows).sort_values("wide_supplies", kind="stable")
    return str(chosen["place_code"].iloc[0])


@kept
def example(facts: Facts, code: str, trial: Trial = USUAL) -> Exhibit | Missing:
    """The number of one place, step by step, so that a reader can redo it by hand."""
    if trial.problem:
        return Missing("算一遍（试算）", trial.problem)
    rows = facts.ask("access_example", place=code, as_of=facts.as_of, **trial.parameters)
    if rows.empty:
        return Missing("算一遍（试算）", "这个地方在时限以内没有可及的床位。")
    known = places(facts).set_index("place_code")["short_name"]
    return listed(
        "access_example",
        PLANNING,
        f"{words.example_title(rows, known[code])}；{words.example_lead(rows, trial)}",
        rows,
        words.STEPS,
        ["分用的老人：够得着这处床位的所有地区；路程、时间为假设下的推算"],
        slide={"name": 3, "beds": 1.2, "users": 6, "competing": 1.5, "weight": 1, "part": 1.5},
    )


@kept
def method(facts: Facts, trial: Trial = USUAL) -> Exhibit | Missing:
    """Formulas, sources of the method, assumptions and limits, with the sources of the rows they are applied to."""
    if trial.problem:
        return Missing("方法与假设（试算）", trial.problem)
    resting = _ratios(facts, trial)
    if resting.empty:
        return Missing("方法与假设（试算）", "没有可及的床位。")
    known = facts.ask("access_measures", as_of=facts.as_of)
    crossings = known["crossings"].dropna()
    told = words.methods(trial, places(facts), crossings.iloc[0] if len(crossings) else "")
    sources = sorted({source for named in resting["source_ids"] for source in named})
    rows = pd.DataFrame(told, columns=list(words.METHOD)).assign(
        source_ids=[sources] * len(told), demo=bool(resting["demo"].any())
    )
    return exhibit(
        "access_method",
        PLANNING,
        "可及性试算的方法与假设",
        subtitle=words.subtitle(trial),
        shape=table(rows, words.METHOD, (1, 7), len(rows)),
        rows=rows,
        columns=words.METHOD,
    )
