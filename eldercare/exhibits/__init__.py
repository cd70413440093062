"""What every exhibit of a deck shares: its table twin, its sources with quotes, its counting rules, its marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from eldercare import store, tables
from eldercare.citing import reference
from eldercare.exhibits.shapes import Shape, Table
from eldercare.measures import missing, number

QUOTES_PER_SOURCE = 3
MANY_SOURCES = 10
# （PR015） in a note means a record of ours; nobody in a hall can look it up.
CODES = re.compile(r"（[A-Z]{1,4}\d{2,4}）")
LISTED = "名单、任务与长期护理保险（长护险）"
STATE, BEDS, TOGETHER, TASKS, GAPS, CONCLUSION = (
    "现状",
    "机构与床位",
    "协作",
    "任务",
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
    """One slide: title = finding; `rows` is the full table twin that goes into the workbook."""

    key: str
    section: str
    finding: str
    shape: Shape
    rows: pd.DataFrame = field(repr=False, compare=False)
    source_line: str
    caveats: Sequence[str]
    quotes: Sequence[Quote]
    rules: Sequence[str] = ()
    workings: Sequence[str] = ()
    confirmations: Sequence[str] = ()
    demo: bool = False
    name: str = ""

    @property
    def kind(self) -> str:
        return self.shape.kind


@dataclass(frozen=True)
class Missing:
    """An exhibit that would be empty: what it is about, and why there is nothing."""

    subject: str
    why: str


@dataclass(frozen=True)
class Facts:
    """The questions of one deck; `as_of` is the date that time statuses are computed against."""

    as_of: date

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        return store.ask(question, **parameters)

    def place(self, code: str) -> Any:
        """One place of the delta by its code. Raises `KeyError`."""
        known = self.ask("profile_places")
        found = known[known["place_code"] == code]
        if found.empty:
            raise KeyError(code)
        return next(found.itertuples())

    @property
    def everywhere(self) -> dict[str, Any]:
        """The parameters that narrow nothing."""
        return {
            "cities": self.ask("cities")["place_code"].tolist(),
            "platforms": self.ask("platforms")["platform"].tolist(),
        }


def exhibit(
    key: str,
    section: str,
    finding: str,
    shape: Shape,
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    caveats: Sequence[str] = (),
) -> Exhibit:
    """One exhibit with everything that is computed from its rows."""
    rows = tables.with_words(rows)
    cited = tables.sources_of(rows)
    demo = tables.is_demo(rows)
    evidence = tables.evidence_of(rows)
    confirmations = tuple(each.words for each in evidence if each.confirmed)
    quotes, workings = _quotes([each for each in evidence if not each.confirmed], cited)
    twin = tables.raw(rows, {name: words for name, words in columns.items() if name in rows})
    return Exhibit(
        key=key,
        section=section,
        finding=f"{tables.DEMO} · {finding}" if demo else finding,
        shape=shape,
        rows=twin.map(_flat),
        source_line=_source_line(rows, cited),
        caveats=tuple(words for words in (*tables.warnings(cited), *caveats) if words),
        quotes=quotes,
        workings=workings,
        confirmations=confirmations,
        rules=_rules(rows),
        demo=demo,
    )


def table(
    rows: pd.DataFrame, columns: Mapping[str, str], widths: Sequence[float], most: int
) -> Table:
    """The first rows as words: a missing number reads 公开资料未载, missing words a dash."""
    shown = tables.with_words(rows).head(most)
    lines = [
        [_cell(row[name], shown[name]) for name in columns] for _index, row in shown.iterrows()
    ]
    return Table(
        tuple(columns.values()), tuple(tuple(line) for line in lines), tuple(widths), len(rows)
    )


def left_out(rows: pd.DataFrame, most: int) -> str:
    """What a slide says of the rows it has no room for."""
    return f"列出{most}条，共{len(rows)}条，全部见 Excel 与数据页" if len(rows) > most else ""


def number_or_gap(value: Any) -> float | None:
    """A cell as a plain number; an empty one is None and stays a gap."""
    return None if missing(value) else float(value)


def _cell(value: Any, column: pd.Series) -> str:
    if missing(value):
        return "未载" if pd.api.types.is_numeric_dtype(column) else "—"
    value = _flat(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number(value)
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else _spoken(value)


def _spoken(value: Any) -> str:
    """Words for a hall: in one line, without the codes by which records refer to each other."""
    return " ".join(CODES.sub("", str(value)).split())


def _flat(value: Any) -> Any:
    """Lists from the database as words, numpy's scalars as Python's own; everything else as it is."""
    if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
        return "、".join(str(part) for part in value)
    return value.item() if hasattr(value, "item") else value


def _source_line(rows: pd.DataFrame, cited: pd.DataFrame) -> str:
    if cited.empty:
        return "来源：无"
    first = next(cited.itertuples())
    title = first.title if len(first.title) <= 28 else first.title[:27] + "…"
    # The class of the first alone would lend its weight to all the others.
    classes = "、".join(
        f"{kind}{n}" for kind, n in cited["source_class"].value_counts(sort=False).items()
    )
    if len(cited) == 1:
        named = f"来源：{title}（{first.source_class}）"
    elif len(cited) <= MANY_SOURCES:
        named = f"来源：{title}等{len(cited)}个来源（{classes}）"
    else:
        # Where so many stand behind a picture, the name of one would say that it is from there.
        named = f"来源：{len(cited)}个公开来源（{classes}），逐个列在备注与来源目录"
    parts = [named]
    bases = (
        [base for base in dict.fromkeys(rows["base"].dropna()) if base != "不适用"]
        if "base" in rows
        else []
    )
    if bases:
        parts.append("人口口径：{bases}".format(bases="、".join(bases)))
    return " · ".join(filter(None, [*parts, tables.confirmations(rows), tables.age_words(rows)]))


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
