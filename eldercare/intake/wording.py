"""Stored values in words a reader knows: names for codes, dates as precise as they are, 是 and 否."""

from __future__ import annotations

from eldercare.data.catalogue import Table
from eldercare.intake import forms
from eldercare.intake.context import Context
from eldercare.measures import day_words
from eldercare.releases.difference import CHANGED, GONE, NEW, Change, Row

OF_THE_DATE = ("date_precision", "date_label", "date_inferred")


def of_cell(table: Table, name: str, row: Row, context: Context) -> str:
    """One cell of a row as a reader would say it; "" for an empty one."""
    value = row.get(name, "")
    column = next((c for c in table.fields if c.name == name), None)
    if not value or column is None:
        return value
    if column.type == "date":
        precision = row.get(f"{name}_precision") or row.get("date_precision") or "day"
        return (
            day_words(value, precision, row.get("date_label") or None)
            if name in ("date", "published")
            else day_words(value, "day")
        )
    if column.type == "boolean":
        return "是" if value == "true" else "否"
    if value in column.labels:
        return column.labels[value]
    other = next((key.table for key in table.foreign_keys if key.column == name), "")
    if other == "places":
        return context.gazetteer.label(value)
    if other and len(context.package.table(other).primary_key) == 1:
        found = context.row(other, (value,))
        return found.get("title") or found.get("name") or value
    return value


def of_change(
    change: Change, context: Context, after: Row | None = None
) -> list[tuple[str, str, str]]:
    """Title, value before and value after of every field that says something; `after` is the whole row as it would stand."""
    table = context.package.table(change.table)
    stored = {} if change.kind == NEW else context.row(change.table, change.key)
    before = {**stored, **{name: was for name, was, _is in change.fields}}
    after = {**(after or stored), **{name: now for name, _was, now in change.fields}}
    names = [name for name, _before, _after in change.fields]
    if "date" in {column.name for column in table.fields}:
        dated = [name for name in names if name == "date" or name in OF_THE_DATE]
        names = [name for name in names if name not in dated] + (["date"] if dated else [])
    found = []
    for name in names:
        if change.kind != CHANGED and (name in forms.KEPT_OUT or name in table.primary_key):
            continue
        title = next((column.title for column in table.fields if column.name == name), name)
        was = "" if change.kind == NEW else of_cell(table, name, before, context)
        now = "" if change.kind == GONE else of_cell(table, name, after, context)
        if was != now:
            found.append((title, was, now))
    return found
