"""Rows as a table: what a reader sees on screen, and what leaves as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eldercare import catalogue, files, store
from eldercare.citing import reference, release_words
from eldercare.measures import day_words, missing, number
from eldercare.text import _, plain

DEMO = _("演示数据")


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
        (_("内容"), finding),
        (_("数据版本"), release_words(release())),
        *export.notes,
        (_("说明"), "；".join(caveats)),
        *((_("来源"), reference(row)) for row in sources_of(rows).itertuples()),
    ]
    return files.workbook(notes, {_("数据"): raw(rows, export.columns)})


def csv_bytes(export: Export) -> bytes:
    return files.csv_bytes(raw(with_words(export.rows()), export.columns))


def is_demo(rows: pd.DataFrame) -> bool:
    """Whether any of the rows is of the fictitious list."""
    return "demo" in rows and bool(rows["demo"].any())


def sources_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The sources that the given rows rest on, those of most rows first."""
    if "source_ids" in rows:
        named = [source for sources in rows["source_ids"].dropna() for source in sources]
    elif "source_id" in rows:
        named = rows["source_id"].tolist()
    else:
        raise ValueError("rows of an exhibit must carry source_id or source_ids")
    counts = Counter(source for source in named if not missing(source))
    found = store.ask("sources_cited", source_ids=sorted(counts))
    found["rows"] = [counts[source] for source in found["source_id"]]
    return found.sort_values("rows", ascending=False, kind="stable")


def release() -> pd.Series:
    row = store.ask("release").iloc[0].copy()
    # A release is named by its own id everywhere, the one that `?release=` opens.
    row["content_hash"] = store.current().release or row["content_hash"]
    return row


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds what a reader sees instead of codes: `day` for the date, `kind_words` for the kind of a claim."""
    added: dict[str, list[str]] = {}
    if {"date", "date_precision"} <= set(rows.columns):
        labels = rows["date_label"] if "date_label" in rows else [None] * len(rows)
        inferred = rows["date_inferred"] if "date_inferred" in rows else [False] * len(rows)
        added["day"] = [
            day_words(day, precision, label, bool(guess))
            for day, precision, label, guess in zip(rows["date"], rows["date_precision"], labels, inferred, strict=True)
        ]
    if {"observation_id", "kind"} <= set(rows.columns):
        added["kind_words"] = [catalogue.label("observations", "kind", kind) for kind in rows["kind"]]
    if {"link_id", "relation"} <= set(rows.columns):
        added["relation_words"] = [catalogue.label("task_links", "relation", relation) for relation in rows["relation"]]
    return rows.assign(**added)


def raw(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The table twin with full digits."""
    table = rows[list(columns)].rename(columns=dict(columns))
    if is_demo(rows):
        table.insert(0, _("数据性质"), DEMO)
    return table


def shown(rows: pd.DataFrame, columns: Mapping[str, str], links: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table twin as text for the screen: a missing number reads 未上报, missing words a dash; markup is inert."""

    def words(column: pd.Series) -> list[str]:
        gap = _("未上报") if pd.api.types.is_numeric_dtype(column) else "—"
        return [gap if missing(value) else plain(_cell(value)) for value in column]

    table = pd.DataFrame({heading: words(rows[name]) for name, heading in columns.items()})
    for name, address in (links or {}).items():
        table[columns[name]] = [f"[{text}]({url})" if url else text for text, url in zip(table[columns[name]], rows[address], strict=True)]
    return table


def _cell(value: Any) -> str:
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float):
        return number(value)
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
