"""Files made to fill the memory of whoever checks them, each as large as an upload may be or as small as it needs to be."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterable

import openpyxl
from xlwt.CompoundDoc import XlsDoc

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADING = ("机构名称", "所在地区", "总床位")
MB = 2**20


def workbook(parts: dict[str, Iterable[str]]) -> bytes:
    """A workbook of one sheet with these parts in place of its own, or besides them."""
    book = openpyxl.Workbook()
    book.active.append(HEADING)
    plain, buffer = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, words in parts.items():
            with new.open(name, "w") as part:
                for some in words:
                    part.write(some.encode())
    return buffer.getvalue()


def sheet(rows: Iterable[str], after: Iterable[str] = ()) -> Iterable[str]:
    heading = "".join(f'<c t="inlineStr"><is><t>{words}</t></is></c>' for words in HEADING)
    yield f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{heading}</row>'
    yield from rows
    yield "</sheetData>"
    yield from after
    yield "</worksheet>"


def of_rows(count: int, columns: int, cell: Callable[[int], str]) -> bytes:
    rows = (
        f'<row r="{n}">' + "".join(cell(n * columns + i) for i in range(columns)) + "</row>"
        for n in range(2, count + 2)
    )
    return workbook({"xl/worksheets/sheet1.xml": sheet(rows)})


def shared_strings(words: Iterable[str]) -> bytes:
    texts = (f"<si><t>{text}</t></si>" for text in words)
    return workbook({"xl/sharedStrings.xml": [f'<sst xmlns="{MAIN}">', *_joined(texts), "</sst>"]})


def _joined(words: Iterable[str], many: int = 5_000) -> Iterable[str]:
    some: list[str] = []
    for word in words:
        some.append(word)
        if len(some) == many:
            yield "".join(some)
            some.clear()
    yield "".join(some)


def deep(count: int) -> list[str]:
    """Elements within one another, by names that do not repeat soon."""
    names = [f"a{n * 7_919 % 9_973}" for n in range(count)]
    return [
        *_joined(f"<{name}>" for name in names),
        *_joined(f"</{name}>" for name in reversed(names)),
    ]


def noise(length: int) -> str:
    """Words that hardly compress, so that no ratio gives them away."""
    return random.Random(1).randbytes(length // 2).hex()


def records(*pieces: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pieces)


def old_workbook(
    cells: Iterable[tuple[int, bytes]], words: Iterable[tuple[int, bytes]] = (), sheets: int = 1
) -> bytes:
    """An .xls with these records in its one sheet, and others in what is said of the whole book; `sheets` names lead to it."""
    begin = [
        records((0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 1996, 0, 6))) for kind in (5, 16)
    ]
    end = records((0x0A, b""))
    heading = [
        (0x204, struct.pack("<HHHHB", 0, n, 0, len(each), 1) + each.encode("utf-16-le"))
        for n, each in enumerate(HEADING)
    ]
    book = records((0xE0, struct.pack("<HHH14x", 0, 0, 0)), *words) + end
    named = len(begin[0]) + sheets * len(records((0x85, bytes(9)))) + len(book)
    names = records(*[(0x85, struct.pack("<IHBB", named, 0, 1, 0) + b"A")] * sheets)
    sheet = begin[1] + records(*heading, *cells) + end
    buffer = io.BytesIO()
    XlsDoc().save(buffer, begin[0] + names + book + sheet)
    return buffer.getvalue()


def shared(texts: list[bytes]) -> list[tuple[int, bytes]]:
    """The table of texts, and what of it goes on in next records; a text lies in one of them."""
    pieces, size = [bytearray(struct.pack("<II", len(texts), len(texts)))], 8
    for text in texts:
        if size + len(text) > 8_200:
            pieces.append(bytearray())
            size = 0
        pieces[-1] += text
        size += len(text)
    return [(0xFC, pieces[0]), *[(0x3C, piece) for piece in pieces[1:]]]


def runs(count: int) -> bytes:
    """So many changes of letter, none like another."""
    return b"".join(struct.pack("<HH", 300 + n, 1_000 + n) for n in range(count))


def number(row: int, column: int) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, 0, row)


def numbers(rows: int, columns: int) -> bytes:
    """Rows of short numbers, all in one record each."""
    return old_workbook(
        (
            0xBD,
            struct.pack("<HH", row, 0)
            + b"".join(
                struct.pack("<HI", 0, (row * columns + n) % 2**29 << 2 | 2) for n in range(columns)
            )
            + struct.pack("<H", columns - 1),
        )
        for row in range(1, rows)
    )


def link(rows: int, columns: int) -> tuple[int, bytes]:
    """A link over so many rows and columns."""
    moniker = bytes.fromhex("D0C9EA79F9BACE118C8200AA004BA90B")
    return 0x1B8, struct.pack("<HHHH", 0, rows, 0, columns) + moniker + struct.pack("<II", 2, 0)


def merged(count: int) -> tuple[int, bytes]:
    ranges = (struct.pack("<HHHH", 300 + n, 301 + n, n % 250, n % 250) for n in range(count))
    return 0xE5, struct.pack("<H", count) + b"".join(ranges)


def named(parts: dict[str, Iterable[str]], sheets: int = 1, names: int = 0) -> bytes:
    """A workbook that names its one sheet several times, or so many ranges."""
    other = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return workbook(
        {
            **parts,
            "xl/workbook.xml": [
                f'<workbook xmlns="{MAIN}" xmlns:r="{other}"><sheets>',
                *(f'<sheet name="A{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1)),
                "</sheets><definedNames>",
                *(f'<definedName name="a{n}">A1:A{n}</definedName>' for n in range(names)),
                "</definedNames></workbook>",
            ],
        }
    )


def texts_of_four_bytes_a_sign() -> bytes:
    """One sign of a rare script makes each sign of its text four times as large in memory."""
    some = random.Random(2)
    return of_rows(
        2_200,
        10,
        lambda n: (
            f'<c t="inlineStr"><is><t>{n:x}{"".join(some.choices("abcdefgh", k=60))}{"ab" * 2_400}😀</t></is></c>'
        ),
    )


def _named_csv(row: Callable[[int], str], rows: int) -> bytes:
    return (",".join(HEADING) + "\n" + "".join(row(n) for n in range(rows))).encode()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "spaces that unpack to 100 MB": (
        "a.xlsx",
        lambda: workbook({"xl/worksheets/sheet1.xml": [" " * (100 * MB)]}),
    ),
    "noise that unpacks to 39 MB": (
        "a.xlsx",
        lambda: workbook({"xl/worksheets/sheet1.xml": sheet([f"<!--{noise(30 * MB)}-->"])}),
    ),
    "a million shared texts": (
        "a.xlsx",
        lambda: shared_strings(f"{n:x}" for n in range(1_500_000)),
    ),
    "one shared text of 30 MB": ("a.xlsx", lambda: shared_strings([noise(30 * MB)])),
    "a cell of 30 MB": (
        "a.xlsx",
        lambda: workbook(
            {
                "xl/worksheets/sheet1.xml": sheet(
                    [f"<row><c t='str'><v>{noise(30 * MB)}</v></c></row>"]
                )
            }
        ),
    ),
    "an attribute of 30 MB": (
        "a.xlsx",
        lambda: workbook(
            {"xl/worksheets/sheet1.xml": sheet([f"<row><c r='{noise(30 * MB)}'/></row>"])}
        ),
    ),
    "two million numbers": ("a.xlsx", lambda: of_rows(9_990, 199, lambda n: f"<c><v>{n}</v></c>")),
    "two million empty cells": ("a.xlsx", lambda: of_rows(9_990, 200, lambda n: "<c/>")),
    "three million empty cells in a row": (
        "a.xlsx",
        lambda: of_rows(1, 3_000_000, lambda n: f'<c s="{n * 7_919 % 997}"/>'),
    ),
    "a million formulas": (
        "a.xlsx",
        lambda: of_rows(9_990, 199, lambda n: f"<c><f>A{n}+1</f><v>{n}</v></c>"),
    ),
    "a million texts in cells": (
        "a.xlsx",
        lambda: of_rows(7_500, 199, lambda n: f'<c t="inlineStr"><is><t>院{n}</t></is></c>'),
    ),
    "rows to the last column": (
        "a.xlsx",
        lambda: of_rows(49_000, 1, lambda n: f'<c r="XFD{n}"><v>1</v></c>'),
    ),
    "markup a million deep": (
        "a.xlsx",
        lambda: workbook({"xl/worksheets/sheet1.xml": sheet([*deep(1_000_000)])}),
    ),
    "a cell a million deep": (
        "a.xlsx",
        lambda: workbook(
            {"xl/worksheets/sheet1.xml": sheet(["<row><c>", *deep(1_000_000), "</c></row>"])}
        ),
    ),
    "half a million merged ranges": (
        "a.xlsx",
        lambda: workbook(
            {
                "xl/worksheets/sheet1.xml": sheet(
                    [],
                    [
                        "<mergeCells>",
                        *_joined(
                            f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, 1_000_000, 2)
                        ),
                        "</mergeCells>",
                    ],
                )
            }
        ),
    ),
    "half a million formats": (
        "a.xlsx",
        lambda: workbook(
            {
                "xl/styles.xml": [
                    f'<styleSheet xmlns="{MAIN}"><cellXfs>',
                    *_joined(f'<xf numFmtId="{n * 7_919 % 997}"/>' for n in range(500_000)),
                    "</cellXfs></styleSheet>",
                ]
            }
        ),
    ),
    "ten million cells as text": (
        "a.csv",
        lambda: _named_csv(lambda n: "1," * 199 + "1\n", 50_000),
    ),
    "twenty megabytes of cells of five thousand": (
        "a.csv",
        lambda: _named_csv(lambda n: f"{n}{'长' * 4_900},松江区,1\n", 1_300),
    ),
    "a hundred thousand rows": (
        "a.csv",
        lambda: _named_csv(lambda n: f"测试第{n}养老服务中心,松江区,{n % 400}\n", 100_000),
    ),
    "a hundred thousand rows in doubt": (
        "a.csv",
        lambda: _named_csv(lambda n: f"测试第{n}养老服务中心,某某{n},约{n}\n", 100_000),
    ),
    "a sheet under forty names": (
        "a.xlsx",
        lambda: named(
            {
                "xl/worksheets/sheet1.xml": sheet(
                    f"<row><c><v>{n}</v></c></row>" for n in range(2, 99_000)
                )
            },
            sheets=40,
        ),
    ),
    "sixty thousand names": ("a.xlsx", lambda: named({}, names=59_000)),
    "formats that begin as a theme": (
        "a.xlsx",
        lambda: workbook(
            {
                "xl/styles.xml": [
                    "<theme>",
                    *_joined(f'<a{n % 9} b="{hash((n, 1)) % 99}"/>' for n in range(1_900_000)),
                    "</theme>",
                ]
            }
        ),
    ),
    "texts of four bytes a sign": ("a.xlsx", texts_of_four_bytes_a_sign),
    "twenty million commas in a line": ("a.csv", lambda: _named_csv(lambda n: "," * (19 * MB), 1)),
    "twenty million quotes": ("a.csv", lambda: _named_csv(lambda n: '"' * (19 * MB), 1)),
    "a cell of twenty megabytes": ("a.csv", lambda: _named_csv(lambda n: "a" * (19 * MB), 1)),
    "signs of four bytes": (
        "a.csv",
        lambda: _named_csv(lambda n: f"{n}{'b' * 4_900}😀,松江区,1\n", 4_000),
    ),
    "two million texts, none like another": (
        "a.csv",
        lambda: _named_csv(
            lambda n: f"{n},松江区," + ",".join(f"{n * 25 + i:x}" for i in range(25)) + "\n", 99_000
        ),
    ),
    "old: three million numbers": ("a.xls", lambda: numbers(15_000, 199)),
    "old: a number far out in each row": (
        "a.xls",
        lambda: old_workbook(number(row, 199) for row in range(1, 65_536)),
    ),
    "old: nine million blanks": (
        "a.xls",
        lambda: old_workbook(
            (0xBE, struct.pack("<HH", row, 0) + b"\0\0" * 256 + struct.pack("<H", 255))
            for row in range(1, 36_000)
        ),
    ),
    "old: three million texts": (
        "a.xls",
        lambda: old_workbook(
            [], shared([struct.pack("<HB", 3, 0) + b"%03x" % (n % 4_096) for n in range(3_000_000)])
        ),
    ),
    "old: five million changes of letter": (
        "a.xls",
        lambda: old_workbook(
            [number(row, 199) for row in range(1, 65_536)],
            shared([struct.pack("<HBH", 0, 8, 2_000) + runs(2_000)] * 2_300),
        ),
    ),
    "old: changes of letter in cells": (
        "a.xls",
        lambda: old_workbook(
            (0xD6, struct.pack("<HHHHBH", 1 + n // 199, n % 199, 0, 0, 0, 2_000) + runs(2_000))
            for n in range(2_400)
        ),
    ),
    "old: a link over the whole sheet": ("a.xls", lambda: old_workbook([link(65_535, 255)])),
    "old: a million names": (
        "a.xls",
        lambda: old_workbook(
            [], [(0x18, struct.pack("<HBBHHHBBBB", 0, 0, 1, *[0] * 7) + b"\0A")] * 900_000
        ),
    ),
    "old: a million formats": (
        "a.xls",
        lambda: old_workbook([], [(0xE0, struct.pack("<HHH14x", 0, 0, 0))] * 800_000),
    ),
    "old: a million row heights": (
        "a.xls",
        lambda: old_workbook(
            (0x208, struct.pack("<HHHHHHI", n % 65_536, 0, 0, n % 32_768, 0, 0, n))
            for n in range(900_000)
        ),
    ),
    "old: two million merged ranges": ("a.xls", lambda: old_workbook([merged(1_027)] * 2_300)),
    "old: a sheet under three thousand names": ("a.xls", lambda: old_workbook([], sheets=3_000)),
}

# Why a file is not read; all others are.
TOO_LARGE = "有一行、一格或格式说明大得不正常"
REFUSED = {
    "spaces that unpack to 100 MB": "疑似压缩炸弹",
    "noise that unpacks to 39 MB": TOO_LARGE,
    "one shared text of 30 MB": TOO_LARGE,
    "a cell of 30 MB": TOO_LARGE,
    "an attribute of 30 MB": TOO_LARGE,
    "three million empty cells in a row": TOO_LARGE,
    "rows to the last column": "超过上限200列",
    "markup a million deep": TOO_LARGE,
    "a cell a million deep": TOO_LARGE,
    "half a million merged ranges": TOO_LARGE,
    "half a million formats": TOO_LARGE,
    "a sheet under forty names": "内部结构不正常",
    "formats that begin as a theme": TOO_LARGE,
    "twenty million commas in a line": "超过上限200列",
    "twenty million quotes": "引号没有配对",
    "a cell of twenty megabytes": "一格过长",
    "old: changes of letter in cells": TOO_LARGE,
    "old: a million formats": TOO_LARGE,
    "old: a million row heights": "200000行以上",
    "old: a sheet under three thousand names": "内部结构不正常",
}
