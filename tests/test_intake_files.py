"""Hostile and broken files: a clear message, little memory and time, nothing changed."""

import io
import os
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from eldercare import releases
from eldercare.intake import checking, forms
from eldercare.intake.context import Context
from eldercare.intake.number_formats import Masked
from eldercare.intake.reading import Formula, Refused, read

HEADER = ["机构名称", "所在地区", "总床位"]


def workbook(*rows, title="数据") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes | str, replace: bool = False) -> bytes:
    """The same archive with one more part, or another content for one."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            if not (replace and item.filename == name):
                new.writestr(item, old.read(item.filename))
        new.writestr(name, content)
    return buffer.getvalue()


def formatted(*rows, formats=(), merged=(), hidden=()) -> bytes:
    """A workbook with number formats by cell, merged ranges and hidden lines."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(*rows)))
    for cell, code in formats:
        book.active[cell].number_format = code
    for cells in merged:
        book.active.merge_cells(cells)
    for line in hidden:
        book.active.row_dimensions[line].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


GOOD = workbook(HEADER, ["测试院", "昆山市", 100])


def bomb() -> bytes:
    return with_part(
        GOOD, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 40 * 2**20, replace=True
    )


def many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(2100):
            archive.writestr(f"xl/{number}.xml", "x")
    return buffer.getvalue()


def wide(rows: int) -> bytes:
    """Rows that hold a first and the very last column a sheet can have."""
    lines = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>'
        for n in range(1, rows)
    )
    data = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'
    return with_part(GOOD, "xl/worksheets/sheet1.xml", data, replace=True)


def crowded() -> bytes:
    row = f'<row r="1">{"<c/>" * 3_000_100}</row>'
    data = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{row}</sheetData></worksheet>'
    # A part that does not compress well, so that the ratio alone does not refuse it.
    return with_part(
        GOOD,
        "xl/worksheets/sheet1.xml",
        data.encode() + b"<!--" + os.urandom(60_000).hex().encode() + b"-->",
        replace=True,
    )


HOSTILE = {
    "zip bomb": ("a.xlsx", bomb, "压缩炸弹"),
    "too many parts": ("a.xlsx", many_parts, "内部结构不正常"),
    "external link": (
        "a.xlsx",
        lambda: with_part(GOOD, "xl/externalLinks/externalLink1.xml", "<x/>"),
        "外部链接",
    ),
    "macro in a renamed file": ("a.xlsx", lambda: with_part(GOOD, "xl/vbaProject.bin", b"x"), "宏"),
    "macro by extension": ("a.xlsm", lambda: GOOD, "宏"),
    "entity declaration": (
        "a.xlsx",
        lambda: with_part(
            GOOD, "xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>', replace=True
        ),
        "XML 声明",
    ),
    "path inside": ("a.xlsx", lambda: with_part(GOOD, "../../evil.xml", "<x/>"), "含有路径"),
    "embedded file": (
        "a.xlsx",
        lambda: with_part(GOOD, "xl/embeddings/a.bin", b"x"),
        "嵌有别的文件",
    ),
    "100 MB": ("a.csv", lambda: b"a," * 50 * 2**20, "超过上限 20 MB"),
    "path in the name": ("../../etc/passwd.csv", lambda: b"a,b\n1,2\n", "路径"),
    "windows path in the name": ("C:\\a.csv", lambda: b"a,b\n1,2\n", "路径"),
    "hidden character in the name": ("a\u202ecsv.xlsx", lambda: GOOD, "看不见"),
    "workbook named csv": ("a.csv", lambda: GOOD, "扩展名是 .csv"),
    "text named xlsx": ("a.xlsx", lambda: "机构名称,所在地区\n".encode(), "不是 Excel 工作簿"),
    "other extension": ("a.pdf", lambda: b"%PDF", "只收"),
    "old xls": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
    "locked or old": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "密码"),
    "truncated": ("a.xlsx", lambda: GOOD[: len(GOOD) // 2], "不完整"),
    "damaged": ("a.xlsx", lambda: GOOD[:900] + b"\x00" * 200 + GOOD[1100:], "不完整|打不开"),
    "a zip but no workbook": ("a.xlsx", lambda: _zip(), "不是 Excel 工作簿"),
    "empty": ("a.csv", lambda: b" \n", "空的"),
    "half of utf-16": ("a.csv", lambda: "机构名称,所在地区\n".encode("utf-16")[:-1], "UTF-16"),
    "no known encoding": ("a.csv", lambda: b"\xff\x00\xff\x81", "编码|不是文本"),
    "binary": ("a.csv", lambda: b"a,b\x00\n1,2\n", "不是文本"),
    "open quote": (
        "a.csv",
        lambda: '机构名称,所在地区\n甲,昆山\n"测试,昆山\n乙,昆山\n'.encode(),
        "第3行的引号",
    ),
    "a giant cell": (
        "a.csv",
        lambda: ("机构名称,所在地区\n" + "长" * 6000 + ",昆山\n").encode(),
        "超过5000字",
    ),
    "too many rows": (
        "a.csv",
        lambda: "机构名称,所在地区\n".encode() + b"a,b\n" * 100_030,
        "超过100000行",
    ),
    "values in the last column of all": ("a.xlsx", lambda: wide(49_998), "16384列"),
    "millions of empty cells": ("a.xlsx", crowded, "大得不正常"),
    "too many columns": ("a.csv", lambda: b",".join([b"x"] * 300), "列"),
}


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("b.txt", "y")
    return buffer.getvalue()


@pytest.mark.parametrize("case", HOSTILE)
def test_refused_with_a_clear_message(case):
    name, make, words = HOSTILE[case]
    data = make()
    with pytest.raises(Refused, match=words):
        read(name, data)


DECLARED = '<!DOCTYPE a [<!ENTITY b "c">]><a/>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/styles.xml",
        "docProps/app.xml",
        "xl/worksheets/odd.dat",
        "customXml/item1",
        "xl/media/image1.svg",
        "x/无后缀",
        "[trash]/0000.bin",
    ],
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("before", ["", " \n", "<!-- x -->"])
def test_no_part_declares_anything_whatever_its_name_and_encoding(part, encoding, before):
    is_there = part in zipfile.ZipFile(io.BytesIO(GOOD)).namelist()
    # What is named markup and cannot be read as such is refused for that.
    words = "XML 声明|不完整或已损坏" if encoding == "utf-32" else "XML 声明"
    with pytest.raises(Refused, match=words):
        read(
            "a.xlsx", with_part(GOOD, part, (before + DECLARED).encode(encoding), replace=is_there)
        )


def context():
    return Context(releases.DATASETS)


def checked(data: bytes, name: str = "a.xlsx", **options):
    described = context()
    return checking.check(
        read(name, data), forms.form(described.package.table("institutions")), described, **options
    )


def test_formulas_are_errors_with_the_last_result_as_proposal():
    book = with_part(
        workbook(HEADER, ["测试院", "昆山市", "=50+50"]),
        "xl/worksheets/sheet1.xml",
        _sheet_with_result(),
        replace=True,
    )
    (error,) = checked(book).errors
    assert "公式" in error.reason and error.proposal == "100"


def _sheet_with_result() -> str:
    cells = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{w}</t></is></c>'
        for c, w in zip("ABC", HEADER, strict=True)
    )
    second = "".join(
        f'<c r="{c}2" t="inlineStr"><is><t>{w}</t></is></c>'
        for c, w in zip("AB", ("测试院", "昆山市"), strict=True)
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{cells}</row><row r="2">{second}<c r="C2"><f>50+50</f><v>100</v></c></row></sheetData></worksheet>'
    )


def test_empty_cells_far_to_the_right_cost_nothing():
    """Formatted but empty: the sheet is taken, and no cell stands for the thousands between."""
    empty = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}" s="0"/></row>' for n in range(1, 20)
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{empty}</sheetData></worksheet>'
    (found,) = read("a.xlsx", with_part(GOOD, "xl/worksheets/sheet1.xml", sheet, replace=True))
    assert found.rows == [(n, [1]) for n in range(1, 20)]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.2175, "0.00%", "21.75%"),
        (0.07, "0%", "7%"),
        (1.23, '0.00"万人"', "1.23万人"),
        (300, '0"张"', "300张"),
        (300, "0张", "300张"),
        (3600, "[$¥-804]#,##0.00", "¥3600"),
        (3600, '"¥"#,##0.00_);\\("¥"#,##0.00\\)', "¥3600"),
        (3600, "$#,##0", "$3600"),
        (300, '"约"0', "约300"),
        (12345, '0!.0,"万"', "1.2345万"),
        (45000, '0!.0000"万元"', "4.5万元"),
        (12345, "0.0,", Masked("12345", "0.0,")),
        (12345678, '0.0,,"百万"', Masked("12345678", '0.0,,"百万"')),
        (12345, '[>=10000]0!.0,"万";0', Masked("12345", '[>=10000]0!.0,"万";0')),
        (0.5, '0%"左右"', Masked("0.5", '0%"左右"')),
        (3600, "#,##0.00", 3600),
        (3600, "General", 3600),
        (3600, "@", 3600),
        (3600, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * -??_ ;_ @_ ", 3600),
        (3600, "#,##0;[Red]-#,##0", 3600),
        (3600, "[>=100]#,##0;0", 3600),
        (0.000015, "0.00E+00", 0.000015),
    ],
)
def test_a_number_is_what_the_sheet_shows(value, code, shown):
    (sheet,) = read("a.xlsx", formatted([value], formats=[("A1", code)]))
    assert sheet.rows == [(1, [shown])]


def test_a_formula_in_a_percent_cell_proposes_what_is_shown():
    data = _sheet_with_result().replace('<c r="C2">', '<c r="C2" s="1">')
    styled = formatted([*HEADER], [1, 2, 3], formats=[("C2", "0%")])
    (sheet,) = read("a.xlsx", with_part(styled, "xl/worksheets/sheet1.xml", data, replace=True))
    assert sheet.rows[1][1][2] == Formula("=50+50", "10000%")


def test_a_masked_number_is_an_error_with_what_is_stored():
    (error,) = checked(
        formatted(HEADER, ["测试院", "昆山市", 12345], formats=[("C2", "0.0,")])
    ).errors
    assert ("显示" in error.reason, error.value, error.proposal) == (True, "12345", "12345")


def test_sums_and_signatures_are_left_out_with_a_note():
    found = checked(
        workbook(
            ["序号", *HEADER],
            [1, "测试院", "昆山市", 100],
            ["小计", None, None, 100],
            [2, "测试合计养老院", "昆山市", 1],
            [None, "昆山市小计", None, 101],
            [" 合  计 ", None, None, 101],
            [None, "总计（张）：", None, 101],
            ["填表人：王某", None, "审核人：李某", "联系电话：1"],
            ["备注：以上为9月数", None],
        )
    )
    assert [line.number for line in found.lines] == [2, 4]
    notes = [(f.line, f.value) for f in found.findings]
    assert notes == [(3, "小计"), (5, "小计"), (6, "合计"), (7, "总计"), (8, "填表人"), (9, "备注")]
    assert "某" not in "".join(f.value + f.reason for f in found.findings), "no names of persons"


def test_hidden_rows_are_named():
    found = checked(
        formatted(HEADER, ["测试甲院", "昆山市", 1], ["测试乙院", "昆山市", 2], hidden=[3])
    )
    assert [line.number for line in found.lines] == [2, 3]
    (note,) = found.findings
    assert "隐藏" in note.reason and "第3行" in note.reason


def test_a_heading_of_two_lines_is_joined():
    found = checked(
        formatted(
            ["2024年情况表"],
            ["序号", "机构名称", "所在地", "床位情况", None, "月费", None],
            [None, None, None, "总床位", "对外开放床位", "下限", "上限"],
            [1, "测试院", "昆山市", 100, 30, 2000, 3000],
            merged=["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"],
        )
    )
    assert found.findings == []
    (line,) = found.lines
    assert [
        line.cells[n] for n in ("name", "beds_total", "beds_open", "price_low", "price_high")
    ] == [
        "测试院",
        "100",
        "30",
        "2000",
        "3000",
    ]
    assert [use.heading for use in found.uses] == [
        "机构名称",
        "所在地",
        "总床位",
        "对外开放床位",
        "月费下限",
        "月费上限",
    ]


def test_a_first_row_of_words_is_not_taken_for_a_second_heading():
    found = checked(workbook(["机构名称", "所在地", "机构类型"], ["测试院", "昆山市", "养老机构"]))
    assert [line.cells["type"] for line in found.lines] == ["养老机构"]


def test_a_cell_merged_with_those_above_proposes_their_value():
    rows = [["测试甲院", "昆山市", 1], ["测试乙院", None, 2], ["测试丙院", None, 3]]
    found = checked(formatted(HEADER, *rows, merged=["B2:B3"]))
    assert [(f.line, f.field, f.proposal) for f in found.errors] == [
        (3, "place_code", "昆山市"),
        (4, "place_code", "昆山市"),
    ]
    assert "合并" in found.errors[0].reason and "上面第2行有值" in found.errors[1].reason


def test_an_unknown_column_can_be_named():
    data = workbook([*HEADER, "开放床位数量"], ["测试院", "昆山市", 100, 30])
    (unknown,) = checked(data).findings
    assert (unknown.line, unknown.column, unknown.proposal) == (1, "D", "对外开放床位（张）")
    named = checked(data, fixes={(unknown.line, unknown.field): unknown.proposal})
    assert (named.findings, named.lines[0].cells["beds_open"]) == ([], "30")


def test_formulas_in_csv_are_errors_and_the_guard_of_our_own_files_is_not():
    (sheet,) = read("a.csv", "名称,地区\n=cmd|'/c calc'!A1,'=HYPERLINK\n".encode())
    assert isinstance(sheet.rows[1][1][0], Formula)
    assert sheet.rows[1][1][1] == "=HYPERLINK"


def test_duplicate_headings_are_refused_with_both_columns():
    with pytest.raises(Refused, match="A列“机构名称”和D列“名称”"):
        checked(workbook([*HEADER, "名称"], ["a", "昆山市", 1, "b"]))


def test_of_two_sheets_one_without_rows_counts_for_nothing():
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.create_sheet("另一个").append(HEADER)
    buffer = io.BytesIO()
    book.save(buffer)
    found = checked(buffer.getvalue())
    assert (found.sheets, found.waits, len(found.lines)) == (["数据"], False, 1)


def test_no_heading_is_refused_with_what_is_needed():
    with pytest.raises(Refused, match="名称"):
        checked(workbook(["甲", "乙"], [1, 2]))


def test_title_rows_above_trailing_blanks_and_unknown_columns():
    found = checked(
        workbook(
            ["2024年情况表"],
            [],
            ["序号", *HEADER, "楼层"],
            [1, " 测试院 ", "昆山市", "300张", "x"],
            [None] * 5,
            ["", "", ""],
        )
    )
    assert [
        (line.number, line.cells["name"], line.cells["beds_total"]) for line in found.lines
    ] == [(4, "测试院", "300")]
    assert [(f.column, f.value) for f in found.findings] == [("E", "楼层")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_csv(encoding):
    assert (
        checked("机构名称,所在地区\n测试㐂院,昆山市\n".encode(encoding), "a.csv")
        .lines[0]
        .cells["name"]
        == "测试㐂院"
    )


def test_english_and_chinese_headings_are_one():
    assert (
        checked(workbook(["name", "place_code", "beds_total"], ["测试院", "昆山市", 1]))
        .lines[0]
        .cells["place_code"]
        == "320583"
    )


def rows_of_nothing(last: int) -> bytes:
    rows = "".join(f'<row r="{n}"/>' for n in range(3, last))
    data = _sheet_with_result().replace("</sheetData>", rows + "</sheetData>")
    return with_part(GOOD, "xl/worksheets/sheet1.xml", data, replace=True)


def test_a_million_empty_rows_are_refused():
    with pytest.raises(Refused, match="空行"):
        read("a.xlsx", rows_of_nothing(1_048_576))


def test_some_thousand_empty_rows_are_skipped_and_named():
    found = checked(rows_of_nothing(5_000))
    assert [line.number for line in found.lines] == [2]
    assert any("连续空行" in finding.reason for finding in found.findings)


def test_a_bomb_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb())
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom eldercare.intake.reading import read, Refused\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    read('a.xlsx', Path(sys.argv[1]).read_bytes())\n    print('taken')\n"
        "except Refused:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    grown = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=releases.ROOT,
    ).stdout
    assert int(grown) < 20 * 1024, "kilobytes"


@pytest.mark.slow
def test_nothing_is_written_by_reading(tmp_path, monkeypatch):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    for name, make, _words in HOSTILE.values():
        with pytest.raises(Refused):
            read(name, make())
    assert not (tmp_path / "var").exists()
