"""The datasets that a file is checked against, read as text once."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from eldercare import releases
from eldercare.data import catalogue
from eldercare.intake.places import Gazetteer
from eldercare.releases.difference import Row, Rows


class Context:
    """The datasets that a file is checked against."""

    def __init__(self, datasets: Path):
        self.datasets = datasets
        self.package = catalogue.read_package(datasets)
        self._rows: dict[str, Rows] = {}
        self._by_key: dict[str, dict[tuple[str, ...], Row]] = {}

    def rows(self, table: str) -> Rows:
        """The rows of a table, read once."""
        if table not in self._rows:
            self._rows[table] = releases.rows(self.datasets, table)
        return self._rows[table]

    def row(self, table: str, key: tuple[str, ...]) -> Row:
        """The row of a table with a key of one column or more; empty when there is none."""
        if table not in self._by_key:
            names = self.package.table(table).primary_key
            self._by_key[table] = {
                tuple(row[name] for name in names): row for row in self.rows(table)
            }
        return self._by_key[table].get(key, {})

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.rows("places"), self.rows("places_elsewhere"))

    def by_key(self, table: str) -> dict[str, Row]:
        """The rows of a table with a single key, by that key."""
        (key,) = self.package.table(table).primary_key
        return {row[key]: row for row in self.rows(table)}

    def named(self, table: str) -> dict[str, list[str]]:
        """Keys of a table's rows by key, title or name."""
        (key,) = self.package.table(table).primary_key
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(table):
            for words in dict.fromkeys((row[key], row.get("title", ""), row.get("name", ""))):
                if words:
                    found[words].append(row[key])
        return found
