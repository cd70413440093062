"""Reads `datapackage.json`: the only home of types, keys, constraints, labels and caveats."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "datasets"

SQL_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One column. `labels` maps stored words to the Chinese words shown for them, `former_words` those of older releases to today's."""

    name: str
    type: str
    title: str
    description: str = ""
    unit: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    former_words: dict[str, str] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class ForeignKey:
    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Check:
    """A rule over several cells: an SQL condition, the column to mend when it does not hold, and why in Chinese."""

    condition: str
    column: str
    message: str


@dataclass(frozen=True)
class Table:
    """One CSV file. `row_checks` read one row; `table_checks` may read other rows and tables too.

    A lookup holds names and words and no facts: a release from before it has the program's. `open_data` is `open` for a
    table that anybody may take, `demo` for a fictitious one that is given when asked for by name, `through RULE` for one of
    which only those rows leave that `queries/views/RULE.sql` lets through. Without it a table, and every question that
    reads it, stays inside.
    """

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    row_checks: tuple[Check, ...] = ()
    table_checks: tuple[Check, ...] = ()
    caveats: tuple[str, ...] = ()
    is_lookup: bool = False
    open_data: str = ""
    is_internal: bool = False

    def field(self, name: str) -> Field:
        """The column called `name`; KeyError when the table has none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(f"{self.name}.{name}")


@dataclass(frozen=True)
class Package:
    title: str
    version: str
    as_of: str
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table called `name`; KeyError when there is none."""
        for candidate in self.tables:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def label(self, table: str, column: str, word: str | None) -> str:
        """The Chinese word shown for a stored word, e.g. ("tasks", "kind", "actual") gives 实际."""
        return "" if word is None else self.table(table).field(column).labels.get(word, word)

    def in_load_order(self) -> list[Table]:
        """Tables sorted so that each comes after those it refers to."""
        ordered: list[Table] = []
        waiting = list(self.tables)
        while waiting:
            done = {table.name for table in ordered}
            ready = [
                table
                for table in waiting
                if all(key.table in done or key.table == table.name for key in table.foreign_keys)
            ]
            if not ready:
                names = ", ".join(table.name for table in waiting)
                raise ValueError(f"foreign keys form a circle: {names}")
            ordered += ready
            waiting = [table for table in waiting if table not in ready]
        return ordered


def read_package(datasets: Path = DATASETS) -> Package:
    """Parse `datapackage.json` in `datasets`.

    Raises `json.JSONDecodeError` when the file is not JSON and `KeyError` when a table lacks an entry.
    """
    raw = json.loads((datasets / "datapackage.json").read_text(encoding="utf-8"))
    tables = tuple(
        _table(resource) for resource in raw["resources"] if resource.get("type") == "table"
    )
    return Package(raw["title"], raw["version"], raw["asOf"], tables)


def data_files(datasets: Path = DATASETS) -> list[Path]:
    """Every CSV file of a datasets folder and of the folders in it, in one fixed order."""
    return sorted([*datasets.glob("*.csv"), *datasets.glob("*/*.csv")])


def _checks(resource: dict[str, Any], kind: str) -> tuple[Check, ...]:
    return tuple(
        Check(check["check"], check["field"], check["message"]) for check in resource.get(kind, [])
    )


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        path=resource["path"],
        title=resource["title"],
        description=resource.get("description", ""),
        fields=tuple(
            Field(
                name=raw["name"],
                type=raw["type"],
                title=raw["title"],
                description=raw.get("description", ""),
                unit=raw.get("unit"),
                labels=raw.get("labels", {}),
                former_words=raw.get("formerWords", {}),
                constraints=raw.get("constraints", {}),
            )
            for raw in schema["fields"]
        ),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(
                key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0]
            )
            for key in schema.get("foreignKeys", [])
        ),
        row_checks=_checks(resource, "rowChecks"),
        table_checks=_checks(resource, "tableChecks"),
        caveats=tuple(resource.get("caveats", [])),
        is_lookup=bool(resource.get("lookup")),
        open_data=resource.get("openData", ""),
        is_internal=bool(resource.get("internal")),
    )
