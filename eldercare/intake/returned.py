"""核对表: the workbook that goes with a letter asking for data. What comes back is known by its mark and read without a mapping.

The layout stands here, for who makes the workbook and for who reads it: a sheet for each table, a heading for each field.
Rows that nobody answered are no rows of the reply; a column that is gone is asked about.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from eldercare.intake import forms
from eldercare.intake.forms import Form
from eldercare.intake.sheets import Refused, Sheet
from eldercare.intake.submissions import Source
from eldercare.intake.understood import one_line

ABOUT, MARK, UNIT, DAY = "说明", "核对表编号", "回函单位", "回函日期"
SHEETS = {
    "observations": "指标",
    "institutions": "养老机构",
    "task_reports": "任务反馈",
    "agreements": "协议与往来",
    "institution_lists": "名单",
    "events": "动态与文件",
}
COLUMNS = {
    "observations": ("place_code", "indicator_code", "value", "date", "base", "quote", "note"),
    "institutions": (
        "institution_id", "name", "place_code", "address", "beds_total", "beds_open", "residents", "beds_available",
        "price_low", "price_high",
    ),
    "task_reports": (
        "task_id", "unit", "date", "self_status", "text", "evidence", "problems", "next_step", "reported_by",
    ),
    "agreements": ("title", "date", "status", "level", "parties", "quote"),
    "institution_lists": ("title", "issuer", "batch", "place_code", "date", "quote"),
    "events": ("title", "category", "date", "place_text", "quote"),
}  # fmt: skip
# What is written in beforehand says which row is asked for; a row with nothing else is not answered.
GIVEN = {
    "observations": {"place_code", "indicator_code", "base"},
    "institutions": {"place_code"},
    "task_reports": {"task_id", "unit"},
    "agreements": set(),
    "institution_lists": {"place_code"},
    "events": {"category", "place_text"},
}


def about(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What the first sheet says of the letter, by its first column; nothing for any other workbook."""
    for sheet in sheets:
        if sheet.name == ABOUT:
            said = {
                one_line(str(cells[0])): one_line(str(cells[1] if len(cells) > 1 else "") or "")
                for _line, cells in sheet.rows
                if cells and cells[0] is not None
            }
            return {k: "" if v == "None" else v for k, v in said.items()} if MARK in said else {}
    return {}


def source(said: Mapping[str, str]) -> Source:
    """Whose reply it is and of which day, as the first sheet says."""
    return Source(unit=said.get(UNIT, ""), day=said.get(DAY, ""), title=said.get(MARK, ""))


def tables(sheets: list[Sheet]) -> list[str]:
    """The tables of the reply."""
    names = {sheet.name for sheet in sheets if not sheet.hidden}
    return [table for table, name in SHEETS.items() if name in names]


def answers(sheets: list[Sheet], form: Form) -> list[Sheet]:
    """Of a reply the sheet of the form with the rows that were answered; any other file as it is. Raises `Refused`."""
    if not about(sheets):
        return sheets
    name = SHEETS.get(form.name, "")
    own = [sheet for sheet in sheets if sheet.name == name and not sheet.hidden]
    if not own:
        raise Refused(f"这份核对表里没有“{name or form.table.title}”表")
    (sheet,) = own
    rows = [row for i, row in enumerate(sheet.rows) if i == 0 or _is_answered(sheet, row[1], form)]
    if len(rows) < 2:
        raise Refused(f"核对表的“{name}”没有填写")
    return [dataclasses.replace(sheet, rows=rows, expected=COLUMNS[form.name])]


def _is_answered(sheet: Sheet, cells: list[object], form: Form) -> bool:
    known, given = forms.names_of(form), GIVEN[form.name]
    heads = sheet.rows[0][1]
    for head, cell in zip(heads, cells, strict=False):
        field = known.get(forms.heading_key(head)) if head is not None else ""
        if cell is not None and (head is None or (field and field not in given)):
            return True
    # A cell beyond the headings, or under one that is not known, holds something that must be asked about.
    return any(cell is not None for cell in cells[len(heads) :])
