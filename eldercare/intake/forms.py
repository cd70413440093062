"""What can be filed: per table the columns of its form, how people head them, and how a stored value is written in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from eldercare.data.catalogue import Field, Table
from eldercare.intake.headings import ALIASES
from eldercare.intake.understood import half_width
from eldercare.measures import day_words
from eldercare.releases.difference import Row

TABLES = (
    "institutions", "institution_events", "institution_lists", "institution_list_members", "observations", "confirmations",
    "task_lists", "tasks", "task_units", "task_reports", "agreements", "agreement_parties", "events",
    "data_requests", "obstacles", "obstacle_parties",
)  # fmt: skip
# What the intake fills in itself, or what only editors of the repository touch.
KEPT_OUT = {
    "fact_id", "date_precision", "date_inferred", "date_label", "confidence", "location_precision", "doubtful", "shown", "shown_reason",
    "segment", "break_note", "source_table", "source_row", "formula", "summarises", "party_no", "unit_no",
    "number_inferred", "role_stated", "due_text", "document_id",
}  # fmt: skip
# What makes two rows the same thing when the file gives no number.
NATURAL = {
    "institutions": ("name", "place_code"),
    "institution_events": ("institution_id", "kind", "date"),
    "institution_lists": ("title", "date"),
    "institution_list_members": ("list_id", "institution_id"),
    "observations": (
        "place_code",
        "indicator_code",
        "date",
        "kind",
        "base",
        "reading",
        "list_id",
        "source_id",
    ),
    "confirmations": ("observation_id", "department", "date"),
    "task_lists": ("title", "date"),
    "tasks": ("task_list_id", "title"),
    "task_units": ("task_id", "unit"),
    "agreement_parties": ("agreement_id", "name"),
    "task_reports": ("task_id", "date", "unit"),
    "agreements": ("title", "date"),
    "events": ("title", "date"),
    "data_requests": ("place_code", "department", "asked_on"),
    "obstacles": ("title", "place_code"),
    "obstacle_parties": ("obstacle_id", "name"),
}
NEEDED = {
    "institutions": ("name", "place_code"),
    "institution_events": ("institution_id", "kind", "date"),
    "institution_lists": ("title", "issuer", "place_code"),
    "institution_list_members": ("list_id", "institution_id"),
    "observations": ("place_code", "indicator_code", "value"),
    "confirmations": ("observation_id", "department", "answer", "document"),
    "task_lists": ("title", "place_code"),
    "tasks": ("task_list_id", "title"),
    "task_units": ("task_id", "unit", "role"),
    "agreement_parties": ("agreement_id", "name"),
    "task_reports": ("task_id", "unit", "self_status"),
    "agreements": ("title", "status"),
    "events": ("title", "category"),
    "data_requests": ("place_code", "department", "asked_on"),
    "obstacles": ("title", "place_code"),
    "obstacle_parties": ("obstacle_id", "name"),
}
PREFIX = {
    "institutions": "IN", "institution_events": "HE", "institution_lists": "LIST", "observations": "UR", "confirmations": "CF",
    "task_lists": "TL", "tasks": "TK", "agreements": "PR", "events": "EV",
    "data_requests": "RQ", "obstacles": "OB",
}  # fmt: skip
DEFAULTS = {
    "": {"date_inferred": "false", "confidence": "official", "date_precision": "undated"},
    "institutions": {"kind": "institution"},
    "observations": {"kind": "actual", "segment": "1", "doubtful": "false", "shown": "true"},
    "task_lists": {"kind": "task"},
    "tasks": {"number_inferred": "false", "membership": "listed"},
    "task_units": {"role_stated": "true"},
    "agreement_parties": {"known": "true"},
    "agreements": {"network": "delta", "eldercare_specific": "true"},
    "events": {"planned": "false"},
}
REQUIRED_BY_INTAKE = {"source_id", "quote"}
# Words of older templates: still read, no longer offered.
FORMER_CHOICES = {("task_reports", "self_status"): {"受阻": "stuck", "自报办结": "done"}}
PLACES = {"place_code"}
# Kinds of columns that stand for rows of another table, made with a new row.
COMPANIONS = ("parties", "units")


@dataclass(frozen=True)
class Column:
    """One column of a form. `kind` says how a cell is read; `choices` maps the word shown to the word stored.

    `former` does the same for words that older templates showed.
    """

    name: str
    title: str
    kind: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    unit: str = ""
    whole: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    refers_to: str = ""
    help: str = ""


@dataclass(frozen=True)
class Form:
    table: Table
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def key(self) -> str:
        """The numbering column, or "" where rows are identified by what they say."""
        return self.table.primary_key[0] if len(self.table.primary_key) == 1 else ""

    @property
    def natural(self) -> tuple[str, ...]:
        return NATURAL[self.name]

    @property
    def needed(self) -> tuple[str, ...]:
        return NEEDED[self.name]

    def column(self, name: str) -> Column:
        """The column called `name`. Raises `KeyError`."""
        for candidate in self.columns:
            if candidate.name == name:
                return candidate
        raise KeyError(name)


def form(table: Table) -> Form:
    """The form of a table, from its description."""
    if table.name not in TABLES:
        raise KeyError(table.name)
    refers = {key.column: key.table for key in table.foreign_keys}
    columns = [
        _column(table, field_, refers.get(field_.name, ""))
        for field_ in table.fields
        if field_.name not in KEPT_OUT
    ]
    if table.name == "institutions":
        price = Column(
            "price",
            "月费",
            "price",
            ALIASES["institutions"]["price"],
            unit="元/月",
            help="也可写成区间，如 3000-5000",
        )
        columns.append(price)
    if table.name == "agreements":
        written = "用分号分开；地区写名称，其他写“企业：名称”“部门：名称”“机构：名称”"
        columns.append(Column("parties", "参与方", "parties", ("签约方", "协议各方"), help=written))
    if table.name == "tasks":
        for name, title in (("lead", "牵头单位"), ("joint", "其他责任单位")):
            columns.append(
                Column(
                    name, title, "units", ALIASES["tasks"][name], help="几个单位用顿号或分号分开"
                )
            )
    return Form(table, tuple(columns))


def _column(table: Table, described: Field, refers_to: str) -> Column:
    shown = {
        described.labels.get(word, word): word for word in described.constraints.get("enum", [])
    }
    kind = {"integer": "amount", "number": "amount", "date": "day", "boolean": "flag"}.get(
        described.type, "text"
    )
    if shown:
        kind = "choice"
    elif described.name in table.primary_key and len(table.primary_key) == 1:
        kind = "key"
    elif refers_to:
        kind = "place" if refers_to == "places" else "reference"
    unit = described.unit or ""
    required = described.required and described.name not in REQUIRED_BY_INTAKE
    defaults = DEFAULTS[""] | DEFAULTS.get(table.name, {})
    return Column(
        described.name,
        described.title + (f"（{unit}）" if unit else ""),
        kind,
        ALIASES[table.name].get(described.name, ()) + ALIASES[""].get(described.name, ()),
        required and described.name not in defaults and kind != "key",
        unit,
        described.type == "integer",
        shown,
        FORMER_CHOICES.get((table.name, described.name), {}),
        refers_to,
        described.description,
    )


def heading_key(words: object) -> str:
    """A heading without spaces, brackets and marks: 总床位数（张）* and 总床位数 are one."""
    text = re.sub(r"\s+", "", half_width(str(words))).lower()
    text = re.sub(r"\([^()]*\)$", "", text.strip("*:★").replace("（", "(").replace("）", ")"))
    return text.strip("*:★")


def names_of(form_: Form) -> dict[str, str]:
    """Every accepted heading of a form and the column it stands for."""
    found: dict[str, str] = {}
    for column in form_.columns:
        for words in (column.title, column.name, *column.aliases):
            found.setdefault(heading_key(words), column.name)
    return found


def cell_of(column: Column, row: Row, labels: dict[str, str]) -> object:
    """A stored value as the form shows it: labels for codes, numbers as numbers, dates with their precision."""
    value = row.get(column.name, "")
    if column.kind == "day":
        # Only the date of a row has a precision of its own.
        return value if column.name != "date" or not value else _day_cell(row)
    if value == "":
        return ""
    if column.kind == "amount":
        return int(value) if re.fullmatch(r"-?[0-9]{1,15}", value) else float(value)
    if column.kind == "choice":
        return next((shown for shown, stored in column.choices.items() if stored == value), value)
    if column.kind == "flag":
        return "是" if value == "true" else "否"
    if column.kind == "place":
        return labels.get(value, value)
    return value


def _day_cell(row: Row) -> str:
    precision = row.get("date_precision", "day")
    if precision == "day":
        return row["date"]
    return day_words(date.fromisoformat(row["date"]), precision, row.get("date_label") or None)
