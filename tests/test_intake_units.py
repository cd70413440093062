"""Units that stand beside the numbers: in the heading, a column, the line under or above the headings. None is passed over.

100 under 万人 had been stored as 100 people, 100 under 元/天 as a monthly fee. And figures laid out as a matrix.
"""

import pytest
from test_intake_lists import CONTEXT, book, cells, checked

from eldercare.intake import questions
from eldercare.intake.decisions import BLANK, KEEP, LEAVE, MISSING, TAKE, YEARS, Decision

PLACED = ["机构名称", "所在地区"]
HOME = ["测试甲院", "徐汇区"]
LONG = ["地区", "指标", "数值", "日期"]
RESIDENT = Decision("base", MISSING, TAKE, "常住")
EACH = [Decision("", YEARS, TAKE), RESIDENT]


def figures(found):
    return cells(found, "place_code", "indicator_code", "value", "date")


@pytest.mark.parametrize(
    ("heading", "written", "value"),
    [
        ("床位（百张）", 3, "300"),
        ("床位(万张)", 0.03, "300"),
        ("床位数/张", 3, "3"),
        ("床位：张", "3", "3"),
        ("总床位（床）", 3, "3"),
        ("核定床位（个）", 3, "3"),
        ("床位（百张）", "3张", "3"),
    ],
)
def test_beds_in_the_unit_of_their_heading(heading, written, value):
    found = checked(book([*PLACED, heading], [*HOME, written]))
    assert (cells(found, "beds_total"), found.errors) == ([(value,)], [])


@pytest.mark.parametrize(
    ("heading", "written", "low", "high"),
    [
        ("月费（百元）", 18, "1800", "1800"),
        ("收费标准（千元）", "1.8-3", "1800", "3000"),
        ("价格（万元）", "0.3", "3000", "3000"),
        ("月收费 元", "1800-3000", "1800", "3000"),
        ("月费（元/床/月）", 1800, "1800", "1800"),
        ("收费（元/人·月）", "1800—3000", "1800", "3000"),
    ],
)
def test_fees_in_the_unit_of_their_heading(heading, written, low, high):
    found = checked(book([*PLACED, heading], [*HOME, written]))
    assert (cells(found, "price_low", "price_high"), found.errors) == ([(low, high)], [])


@pytest.mark.parametrize("unit", ["元/天", "元/日", "元/年", "万元/年", "元/人/天", "元/床·日"])
def test_a_fee_for_another_period_is_one_question_for_its_column(unit):
    data = book(
        [*PLACED, f"价格（{unit}）"], *([f"测试{i}院", "徐汇区", 100 + i] for i in range(1, 4))
    )
    (asked,) = questions.of(checked(data), CONTEXT)
    assert (len(asked.lines), unit in asked.title, asked.certain) == (3, True, False)
    kept, left = (
        checked(data, decided=[Decision("price", asked.written, action)])
        for action in (KEEP, BLANK)
    )
    assert cells(kept, "price_low") == [("101",), ("102",), ("103",)] and kept.errors == []
    assert cells(left, "price_low") == [("",)] * 3 and left.errors == []


def test_the_line_under_the_headings_says_the_units():
    data = book([*PLACED, "床位", "月费"], [None, None, "张", "百元"], [*HOME, 100, "18-30"])
    assert cells(checked(data), "beds_total", "price_low", "price_high") == [
        ("100", "1800", "3000")
    ]


@pytest.mark.parametrize(
    ("above", "heading", "names"),
    [
        (["单位：万人"], "数值", "60岁及以上人口"),
        (["2023年情况（单位：万人）"], "数值", "60岁及以上人口"),
        ([], "数值（万人）", "60岁及以上人口"),
        ([], "数值", "60岁及以上人口（万人）"),
    ],
)
def test_a_figure_in_ten_thousands(above, heading, names):
    rows = [above] if above else []
    data = book(*rows, ["地区", "指标", heading, "日期"], ["上海市", names, 1.5, "2023年底"])
    found = checked(data, table="observations", decided=[RESIDENT])
    assert figures(found) == [("310000", "pop_60plus", "15000", "2023-12-31")]
    assert any("读作15000" in finding.reason for finding in found.findings)


def test_a_column_of_units_is_read_row_by_row():
    data = book(
        ["地区", "指标", "计量单位", "数值", "日期"],
        ["上海市", "60岁及以上人口", "万人", 1.5, "2023年底"],
        ["上海市", "60岁及以上人口占比", "%", 22.5, "2023年底"],
        ["上海市", "机构养老床位", "万张", 2, "2023年底"],
        ["上海市", "机构养老床位", None, 3, "2022年底"],
    )
    found = checked(data, table="observations", decided=[RESIDENT])
    assert [value for _p, _i, value, _d in figures(found)] == ["15000", "22.5", "20000", "3"]


def test_a_unit_of_another_kind_is_asked():
    data = book(LONG, ["上海市", "60岁及以上人口占比（万人）", 22.5, "2023年底"])
    (asked,) = questions.of(checked(data, table="observations", decided=[RESIDENT]), CONTEXT)
    assert "“万人”，本列是“%”" in asked.title


def test_a_population_without_its_base_is_one_question_and_beds_need_none():
    data = book(
        LONG,
        *(["上海市", "60岁及以上人口", n, f"{n}年底"] for n in range(2020, 2023)),
        ["上海市", "机构养老床位", 5, "2022年底"],
    )
    (asked,) = questions.of(checked(data, table="observations"), CONTEXT)
    assert (asked.title, asked.written) == ("人口口径 没有写（3行）", MISSING)
    found = checked(data, table="observations", decided=[RESIDENT])
    assert (cells(found, "base"), found.errors) == ([("常住",)] * 3 + [("",)], [])
    left = checked(data, table="observations", decided=[Decision("base", MISSING, LEAVE)])
    assert (len(left.lines), len(left.left), left.errors) == (1, 3, [])


# Figures as a matrix


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (book(["地区", "日期", "60岁及以上人口（万人）", "机构养老床位"], ["上海市", "2023年底", 1.5, 20], ["南京市", "2023年底", 2, 30]), "几个指标"),
        (book(["指标", "日期", "上海市", "南京市"], ["60岁及以上人口", "2023年底", 15000, 20000], ["机构养老床位", "2023年底", 20, 30]), "几个地区"),
        (book(["指标", "60岁及以上人口", "机构养老床位", "60岁及以上人口", "机构养老床位"], ["地区", "上海市", "上海市", "南京市", "南京市"], ["数值", "1.5万", 20, "2万", 30], ["日期", *["2023年底"] * 4]), ""),
    ],
)  # fmt: skip
def test_a_matrix_of_figures_is_asked_once_and_read_cell_by_cell(data, what):
    asked = [q.reason for q in questions.of(checked(data, table="observations"), CONTEXT)]
    assert [what in reason for reason in asked if "列名里" in reason] == ([True] if what else [])
    assert questions.others(checked(data, table="observations")) == []
    found = checked(data, table="observations", decided=EACH)
    assert found.errors == []
    assert sorted(figures(found)) == [
        ("310000", "beds_institution", "20", "2023-12-31"),
        ("310000", "pop_60plus", "15000", "2023-12-31"),
        ("320100", "beds_institution", "30", "2023-12-31"),
        ("320100", "pop_60plus", "20000", "2023-12-31"),
    ]
