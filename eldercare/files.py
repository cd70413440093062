"""Tables as files: Excel first, CSV with a byte-order mark. Cells never become formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from eldercare.measures import missing

# Some Excel versions read the full-width signs as the ASCII ones.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


# A name longer than the title of an exhibit says nothing more.
NAME_LENGTH = 30


def named(words: str, day: date) -> str:
    """The name of a file without its ending: what it says and the day of its data; without signs that a system refuses."""
    return f"{safe(words)}_{day:%Y%m%d}"


def safe(words: str) -> str:
    """Words as a part of a name of a file: without signs that a system refuses, not too long."""
    return re.sub(r"[^\w（）：，；·%—-]+", "", words)[:NAME_LENGTH]


def workbook(notes: Sequence[tuple[str, str]], sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """An .xlsx file: sheet 说明 with the notes as two columns, then one sheet per table."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "说明"
    for row, (name, words) in enumerate(notes, start=1):
        write_cell(first.cell(row, 1), name)
        write_cell(first.cell(row, 2), words)
        first.cell(row, 1).font = Font(bold=True)
        first.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    first.column_dimensions["A"].width = 16
    first.column_dimensions["B"].width = 100
    for title, table in sheets.items():
        _add_sheet(book, title, table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _add_sheet(book: openpyxl.Workbook, title: str, table: pd.DataFrame) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    for column, name in enumerate(table.columns, start=1):
        cell = sheet.cell(1, column)
        write_cell(cell, str(name))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F5F7F9")
        width = max([len(str(name)), *(len(str(v)) for v in table.iloc[:200, column - 1])])
        sheet.column_dimensions[get_column_letter(column)].width = min(8 + width * 1.6, 60)
    for row, values in enumerate(table.itertuples(index=False), start=2):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            write_cell(cell, value)
            # Every digit stays in the cell; two behind the point are seen.
            if isinstance(cell.value, float) and not cell.value.is_integer():
                cell.number_format = "#,##0.00"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    # Printed: A4 across, all columns on one page's width, the heads on every page.
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"


def write_cell(cell: Any, value: Any) -> None:
    """A value as number, date or text; text that looks like a formula stays text."""
    if missing(value):
        return
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    elif isinstance(value, datetime | date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = value.item() if hasattr(value, "item") else value


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark; a cell that begins like a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_inert(name) for name in table.columns])
    for values in table.itertuples(index=False):
        writer.writerow(["" if missing(value) else _inert(value) for value in values])
    return buffer.getvalue().encode("utf-8-sig")


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
