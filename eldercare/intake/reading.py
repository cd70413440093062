"""Opens an uploaded .xlsx or .csv without trusting it: size, kind, archive and encoding are checked before anything is parsed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree.ElementTree import ParseError

import openpyxl

from eldercare.text import _

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 150 * 2**20
MAX_TEXTS = 50 * 2**20
MAX_RATIO = 300
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
MAX_EMPTY = 2_000
MAX_STORED_ROWS = 200_000
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
OTHER_KINDS = {
    ".xlsm": _("含宏的工作簿（.xlsm）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xltm": _("含宏的模板不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xls": _("旧版 .xls 不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xlsb": _("二进制工作簿（.xlsb）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".et": _("WPS 表格（.et）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".ods": _("OpenDocument（.ods）不收；请另存为“Excel 工作簿（.xlsx）”"),
}
# What a workbook of plain cells never holds, by the beginning of the part's name.
FORBIDDEN = {
    "xl/externallinks/": _("工作簿引用了别的文件（外部链接）；请“数据→编辑链接→断开链接”，或把单元格粘贴为数值后再传"),
    "xl/vbaproject": _("工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”"),
    "xl/macrosheets/": _("工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”"),
    "xl/connections": _("工作簿连接着外部数据；请把单元格粘贴为数值后再传"),
    "xl/embeddings/": _("工作簿里嵌有别的文件；请删去后再传"),
    "xl/activex/": _("工作簿里有控件；请删去后再传"),
}


class Refused(ValueError):
    """The file is not taken at all; the words say why and what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula. `result` is what the spreadsheet program last computed."""

    words: str
    result: object = None


@dataclass
class Sheet:
    """One sheet: (line as the spreadsheet shows it, cells), rows without any content left out."""

    name: str
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(name: str, data: bytes) -> list[Sheet]:
    """The visible sheets of an uploaded file. Raises `Refused`; nothing is written anywhere."""
    suffix = checked_suffix(name)
    if len(data) > MAX_BYTES:
        raise Refused(_("文件有{n} MB，超过上限 {limit} MB").format(n=len(data) // 2**20, limit=MAX_BYTES // 2**20))
    if not data.strip():
        raise Refused(_("文件是空的"))
    is_zip, is_old = data[:4] == b"PK\x03\x04", data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if is_old:
        raise Refused(_("内容是旧版 .xls 或加了密码的工作簿；请去掉密码，另存为“Excel 工作簿（.xlsx）”"))
    if suffix == ".csv":
        if is_zip:
            raise Refused(_("扩展名是 .csv，内容却是 Excel 或压缩文件；请按实际类型命名"))
        return [_csv(data)]
    if not is_zip:
        raise Refused(_("扩展名是 .xlsx，内容却不是 Excel 工作簿；请用 Excel 或 WPS 另存为 .xlsx"))
    _check_archive(data)
    return _workbook(data)


def checked_suffix(name: str) -> str:
    """`.xlsx` or `.csv` of a file name that is only a name. Raises `Refused`."""
    if not name or re.search(r"[/\\:\x00-\x1f]|^\.", name) or ".." in name or len(name) > 200:
        raise Refused(_("文件名不能含路径或特殊符号；请改成普通的文件名"))
    if any(unicodedata.category(character) == "Cf" for character in name):
        raise Refused(_("文件名里有看不见的字符；请改成普通的文件名"))
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in OTHER_KINDS:
        raise Refused(OTHER_KINDS[suffix])
    if suffix not in (".xlsx", ".csv"):
        raise Refused(_("只收 .xlsx 和 .csv，这个文件是“{suffix}”").format(suffix=suffix or _("没有扩展名")))
    return suffix


def _check_archive(data: bytes) -> None:
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
    tail, rows = b"", 0
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            window = tail + chunk
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window or b"<\x00!\x00" in window or b"\x00<\x00!" in window:
                raise Refused(_("工作簿内部含有不允许的 XML 声明，不收"))
            rows += len(_ROW.findall(chunk))
            if rows > MAX_STORED_ROWS:
                raise Refused(_("工作表存有{n}行以上（多半是空行）；请删去数据下面的空行后另存，或另存为 CSV").format(n=MAX_STORED_ROWS))
            tail = window[-16:]


def _workbook(data: bytes) -> list[Sheet]:
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
    # The declared size may be a lie in both directions.
    sheet.reset_dimensions()
    empty = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if len(cells) > MAX_COLUMNS and any(cell.value is not None for cell in cells[MAX_COLUMNS:]):
            raise Refused(
                _("工作表“{name}”第{line}行有{n}列，超过上限{limit}列").format(name=sheet.title, line=line, n=len(cells), limit=MAX_COLUMNS)
            )
        values = [_value(cell) for cell in cells[:MAX_COLUMNS]]
        while values and values[-1] is None:
            values.pop()
        if not values:
            empty += 1
            if empty > MAX_EMPTY:
                found.notes.append(
                    _("工作表“{name}”第{line}行起有{n}个以上连续空行，此后的内容没有读").format(
                        name=sheet.title, line=line - MAX_EMPTY, n=MAX_EMPTY
                    )
                )
                break
            continue
        empty = 0
        found.rows.append((line, values))
        if len(found.rows) > MAX_ROWS:
            raise Refused(_("超过{n}行；请分成几个文件").format(n=MAX_ROWS))
    return found


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
    return value


def _add_results(data: bytes, sheets: list[Sheet]) -> None:
    """What the formulas last gave, as proposals; only computed values are read, nothing is computed."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in sheets:
            wanted = {line: cells for line, cells in sheet.rows if any(isinstance(cell, Formula) for cell in cells)}
            source = book[sheet.name]
            source.reset_dimensions()
            for line, cells in enumerate(source.iter_rows(max_row=max(wanted, default=1)), start=1):
                for column, cell in enumerate(wanted.get(line, [])):
                    if isinstance(cell, Formula) and column < len(cells):
                        wanted[line][column] = Formula(cell.words, cells[column].value)
    finally:
        book.close()


def _csv(data: bytes) -> Sheet:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(_("文件是 UTF-16 编码（“Unicode 文本”）；请另存为“CSV UTF-8”或 .xlsx"))
    text = _decoded(data)
    if "\x00" in text:
        raise Refused(_("扩展名是 .csv，内容却不是文本"))
    first = text[:20_000].splitlines()[:5]
    delimiter = max(",\t;", key=lambda sign: max((line.count(sign) for line in first), default=0))
    found = Sheet("CSV")
    try:
        for line, cells in _records(text, delimiter):
            if len(cells) > MAX_COLUMNS:
                raise Refused(_("第{line}行有{n}列，超过上限{limit}列").format(line=line, n=len(cells), limit=MAX_COLUMNS))
            if any(len(cell) > MAX_CELL for cell in cells):
                raise Refused(_("第{line}行有一格超过{n}字").format(line=line, n=MAX_CELL))
            values: list[object] = [_inert(cell) if cell.strip() else None for cell in cells]
            while values and values[-1] is None:
                values.pop()
            if values:
                found.rows.append((line, values))
            if len(found.rows) > MAX_ROWS:
                raise Refused(_("超过{n}行；请分成几个文件").format(n=MAX_ROWS))
    except csv.Error as error:
        raise Refused(_("CSV 格式有误或不完整（引号没有配对，或一格过长）")) from error
    return found


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("文字编码既不是 UTF-8 也不是 GB18030，或文件不完整；请另存为“CSV UTF-8”"))


def _inert(cell: str) -> object:
    """Formulas are named as such; the apostrophe that keeps downloaded cells from becoming formulas is taken off."""
    if re.match(r"'[=+\-@\t\r]", cell):
        return cell[1:]
    return Formula(cell[:200]) if re.match(r"=\s*[A-Za-z+\-(@]", cell) else cell
