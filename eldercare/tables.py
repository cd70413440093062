"""Rows as a table: what a reader sees on screen, and what leaves as a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from eldercare import files, store
from eldercare.citing import reference, release_words
from eldercare.measures import NOT_TODAY, day_words, full_quantity, missing, number
from eldercare.text import plain

DEMO = "演示数据"
MANY_SOURCES, TITLE_SHOWN, TITLE_LEAST = 10, 20, 6
# A comma between digits ends nothing.
PART_ENDS = re.compile(r"[，。；：？！:;?!\s]|,(?!\d)|(?<!\d),|[（(][^（()）]*[）)]$")
# What may stand behind 数据截至: 2020年, 2024年8月29—30日, 2020年底; with 截至 or 约.
DAY_LABEL = re.compile(r"(截至|约)?\d{4}年(底|\d{1,2}月(底|\d{1,2}日|\d{1,2}—\d{1,2}日)?)?")


@dataclass(frozen=True)
class Export:
    """What leaves as a file where it is more than what is drawn: `count` rows, asked for at the click, and notes on the selection."""

    rows: Callable[[], pd.DataFrame]
    count: int
    columns: Mapping[str, str]
    notes: Sequence[tuple[str, str]] = ()


def workbook(export: Export, finding: str, caveats: Sequence[str]) -> bytes:
    rows = with_words(export.rows())
    notes = [
        ("内容", finding),
        ("数据版本", release_words(release())),
        *export.notes,
        ("说明", "；".join([*caveats, *warnings(sources_of(rows))])),
        *(("来源", reference(row)) for row in sources_of(rows).itertuples()),
    ]
    return files.workbook(notes, {"数据": _with_codes(rows, export.columns)})


def csv_bytes(export: Export) -> bytes:
    return files.csv_bytes(_with_codes(with_words(export.rows()), export.columns))


def _with_codes(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The table of a file, with the code of each row's place behind all it says: names change, and other tables are joined by codes."""
    table = raw(rows, columns)
    if "place_code" in rows and "place_code" not in columns:
        table["区划代码"] = rows["place_code"].tolist()
    return table


def is_demo(rows: pd.DataFrame) -> bool:
    """Whether any of the rows is of the fictitious list."""
    return "demo" in rows and bool(rows["demo"].any())


def sources_named(rows: pd.DataFrame) -> list[list[str]]:
    """The sources that each row names, an empty list where it names none."""
    if "source_ids" in rows:
        return [[] if missing(named) else list(named) for named in rows["source_ids"]]
    if "source_id" in rows:
        return [[] if missing(source) else [source] for source in rows["source_id"]]
    raise ValueError("rows of an exhibit must carry source_id or source_ids")


def sources_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The sources that the given rows rest on, those of most rows first."""
    counts = Counter(
        source for named in sources_named(rows) for source in named if not missing(source)
    )
    counts.update(source for row in _confirming(rows) for source in row.source_ids)
    found = store.ask("sources_cited", source_ids=sorted(counts))
    found["rows"] = [counts[source] for source in found["source_id"]]
    # Among equals the one that the rows name first: a question names the source of the value that is drawn before others.
    first = {source: place for place, source in enumerate(counts)}
    found["place"] = found["source_id"].map(first)
    return found.sort_values(["rows", "place"], ascending=[False, True]).drop(columns="place")


# What says of which day a row is.
DATED = ("date", "date_precision", "date_label", "date_inferred")
# A figure older than this, counted from the day the compilation ended, is said to be old.
FRESH_YEARS = 3


def newest(rows: pd.DataFrame) -> Mapping[str, Any] | None:
    """The row with the latest date; what is aimed at or planned, or may be, is no figure of its day. None where nothing is dated."""
    if "date" not in rows:
        return None
    counts = rows["date"].notna().to_numpy()
    if "kind" in rows:
        counts = counts & ~rows["kind"].isin(NOT_TODAY).to_numpy()
    if "planned" in rows:
        counts = counts & ~rows["planned"].astype("bool").to_numpy()
    # By place, since rows put together from several questions may share an index.
    places = np.flatnonzero(counts)
    if not len(places):
        return None
    days = pd.to_datetime(rows["date"]).to_numpy()
    latest = int(places[days[places].argmax()])
    return {name: rows[name].iloc[latest] for name in DATED if name in rows}


def age_words(rows: pd.DataFrame, until: date | None = None) -> str:
    """How long before the end of the compilation the newest of the rows is, in whole years; empty while it is not older than three.

    On a page of an earlier day (`until`) the reader stands there.
    """
    row, end = newest(rows), pd.Timestamp(release()["as_of"])
    end = end if until is None else min(end, pd.Timestamp(until))
    if row is None or pd.Timestamp(row["date"]) >= end - pd.DateOffset(years=FRESH_YEARS):
        return ""
    day = pd.Timestamp(row["date"])
    years = end.year - day.year - ((end.month, end.day) < (day.month, day.day))
    return f"距数据截至日{years}年"


def first_named(cited: pd.DataFrame) -> str:
    """The source that the source line names, as it names it; empty where so many stand behind a picture that the name of one
    would say that it is from there."""
    if cited.empty or len(cited) > MANY_SOURCES:
        return ""
    return shortened(cited["title"].iloc[0])


def shortened(title: str) -> str:
    """A long title up to where a part of it ends: never cut inside one, and whole where it has but one."""
    if len(title) <= TITLE_SHOWN:
        return title
    ends = [found.start() for found in PART_ENDS.finditer(title)]
    fitting = [end for end in ends if TITLE_LEAST <= end <= TITLE_SHOWN]
    return title[: fitting[-1]] if fitting else title


def source_line(rows: pd.DataFrame, cited: pd.DataFrame, until: date | None = None) -> str:
    """来源 · 截至 · 口径, computed from the rows that are drawn and their sources (`sources_of`); the same on every face."""
    if cited.empty:
        return "来源：无"
    first = next(cited.itertuples())
    title = first_named(cited)
    # The class of the first alone would lend its weight to all the others.
    classes = "、".join(
        f"{kind}{n}" for kind, n in cited["source_class"].value_counts(sort=False).items()
    )
    if len(cited) == 1:
        parts = [f"来源：{title}（{first.source_class}）"]
    elif len(cited) <= MANY_SOURCES:
        parts = [f"来源：{title}等{len(cited)}个来源（{classes}）"]
    else:
        parts = [f"来源：{len(cited)}个公开来源（{classes}），逐个另列"]
    latest = newest(rows)
    if latest is not None:
        head = rows["until_words"].iloc[0] if "until_words" in rows else "数据截至"
        parts.append(f"{head} {_last_day(latest)}")
    bases = dict.fromkeys(rows["base"].dropna()) if "base" in rows else {}
    if told := [base for base in bases if base != "不适用"]:
        parts.append(f"人口口径：{'、'.join(told)}")
    return " · ".join(filter(None, [*parts, confirmations(rows), age_words(rows, until)]))


def _last_day(row: Mapping[str, Any]) -> str:
    """The newest day of an exhibit. Only a label that is a day or a stretch of days can be one: 拟签, 不晚于, 起施行 are none."""
    label, precision = row.get("date_label"), row.get("date_precision", "day")
    plain_day = not missing(label) and DAY_LABEL.fullmatch(str(label))
    guess = row.get("date_inferred", False)
    inferred = False if missing(guess) else bool(guess)
    words = day_words(
        row["date"],
        "month" if precision == "since" else precision,
        label if plain_day else None,
        inferred,
    )
    return words.removeprefix("截至")


def warnings(cited: pd.DataFrame) -> list[str]:
    """What must be said wherever one of these sources is used, each once."""
    return list(dict.fromkeys(cited["caveat"].dropna()))


@dataclass(frozen=True)
class Evidence:
    """What rows rest on: the words of sources as they were recorded, how a value was worked out from them (`quoted` false),
    or (`confirmed`) which departments confirmed it, or have another number, by which document.
    """

    source_ids: tuple[str, ...]
    words: str
    quoted: bool
    rendering: str = ""
    confirmed: bool = False

    @property
    def marked(self) -> str:
        """As it stands where quotes have their own place: what no source says in these words says what it is."""
        return self.told if self.quoted or self.confirmed else f"算法：{self.words}"

    @property
    def told(self) -> str:
        """The words as they are shown: those in another language with their Chinese rendering, marked as one."""
        if self.rendering:
            return f"{self.words}（译：{self.rendering}）"
        foreign = (
            self.quoted
            and re.search("[A-Za-zぁ-ん]", self.words)
            and not re.search("[一-龥]", self.words)
        )
        return f"{self.words}（外文）" if foreign else self.words


def evidence_of(rows: pd.DataFrame) -> list[Evidence]:
    """The evidence of the rows, each once. Words stand as a quote only under a source in whose records they stand.

    A question may join the evidence of several sources in one cell; what none of them says is our own working, of all of them.
    """
    if "evidence" not in rows:
        return []
    cells = [
        (tuple(named), str(words))
        for named, words in zip(sources_named(rows), rows["evidence"], strict=True)
        if named and not missing(words) and str(words).strip()
    ]
    recorded: dict[str, list[str]] = {}
    renderings: dict[tuple[str, str], str] = {}
    for row in store.ask(
        "quotes_recorded",
        source_ids=sorted({source for named, _words in cells for source in named}),
    ).itertuples():
        recorded.setdefault(row.source_id, []).append(row.quote)
        renderings |= {} if missing(row.rendering) else {(row.source_id, row.quote): row.rendering}
    found: dict[Evidence, None] = {}
    told = dict.fromkeys(cells)
    apart = _confirmations_apart(words for _named, words in told)
    for (named, _words), (words, confirmed) in zip(told, apart, strict=True):
        found |= dict.fromkeys(
            Evidence(tuple(row.source_ids), row.evidence, False, confirmed=True)
            for row in confirmed
        )
        if not words:
            continue
        quotes, rest = _told_apart(words, {source: recorded.get(source, []) for source in named})
        found |= dict.fromkeys(
            Evidence((source,), quote, True, renderings.get((source, quote), ""))
            for source, quote in quotes
        )
        if rest:
            found[Evidence(named, rest, False)] = None
    return list(found)


def _confirmations_apart(cells: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """Each cell of evidence without what departments confirmed, and those confirmations: rows of `confirmations_recorded`."""
    recorded = _recorded()
    apart = []
    for words in cells:
        found = [row for row in recorded if isinstance(words, str) and row.evidence in words]
        for row in found:
            words = words.replace(row.evidence, "")
        if found:
            words = "；".join(part for part in words.split("；") if part)
        apart.append((words, found))
    return apart


@store.kept
def _recorded() -> tuple[Any, ...]:
    return tuple(store.ask("confirmations_recorded").itertuples())


def _confirming(rows: pd.DataFrame) -> list[Any]:
    """The confirmations of figures that the rows rest on, each once."""
    told = _confirmations_apart(rows.get("evidence", ()))
    return list({row.evidence: row for _words, found in told for row in found}.values())


def confirmations(rows: pd.DataFrame) -> str:
    """How many of the figures that the rows rest on were confirmed, and of how many a department has another number; mostly empty."""
    found = _confirming(rows)
    differing = sum(row.differs for row in found)
    beside = f"，其中{differing}个有部门另有数" if differing else ""
    return f"部门核定{len(found)}个数{beside}" if found else ""


def _told_apart(
    words: str, recorded: Mapping[str, Sequence[str]]
) -> tuple[list[tuple[str, str]], str]:
    """The recorded quotes inside the words with their sources, and what is left without them."""
    whole = [(source, words) for source, quotes in recorded.items() if words in quotes]
    if whole:
        return whole, ""
    quotes: list[tuple[str, str]] = []
    # The longest first: a short quote inside a longer one is not meant; of one length in their order, so that files are equal.
    for quote in sorted(
        {quote for quotes in recorded.values() for quote in quotes if quote in words},
        key=lambda quote: (-len(quote), words.index(quote)),
    ):
        apart = re.sub(f"(^|[；：\0]){re.escape(quote)}(?=$|[；\0])", "\\1\0", words)
        if apart != words:
            words = apart
            quotes += [(source, quote) for source in recorded if quote in recorded[source]]
    # A label whose words were a quote has nothing left to say.
    parts = [part for part in words.split("；") if "\0" not in part and part.strip()]
    return quotes, "；".join(parts)


def release() -> pd.Series:
    row = store.ask("release").iloc[0].copy()
    # A release is named by its own id everywhere, the one that `?release=` opens.
    row["content_hash"] = store.current().release or row["content_hash"]
    return row


def release_changes() -> dict[str, dict[str, int]] | None:
    """Rows new, changed and gone since the release before the one in use, by title of table; None when there is none before."""
    summary = store.changes_of_release()
    if summary is None:
        return None
    package = store.current().package
    return {package.table(name).title: counts for name, counts in summary.items()}


def with_source_pages(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `address`: the page of the source that a row has its words from."""
    return rows.assign(address=[f"sources?source={code}" for code in rows["source_id"]])


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds what a reader sees instead of codes: `day` for the date, `kind_words` for the kind of a claim, `amount` for its value.

    The amount carries unit and qualifier: 近5,000万人 is not 50,000,000.
    """
    added: dict[str, list[str]] = {}
    label = store.current().package.label
    if {"date", "date_precision"} <= set(rows.columns):
        labels = rows["date_label"] if "date_label" in rows else [None] * len(rows)
        inferred = rows["date_inferred"] if "date_inferred" in rows else [False] * len(rows)
        added["day"] = [
            day_words(day, precision, label, bool(guess))
            for day, precision, label, guess in zip(
                rows["date"], rows["date_precision"], labels, inferred, strict=True
            )
        ]
    if {"value", "unit", "qualifier"} <= set(rows.columns):
        said = rows["value_text"] if "value_text" in rows else [None] * len(rows)
        added["amount"] = [
            full_quantity(value, unit, qualifier) if missing(words) else words
            for value, unit, qualifier, words in zip(
                rows["value"], rows["unit"], rows["qualifier"], said, strict=True
            )
        ]
    if {"observation_id", "kind"} <= set(rows.columns):
        added["kind_words"] = [label("observations", "kind", kind) for kind in rows["kind"]]
    if {"correction_id", "table_name"} <= set(rows.columns):
        added["table_words"] = [
            store.current().package.table(name).title for name in rows["table_name"]
        ]
    if {"link_id", "relation"} <= set(rows.columns):
        added["relation_words"] = [
            label("task_links", "relation", relation) for relation in rows["relation"]
        ]
    return rows.assign(**added)


CONFIRMED = "部门核定"


def _confirmed(
    rows: pd.DataFrame, columns: Mapping[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Rows and columns with what departments confirmed in a column of its own, where there is any; 原文摘录 holds the words of sources."""
    if "evidence" not in rows or not confirmations(rows):
        return rows, dict(columns)
    told = _confirmations_apart(rows["evidence"])
    # A row may rest on several figures: then each confirmation says of which.
    said = ["；".join(row.evidence for row in found) or None for _words, found in told]
    rows = rows.assign(evidence=[words for words, _found in told], confirmed_words=said)
    return rows, {**columns, "confirmed_words": CONFIRMED}


def raw(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The table twin with full digits."""
    rows, columns = _confirmed(rows, columns)
    table = rows[list(columns)].rename(columns=dict(columns))
    if is_demo(rows):
        table.insert(0, "数据性质", DEMO)
    return table


def shown(
    rows: pd.DataFrame, columns: Mapping[str, str], links: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The table twin as text for the screen; markup is inert."""

    rows, columns = _confirmed(rows, columns)
    table = {
        name: [plain(cell_words(value, rows[name])) for value in rows[name]] for name in columns
    }
    for name, address in (links or {}).items():
        table[name] = [
            f"[{text}]({url})" if url else text
            for text, url in zip(table[name], rows[address], strict=True)
        ]
    # A heading may be a name from the data, too.
    return pd.DataFrame(table).rename(
        columns={name: plain(heading) for name, heading in columns.items()}
    )


def cell_words(value: Any, column: pd.Series) -> str:
    """What a reader sees of a cell: a missing number reads 公开资料未载, missing words a dash."""
    if missing(value):
        return "未载" if pd.api.types.is_numeric_dtype(column) else "—"
    value = flat(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number(value)
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)


def flat(value: Any) -> Any:
    """Lists from the database as words, numpy's scalars as Python's own; everything else as it is."""
    if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
        return "、".join(str(part) for part in value)
    return value.item() if hasattr(value, "item") else value
