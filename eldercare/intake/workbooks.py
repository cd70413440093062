"""Workbooks: their cells as a reader of the spreadsheet sees them, in time and memory bound by the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel

# Row by row like the read-only sheet, but without a cell object for every column up to the last one that is named.
from openpyxl.worksheet._reader import WorkSheetParser

from eldercare.intake import archives, number_formats
from eldercare.intake.sheets import (
    ABOVE,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Failed,
    Formula,
    Refused,
    Sheet,
    constant,
)

MAX_EMPTY = 2_000


def workbook(data: bytes) -> list[Sheet]:
    """The sheets of an archive that passed `archives.check`, hidden ones marked. Raises `Refused`."""
    try:
        data = archives.transitional(data)
        _check_sheets(data)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False
        )
        try:
            sheets, rows = [], 0
            for sheet in book.worksheets:
                sheets.append(_sheet(sheet))
                rows += len(sheets[-1].rows)
                if rows > MAX_ROWS + ABOVE:
                    raise Refused(f"超过{MAX_ROWS}行；请分成几个文件")
        finally:
            book.close()
        if any(
            isinstance(cell, Formula)
            for sheet in sheets
            for _line, cells in sheet.rows
            for cell in cells
        ):
            _add_results(data, sheets)
    except Refused:
        raise
    except (
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
    ) as error:
        raise Refused(
            f"工作簿打不开（{type(error).__name__}）；请用 Excel 或 WPS 打开后另存为 .xlsx"
        ) from error
    return sheets


def _check_sheets(data: bytes) -> None:
    """Each sheet is a part of its own, and declared to be read. Raises `Refused`.

    Forty names for one sheet of a hundred thousand rows took minutes and 0.8 GB.
    """
    reader = ExcelReader(io.BytesIO(data), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    parts = [part.target for _sheet, part in reader.parser.find_sheets()]
    opened = archives.read_parts(reader.archive)
    reader.archive.close()
    if len(set(parts)) < len(parts) or not opened.issuperset(parts):
        raise Refused(archives.STRANGE)


def _sheet(sheet: object) -> Sheet:
    found = Sheet(sheet.title, hidden=sheet.sheet_state != "visible")
    hidden, filled = [], 0
    with sheet._get_source() as source:
        parser = _parser(sheet, source)
        for line, values in _lines(sheet, parser):
            if line - filled > MAX_EMPTY:
                words = "工作表“{name}”第{line}行起有{n}个以上连续空行，此后的内容没有读"
                found.notes.append(words.format(name=sheet.title, line=filled + 1, n=MAX_EMPTY))
                break
            if not values:
                continue
            filled = line
            found.rows.append((line, values))
            if parser.row_dimensions.get(str(line), {}).get("hidden") in ("1", "true"):
                hidden.append(line)
            if len(found.rows) > MAX_ROWS + ABOVE:
                raise Refused(f"超过{MAX_ROWS}行；请分成几个文件")
        for one in parser.merged_cells.mergeCell if parser.merged_cells else ():
            column, first, _column, last = range_boundaries(one.ref)
            if last > first:
                found.merged.setdefault(column, []).append((first, last))
    for spans in found.merged.values():
        spans.sort()
    note_hidden(found, hidden)
    note_hidden_columns(
        found,
        [
            letter
            for span in parser.column_dimensions.values()
            if span.get("hidden") in ("1", "true")
            for letter in _letters(span)
        ],
    )
    return found


def _letters(span: Mapping[str, str]) -> list[str]:
    first, last = int(span["min"]), min(int(span["max"]), MAX_COLUMNS)
    return [get_column_letter(number) for number in range(first, last + 1)]


def note_hidden_columns(sheet: Sheet, letters: list[str]) -> None:
    """Says which columns a reader of the sheet does not see, where they hold something; they are taken all the same."""
    wide = max((len(cells) for _line, cells in sheet.rows), default=0)
    here = [letter for letter in letters if column_index_from_string(letter) <= wide]
    if here:
        sheet.notes.append("{n}列在表里是隐藏的，也一并读入".format(n="、".join(here)))


def note_hidden(sheet: Sheet, lines: list[int]) -> None:
    """Says which lines a reader of the sheet does not see; they are taken all the same."""
    if lines:
        named = "、".join(map(str, lines[:20])) + ("…" if len(lines) > 20 else "")
        words = "有{n}行在表里是隐藏的（或被筛选掉了），也一并读入：第{lines}行"
        sheet.notes.append(words.format(n=len(lines), lines=named))


def _parser(sheet: object, source: object) -> WorkSheetParser:
    book = sheet.parent
    return WorkSheetParser(
        source,
        sheet._shared_strings,
        data_only=book.data_only,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _lines(sheet: object, parser: WorkSheetParser) -> Iterator[tuple[int, list[object]]]:
    """Line and values of every stored row; the work is that of the cells that are there, wherever they claim to stand."""
    last = 0
    for line, cells in parser.parse():
        if line <= last:
            continue
        last = line
        wide = max((cell["column"] for cell in cells if cell["value"] is not None), default=0)
        if wide > MAX_COLUMNS:
            words = "工作表“{name}”第{line}行有{n}列，超过上限{limit}列"
            raise Refused(words.format(name=sheet.title, line=line, n=wide, limit=MAX_COLUMNS))
        values: list[object] = [None] * wide
        for cell in cells:
            if cell["column"] <= wide:
                values[cell["column"] - 1] = _value(ReadOnlyCell(sheet, **cell))
        while values and values[-1] is None:
            values.pop()
        yield line, values


def _value(cell: object) -> object:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f" or type(value).__name__ in ("ArrayFormula", "DataTableFormula"):
        words = str(getattr(value, "text", value))
        text = constant(words)
        return Formula(words[:200]) if text is None else _text(text, cell.row)
    if cell.data_type == "e":
        return Failed(str(value))
    if isinstance(value, str):
        return _text(value, cell.row)
    code = number_formats.CHINESE.get(cell.style_array.numFmtId) or cell.number_format
    return as_shown(value, code, cell.parent.parent.epoch)


def as_shown(value: object, code: str, epoch: datetime) -> object:
    """A number or a date as its format shows it; what the format hides or changes is named, never guessed."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if not is_date_format(code):
            return number_formats.shown(value, code)
        try:
            value = from_excel(value, epoch)
        except (OverflowError, ValueError):
            return value
    return number_formats.shown_day(value, code) if isinstance(value, date) else value


def _text(value: str, line: int) -> str | None:
    if not value.strip():
        return None
    if len(value) > MAX_CELL:
        raise Refused(f"第{line}行有一格超过{MAX_CELL}字")
    return value


def _add_results(data: bytes, sheets: list[Sheet]) -> None:
    """What the formulas last gave, as proposals; only computed values are read, nothing is computed."""
    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    try:
        for sheet in sheets:
            wanted = {
                line: cells
                for line, cells in sheet.rows
                if any(isinstance(cell, Formula) for cell in cells)
            }
            source = book[sheet.name]
            with source._get_source() as stream:
                for line, values in _lines(source, _parser(source, stream)):
                    for column, cell in enumerate(wanted.get(line, [])):
                        if isinstance(cell, Formula) and column < len(values):
                            result = values[column]
                            wanted[line][column] = (
                                result
                                if isinstance(result, Failed)
                                else Formula(cell.words, result)
                            )
    finally:
        book.close()
