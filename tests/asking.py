"""What tests of one subject share: rows as tuples, a store on a changed miniature, the widest filters."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from eldercare.store import Store

AS_OF = date(2026, 11, 22)
# What a reader can narrow homes by; `chosen` of the questions names each of them.
FACETS = tuple(
    [
        "province",
        "city",
        "county",
        "type",
        "ownership",
        "size",
        "price",
        "care",
        "medical",
        "list",
        "opened",
        "open",
        "available",
        "portability",
        "ended",
    ]
)
# A test that walks over hundreds of places walks over some of them by default, over every one in `.ci/full`.
SOME_OR_EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "every"]
)
PLATFORMS = ["人才", "产业", "认知障碍友好社区", "农村", "养老顾问", "未归入平台"]


def among(places, every: bool):
    """All of a list or table of places; else each twentieth: they stand in the order of provinces and levels."""
    return places if every else places[::20]


def rows(table: pd.DataFrame, *columns: str) -> list:
    """The given columns as tuples (one column: bare values); a missing value is None."""
    part = table[list(columns)].astype(object)
    found = list(part.where(part.notna(), None).itertuples(index=False, name=None))
    return [row[0] for row in found] if len(columns) == 1 else found


def add(folder: Path, table: str, *lines: str) -> None:
    """Appends lines to a CSV file of a miniature."""
    path = folder / f"{table}.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )


def opened(folder: Path, tmp_path: Path) -> Store:
    """A store on a miniature that a test has changed."""
    store = Store(folder, tmp_path / "build")
    store.refresh()
    return store
