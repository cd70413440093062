"""Opens an uploaded .xlsx or .csv without trusting it: size, kind, archive and encoding are checked before anything is parsed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from eldercare.intake import workbooks
from eldercare.intake.sheets import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Formula, Refused, Sheet
from eldercare.text import _

MAX_BYTES = 20 * 2**20
OTHER_KINDS = {
    ".xlsm": _("含宏的工作簿（.xlsm）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xltm": _("含宏的模板不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xls": _("旧版 .xls 不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".xlsb": _("二进制工作簿（.xlsb）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".et": _("WPS 表格（.et）不收；请另存为“Excel 工作簿（.xlsx）”"),
    ".ods": _("OpenDocument（.ods）不收；请另存为“Excel 工作簿（.xlsx）”"),
}


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
    workbooks.check_archive(data)
    return workbooks.workbook(data)


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
