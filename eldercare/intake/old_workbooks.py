"""Workbooks of the old kind (.xls): the same cells as `workbooks` gives, read by xlrd.

Its records are walked once before: what is no cell is passed over, so that xlrd works in bounded memory.
"""

from __future__ import annotations

import io
import struct
from datetime import datetime

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from eldercare.intake import archives, workbooks
from eldercare.intake.number_formats import CHINESE
from eldercare.intake.sheets import ABOVE, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Failed, Refused, Sheet

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError,
    AttributeError, OverflowError, ZeroDivisionError, NotImplementedError, RecursionError, EOFError,
)  # fmt: skip
# The kinds of record that are read. Of links, notes, names and pictures xlrd would make objects that nobody asks for:
# one link over a whole sheet took 1.2 GB.
_BEGIN, _END, _SHEET_AT, _FORMAT, _XF, _ROW, _RICH = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x208, 0xD6
_READ = {
    _BEGIN, _END, _SHEET_AT, _FORMAT, _XF, _ROW, _RICH,
    0x22, 0x2F, 0x42,  # how dates count, a password, the code of letters
    0xFC, 0x3C, 0x207,  # texts that are shared, what goes on in a next record, what a formula gave
    0x203, 0x204, 0x205, 0xFD, 0x27E, 0xBD,  # cells: number, text, truth or error, shared text, short numbers
    0x06, 0x206, 0x406, 0x221, 0x236, 0x4BC,  # formulas
    0xE5,  # merged cells
}  # fmt: skip
_PASSED_OVER = 0xFFFF
_WORKSHEET = 0
# The record that tells where a sheet begins: the place, whether it is hidden, its kind.
_PLACE = struct.Struct("<IBB")


def workbook(data: bytes) -> list[Sheet]:
    """The sheets of an old workbook, hidden ones marked. Raises `Refused`.

    This kind keeps the last result of a formula and not its words to be read: results are taken as they are shown.
    """
    try:
        with xlrd.open_workbook(
            file_contents=_of_cells(data),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        ) as book:
            # Which letters are bold: xlrd would note it for every cell again.
            book._rich_text_runlist_map = {}
            sheets, rows = [], 0
            for number in range(book.nsheets):
                sheets.append(_sheet(book, book.sheet_by_index(number)))
                book.unload_sheet(number)
                rows += len(sheets[-1].rows)
                if rows > MAX_ROWS + ABOVE:
                    raise Refused(f"超过{MAX_ROWS}行；请分成几个文件")
            return sheets
    except Refused:
        raise
    except _BROKEN as error:
        if "encrypt" in str(error).lower():
            raise Refused("工作簿加了密码；请去掉密码再传") from error
        raise Refused("旧版工作簿（.xls）打不开；请用 Excel 或 WPS 打开后另存为 .xlsx") from error


def _of_cells(data: bytes) -> bytes:
    """The stream of the book, of which nothing but its cells is left to read. Raises `Refused`."""
    parts = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        within, begin, size = parts.locate_named_stream(name)
        if within:
            break
    else:
        raise xlrd.XLRDError("no workbook in the file")
    stream = bytearray(within[begin : begin + size])
    sheets, begun = [], set()
    at = depth = formats = rows = rich = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind not in _READ:
            struct.pack_into("<H", stream, at, _PASSED_OVER)
        elif kind == _BEGIN:
            if not depth:
                begun.add(at)
            depth += 1
        elif kind == _END:
            depth -= 1
        elif kind == _SHEET_AT:
            place, _hidden, of_kind = _PLACE.unpack_from(stream, at + 4)
            if of_kind == _WORKSHEET:
                sheets.append(place)
        formats += kind in (_FORMAT, _XF)
        rows += kind == _ROW
        rich += size if kind == _RICH else 0
        at += 4 + size
    if formats > archives.MAX_HELD_ELEMENTS or rich > archives.MAX_HELD_BYTES:
        archives.too_much()
    if rows > archives.MAX_STORED_ROWS:
        archives.too_many_rows()
    # A sheet that is listed twice would be read twice, one within a record would not have been walked.
    if len(set(sheets)) < len(sheets) or not begun.issuperset(sheets):
        raise Refused(archives.STRANGE)
    return bytes(stream)


def _sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    found = Sheet(sheet.name, hidden=sheet.visibility != 0)
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    hidden = []
    for row in range(sheet.nrows):
        values = [_value(book, sheet, row, column, epoch) for column in range(sheet.row_len(row))]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MAX_COLUMNS:
            words = "工作表“{name}”第{line}行有{n}列，超过上限{limit}列"
            raise Refused(
                words.format(name=sheet.name, line=row + 1, n=len(values), limit=MAX_COLUMNS)
            )
        if values:
            found.rows.append((row + 1, values))
            if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
                hidden.append(row + 1)
    for first, last, column, _right in sheet.merged_cells:
        if last - first > 1:
            found.merged.setdefault(column + 1, []).append((first + 1, last))
    for spans in found.merged.values():
        spans.sort()
    workbooks.note_hidden(found, hidden)
    return found


def _value(
    book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, column: int, epoch: datetime
) -> object:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if kind == xlrd.XL_CELL_ERROR:
        return Failed(xlrd.error_text_from_code.get(value, "#?"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_TEXT:
        if len(value) > MAX_CELL:
            raise Refused(f"第{row + 1}行有一格超过{MAX_CELL}字")
        return value if value.strip() else None
    number = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    code = CHINESE.get(number) or (
        book.format_map[number].format_str if number in book.format_map else "General"
    )
    return workbooks.as_shown(int(value) if value == int(value) else value, code, epoch)
