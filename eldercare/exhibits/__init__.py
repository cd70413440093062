"""An exhibit as a value: title, shape, rows and source line of one release. Every face draws the same one; a module for each subject.

A function that makes one stands under `@kept`: the same build and the same arguments give the same value, which is made once and
shown to many. Nobody changes it; who wants another takes `dataclasses.replace`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from eldercare import maps, store, tables
from eldercare.citing import reference
from eldercare.exhibits.shapes import Map, Shape, Table
from eldercare.measures import missing
from eldercare.store import kept as kept

QUOTES_PER_SOURCE = 3
# Characters of a title: a claim that one reads at a glance.
TITLE_LENGTH = 24
# As many rows of a table as a slide has room for.
ON_SLIDE = 9
# （PR015） in a note means a record of ours; nobody in a hall can look it up.
CODES = re.compile(r"（[A-Z]{1,4}\d{2,4}）")
# What stands in a cell where nothing is on record, or no source sets anything.
UNSAID = ("未载", "未规定")
# Words that say of a claim that we reckoned it.
TRIALS = ("情景", "试算")
LISTED = "名单、任务与长期护理保险（长护险）"
STATE, BEDS, TOGETHER, TASKS, PLANNING, GAPS, CONCLUSION = (
    "现状",
    "机构与床位",
    "协作",
    "任务",
    "规划",
    "数据缺口",
    "小结",
)


@dataclass(frozen=True)
class Quote:
    """A source of an exhibit, the words in it that the exhibit rests on, and what we worked out from its figures alone."""

    source_id: str
    reference: str
    words: Sequence[str]
    workings: Sequence[str] = ()


@dataclass(frozen=True)
class Exhibit:
    """What is said, what is drawn and what it rests on. `rows` are those of the question, `columns` what a reader sees of them.

    `why` is what there is to say instead where there are no rows. Quotes and workings are there once `quoted` has read them.
    `links` maps a column to the one with the addresses its words lead to; `file_columns` are those of files where they differ.
    `cited` are the sources of the rows, those of most rows first.
    """

    key: str
    section: str
    title: str
    subtitle: str
    shape: Shape
    rows: pd.DataFrame = field(repr=False, compare=False)
    columns: Mapping[str, str]
    source_line: str
    caveats: Sequence[str]
    why: str = ""
    quotes: Sequence[Quote] = ()
    rules: Sequence[str] = ()
    workings: Sequence[str] = ()
    confirmations: Sequence[str] = ()
    demo: bool = False
    name: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    file_columns: Mapping[str, str] = field(default_factory=dict)
    cited: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)

    @property
    def kind(self) -> str:
        return self.shape.kind

    @property
    def spoken(self) -> str:
        """Title and subtitle in one sentence: for a hall, a screen reader, a running text."""
        return "；".join(filter(None, [self.title, self.subtitle]))

    @property
    def mark(self) -> str:
        """What must stand in a picture of it: invented rows, or a claim that is a trial or a scenario of ours; mostly empty."""
        if self.demo:
            return tables.DEMO
        return next((word for word in TRIALS if word in self.spoken), "")

    @cached_property
    def twin(self) -> pd.DataFrame:
        """The table with full digits that goes into files."""
        columns = self.file_columns or self.columns
        known = {name: words for name, words in columns.items() if name in self.rows}
        return tables.raw(self.rows, known).map(tables.flat)


@dataclass(frozen=True)
class Missing:
    """An exhibit that would be empty: what it is about, and why there is nothing."""

    subject: str
    why: str


@dataclass(frozen=True)
class Facts:
    """The questions of one page or deck; `as_of` is the date that time statuses are computed against.

    `cities` and `platforms` narrow what may be narrowed, None nothing; `scope` says so as the beginning of a sentence.
    """

    as_of: date
    cities: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    scope: str = ""

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        return store.ask(question, **parameters)

    def place(self, code: str) -> Any:
        """One place of the delta by its code. Raises `KeyError`."""
        return _places()[code]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The chosen cities and platforms as parameters of a question; all where none is chosen."""
        cities, platforms = self.cities, self.platforms
        return {
            "cities": self.ask("cities")["place_code"].tolist() if cities is None else list(cities),
            "platforms": self.ask("platforms")["platform"].tolist()
            if platforms is None
            else list(platforms),
        }


@kept
def _places() -> Mapping[str, Any]:
    return {row.place_code: row for row in store.ask("profile_places").itertuples()}


def exhibit(
    key: str,
    section: str,
    title: str,
    shape: Shape,
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    caveats: Sequence[str] = (),
    subtitle: str = "",
    why: str = "",
    links: Mapping[str, str] | None = None,
    file_columns: Mapping[str, str] | None = None,
) -> Exhibit:
    """One exhibit with everything that is computed from its rows."""
    rows = tables.with_words(rows)
    cited = tables.sources_of(rows)
    demo = tables.is_demo(rows)
    return Exhibit(
        key=key,
        section=section,
        title=f"{tables.DEMO} · {title}" if demo else title,
        subtitle=subtitle,
        shape=shape,
        rows=rows,
        columns=columns,
        source_line=tables.source_line(rows, cited),
        caveats=tuple(dict.fromkeys(filter(None, (*tables.warnings(cited), *caveats)))),
        why=why,
        rules=_rules(rows),
        demo=demo,
        links={name: address for name, address in (links or {}).items() if name in columns},
        file_columns=file_columns or {},
        cited=cited,
    )


def parts(finding: str, scope: str = "") -> dict[str, str]:
    """A sentence as title and, behind its first ；, subtitle, which says of what `scope` both hold."""
    title, _semicolon, subtitle = finding.partition("；")
    return {"title": title, "subtitle": scope + subtitle if subtitle else scope.rstrip("：")}


def listed(
    key: str,
    section: str,
    finding: str,
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    caveats: Sequence[str] = (),
    scope: str = "",
    slide: Mapping[str, float] | None = None,
    **more: Any,
) -> Exhibit:
    """A table under a sentence (`parts`); `slide` are the columns that a slide has room for, with their widths."""
    widths = slide or dict.fromkeys(columns, 1.0)
    shape = table(rows, {name: columns[name] for name in widths}, tuple(widths.values()), ON_SLIDE)
    said = parts(finding, scope)
    return exhibit(
        key, section, **said, shape=shape, rows=rows, columns=columns, caveats=caveats, **more
    )


def quoted(value: Exhibit, until: date) -> Exhibit:
    """The exhibit of a talk of that day: with the words of its sources and what was worked out from them, for faces that print them."""
    found, cited = tables.evidence_of(value.rows), value.cited
    confirmed = tuple(each.words for each in found if each.confirmed)
    quotes, workings = _quotes([each for each in found if not each.confirmed], cited)
    return replace(
        value,
        source_line=tables.source_line(value.rows, cited, until),
        quotes=quotes,
        workings=workings,
        confirmations=confirmed,
    )


def in_squares(value: Exhibit) -> Exhibit:
    """A map with its places as squares, as no file may have outlines that no map office approved; any other as it is."""
    if not isinstance(value.shape, Map):
        return value
    told = [words for words in value.caveats if words != maps.note()]
    return replace(
        value, shape=replace(value.shape, squares=True), caveats=(*told, "方格位置示意，不是地图")
    )


def table(
    rows: pd.DataFrame, columns: Mapping[str, str], widths: Sequence[float], most: int
) -> Table:
    """The first rows as words: a missing number reads 公开资料未载, missing words a dash."""
    shown = tables.with_words(rows).head(most)
    lines = [
        [_spoken(tables.cell_words(row[name], shown[name])) for name in columns]
        for _index, row in shown.iterrows()
    ]
    return Table(
        tuple(columns.values()), tuple(tuple(line) for line in lines), tuple(widths), len(rows)
    )


def left_out(rows: pd.DataFrame, most: int) -> str:
    """What a slide says of the rows it has no room for."""
    return f"列出{most}条，共{len(rows)}条，全部见 Excel 与数据页" if len(rows) > most else ""


def known_columns(rows: pd.DataFrame, columns: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The columns in which any row says something, and one line for those that are 未载 or 未规定 throughout."""
    empty = {
        name: {str(cell).rpartition(" ")[2] for cell in rows[name] if not missing(cell)} - {"", "—"}
        for name in columns
    }
    kept = [name for name, words in empty.items() if rows.empty or words - set(UNSAID)]
    told = [
        f"{'、'.join(heads)}：均{word}"
        for word in UNSAID
        if (
            heads := [
                columns[n].partition("（")[0] for n in columns if n not in kept and word in empty[n]
            ]
        )
    ]
    return {name: columns[name] for name in kept}, "；".join(told)


def number_or_gap(value: Any) -> float | None:
    """A cell as a plain number; an empty one is None and stays a gap."""
    return None if missing(value) else float(value)


def _spoken(words: str) -> str:
    """Words for a hall: in one line, without the codes by which records refer to each other."""
    return " ".join(CODES.sub("", words).split())


def _quotes(
    found: Sequence[tables.Evidence], cited: pd.DataFrame
) -> tuple[tuple[Quote, ...], tuple[str, ...]]:
    """The sources, those of most rows first, each with the first few of its own words; then what was worked out from several."""
    words: dict[str, list[str]] = {}
    own: dict[str, list[str]] = {}
    joint: list[str] = []
    for evidence in found:
        told = (
            (words if evidence.quoted else own).setdefault(evidence.source_ids[0], [])
            if len(evidence.source_ids) == 1
            else joint
        )
        told.append(" ".join(evidence.told.split()))
    few = [*joint[:QUOTES_PER_SOURCE]]
    if len(joint) > len(few):
        few.append(f"其余{len(joint) - len(few)}行同法，算式见数据页")
    quotes = tuple(
        Quote(
            row.source_id,
            reference(row),
            tuple(words.get(row.source_id, [])[:QUOTES_PER_SOURCE]),
            tuple(own.get(row.source_id, [])[:QUOTES_PER_SOURCE]),
        )
        for row in cited.itertuples()
    )
    return quotes, tuple(few)


def _rules(rows: pd.DataFrame) -> tuple[str, ...]:
    """Counting rules, definitions and reckonings that the rows carry, each once and by its name; a definition that is only the title is none."""
    found: dict[str, None] = {}
    for column, kind in (("counting_rule", "口径"), ("definition", "口径"), ("formula", "算法")):
        if column in rows:
            titles = rows["indicator_title"] if "indicator_title" in rows else [""] * len(rows)
            for title, words in zip(titles, rows[column], strict=True):
                if not missing(words) and str(words).strip("。数 ") not in ("", title):
                    found[
                        "{kind}：{words}".format(
                            kind=kind, words=f"{title}：{words}" if title else words
                        )
                    ] = None
    return tuple(found)
