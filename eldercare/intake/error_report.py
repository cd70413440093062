"""The report that goes back to the unit: every finding with its cell, and their own rows with the wrong cells marked."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from eldercare import files, measures
from eldercare.intake.checking import ERROR, LEVELS, Checked
from eldercare.intake.sheets import is_plain


def report(checked: Checked, filename: str) -> bytes:
    """An .xlsx with a summary, the findings, and the rows that have one."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "问题"
    bad = sum(not line.good for line in checked.lines)
    summary = f"{filename}：读到{len(checked.lines)}行，{bad}行有错误不能接受，{len(checked.lines) - bad}行可以接受。请改正后重新报送。"
    files.write_cell(first.cell(1, 1), summary)
    first.cell(1, 1).font = Font(bold=True)
    # A column that is not known goes by its letter.
    letters = {use.column: use.letter for use in checked.uses} | {
        f.field: f.field for f in checked.findings if f.field == f.column
    }
    _table(
        first,
        3,
        ["级别", "行", "单元格", "列", "您写的", "问题", "建议写成"],
        [
            (
                LEVELS[f.level],
                (f.line or None) if is_plain(f.line) else checked.place_of(f.line),
                f"{letters[f.field]}{f.line}"
                if f.field and f.field in letters and is_plain(f.line)
                else "",
                f.column,
                f.value,
                f.reason,
                f.proposal,
            )
            for f in sorted(checked.findings, key=lambda f: (f.level != ERROR, f.line))
        ],
    )
    _marked_rows(book.create_sheet("有问题的行"), checked)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _table(sheet: object, at: int, headings: list[str], rows: list[tuple]) -> None:
    for number, (words, width) in enumerate(
        zip(headings, (8, 8, 10, 18, 28, 60, 30), strict=True), start=1
    ):
        cell = sheet.cell(at, number)
        files.write_cell(cell, words)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=measures.PANEL.lstrip("#"))
        sheet.column_dimensions[cell.column_letter].width = width
    for line, values in enumerate(rows, start=at + 1):
        for number, value in enumerate(values, start=1):
            files.write_cell(sheet.cell(line, number), value)
            sheet.cell(line, number).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(at + 1, 1)


def _marked_rows(sheet: object, checked: Checked) -> None:
    titles = [checked.form.column(use.column).title for use in checked.uses]
    by_line: dict[int, list] = {}
    for finding in checked.errors:
        by_line.setdefault(finding.line, []).append(finding)
    for number, words in enumerate(["原行号", *titles, "问题"], start=1):
        files.write_cell(sheet.cell(1, number), words)
        sheet.cell(1, number).font = Font(bold=True)
    mark = PatternFill("solid", fgColor=measures.LINE.lstrip("#"))
    for at, line in enumerate((line for line in checked.lines if line.number in by_line), start=2):
        found = by_line[line.number]
        where = line.number if is_plain(line.number) else checked.place_of(line.number)
        files.write_cell(sheet.cell(at, 1), where)
        for number, title in enumerate(titles, start=2):
            cell = sheet.cell(at, number)
            files.write_cell(cell, line.written.get(title))
            wrong = [finding for finding in found if finding.column == title]
            if wrong:
                cell.fill, cell.font = (
                    mark,
                    Font(bold=True, color=measures.LAMPS["passed"].colour.lstrip("#")),
                )
                cell.comment = Comment(
                    "\n".join(f.reason + (f" → {f.proposal}" if f.proposal else "") for f in wrong),
                    "数据管理员",
                )
        files.write_cell(
            sheet.cell(at, len(titles) + 2),
            "；".join(f"{f.column} {f.reason}".strip() for f in found),
        )
    sheet.freeze_panes = "B2"
