"""What the archive of a workbook may hold. Every part is walked once, so that the reader after it works in bounded memory."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree
from xml.parsers import expat

from eldercare.intake.sheets import Refused

MAX_UNPACKED = 120 * 2**20
MAX_TEXTS = 40 * 2**20
MAX_RATIO = 300
MAX_STORED_ROWS = 200_000
MAX_STORED_CELLS = 2_000_000
# The reader holds one row, one text, or everything outside of them at a time.
MAX_HELD_ELEMENTS = 60_000
MAX_HELD_BYTES = 8 * 2**20
# Parts that no reader of cells opens: charts, drawings, pivot tables. What begins as one is one only when the list of
# contents does not call it something else.
MAX_UNREAD_ELEMENTS = 2_000_000
_UNREAD = {
    "chartSpace",
    "wsDr",
    "pivotCacheRecords",
    "pivotCacheDefinition",
    "pivotTableDefinition",
    "theme",
    "xml",
}
_CONTENTS = "[Content_Types].xml"
_UNREAD_KINDS = ("drawing", "chartstyle", "chartcolorstyle", "pivot", "theme")
STRANGE = "工作簿的内部结构不正常，不收"
# What a workbook of plain cells never holds, by the beginning of the part's name.
FORBIDDEN = {
    "xl/externallinks/": "工作簿引用了别的文件（外部链接）；请“数据→编辑链接→断开链接”，或把单元格粘贴为数值后再传",
    "xl/vbaproject": "工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”",
    "xl/macrosheets/": "工作簿里有宏；请另存为不含宏的“Excel 工作簿（.xlsx）”",
    "xl/connections": "工作簿连接着外部数据；请把单元格粘贴为数值后再传",
    "xl/embeddings/": "工作簿里嵌有别的文件；请删去后再传",
    "xl/activex/": "工作簿里有控件；请删去后再传",
}
_DECLARED = [
    words.encode(code)
    for words in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
]
# Strict OOXML says the same under other addresses.
STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


def check(data: bytes) -> None:
    """Refuses bombs, macros, links, declarations of entities, and broken archives."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_contents(archive, parts)
            _walk(archive, archive.getinfo(_CONTENTS), is_read=True)
            opened = read_parts(archive)
            for part in parts:
                _walk(archive, part, part.filename in opened)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Refused("文件不完整或已损坏，打不开；请重新导出或重新上传") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Refused("文件不完整或已损坏，打不开；请重新导出或重新上传") from error
        raise


def _check_contents(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > 2000 or len(set(names)) != len(names):
        raise Refused(STRANGE)
    if any(name.startswith("/") or ".." in name or "\\" in name for name in names):
        raise Refused("工作簿内部含有路径，不收")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("文件加了密码；请去掉密码再传")
    for part in parts:
        for start, words in FORBIDDEN.items():
            if part.filename.lower().startswith(start):
                raise Refused(words)
        too_dense = part.file_size > 2**20 and part.file_size > MAX_RATIO * max(
            part.compress_size, 1
        )
        if too_dense or part.file_size > (
            MAX_TEXTS if "sharedStrings" in part.filename else MAX_UNPACKED
        ):
            raise Refused("解压后过大（疑似压缩炸弹），不收；若是正常文件，请删去空白行列后另存")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(f"解压后超过{MAX_UNPACKED // 2**20} MB，不收")
    if _CONTENTS not in names or not any(name.lower() == "xl/workbook.xml" for name in names):
        raise Refused("这是压缩文件，但不是 Excel 工作簿")
    if b"macroEnabled" in archive.read(_CONTENTS):
        raise Refused(FORBIDDEN["xl/vbaproject"])


def read_parts(archive: zipfile.ZipFile) -> set[str]:
    """The parts that a reader may open: those that the list of contents calls something to read, and those at fixed places."""
    fixed = {
        name
        for name in archive.namelist()
        if name.lower().startswith("docprops/") or name.endswith(".rels")
    }
    named = {
        entry.get("PartName", "")[1:]
        for entry in ElementTree.fromstring(archive.read(_CONTENTS))
        if not any(kind in entry.get("ContentType", "") for kind in _UNREAD_KINDS)
    }
    return {_CONTENTS, "xl/workbook.xml", *fixed, *named}


def _walk(archive: zipfile.ZipFile, part: zipfile.ZipInfo, is_read: bool) -> None:
    """Reads a part as the reader will, whatever its name says it is: no declarations, nothing that would fill the memory."""
    named_markup = part.filename.lower().endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        start = stream.read(2**20)
        if not named_markup and not start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(
            b"<"
        ):
            return
        walker = _Walker(is_read)
        chunk, tail = start, b""
        try:
            while chunk:
                walker.parser.Parse(chunk, False)
                tail, chunk = chunk[-64:], stream.read(2**20)
            walker.parser.Parse(b"", True)
        except expat.ExpatError as error:
            # Drawings of old programs are not always well formed; what is read as a part of the book must be.
            if named_markup:
                raise Refused(
                    "工作簿内部有一部分不完整或已损坏，打不开；请用 Excel 或 WPS 打开后另存为 .xlsx"
                ) from error
            while chunk:
                if any(words in tail + chunk for words in _DECLARED):
                    _no_declarations()
                tail, chunk = chunk[-64:], stream.read(2**20)


class _Walker:
    """Counts what a reader would hold at once while the markup passes by."""

    def __init__(self, is_read: bool) -> None:
        self.is_read = is_read
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = _no_declarations
        self.parser.EntityDeclHandler = _no_declarations
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.within, self.began, self.held, self.outside, self.inside_bytes = "", 0, 0, 0, 0
        self.rows = self.cells = 0
        self.limit = 0

    def _start(self, name: str, _attributes: object) -> None:
        local = name.rpartition(":")[2]
        if not self.limit:
            unread = local in _UNREAD and not self.is_read
            self.limit = MAX_UNREAD_ELEMENTS if unread else MAX_HELD_ELEMENTS
        if self.within:
            self.held += 1
            if local == "c":
                self.cells += 1
                if self.cells > MAX_STORED_CELLS:
                    raise Refused(
                        f"工作表存有{MAX_STORED_CELLS}格以上；请删去数据以外的行列后另存，或另存为 CSV"
                    )
            if self.held > self.limit:
                too_much()
        elif local in ("row", "si"):
            self.within, self.began, self.held = name, self.parser.CurrentByteIndex, 0
            self.rows += local == "row"
            if self.rows > MAX_STORED_ROWS:
                too_many_rows()
        else:
            self.outside += 1
            if self.outside > self.limit:
                too_much()
        self._weigh()

    def _end(self, name: str) -> None:
        self._weigh()
        if name == self.within:
            self.within, self.inside_bytes = (
                "",
                self.inside_bytes + self.parser.CurrentByteIndex - self.began,
            )

    def _weigh(self) -> None:
        at = self.parser.CurrentByteIndex
        if (
            self.limit == MAX_HELD_ELEMENTS
            and (at - self.began if self.within else at - self.inside_bytes) > MAX_HELD_BYTES
        ):
            too_much()


def _no_declarations(*_words: object) -> None:
    raise Refused("工作簿内部含有不允许的 XML 声明，不收")


def too_many_rows() -> None:
    """Refuses what stores more rows than a table can hold."""
    raise Refused(
        f"工作表存有{MAX_STORED_ROWS}行以上（多半是空行）；请删去数据下面的空行后另存，或另存为 CSV"
    )


def too_much() -> None:
    """Refuses what a reader would have to hold at once and is too large for that."""
    raise Refused(
        "工作簿里有一行、一格或格式说明大得不正常，不收；请只留数据、粘贴到新工作簿后再传"
    )


def transitional(data: bytes) -> bytes:
    """The archive with the addresses of strict OOXML replaced by the usual ones; any other archive as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = next(name for name in archive.namelist() if name.lower() == "xl/workbook.xml")
        if b"http://purl.oclc.org/ooxml/" not in archive.read(book):
            return data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = archive.read(part)
                if part.filename.lower().endswith((".xml", ".rels")):
                    for strict, usual in STRICT.items():
                        content = content.replace(strict, usual)
                written.writestr(part.filename, content)
        return buffer.getvalue()
