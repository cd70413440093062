"""The loader's own rules applied to the rows of a file, so that they are seen before anyone accepts; and what is unlikely to be true."""

from __future__ import annotations

import dataclasses

from eldercare import validation
from eldercare.difference import Row
from eldercare.intake.checking import ERROR, WARNING, Checked, Finding, Line
from eldercare.intake.context import Context
from eldercare.text import _

STAND_IN = "?"
POPULATIONS = ("total_population", "resident_population")

Candidates = list[tuple[Line, Row | None, Row]]


def check(checked: Checked, context: Context, candidates: Candidates) -> None:
    """Spoils lines whose row breaks a rule of its cells, of the row or of the table; what acceptance fills in is left to it."""
    table = checked.form.table
    later = {checked.form.key, "source_id", "quote"}
    by_number = {str(line.number): line for line, _stored, _row in candidates}
    rows = []
    for line, _stored, row in candidates:
        for column in table.fields:
            if column.name in later and not row[column.name]:
                continue
            if reason := validation.cell_fault(column, row[column.name]):
                checked.spoil(line, Finding(ERROR, line.number, column.title, row[column.name], reason, field=column.name))
        if line.good:
            # The quote comes with acceptance: the words of the unit's own row.
            quote = {"quote": row["quote"] or STAND_IN} if "quote" in row else {}
            rows.append({**row, **quote, "_line": str(line.number)})
    alone = dataclasses.replace(context.package, tables=(table,))
    problems = [*validation.row_check_problems(alone, {table.name: rows})]
    if table.table_checks and not problems:
        problems = _table_problems(checked, context, candidates, rows)
    for problem in problems:
        if line := by_number.get(str(problem.line)):
            column = table.field(problem.column)
            checked.spoil(
                line, Finding(ERROR, line.number, column.title, line.cells.get(column.name, ""), problem.reason, field=column.name)
            )
    if checked.form.name == "observations":
        _warn_of_crowds(checked, context, candidates)


def _table_problems(checked: Checked, context: Context, candidates: Candidates, rows: list[Row]) -> list[validation.Problem]:
    """Rules that read other rows and tables, applied to the table as it would stand; only problems of the file's lines count."""
    table = checked.form.table
    replaced = {tuple(stored[name] for name in table.primary_key) for _line, stored, _row in candidates if stored is not None}
    kept = [row for row in context.rows(table.name) if tuple(row[name] for name in table.primary_key) not in replaced]
    others = {key.table for key in table.foreign_keys} - {table.name}
    tables = [dataclasses.replace(context.package.table(name), table_checks=()) for name in sorted(others)]
    standing = {name: [{**row, "_line": "0"} for row in context.rows(name)] for name in others}
    standing[table.name] = [*({**row, "_line": "0"} for row in kept), *rows]
    return [*validation.table_check_problems(dataclasses.replace(context.package, tables=(table, *tables)), standing)]


def _warn_of_crowds(checked: Checked, context: Context, candidates: Candidates) -> None:
    """More people of a kind than people in the place: a slip of the unit, most likely."""
    people: dict[str, float] = {}
    for row in context.rows("observations"):
        if row["indicator_code"] in POPULATIONS and row["value"] and row["shown"] == "true":
            people[row["place_code"]] = max(people.get(row["place_code"], 0), float(row["value"]))
    units = {row["indicator_code"]: row["unit"] for row in context.rows("indicators")}
    for line, _stored, row in candidates:
        most = people.get(row["place_code"])
        counts = units.get(row["indicator_code"]) == "人" and row["indicator_code"] not in POPULATIONS
        if line.good and counts and most and row["value"] and float(row["value"]) > most:
            words = _("比当地总人口（{n}人）还多，请核对单位").format(n=f"{most:.0f}")
            column = checked.form.column("value")
            checked.spoil(line, Finding(WARNING, line.number, column.title, row["value"], words, field="value"))
