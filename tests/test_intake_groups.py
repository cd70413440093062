"""Lists in parts: places on lines of their own, sums between, titles that say where; tables that lie on their side.

Nothing is lost, nothing is counted twice, and what is not sure is one question.
"""

import io

import openpyxl
import pytest
from test_intake_lists import CONTEXT, HEADER, book, cells, checked

from eldercare.intake import error_report, questions
from eldercare.intake.decisions import ABOVE, GROUPS, KEEP, SHEETS, SUMS, TAKE, Decision
from eldercare.intake.sheets import Refused

PUDONG, XUHUI, KUNSHAN = "310115", "310104", "320583"
NAMED = ["机构名称", "床位"]
IN_GROUPS = [Decision("", GROUPS, TAKE)]
TWO = [("测试甲院", PUDONG, "100"), ("测试乙院", PUDONG, "50")]
THREE = [*TWO, ("测试丙院", XUHUI, "70")]
HOMES = (["测试甲院", 100], ["测试乙院", 50], ["测试丙院", 70])


def homes(found):
    return cells(found, "name", "place_code", "beds_total")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["浦东新区"], ["徐汇区"]),
        (["浦东新区", 150], ["徐汇区", 70]),
        (["浦东新区（2家，150张）"], ["徐汇区：1家70张"]),
        (["浦东新区 2家"], ["徐汇区，共1家"]),
        (["【浦东新区】"], ["【徐汇区】"]),
        (["一、浦东新区"], ["二、徐汇区（共1家）"]),
        (["上海市浦东新区养老机构"], ["徐汇区养老机构名单"]),
        (["浦东新区：共二家"], ["徐汇：一家"]),
    ],
)
@pytest.mark.parametrize("sums", [False, True])
def test_rows_of_places_head_their_group(first, second, sums):
    ends = [["小计", 150]], [["小计：", 70], ["总计", 220]]
    end, last = ends if sums else ([], [])
    data = book(NAMED, first, *HOMES[:2], *end, second, HOMES[2], *last)
    (asked,) = questions.of(checked(data), CONTEXT)
    assert asked.title == "有的行只有一个地区名，像是分组的标题"
    assert questions.others(checked(data)) == []
    found = checked(data, decided=IN_GROUPS)
    assert (homes(found), found.errors) == (THREE, [])


@pytest.mark.parametrize(
    "rows",
    [
        (["一", "浦东新区", 150, "2家"], [1, *HOMES[0]], [2, *HOMES[1]], ["二", "徐汇区", 70], [1, *HOMES[2]]),
        ([None, "浦东新区"], [1, *HOMES[0]], [2, *HOMES[1]], [None, "小计", 150], [None, "徐汇区"], [1, *HOMES[2]]),
    ],
)  # fmt: skip
def test_numbers_beside_a_heading_of_a_group_are_no_home(rows):
    found = checked(book(["序号", *NAMED, "备注"], *rows), decided=IN_GROUPS)
    assert (homes(found), found.errors) == (THREE, [])


def test_the_headings_repeated_under_each_group_are_no_home():
    data = book(["浦东新区"], NAMED, *HOMES[:2], ["徐汇区"], NAMED, HOMES[2])
    found = checked(data, decided=IN_GROUPS)
    assert (homes(found), found.errors) == (THREE, [])


def test_merged_headings_of_groups():
    data = book(
        NAMED, ["浦东新区", None], *HOMES[:2], ["徐汇区"], HOMES[2], merged=["A2:B2", "A5:B5"]
    )
    assert homes(checked(data, decided=IN_GROUPS)) == THREE


def test_a_group_below_a_city_is_that_of_the_city():
    data = book(NAMED, ["徐州市"], ["鼓楼区"], HOMES[0], ["南京市"], ["鼓楼区"], HOMES[1])
    found = checked(data, decided=IN_GROUPS)
    assert homes(found) == [("测试甲院", "320302", "100"), ("测试乙院", "320106", "50")]


def test_groups_within_a_sheet_of_a_city_lie_where_the_group_says():
    data = book(NAMED, ["昆山市"], HOMES[0], title="苏州市")
    found = checked(data, decided=[*IN_GROUPS, Decision("", SHEETS, TAKE)])
    assert homes(found) == [("测试甲院", KUNSHAN, "100")]


def test_a_group_that_no_table_knows_is_asked():
    data = book(NAMED, ["城南片区"], *HOMES[:2], ["城北街道"], HOMES[2])
    asked = questions.of(checked(data, decided=IN_GROUPS), CONTEXT)
    assert [(q.written, len(q.lines), q.free) for q in asked] == [
        ("城南片区", 2, True),
        ("城北街道", 1, True),
    ]


def test_a_sum_of_another_place_than_its_group_leaves_the_rows_below_it_open():
    found = checked(
        book(NAMED, ["浦东新区"], HOMES[0], ["徐汇区合计：70", None], HOMES[2]), decided=IN_GROUPS
    )
    assert homes(found) == [("测试甲院", PUDONG, "100"), ("测试丙院", "", "70")]
    assert [e.line for e in found.errors] == [5]


def test_a_row_of_numbers_without_a_name_is_asked_once_whether_it_is_a_sum():
    data = book(
        ["区县", *NAMED],
        ["浦东新区", None, 150],
        [None, *HOMES[0]],
        [None, *HOMES[1]],
        ["徐汇区", None, 70],
        [None, *HOMES[2]],
    )
    fill = Decision("place_code", ABOVE, TAKE)
    assert sum(q.written == SUMS for q in questions.of(checked(data), CONTEXT)) == 1
    found = checked(data, decided=[fill, Decision("", SUMS, TAKE)])
    assert (homes(found), found.errors) == (THREE, [])
    kept = checked(data, decided=[fill, Decision("", SUMS, KEEP)])
    assert [(e.line, e.column) for e in kept.errors] == [(2, "名称"), (5, "名称")]


@pytest.mark.parametrize(
    "row",
    [
        ["小计 2家", None, 150],
        ["共2家150张", None, None],
        ["其中：公办", None, 60],
        ["平均", None, 75],
        ["合 计：", None, 150],
        [None, "浦东新区小计", 150],
        ["总计（2家）", None, 150],
    ],
)
def test_a_row_called_a_sum_is_no_home(row):
    found = checked(book(HEADER, ["测试甲院", "浦东新区", 100], ["测试乙院", "浦东新区", 50], row))
    assert (homes(found), found.errors) == (TWO, [])


@pytest.mark.parametrize(
    "name", ["合计养老院", "小计之家", "共享养老公寓", "平均年华护理院", "其中山庄"]
)
def test_a_home_with_such_a_word_in_its_name_is_one(name):
    assert homes(checked(book(HEADER, [name, "徐汇区", 1]))) == [(name, XUHUI, "1")]


@pytest.mark.parametrize(
    ("data", "name", "where"),
    [
        (book(["徐汇区养老机构一览表"], NAMED, HOMES[0]), "名单.xlsx", "标题"),
        (book(["上海市徐汇区民政局"], ["2024年9月"], NAMED, HOMES[0]), "名单.xlsx", "标题"),
        (book(NAMED, HOMES[0]), "2024年上海市徐汇区养老机构.xlsx", "文件名"),
        (book(NAMED, HOMES[0], title="徐汇区"), "名单.xlsx", "工作表名"),
    ],
)
def test_without_a_column_of_places_the_title_or_the_file_is_asked(data, name, where):
    (asked,) = questions.of(checked(data, name), CONTEXT)
    assert where in asked.reason and "徐汇区" in asked.reason
    found = checked(data, name, decided=[Decision("", SHEETS, TAKE)])
    assert (homes(found), found.errors) == ([("测试甲院", XUHUI, "100")], [])


# Tables that lie on their side


@pytest.mark.parametrize(
    "data",
    [
        book(["机构名称", "测试甲院", "测试乙院"], ["所在地区", "浦东新区", "浦东新区"], ["总床位", "100张", 50]),
        book(["养老机构情况"], ["1", "名称", "测试甲院", "测试乙院"], ["2", "区县", "浦东新区", "浦东新区"], ["3", "床位", 100, 50]),
        book(["浦东新区养老机构"], ["名称", "测试甲院", "测试乙院"], ["床位", 100, 50]),
        book(["名称", "测试甲院", None, "测试乙院"], ["市", "上海市", None, "上海市"], ["区", "浦东新区", None, "浦东新区"], ["床位", 100, None, 50]),
    ],
)  # fmt: skip
def test_a_table_with_its_headings_in_a_column_is_read_by_columns(data):
    found = checked(data, decided=[Decision("", SHEETS, TAKE)])
    assert (homes(found), found.errors) == (TWO, [])
    assert any("按列读" in finding.reason for finding in found.findings)


def test_a_cell_of_a_table_on_its_side_is_named_where_it_stands():
    data = book(["名称", "测试甲院", "测试乙院"], ["区县", "浦东新区", None], ["床位", "约100", 50])
    asked = questions.of(checked(data), CONTEXT)
    assert [checked(data).place_of(q.lines[0]) for q in asked] == ["第1行B列", "第1行C列"]
    assert "左边B列有值" in asked[1].reason
    assert [use.letter for use in checked(data).uses] == ["第1行", "第2行", "第3行"]


def test_one_home_on_a_card():
    data = book(
        ["机构名称", "测试甲院"], ["地址", "上海市徐汇区一路"], ["所在地区", "徐汇区"], ["床位", 9]
    )
    assert homes(checked(data)) == [("测试甲院", XUHUI, "9")]


def test_a_sheet_without_known_headings_anywhere_is_refused_with_what_is_needed():
    with pytest.raises(Refused, match="至少含：名称、所在地区"):
        checked(book(["甲", "乙"], ["丙", "丁"]))


def test_the_report_names_the_cell_of_a_record_that_is_no_row():
    """A number of our own (20000001) had stood there as a line."""
    found = checked(book(["名称", "测试甲院"], ["区县", "徐汇区"], ["床位", "约9"]))
    made = openpyxl.load_workbook(io.BytesIO(error_report.report(found, "a.xlsx")))
    assert made["问题"]["B4"].value == "第1行B列" and made["有问题的行"]["A2"].value == "第1行B列"


def test_an_explaining_sheet_beside_the_data_is_no_table_on_its_side():
    data = book(
        HEADER,
        ["测试甲院", "徐汇区", 1],
        more=[("说明", ["机构名称", "写全称"], ["所在地区", "从下拉中选"], ["总床位", "只写数字"])],
    )
    assert (homes(checked(data)), checked(data).errors) == ([("测试甲院", XUHUI, "1")], [])
