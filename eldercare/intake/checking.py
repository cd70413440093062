"""Reads a file into rows of a form; what is not sure is said with line, column, value, reason and what it could be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from eldercare import clock
from eldercare.intake import decisions, personal
from eldercare.intake.cells import Reader, fields_of
from eldercare.intake.context import Context
from eldercare.intake.decisions import Decision
from eldercare.intake.findings import ERROR, EVERY, LEVELS, WARNING, Checked, Finding, Line
from eldercare.intake.forms import Form
from eldercare.intake.records import Records
from eldercare.intake.sheets import Refused, Sheet

__all__ = ["ERROR", "LEVELS", "WARNING", "Checked", "Finding", "Line", "check", "fields_of"]

Progress = Callable[[float], None]


def check(
    sheets: list[Sheet],
    form: Form,
    context: Context,
    fixes: Mapping[tuple[int, str], str] | None = None,
    progress: Progress = lambda share: None,
    today: date | None = None,
    decided: Iterable[Decision] = (),
) -> Checked:
    """What the sheets say in terms of the form. Raises `Refused` when no heading is found or one stands twice.

    `fixes` replace cells by (line, column), and name unknown columns by (line of the heading, letter); `decided` says how
    written values are taken; `progress` is told the share done. Nothing that is a fact already may be dated after `today`.
    """
    known = decisions.by_cell(decided)
    for value in (fixes or {}).values():
        if kind := personal.in_text(value):
            raise Refused(f"改正的内容里有{kind}；看板不收个人信息")
    records = Records(
        sheets, form, context.gazetteer, known, fixes or {}, context.named("indicators")
    )
    checked = Checked(
        form,
        [table.sheet.name for table in records.tables],
        list(records.tables[0].used.values()),
        [],
    )
    records.describe(checked)
    reader = Reader(form, context, today or clock.today(), known)
    for done, record in enumerate(records):
        if isinstance(record, Finding):
            checked.say(record)
        elif line := reader.line(record, checked):
            checked.lines.append(line)
        if done % EVERY == 0:
            progress(min(done / max(records.count, 1), 1.0))
    checked.count_uses()
    if not checked.lines and not checked.left and not checked.waits:
        raise Refused("表头下面没有数据")
    progress(1.0)
    return checked
