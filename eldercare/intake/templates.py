"""Workbooks to fill in: one sheet to write in, drop-downs for fixed words, a note on every heading; empty or with the present rows."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from eldercare import files, measures
from eldercare.intake import cells, forms
from eldercare.intake.context import Context
from eldercare.intake.forms import Column, Form
from eldercare.releases.difference import Row

DATA, NOTES, CHOICES = "数据", "说明", "选项"
DROP_DOWN_ROWS = 5000
NOT_IN_TEMPLATE = {"price"}


def template(form: Form, context: Context, filled: bool = False) -> bytes:
    """The workbook of a form; with `filled` it holds the present rows, to be changed and handed in again."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = DATA
    choices = book.create_sheet(CHOICES)
    columns = [column for column in form.columns if column.name not in NOT_IN_TEMPLATE]
    for number, column in enumerate(columns, start=1):
        _heading(sheet, number, column)
        words = choices_of(column, context)
        if words:
            drop_down(sheet, choices, number, column, words)
    rows = context.rows(form.name) if filled else []
    labels = context.gazetteer.names()
    for line, row in enumerate(rows, start=2):
        for number, column in enumerate(columns, start=1):
            files.write_cell(sheet.cell(line, number), _cell(column, row, labels, context, form))
    for number, column in enumerate(columns, start=1):
        if column.kind not in ("amount", "price"):
            # As text, so that the spreadsheet does not turn 2024.10 or 3-5 into something else.
            for line in range(2, max(len(rows) + 2, 500)):
                sheet.cell(line, number).number_format = "@"
    sheet.freeze_panes = "A2"
    choices.sheet_state = "hidden"
    _notes(book.create_sheet(NOTES), form, columns)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(column: Column, row: Row, labels: dict[str, str], context: Context, form: Form) -> object:
    if column.kind in forms.COMPANIONS:
        return cells.companion_words(column, row[form.key], context) or None
    value = forms.cell_of(column, row, labels)
    return None if value == "" else value


def _heading(sheet: object, number: int, column: Column) -> None:
    cell = sheet.cell(1, number)
    files.write_cell(cell, column.title + ("*" if column.required else ""))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=measures.PANEL.lstrip("#"))
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.comment = Comment(advice(column), "数据管理员")
    sheet.column_dimensions[get_column_letter(number)].width = max(
        12, min(len(column.title) * 2 + 6, 34)
    )


def drop_down(
    sheet: object, choices: object, number: int, column: Column, words: list[str]
) -> None:
    """A list of words for the cells of a column; they stand in the sheet `choices`."""
    letter = get_column_letter(
        choices.max_column + (1 if choices.cell(1, 1).value is not None else 0)
    )
    for line, word in enumerate([column.title, *words], start=1):
        files.write_cell(choices[f"{letter}{line}"], word)
    rule = DataValidation(
        "list", formula1=f"'{CHOICES}'!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
    )
    # A warning, not a stop: the check on upload says what is wrong and proposes.
    rule.errorStyle, rule.error, rule.errorTitle = "warning", "不在下拉选项里", column.title
    sheet.add_data_validation(rule)
    rule.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{DROP_DOWN_ROWS}")


def choices_of(column: Column, context: Context) -> list[str]:
    """The words to choose from in the cells of a column; none where anything may be written."""
    if column.kind == "choice":
        return list(column.choices)
    if column.kind == "flag":
        return ["是", "否"]
    if column.kind == "place":
        return [
            context.gazetteer.written(row["place_code"])
            for row in context.rows("places")
            if row["in_delta"] == "true" and not row["valid_to_year"]
        ]
    if column.kind == "reference" and column.refers_to != "sources":
        (key,) = context.package.table(column.refers_to).primary_key
        return [row[key] for row in context.rows(column.refers_to)]
    return []


def advice(column: Column) -> str:
    """How the cells of a column are filled in."""
    by_kind = {
        "amount": "只写数字；可写300张、1.2万；不知道请留空，确实没有请写0",
        "day": "写到知道的程度：2024-09-30、2024年9月、2024年底",
        "place": "从下拉中选，或写全称；同名的写明上级",
        "key": "已有的行保留编号；新增的行留空",
        "choice": "从下拉中选",
        "flag": "是 或 否",
    }
    required = "必填。" if column.required else ""
    return " ".join(
        filter(
            None,
            (
                required,
                column.help,
                by_kind.get(column.kind, ""),
                f"单位：{column.unit}" if column.unit else "",
            ),
        )
    )


def _notes(sheet: object, form: Form, columns: list[Column]) -> None:
    lines = [
        ("数据表", form.table.title),
        (
            "怎么填",
            "在“数据”表里填写，第一行是列名，可以调整列的次序，不要改列名；每行一条；带 * 的必填。",
        ),
        ("不确定的", "不知道就留空，留空即“未载”；不要写“约”“左右”。确实没有写 0。"),
        ("公式", "不要用公式、外部链接和宏；请粘贴为数值。"),
        *((column.title, advice(column)) for column in columns),
    ]
    for number, (name, words) in enumerate(lines, start=1):
        files.write_cell(sheet.cell(number, 1), name)
        files.write_cell(sheet.cell(number, 2), words)
        sheet.cell(number, 1).font = Font(bold=True)
        sheet.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
