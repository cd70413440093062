"""The printed page of one place as a value: cards, ages, a table, lists that fill the page, numbered sources at the foot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from eldercare import tables
from eldercare.exhibits import Exhibit, Facts, city, places
from eldercare.exhibits import place_tables as own
from eldercare.exhibits.city import no_facilities
from eldercare.exhibits.claims import amount, claim, day
from eldercare.exhibits.shapes import Bars
from eldercare.measures import day_words, missing

# Two columns of lists under the figures hold this many lines of this many characters; a heading takes two.
LINES, CHARACTERS, HEADING = 64, 31, 2
# These lists are filled first, with at most ten lines each: what is agreed and who owes what.
FIRST, TEN = ("合作与名单", "任务"), 10
LONGEST = 64
COOPERATION = (
    "signed_districts",
    "signed_places",
    "linked_districts",
    "linked_places",
    "list_cities",
    "list_institutions",
    "list_beds",
)

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """All that stands on the page of one place: `ages` are rows of the question `age_pyramid`, the marks of `lists` numbers of `sources`.

    `chart` are the same ages where paper has charts of its own; None where nothing is on record.
    """

    code: str
    name: str
    title: str
    subtitle: str
    cards: Sequence[Mapping[str, str]]
    ages: pd.DataFrame = field(repr=False, compare=False)
    chart: Bars | None
    standings: pd.DataFrame = field(repr=False, compare=False)
    lists: Mapping[str, Sequence[str]]
    notes: Sequence[str]
    sources: Sequence[str]


def of(facts: Facts, code: str) -> Sheet:
    """The page of one place; that of the delta also has its counts of cooperation. Raises `KeyError`."""
    place, cards = facts.place(code), places.cards(facts, code)
    headline = facts.ask("headline", as_of=facts.as_of)
    found = lists(
        place,
        facts.ask("similar_cities", place=code, count=4),
        facts.ask("place_facilities", place=code, as_of=facts.as_of),
        places.records_of(facts, code),
        headline if code == "YRD" else headline.iloc[:0],
    )
    codes = sources(found, facts.ask("age_profile", place=code))
    notes, lines = foot(tables.release(), codes, facts.ask("sources_cited", source_ids=codes))
    compared = city.comparison_words(facts.ask("place_standing", place=code))
    known, ages = isinstance(cards, Exhibit), places.ages(facts, code)
    return Sheet(
        code,
        place.name,
        cards.title if known else cards.subject,
        cards.subtitle if known else cards.why,
        cards.shape.entries if known else (),
        facts.ask("age_pyramid", place=code),
        ages.shape if isinstance(ages, Exhibit) and isinstance(ages.shape, Bars) else None,
        table(compared, own.AGAINST),
        numbered(found, codes),
        notes,
        lines,
    )


def table(standings: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The standings as on the screen; the delta, which has no peers, beside its four provinces."""
    if len(standings) and standings["peers"].iloc[0] == "region":
        # A measure may be known for some of the provinces only.
        known = [
            dict(zip(r.peer_names, r.peer_values, strict=True)) for r in standings.itertuples()
        ]
        names = dict.fromkeys(name for values in known for name in values)
        provinces = {
            name: [f"{values[name]:.2f}" if name in values else "未载" for values in known]
            for name in names
        }
        return pd.DataFrame(
            {
                columns["title"]: standings["title"],
                columns["value_words"]: standings["value_words"],
                **provinces,
            }
        )
    return standings[list(columns)].rename(columns=columns).fillna("—")


def lists(
    place: Any,
    alike: pd.DataFrame,
    known: pd.DataFrame,
    shown: pd.DataFrame,
    headline: pd.DataFrame,
) -> dict[str, Lines]:
    """Headings with lines and the source of each, as many as the page holds; what is left out is counted.

    `headline` are the counts of cooperation of the delta, empty for other places.
    """
    found: dict[str, Lines] = {
        "合作与名单": [(_claim_line(row), row["source_id"]) for row in _cooperation(headline)],
        "床位、机构与设施": [(_claim_line(row), row["source_id"]) for _i, row in known.iterrows()]
        or [(no_facilities(place), "")],
        "相近的城市": [(f"{row.short_name}：{row.reason}", "") for row in alike.itertuples()],
    }
    for part, rows in shown.groupby("part", sort=False):
        found[part] = [(_record_line(row), row["source_id"]) for _i, row in rows.iterrows()]
    return _filled({name: lines for name, lines in found.items() if lines})


def _filled(found: dict[str, Lines]) -> dict[str, Lines]:
    """Line after line from each list in turn, until the page is full; the first lists before the others."""
    taken = dict.fromkeys(found, 0)
    room = LINES - (HEADING + 1) * len(found)
    turns = [(name, place) for place in range(TEN) for name in FIRST if name in found]
    turns += [
        (name, place) for place in range(max(map(len, found.values()), default=0)) for name in found
    ]
    for name, place in turns:
        lines = found[name]
        height = -(-len(lines[place][0]) // CHARACTERS) if place < len(lines) else 0
        if height and taken[name] == place and height <= room:
            taken[name] += 1
            room -= height
    left = {name: len(lines) - taken[name] for name, lines in found.items()}
    return {
        name: lines[: taken[name]] + ([(f"……另有{left[name]}条", "")] if left[name] else [])
        for name, lines in found.items()
    }


def _cooperation(headline: pd.DataFrame) -> list[pd.Series]:
    rows = (
        [claim(headline, code, kind=kind) for code in COOPERATION for kind in ("actual", "target")]
        if len(headline)
        else []
    )
    return [row for row in rows if row is not None]


def _claim_line(row: pd.Series) -> str:
    goal = "，目标" if row["kind"] == "target" else ""
    beside = "" if missing(row.get("beside")) else f"；{row['beside']}"
    return f"{row['indicator_title']} {amount(row)}（{day(row)}{goal}{beside}）"


def _record_line(row: pd.Series) -> str:
    # A task says its lamp; its time limit stands on the screen.
    state = row["state"].split("（")[0] if row["part"] == "任务" else row["state"]
    # What the date behind says is not said twice.
    title = re.sub(r"（\d+月[^（）]*日）$", "", row["title"])
    words = "，".join(filter(None, [title, row["detail"] if row["part"] == "协议" else "", state]))
    words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return words + ("" if row["part"] in ("任务", "成果") else f"（{day(row)}）")


def sources(found: dict[str, Lines], profile: pd.DataFrame) -> list[str]:
    """The sources behind the page, the census first, in the order of their numbers."""
    named = [*profile["source_id"], *(code for lines in found.values() for _words, code in lines)]
    return list(dict.fromkeys(code for code in named if code))


def numbered(found: dict[str, Lines], codes: list[str]) -> dict[str, list[str]]:
    """Each line with the number of its source."""
    return {
        name: [f"{words}[{codes.index(code) + 1}]" if code else words for words, code in lines]
        for name, lines in found.items()
    }


def _published(row: pd.Series) -> str:
    """The day of a source; a mirror also says of which day its report is."""
    told = day_words(row["published"], row["published_precision"])
    of = re.search(r"所报为(\d{4})-(\d{2})-(\d{2})", "" if missing(row["note"]) else row["note"])
    if not of:
        return told
    return "转载页{page}，所报为{day}".format(
        page=told, day=day_words("-".join(of.groups()), "day")
    )


def foot(release: pd.Series, codes: list[str], cited: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Version and bases; and the numbered sources with title and date."""
    known = cited.set_index("source_id")
    notes = [
        "数据版本 {version}（{hash}），数据截至 {day:%Y-%m-%d}；方括号内为来源编号，原文与网址见看板“地方档案”。".format(
            version=release["version"], hash=release["content_hash"][:8], day=release["as_of"]
        ),
        "占比按2010年、2020年人口普查常住人口，2020年区划（[1]起）；省与长三角为人数之和相除；公开资料未载不等于没有。",
    ]
    lines = []
    for number, code in enumerate(codes, 1):
        row = known.loc[code]
        title = row["title"] if len(row["title"]) <= 26 else row["title"][:25] + "…"
        lines.append(f"[{number}] {title}，{_published(row)}")
    return notes, lines
