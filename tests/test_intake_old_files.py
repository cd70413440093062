"""Files as old programs save them: .xls by another writer and by LibreOffice, strict OOXML, UTF-16, hidden sheets, stray quotes; and the day here."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
import xlwt
from filing import STEWARD, UNIT, book, csv_of, errors, evaluated, open_desk

from eldercare import clock, releases
from eldercare.intake import submissions
from eldercare.intake.reading import Refused, read
from eldercare.intake.sheets import Failed
from eldercare.releases import journal

HEADER = ("机构名称", "所在地区", "总床位", "对外开放", "数据日期", "备注")


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def old_book() -> bytes:
    """A list as an office kept it since 2003: a title over merged cells, dates shown as months, merged counties, a hidden sheet."""
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 5, "养老机构名单")
    for column, words in enumerate(HEADER):
        sheet.write(1, column, words)
    month = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    beds = xlwt.easyxf(num_format_str='0"张"')
    for line, name in enumerate(("测试甲院", "测试乙院"), start=2):
        sheet.write(line, 0, name)
        sheet.write(line, 2, 120, beds)
        sheet.write(line, 4, datetime(2024, 9, 1), month)
    sheet.write_merge(2, 3, 1, 1, "松江区")
    sheet.write(2, 3, xlwt.Formula("60+20"))
    sheet.write(3, 3, True)
    sheet.write(2, 5, "一楼\n二楼")
    hidden = made.add_sheet("去年")
    for line, words in enumerate((HEADER[:3], ("测试旧院", "松江区", 10))):
        for column, cell in enumerate(words):
            hidden.write(line, column, cell)
    hidden.visibility = 1
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_an_old_workbook_is_read_as_it_is_shown(home):
    data = old_book()
    assert data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    shown, hidden = read("名单.xls", data)
    assert (shown.name, shown.hidden, hidden.name, hidden.hidden) == ("名单", False, "去年", True)
    assert shown.merged[2] == [(3, 4)]
    found = evaluated(data, name="名单.xls")
    first, second = found.proposal.checked.lines
    wanted = {
        "name": "测试甲院",
        "place_code": "310117",
        "beds_total": "120",
        "date": "2024-09-30",
        "date_precision": "month",
    }
    assert {name: first.cells[name] for name in wanted} == wanted
    assert first.cells["note"] == "一楼 二楼"
    # The merged county and the yes where a number belongs are asked; the hidden sheet is named.
    assert {line for line, _reason in errors(found)} == {4} and not second.good
    assert any("去年" in finding.reason for finding in found.proposal.checked.findings)


def test_old_and_new_workbooks_say_the_same(home):
    """The same cells written by xlwt and by openpyxl give the same rows."""
    rows = (
        ("测试甲院", "松江区", 120, 30, "2024年9月", "备注"),
        ("测试乙院", "张家港市", 1.5, None, 45000, "=1+1 说明"),
    )
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Sheet")
    for line, row in enumerate((HEADER, *rows)):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(line, column, cell)
    buffer = io.BytesIO()
    made.save(buffer)
    new = openpyxl.Workbook()
    for line, row in enumerate((HEADER, *rows), start=1):
        for column, cell in enumerate(row, start=1):
            new.active.cell(line, column, cell)
            if isinstance(cell, str):
                new.active.cell(line, column).data_type = "s"
    other = io.BytesIO()
    new.save(other)
    assert [sheet.rows for sheet in read("a.xls", buffer.getvalue())] == [
        sheet.rows for sheet in read("a.xlsx", other.getvalue())
    ]


def test_an_error_and_an_old_password_are_said():
    made = xlwt.Workbook()
    sheet = made.add_sheet("名单")
    for column, words in enumerate(("机构名称", "所在地区")):
        sheet.write(0, column, words)
        sheet.row(1).set_cell_error(column, 0x2A)
    buffer = io.BytesIO()
    made.save(buffer)
    assert read("a.xls", buffer.getvalue())[0].rows[1][1] == [Failed("#N/A"), Failed("#N/A")]
    for size in (600, 1500, len(buffer.getvalue()) - 700):
        with pytest.raises(Refused, match="另存为"):
            read("a.xls", buffer.getvalue()[:size])


@pytest.mark.slow
def test_what_libreoffice_saves_as_xls_is_read(home, tmp_path):
    """Two programs, two ways to write the old kind."""
    if shutil.which("soffice") is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("soffice is missing; .ci/full installs LibreOffice")
        pytest.skip("no LibreOffice on this machine")
    path = tmp_path / "名单.xlsx"
    path.write_bytes(
        book(
            ("测试甲院", "松江区", 120, 30, 5, "备注"),
            ("测试乙院", "张家港市", "80张", None, None, None),
        )
    )
    own = f"-env:UserInstallation=file://{tmp_path}/settings"
    words = [
        "soffice",
        own,
        "--headless",
        "--convert-to",
        "xls:MS Excel 97",
        "--outdir",
        tmp_path / "old",
        path,
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    old = (tmp_path / "old" / "名单.xls").read_bytes()
    lines = [
        [line.cells for line in evaluated(data, name=name).proposal.checked.lines]
        for name, data in (("a.xls", old), ("a.xlsx", path.read_bytes()))
    ]
    assert lines[0] == lines[1] and lines[0][0]["beds_total"] == "120"


STRICT = (
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/",
        "http://purl.oclc.org/ooxml/officeDocument/",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
)


def strict_book() -> bytes:
    """A workbook saved as “Strict Open XML”: other addresses, and days as words of ISO 8601."""
    data = book(
        ("测试甲院", "松江区", 120, None, None, "2024-09-30"),
        header=("机构名称", "所在地区", "总床位", "入住人数", "可接收", "数据日期"),
    )
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in archive.infolist():
            words = archive.read(part).decode()
            if part.filename == "xl/worksheets/sheet1.xml":
                words = re.sub(
                    r'<c r="F2"[^>]*>.*?</c>', '<c r="F2" t="d"><v>2024-09-30</v></c>', words
                )
                assert 't="d"' in words
            if part.filename == "xl/workbook.xml":
                words = words.replace("<workbook ", '<workbook conformance="strict" ', 1)
            if part.filename != "[Content_Types].xml" and not part.filename.startswith("docProps"):
                for usual, strict in STRICT:
                    words = words.replace(usual, strict)
            written.writestr(part.filename, words)
    return buffer.getvalue()


def test_strict_workbooks_are_read(home):
    (line,) = evaluated(strict_book()).proposal.checked.lines
    assert (line.cells["name"], line.cells["beds_total"], line.cells["date"]) == (
        "测试甲院",
        "120",
        "2024-09-30",
    )


def test_data_in_hidden_sheets_is_named(home):
    made = openpyxl.load_workbook(io.BytesIO(book(("测试甲院", "松江区", 120, "", "", ""))))
    made.active.title, made.active.sheet_state = "明细", "hidden"
    made.create_sheet("封面")["A1"] = "某市民政局"
    made.active = 1
    buffer = io.BytesIO()
    made.save(buffer)
    with pytest.raises(Refused, match="隐藏的工作表里（明细）"):
        evaluated(buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("名单.et", "WPS 里“文件→另存为”"),
        ("名单.ett", "WPS 里“文件→另存为”"),
        ("名单.wps", "粘贴到 WPS 表格"),
        ("名单.ET", "WPS 里“文件→另存为”"),
        ("名单.txt", "扩展名改成 .csv"),
        ("名单.numbers", "只收"),
    ],
)
def test_other_kinds_are_told_how_to_be_saved(name, words):
    with pytest.raises(Refused) as refused:
        read(name, b"x" * 100)
    assert words in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_utf_16_is_read_with_and_without_its_mark(home, encoding, delimiter):
    text = "\n".join(
        delimiter.join(row)
        for row in (HEADER[:3], ("测试㐂院", "松江区", "90"), ("测试乙院", "张家港市", "80"))
    )
    lines = evaluated(text.encode(encoding), name="a.csv").proposal.checked.lines
    assert [(line.cells["name"], line.cells["beds_total"]) for line in lines] == [
        ("测试㐂院", "90"),
        ("测试乙院", "80"),
    ]


QUOTED = {
    "opened and never closed": (
        ["测试甲院,松江区,1", '"测试乙院,松江区,2', "测试丙院,松江区,3"],
        3,
    ),
    "closed in the middle of a cell": (
        ["测试甲院,松江区,1", '"测试"乙院,松江区,2', "测试丙院,松江区,3"],
        3,
    ),
    "opened in the last cell": (
        ["测试甲院,松江区,1", "测试乙院,松江区,2", '测试丙院,松江区,"3'],
        4,
    ),
    "closed by the next one": (
        ["测试甲院,松江区,1", '"测试乙院,松江区,2', '测试丙院",松江区,3', "测试丁院,松江区,4"],
        3,
    ),
    "two that swallow rows": (
        ['"测试甲院,松江区,1', "测试乙院,松江区,2", '测试丙院,松江区,3"', "测试丁院,松江区,4"],
        2,
    ),
}


@pytest.mark.parametrize("case", QUOTED)
def test_a_stray_quote_names_its_line_and_swallows_nothing(case):
    lines, number = QUOTED[case]
    with pytest.raises(Refused, match=f"第{number}行的引号"):
        read("a.csv", "\n".join(["机构名称,所在地区,总床位", *lines]).encode())


def test_a_break_within_quotes_is_no_stray_quote():
    (sheet,) = read("a.csv", '机构名称,所在地区,备注\n测试甲院,松江区,"一楼,\n二楼"\n'.encode())
    assert sheet.rows[1][1][2] == "一楼,\n二楼"


# The house's clock


class Evening(datetime):
    """16:30 at Greenwich on the last day of September: half past midnight of the first of October here."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2024, 9, 30, 16, 30, tzinfo=UTC).astimezone(tz)


def test_today_is_the_day_in_shanghai_whatever_the_servers_zone(home, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(clock, "datetime", Evening)
    assert clock.today() == date(2024, 10, 1)
    data = csv_of(
        ("机构名称", "所在地", "总床位", "数据日期"),
        ("测试新院", "松江区", "90", "2024-10-01"),
        ("测试二院", "松江区", "90", "2024-10-02"),
    )
    assert [line for line, reason in errors(evaluated(data, name="a.csv")) if "之后" in reason] == [
        3
    ]
    draft = submissions.start("a.csv", data, "institutions", STEWARD)
    assert (
        submissions.change(
            draft.id, STEWARD, source=submissions.Source(unit=UNIT.unit, day="2024-10-01")
        ).source.day
        == "2024-10-01"
    )
    assert draft.id.startswith("20241001-") and draft.created == "2024-10-01T00:30:00+08:00"
    assert journal.entries(releases.home())[-1]["at"] == "2024-10-01T00:30:00+08:00"
