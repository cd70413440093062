"""Workbooks: what an archive may hold, and its cells as a reader of the spreadsheet sees them, in time and memory bound by the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import range_boundaries

# Row by row like the read-only sheet, but without a cell object for every column up to the last one that is named.
from openpyxl.worksheet._reader import WorkSheetParser

from eldercare.intake import number_formats
from eldercare.intake.sheets import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Formula, Refused, Sheet
from eldercare.text import _

MAX_UNPACKED = 150 * 2**20
MAX_TEXTS = 50 * 2**20
MAX_RATIO = 300
MAX_EMPTY = 2_000
MAX_STORED_ROWS = 200_000
MAX_STORED_CELLS = 3_000_000
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# What a workbook of plain cells never holds, by the beginning of the part's name.
FORBIDDEN = {
    "xl/externallinks/": _("工作簿引用了别的文件（外部链接）；请“数据→编辑链接→断开链接”，或把单元格粘贴为数值后再传"),
    "xl/vbaproject": _("工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”"),
    "xl/macrosheets/": _("工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”"),
    "xl/connections": _("工作簿连接着外部数据；请把单元格粘贴为数值后再传"),
    "xl/embeddings/": _("工作簿里嵌有别的文件；请删去后再传"),
    "xl/activex/": _("工作簿里有控件；请删去后再传"),
}


def check_archive(data: bytes) -> None:
    """Refuses bombs, macros, links and broken archives from the table of contents; unpacks only to look for entity declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(parts) > 2000 or len(set(names)) != len(names):
                raise Refused(_("工作簿的内部结构不正常，不收"))
            if any(name.startswith("/") or ".." in name or "\\" in name for name in names):
                raise Refused(_("工作簿内部含有路径，不收"))
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(_("文件加了密码；请去掉密码再传"))
            for part in parts:
                for start, words in FORBIDDEN.items():
                    if part.filename.lower().startswith(start):
                        raise Refused(words)
                too_dense = part.file_size > 2**20 and part.file_size > MAX_RATIO * max(part.compress_size, 1)
                if too_dense or part.file_size > (MAX_TEXTS if "sharedStrings" in part.filename else MAX_UNPACKED):
                    raise Refused(_("解压后过大（疑似压缩炸弹），不收；若是正常文件，请删去空白行列后另存"))
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused(_("解压后超过{n} MB，不收").format(n=MAX_UNPACKED // 2**20))
            if "[Content_Types].xml" not in names or not any(name.lower() == "xl/workbook.xml" for name in names):
                raise Refused(_("这是压缩文件，但不是 Excel 工作簿"))
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise Refused(FORBIDDEN["xl/vbaproject"])
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _look_inside(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Refused(_("文件不完整或已损坏，打不开；请重新导出或重新上传")) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Refused(_("文件不完整或已损坏，打不开；请重新导出或重新上传")) from error
        raise


def _look_inside(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuses entity declarations and sheets of countless empty rows, which the parser would walk one by one."""
    tail, rows, cells = b"", 0, 0
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            window = tail + chunk
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window or b"<\x00!\x00" in window or b"\x00<\x00!" in window:
                raise Refused(_("工作簿内部含有不允许的 XML 声明，不收"))
            rows += len(_ROW.findall(chunk))
            if rows > MAX_STORED_ROWS:
                raise Refused(_("工作表存有{n}行以上（多半是空行）；请删去数据下面的空行后另存，或另存为 CSV").format(n=MAX_STORED_ROWS))
            cells += len(_CELL.findall(chunk))
            if cells > MAX_STORED_CELLS:
                raise Refused(_("工作表存有{n}格以上；请删去数据以外的行列后另存，或另存为 CSV").format(n=MAX_STORED_CELLS))
            tail = window[-16:]


def workbook(data: bytes) -> list[Sheet]:
    """The visible sheets of an archive that passed `check_archive`. Raises `Refused`."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheets = [_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()
        if any(isinstance(cell, Formula) for sheet in sheets for _line, cells in sheet.rows for cell in cells):
            _add_results(data, sheets)
    except Refused:
        raise
    except (ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise Refused(_("工作簿打不开（{kind}）；请用 Excel 或 WPS 打开后另存为 .xlsx").format(kind=type(error).__name__)) from error
    return sheets


def _sheet(sheet: object) -> Sheet:
    found = Sheet(sheet.title)
    hidden, filled = [], 0
    with sheet._get_source() as source:
        parser = _parser(sheet, source)
        for line, values in _lines(sheet, parser):
            if line - filled > MAX_EMPTY:
                words = _("工作表“{name}”第{line}行起有{n}个以上连续空行，此后的内容没有读")
                found.notes.append(words.format(name=sheet.title, line=filled + 1, n=MAX_EMPTY))
                break
            if not values:
                continue
            filled = line
            found.rows.append((line, values))
            if parser.row_dimensions.get(str(line), {}).get("hidden") in ("1", "true"):
                hidden.append(line)
            if len(found.rows) > MAX_ROWS:
                raise Refused(_("超过{n}行；请分成几个文件").format(n=MAX_ROWS))
        for one in parser.merged_cells.mergeCell if parser.merged_cells else ():
            column, first, _column, last = range_boundaries(one.ref)
            if last > first:
                found.merged.setdefault(column, []).append((first, last))
    for spans in found.merged.values():
        spans.sort()
    if hidden:
        lines = "、".join(map(str, hidden[:20])) + ("…" if len(hidden) > 20 else "")
        found.notes.append(_("有{n}行在表里是隐藏的（或被筛选掉了），也一并读入：第{lines}行").format(n=len(hidden), lines=lines))
    return found


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
            words = _("工作表“{name}”第{line}行有{n}列，超过上限{limit}列")
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
        return Formula(str(getattr(value, "text", value))[:200])
    if cell.data_type == "e":
        return Formula(str(value))
    if isinstance(value, str):
        if not value.strip():
            return None
        if len(value) > MAX_CELL:
            raise Refused(_("第{line}行有一格超过{n}字").format(line=cell.row, n=MAX_CELL))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_formats.shown(value, cell.number_format)
    return value


def _add_results(data: bytes, sheets: list[Sheet]) -> None:
    """What the formulas last gave, as proposals; only computed values are read, nothing is computed."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in sheets:
            wanted = {line: cells for line, cells in sheet.rows if any(isinstance(cell, Formula) for cell in cells)}
            source = book[sheet.name]
            with source._get_source() as stream:
                for line, values in _lines(source, _parser(source, stream)):
                    for column, cell in enumerate(wanted.get(line, [])):
                        if isinstance(cell, Formula) and column < len(values):
                            wanted[line][column] = Formula(cell.words, values[column])
    finally:
        book.close()
