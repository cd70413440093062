"""The workbook that goes with a request: what is known stands in it locked, what is asked for is open, and it comes back as it is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from eldercare.files import write_cell
from eldercare.intake import forms, returned, templates
from eldercare.intake.context import Context
from eldercare.intake.forms import Form
from eldercare.letters.requests import Request, day
from eldercare.measures import GROUND, LINE, PANEL

GRID, TERMS, SOURCES, CHOICES = "覆盖情况", "口径", "来源", "选项"
# The unit of a figure stands in a column that the intake knows and no table has.
UNIT_HEADING = "计量单位"
# Free rows under a table, for what we do not know of.
FREE = {"observations": 0, "task_reports": 0, "institutions": 10}
FREE_ELSEWHERE = 5
WIDTH = {
    "title": 44,
    "name": 30,
    "text": 40,
    "quote": 40,
    "address": 36,
    "indicator_code": 30,
    "task_id": 40,
}
_EDGE = Border(*[Side(style="thin", color=LINE[1:])] * 4)
Cells = dict[str, object]


def xlsx(request: Request, context: Context, reply_by: date | None = None) -> bytes:
    """The whole workbook. `context` holds the rows of the release the letter speaks of."""
    book = openpyxl.Workbook()
    about = book.active
    about.title = returned.ABOUT
    _about(about, request, reply_by)
    _grid(book.create_sheet(GRID), request)
    choices = book.create_sheet(CHOICES)
    for table, rows in rows_asked(request, context).items():
        form = forms.form(context.package.table(table))
        _data(book.create_sheet(returned.SHEETS[table]), choices, form, rows, request, context)
    choices.sheet_state = "hidden"
    _terms(book.create_sheet(TERMS), request, context)
    _lines(book.create_sheet(SOURCES), ["来源"], [(each,) for each in request.references], [110])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_asked(request: Request, context: Context) -> dict[str, list[Cells]]:
    """What stands in each sheet beforehand, by field and as the stored words are shown; a table without a row is not there."""
    place = context.gazetteer.names().get(request.place_code, request.label)
    found: dict[str, list[Cells]] = {}
    for item in request.items:
        row: Cells = {}
        if item.table == "observations":
            row = {"place_code": place, "indicator_code": item.indicator}
            row |= {UNIT_HEADING: item.unit, "base": item.base} if item.base else {UNIT_HEADING: item.unit}  # fmt: skip
        elif item.table == "institution_lists":
            row = {"place_code": place}
        elif item.table == "events":
            row = {"place_text": request.label}
            row |= {} if item.in_grid else {"category": "政策"}
        # Agreements and what is no agreement stand in one sheet.
        if row or item.table not in found:
            found.setdefault(item.table, []).append(row)
    if request.homes:
        form = forms.form(context.package.table("institutions"))
        labels = context.gazetteer.names()
        found["institutions"] = [
            {
                name: forms.cell_of(form.column(name), context.row("institutions", (home,)), labels)
                for name in returned.COLUMNS["institutions"]
            }
            for home in request.homes
        ]
    if request.tasks:
        # A title says more than a number; where two tasks share one, only the number tells them apart.
        titled = context.named("tasks")
        found["task_reports"] = [
            {
                "task_id": task.title if len(titled[task.title]) == 1 else task.task_id,
                "unit": task.unit,
            }
            for task in request.tasks
        ]
    return found


def _about(sheet: Any, request: Request, reply_by: date | None) -> None:
    asked = "；".join(dict.fromkeys(f"{item.topic}：{item.asked}" for item in request.items))
    homes = f"；并请核对按名称可知的养老机构{len(request.homes)}家" if request.homes else ""
    tasks = f"；反馈任务{len(request.tasks)}项" if request.tasks else ""
    lines = [
        (returned.MARK, request.number, True),
        ("用途", "商请补充数据函附件。请从现有行政记录中提供，不需为此另作调查。", True),
        ("请提供", asked + homes + tasks, True),
        ("数据截至", f"{day(request.as_of)}，数据版本 {request.version}", True),
        ("请回复日期", "" if reply_by is None else day(reply_by), True),
        ("表号", "", False),
        ("批准文号", "", False),
        (returned.UNIT, request.addressee, False),
        (returned.DAY, "", False),
        ("填写方法", "灰色格是已收录的内容，已锁定；白色格请填写。可以排序，请不要删列、改列名。", True),
        ("没有的", "没有记录的留空；确实没有的数写0。不要写公式。", True),
        ("有出入的", "灰色格与贵部门记录不符的，请撤销工作表保护（无密码）后直接改正。", True),
        ("个人信息", "请不要填写个人姓名、证件号码和联系方式。", True),
    ]  # fmt: skip
    for number, (name, words, locked) in enumerate(lines, start=1):
        head, cell = sheet.cell(number, 1), sheet.cell(number, 2)
        write_cell(head, name)
        write_cell(cell, words or None)
        head.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        _mark(cell, locked)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 92
    _finish(sheet)


def _grid(sheet: Any, request: Request) -> None:
    why = {item.topic: item.why for item in request.items}
    rows = [
        (topic, records or None, span, "请补充" if asked else "", why.get(topic, ""))
        for topic, records, span, asked in request.grid
    ]
    rows += [
        (item.topic, None, "未载", "请补充", item.why) for item in request.items if not item.in_grid
    ]
    heads = ["主题", "公开记录（条）", "年份", f"请{request.department}部门补充", "说明"]
    _lines(sheet, heads, rows, [24, 16, 22, 20, 60])


def _data(
    sheet: Any, choices: Any, form: Form, rows: list[Cells], request: Request, context: Context
) -> None:
    names = list(returned.COLUMNS[form.name])
    heads = [form.column(name).title for name in names]
    if form.name == "observations":
        at = names.index("value") + 1
        names.insert(at, UNIT_HEADING)
        heads.insert(at, UNIT_HEADING)
    free = FREE.get(form.name, FREE_ELSEWHERE)
    last = 1 + len(rows) + free
    for number, (name, head) in enumerate(zip(names, heads, strict=True), start=1):
        write_cell(sheet.cell(1, number), head)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = WIDTH.get(name, max(14, len(head) * 2 + 4))
        if name == UNIT_HEADING:
            continue
        column = form.column(name)
        sheet.cell(1, number).comment = Comment(templates.advice(column), "看板")
        if words := _words_of(form, name, context):
            templates.drop_down(sheet, choices, number, column, words)
    _head(sheet, len(names))
    for line, row in enumerate([*rows, *[{}] * free], start=2):
        for number, name in enumerate(names, start=1):
            cell, value = sheet.cell(line, number), row.get(name, "")
            known = value not in ("", None)
            write_cell(cell, value if known else None)
            _mark(cell, known or name == UNIT_HEADING)
            if name in ("date", "task_id", "institution_id", "quote"):
                cell.number_format = "@"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    _finish(sheet)


def _words_of(form: Form, name: str, context: Context) -> list[str]:
    """The words a cell may hold. The intake takes titles of rows as well as their numbers; titles are what people choose from."""
    column = form.column(name)
    if column.kind == "reference" and column.refers_to == "status_words":
        return [row["title"] for row in context.rows("status_words")]
    return [] if column.kind in ("reference", "place") else templates.choices_of(column, context)


def _terms(sheet: Any, request: Request, context: Context) -> None:
    rows = [
        (item.indicator, item.unit, item.definition, item.rule)
        for item in request.items
        if item.indicator
    ]
    for table in rows_asked(request, context):
        form = forms.form(context.package.table(table))
        rows += [
            (f"{returned.SHEETS[table]}·{form.column(name).title}", "", templates.advice(form.column(name)), "")
            for name in returned.COLUMNS[table]
        ]  # fmt: skip
    _lines(sheet, ["名称", "单位", "定义或填写要求", "计数规则"], rows, [30, 10, 60, 60])


def _lines(
    sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]
) -> None:
    """A sheet to read, not to fill in."""
    for number, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        write_cell(sheet.cell(1, number), head)
        sheet.column_dimensions[get_column_letter(number)].width = width
    _head(sheet, len(heads))
    for line, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = sheet.cell(line, number)
            write_cell(cell, None if value == "" else value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _EDGE
    _finish(sheet)


def _head(sheet: Any, count: int) -> None:
    for number in range(1, count + 1):
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = _EDGE
    sheet.freeze_panes = "A2"


def _mark(cell: Any, locked: bool) -> None:
    cell.protection = Protection(locked=locked)
    cell.fill = PatternFill("solid", fgColor=(PANEL if locked else GROUND)[1:])
    cell.border = _EDGE


def _finish(sheet: Any) -> None:
    """Locked without a password: a slip is kept away, a correction is not. A4 across, one page wide."""
    sheet.protection.sheet = True
    for may in ("sort", "autoFilter", "formatColumns", "formatRows", "insertRows"):
        setattr(sheet.protection, may, False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
