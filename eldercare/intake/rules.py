"""The loader's own rules applied to the rows as acceptance would write them: what has no error here can be accepted."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from eldercare.data import validation
from eldercare.data.catalogue import Table
from eldercare.data.validation import Problem
from eldercare.intake.context import Context
from eldercare.intake.findings import ERROR, Checked, Finding, Line
from eldercare.intake.forms import Form
from eldercare.intake.plausible import Candidates
from eldercare.releases.difference import Rows

STAND_IN = "?"
# Rules within a row are applied to so many rows at a time, which bounds what is held for them.
TOGETHER = 20_000


def check(checked: Checked, context: Context, candidates: Candidates) -> None:
    """Spoils lines whose row breaks a rule of its cells or of the row. A row without a source is judged as if it had one."""
    for first in range(0, len(candidates), TOGETHER):
        _check_some(checked, context, candidates[first : first + TOGETHER])


def _check_some(checked: Checked, context: Context, candidates: Candidates) -> None:
    table = checked.form.table
    later = _later(checked.form)
    by_number = {str(line.number): line for line, _stored, _row in candidates}
    rows = []
    for line, _stored, row in candidates:
        for column in table.fields:
            if column.name in later and not row[column.name]:
                continue
            if reason := validation.cell_fault(column, row[column.name]):
                _spoil(checked, line, table, column.name, reason, row[column.name])
        if line.good:
            quote = {"quote": row["quote"] or STAND_IN} if "quote" in row else {}
            rows.append({**row, **quote, "_line": str(line.number)})
    alone = dataclasses.replace(context.package, tables=(table,))
    for problem in validation.row_check_problems(alone, {table.name: rows}):
        if line := by_number.get(str(problem.line)):
            _spoil(
                checked,
                line,
                table,
                problem.column,
                problem.reason,
                line.cells.get(problem.column, ""),
            )


def _later(form: Form) -> set[str]:
    """What acceptance gives a row: its number, its source and quote."""
    shown = {column.name for column in form.columns}
    return {
        form.key,
        "source_id",
        "quote",
        *(name for name in form.table.primary_key if name not in shown),
    }


def faults_of(table: str, row: Mapping[str, str], context: Context) -> list[tuple[str, str]]:
    """What is wrong with the cells of a row that is not of the file: title of the column and reason."""
    if not row:
        return []
    columns = context.package.table(table).fields
    return [
        (column.title, reason)
        for column in columns
        if (reason := validation.cell_fault(column, row[column.name]))
    ]


def rehearse(
    checked: Checked,
    context: Context,
    tables: Mapping[str, Rows],
    lines: Mapping[str, Mapping[tuple, Line]],
) -> bool:
    """Applies the rules between rows and tables to the tables as they would stand; spoils the lines that break one.

    `lines` says by table and key which line a row comes from. False when something is wrong that belongs to no line. Each
    row of `tables` is replaced by one that names its line.
    """
    package = context.package
    judged = {name: package.table(name) for name in tables}
    for table in package.tables:
        if any(
            re.search(rf"\b{name}\b", rule.condition)
            for rule in table.table_checks
            for name in tables
        ):
            judged[table.name] = table
    needed = set(judged)
    for table in judged.values():
        needed |= {key.table for key in table.foreign_keys}
        needed |= {
            other.name
            for other in package.tables
            if any(re.search(rf"\b{other.name}\b", c.condition) for c in table.table_checks)
        }
    described = tuple(
        _described(package.table(name), name in judged, judged) for name in sorted(needed)
    )
    rows = {name: tables[name] if name in tables else list(context.rows(name)) for name in needed}
    for name in needed:
        _number(package.table(name), rows[name], lines.get(name, {}))
    by_number = {line.number: line for found in lines.values() for line in found.values()}
    whole = dataclasses.replace(package, tables=described)
    problems = [
        p
        for p in _problems(whole, rows, tables, checked.form)
        if p.file in {package.table(name).path for name in judged}
    ]
    stray = False
    for problem in problems:
        if line := by_number.get(problem.line):
            _spoil(
                checked,
                line,
                checked.form.table,
                problem.column,
                problem.reason,
                line.cells.get(problem.column, ""),
            )
        elif problem.line:
            stray = True
    return not stray


def _problems(
    whole: validation.Package, rows: dict[str, Rows], tables: Mapping[str, Rows], form: Form
) -> list[Problem]:
    # `check` judged the cells of the file's own rows, but for those that acceptance fills in.
    columns = {
        table.name: [c for c in table.fields if table.name != form.name or c.name in _later(form)]
        for table in whole.tables
    }
    found = [
        Problem(table.path, int(row["_line"]), column.name, reason)
        for table in whole.tables
        if table.name in tables
        for row in rows[table.name]
        if row["_line"] != "0"
        for column in columns[table.name]
        if (reason := validation.cell_fault(column, row[column.name]))
    ]
    found = found or [*validation.key_problems(whole, rows)]
    with_rules = dataclasses.replace(
        whole,
        tables=tuple(table for table in whole.tables if table.row_checks and table.name in tables),
    )
    found = found or [*validation.row_check_problems(with_rules, rows)]
    return found or [*validation.table_check_problems(whole, rows)]


def _described(table: Table, is_judged: bool, judged: Mapping[str, Table]) -> Table:
    """A table with its rules, where they are to be applied; the rules between rows only where nothing in them changed elsewhere."""
    if not is_judged:
        return dataclasses.replace(table, table_checks=(), row_checks=(), foreign_keys=())
    return table


def _number(table: Table, rows: Rows, lines: Mapping[tuple, Line]) -> None:
    """Adds to the rows the number of the line that each comes from; 0 for those that stand already."""
    for i, row in enumerate(rows):
        line = lines.get(tuple(row[name] for name in table.primary_key))
        rows[i] = {**row, "_line": str(line.number) if line else "0"}


def _spoil(
    checked: Checked, line: Line, table: Table, column: str, reason: str, value: str
) -> None:
    names = [name for name in column.split("+") if any(f.name == name for f in table.fields)]
    title = table.field(names[0]).title if names else ""
    checked.spoil(
        line, Finding(ERROR, line.number, title, value, reason, field=names[0] if names else "")
    )
