"""Files open in Excel as what they are: Chinese intact, numbers as numbers, nothing as a formula."""

import csv
import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from eldercare import files

DANGEROUS = ['=HYPERLINK("x")', "=1+1", "+86 21", "-5号楼", "@SUM(A1)", "\t=1", "\r=1"]
HOMES = pd.DataFrame(
    {
        "名称": ["测试江畔护理院", "测试湖滨养老院", "<script>alert(1)</script>"],
        "床位": pd.array([25698, 0, None], dtype="Int64"),
        "增减": [-1.5, 2.0, None],
        "日期": pd.to_datetime(["2020-10-31", None, "2021-03-20"]),
        "演示": [True, False, False],
    }
)
NOTES = [("内容", "长三角养老，每百人22位"), ("来源", '=HYPERLINK("http://x")')]


def opened(table: pd.DataFrame = HOMES) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files.workbook(NOTES, {"数据": table})))


def cells(table: pd.DataFrame = HOMES) -> list[list]:
    return [[cell.value for cell in row] for row in opened(table)["数据"].iter_rows()]


def test_workbook_begins_with_its_notes():
    book = opened()
    assert book.sheetnames == ["说明", "数据"]
    assert [[cell.value for cell in row] for row in book["说明"].iter_rows()] == [
        list(note) for note in NOTES
    ]


def test_a_sheet_prints_on_the_width_of_a_page():
    sheet = opened()["数据"]
    assert (
        sheet.page_setup.orientation,
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
    ) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"


def test_a_sheet_can_be_filtered_and_shows_two_digits_of_a_fraction():
    sheet = opened(pd.DataFrame({"地区": ["甲", "乙"], "占比": [19.304567, 20.0]}))["数据"]
    assert sheet.auto_filter.ref == "A1:B3"
    assert [(cell.value, cell.number_format) for cell in sheet["B"][1:]] == [
        (19.304567, "#,##0.00"),
        (20, "General"),
    ]


def test_workbook_keeps_chinese_numbers_dates_and_gaps():
    header, first, second, third = cells()
    assert header == list(HOMES.columns)
    assert first[:3] == ["测试江畔护理院", 25698, -1.5]
    assert first[3].date() == date(2020, 10, 31)
    assert second[1:4] == [0, 2, None]
    assert third[0] == "<script>alert(1)</script>"
    assert third[1:3] == [None, None], "unknown is an empty cell, not zero"


def test_negative_numbers_stay_numbers():
    cell = opened()["数据"]["C2"]
    assert (cell.value, cell.data_type) == (-1.5, "n")


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(words):
    book = opened(pd.DataFrame({words: [words]}))
    for cell in (book["数据"]["A1"], book["数据"]["A2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert book["说明"]["B2"].data_type == "s"


def test_words_of_a_workbook_come_back_as_written():
    table = pd.DataFrame({"x": DANGEROUS[:5]})
    assert [row[0] for row in cells(table)[1:]] == DANGEROUS[:5]


def test_a_table_without_rows_is_a_sheet_with_a_header():
    assert cells(HOMES.iloc[:0]) == [list(HOMES.columns)]


def parsed(table: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files.csv_bytes(table).decode("utf-8-sig"), newline="")))


def test_csv_begins_with_the_mark_that_excel_needs():
    data = files.csv_bytes(HOMES)
    assert data.startswith(b"\xef\xbb\xbf")
    assert not data[3:].startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[0] == "名称,床位,增减,日期,演示"


def test_csv_keeps_numbers_and_gaps():
    rows = parsed(HOMES)
    assert rows[1][1:3] == ["25698", "-1.5"]
    assert rows[2][1] == "0"
    assert rows[3][1:3] == ["", ""]


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_of_a_csv_file_is_a_formula(words):
    header, row = parsed(pd.DataFrame({words: [words]}))
    assert header == row == [f"'{words}"]


def test_csv_keeps_commas_quotes_and_line_breaks():
    words = '测试,"引号"\n第二行'
    assert parsed(pd.DataFrame({"x": [words]}))[1] == [words]
