"""Opens an uploaded table without trusting it: size, kind, archive and encoding are checked before anything is parsed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from eldercare.intake import archives, old_workbooks, personal, workbooks
from eldercare.intake.sheets import (
    ABOVE,
    FAILED,
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Failed,
    Formula,
    Refused,
    Sheet,
    constant,
)

KINDS = (".xlsx", ".xls", ".csv")
_SAVE_AS = "请打开后“另存为”，保存类型选“Excel 工作簿（*.xlsx）”，再上传"
_IN_WPS = "请在 WPS 里“文件→另存为”，文件类型选“Microsoft Excel 文件（*.xlsx）”，再上传"
OTHER_KINDS = {
    ".xlsm": "含宏的工作簿（.xlsm）不收；" + _SAVE_AS,
    ".xltm": "含宏的模板不收；" + _SAVE_AS,
    ".xlsb": "二进制工作簿（.xlsb）不收；" + _SAVE_AS,
    ".ods": "OpenDocument（.ods）不收；" + _SAVE_AS,
    ".et": "WPS 表格（.et）不收；" + _IN_WPS,
    ".ett": "WPS 模板（.ett）不收；" + _IN_WPS,
    ".wps": "WPS 文字（.wps）不是表格；请把其中的表格粘贴到 WPS 表格或 Excel 里，另存为 .xlsx 再上传",
    ".txt": "文本文件（.txt）请把扩展名改成 .csv 再上传；" + _SAVE_AS,
    ".doc": "Word 文件不是表格；请把其中的表格粘贴到 Excel 里，另存为 .xlsx 再上传",
    ".docx": "Word 文件不是表格；请把其中的表格粘贴到 Excel 里，另存为 .xlsx 再上传",
    ".pdf": "只收表格，PDF 不收；请向制表单位要 Excel 原表，或把表格粘贴到 Excel 里另存为 .xlsx",
}
LIMITS = "{kinds}，不超过{megabytes} MB、{rows}行、{columns}列".format(
    kinds="、".join(KINDS),
    megabytes=MAX_BYTES // 2**20,
    rows=f"{MAX_ROWS // 10_000}万",
    columns=MAX_COLUMNS,
)


def read(name: str, data: bytes) -> list[Sheet]:
    """The sheets of an uploaded file. Raises `Refused`, also for names and numbers of persons; nothing is written anywhere."""
    sheets = _opened(checked_suffix(name), data)
    if found := personal.found_in(sheets):
        raise Refused(personal.refusal(found))
    for sheet in sheets:
        sheet.file = PurePosixPath(name).stem
    return sheets


def _opened(suffix: str, data: bytes) -> list[Sheet]:
    if len(data) > MAX_BYTES:
        raise Refused(f"文件有{len(data) // 2**20} MB，超过上限 {MAX_BYTES // 2**20} MB")
    if not data.strip():
        raise Refused("文件是空的")
    is_zip, is_old = data[:4] == b"PK\x03\x04", data[:8] == old_workbooks.MAGIC
    if is_old and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("工作簿加了密码；请去掉密码再传")
    if suffix == ".xls":
        if is_zip:
            raise Refused("扩展名是 .xls，内容却是新版工作簿；请把扩展名改成 .xlsx")
        if not is_old:
            raise Refused(
                "扩展名是 .xls，内容却不是 Excel 工作簿（多半是网页或文本）；请用 Excel 或 WPS 打开后另存为 .xlsx"
            )
        return old_workbooks.workbook(data)
    if is_old:
        raise Refused(
            "内容是旧版 .xls 或加了密码的工作簿；旧版请把扩展名改成 .xls，加密的请去掉密码，或另存为“Excel 工作簿（.xlsx）”"
        )
    if suffix == ".csv":
        if is_zip:
            raise Refused("扩展名是 .csv，内容却是 Excel 或压缩文件；请按实际类型命名")
        return [_csv(data)]
    if not is_zip:
        raise Refused("扩展名是 .xlsx，内容却不是 Excel 工作簿；请用 Excel 或 WPS 另存为 .xlsx")
    archives.check(data)
    return workbooks.workbook(data)


def checked_suffix(name: str) -> str:
    """One of `KINDS`, from a file name that is only a name. Raises `Refused`."""
    if not name or re.search(r"[/\\:\x00-\x1f]|^\.", name) or ".." in name or len(name) > 200:
        raise Refused("文件名不能含路径或特殊符号；请改成普通的文件名")
    if any(unicodedata.category(character) == "Cf" for character in name):
        raise Refused("文件名里有看不见的字符；请改成普通的文件名")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in OTHER_KINDS:
        raise Refused(OTHER_KINDS[suffix])
    if suffix not in KINDS:
        raise Refused(
            "只收 .xlsx、.xls 和 .csv，这个文件是“{suffix}”".format(suffix=suffix or "没有扩展名")
        )
    return suffix


def _csv(data: bytes) -> Sheet:
    text = _decoded(data)
    if "\x00" in text:
        raise Refused("扩展名是 .csv，内容却不是文本")
    found = Sheet("CSV", separated=True)
    line, delimiter, widest = 1, _delimiter(text), 0
    same: dict[str, str] = {}
    try:
        for line, cells in _records(text, delimiter):
            # Whole rows inside one cell: two stray quotes made them one.
            if widest > 1 and any(
                "\n" in cell and _holds_rows(cell, delimiter, widest, i, len(cells))
                for i, cell in enumerate(cells)
            ):
                raise _Broken(line)
            widest = max(widest, len(cells))
            if len(cells) > MAX_COLUMNS:
                raise Refused(f"第{line}行有{len(cells)}列，超过上限{MAX_COLUMNS}列")
            if any(len(cell) > MAX_CELL for cell in cells):
                raise Refused(f"第{line}行有一格超过{MAX_CELL}字")
            # What many cells say is kept once.
            values: list[object] = [
                _inert(same.setdefault(cell, cell)) if cell.strip() else None for cell in cells
            ]
            while values and values[-1] is None:
                values.pop()
            if values:
                found.rows.append((line, values))
            if len(found.rows) > MAX_ROWS + ABOVE:
                raise Refused(f"超过{MAX_ROWS}行；请分成几个文件")
    except _Broken as error:
        words = "第{line}行的引号没有配对，或一格过长；请把这一行里单个的英文引号删去或改成中文引号，再另存为“CSV UTF-8”"
        raise Refused(words.format(line=error.line)) from error
    return found


def _holds_rows(cell: str, delimiter: str, widest: int, at: int, own: int) -> bool:
    """Whether a cell with line breaks at position `at` holds rows that it swallowed.

    Either they are what its row lacks, or its first line goes on to the end of a row and its last begins where another does.
    """
    if own < widest:
        return cell.count(delimiter) >= widest - own
    counts = [line.count(delimiter) for line in cell.splitlines()]
    return at < widest - 1 and (counts[0], counts[-1]) == (widest - 1 - at, at)


class _Broken(ValueError):
    """A record that begins in `line` is no CSV."""

    def __init__(self, line: int):
        super().__init__(line)
        self.line = line


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _Broken(before + 1) from error
        if cells is None:
            return
        yield before + 1, cells
        before = reader.line_num


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into the same number of cells: one inside a cell does not."""
    best = (0, 0, ",")
    # The rarer ones cut only what nothing else does.
    for sign in ";\t,|，、":
        if best[0] and sign in "|，、":
            break
        lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=sign)
        try:
            widths = Counter(
                len(cells) for _n, cells in zip(range(ABOVE), lines, strict=False) if len(cells) > 1
            )
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda found: (found[1], found[0]))
            best = max(best, (count, width, sign), key=lambda found: found[:2])
    return best[2]


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refused("文字编码像是 UTF-16，但文件不完整；请另存为“CSV UTF-8”") from error
    for encoding in (*_unmarked(data[:4000]), "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("文字编码既不是 UTF-8 也不是 GB18030，或文件不完整；请另存为“CSV UTF-8”")


def _unmarked(start: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every delimiter and line break leaves a zero byte, always on the same side."""
    first, second = start[::2].count(0), start[1::2].count(0)
    if min(first, second) == 0 and max(first, second) > 2:
        return ("utf-16-be",) if first else ("utf-16-le",)
    return ()


def _inert(cell: str) -> object:
    """Formulas are named as such; the apostrophe by which a spreadsheet keeps a cell as text is taken off."""
    if cell[0] == "#" and cell.strip() in FAILED:
        return Failed(cell.strip())
    if cell.lstrip()[0] not in "='":
        return cell
    if cell[0] == "'" and (re.match(r"'[=+\-@\t\r]", cell) or cell.count("'") == 1):
        return cell[1:] or None
    if (text := constant(cell.strip())) is not None:
        return text if text.strip() else None
    return Formula(cell[:200]) if re.match(r"=\s*[A-Za-z+\-(@]", cell) else cell
