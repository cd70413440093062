"""Ledgers larger than the tables of a release: homes by day, settlements by month, as folders of Parquet.

The server never reads them. Their aggregates are questions of their own (`queries/ledger/*.sql`), written once in the SQL of
DuckDB and answered by DuckDB on one machine or, the same files and the same text, by Apache Spark on many; what comes out is
a handful of rows that go through the intake like any other list.

`bed_days`: home_id, city_code, day, capacity, open, occupied (beds), in folders `month=2024-01`.
`settlement_months`: origin_code, destination_code, scheme, cases, in folders `month=2024-01`; aggregates only, never persons.
"""

from __future__ import annotations

import json
from pathlib import Path

from eldercare.data.catalogue import ROOT

QUESTIONS = ROOT / "queries" / "ledger"
LEDGERS = ("bed_days", "settlement_months")
# Beside the ledgers: what made them. A folder without it is a real one.
MARK = "demo.json"


def questions() -> list[str]:
    """The names of what can be asked of ledgers."""
    return sorted(path.stem for path in QUESTIONS.glob("*.sql"))


def text(question: str) -> str:
    """The SQL of a question. Raises `KeyError` for a name that is none."""
    if question not in questions():
        raise KeyError(question)
    return (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")


def demo(folder: Path) -> bool:
    """Whether these ledgers were made up here."""
    mark = folder / MARK
    return mark.is_file() and bool(json.loads(mark.read_text(encoding="utf-8"))["demo"])
