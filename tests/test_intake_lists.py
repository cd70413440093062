"""Lists as offices write them: what is there is read as it is shown, asked once, or refused with its line; nothing shifts or vanishes."""

import io
import re
import zipfile
from datetime import date, datetime

import office_list
import openpyxl
import pytest

from eldercare import releases
from eldercare.intake import checking, forms, questions, reading
from eldercare.intake.context import Context
from eldercare.intake.decisions import (
    ABOVE,
    ADDRESS,
    BLANK,
    COLUMN,
    FORMULA,
    GROUPS,
    KEEP,
    LEAVE,
    SHEETS,
    TAKE,
    YEARS,
    Decision,
)
from eldercare.intake.places import OUTSIDE
from eldercare.intake.sheets import Refused

CONTEXT = Context(releases.DATASETS)
HEADER = ["机构名称", "所在地区", "总床位"]


def book(*rows, formats=(), merged=(), more=(), title="数据") -> bytes:
    """A workbook of one sheet; `more` are further ones by name (a name that begins with “隐” is hidden)."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for cell, code in formats:
        made.active[cell].number_format = code
    for cells in merged:
        made.active.merge_cells(cells)
    for name, *others in more:
        sheet = made.create_sheet(name)
        for row in others:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.startswith("隐") else "visible"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def checked(data, name="a.xlsx", table="institutions", decided=(), **options):
    form = forms.form(CONTEXT.package.table(table))
    return checking.check(
        reading.read(name, data),
        form,
        CONTEXT,
        decided=decided,
        today=date(2026, 11, 30),
        **options,
    )


def csv(text: str):
    return checked(text.encode(), "a.csv")


def cells(found, *names):
    return [tuple(line.cells.get(name, "") for name in names) for line in found.lines]


# Numbers among words


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("一期300张", ("300",)),
        ("一院两区300张", ("300",)),
        ("三号楼80张", ("80",)),
        ("二级护理50张", ("50",)),
        ("一楼120张，二楼100张", ("220",)),
        ("千禧楼100", ("100",)),
        ("百岁园200张", ("200",)),
        ("五保户30", ("30",)),
        ("1期300张", ("300",)),
        ("A区30张", ("30",)),
        ("150张（护理型80张）", ("150",)),
        ("100+50", ("150",)),
        ("总床位300", ("300",)),
        ("万寿楼60张", ("60",)),
    ],
)
def test_a_number_among_other_words_is_asked_and_never_the_numeral_of_a_name(written, options):
    (error,) = checked(book(HEADER, ["测试院", "昆山市", written])).errors
    assert (error.options, error.certain) == (options, False)


@pytest.mark.parametrize(
    ("written", "value"),
    [("两层共120张", "120"), ("合计：300张", "300"), ("一、二号楼共220张", "220")],
)
def test_a_sum_that_is_called_one_is_read_with_a_note(written, value):
    found = checked(book(HEADER, ["测试院", "昆山市", written]))
    assert cells(found, "beds_total") == [(value,)] and "合计" in found.findings[0].reason


@pytest.mark.parametrize(
    ("written", "value"),
    [("二百五十张", "250"), ("一千二百", "1200"), ("一百零五张", "105"), ("3千张", "3000")],
)
def test_a_number_in_numerals_alone_is_certain(written, value):
    (error,) = checked(book(HEADER, ["测试院", "昆山市", written])).errors
    assert (error.options, error.certain) == ((value,), True)


@pytest.mark.parametrize(
    "written", ["十余张", "约300", "二〇二四", "一千二", "2024-09-31", "无", "2025年上半年"]
)
def test_what_is_not_exactly_that_is_not_certain(written):
    assert not any(
        error.certain for error in checked(book(HEADER, ["测试院", "昆山市", written])).errors
    )


# Places


@pytest.mark.parametrize(
    "name",
    [
        "高新区",
        "经开区",
        "新区",
        "滨湖新区",
        "前湾新区",
        "中新苏滁高新区",
        "虹桥商务区",
        "东部新城",
        "皖江江北新兴产业集中区",
    ],
)
def test_a_zone_that_could_lie_anywhere_is_asked_without_a_guess(name):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert (error.options, error.certain) == ((), False)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("苏州高新区", "苏州市"),
        ("宁波杭州湾新区", "宁波市"),
        ("滁州经开区", "滁州市"),
        ("昆山开发区", "昆山市"),
    ],
)
def test_a_zone_with_its_city_in_the_name_is_asked_with_that_city(name, place):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert (error.options, error.certain) == ((place,), False)


@pytest.mark.parametrize(
    "name",
    [
        "成都",
        "成都市",
        "四川省成都市武侯区",
        "海口",
        "广州天河区",
        "重庆市江北区",
        "南昌市西湖区",
        "朝阳区",
        "台北市",
        "武汉",
    ],
)
def test_what_lies_outside_of_the_delta_is_said_to_and_never_likened(name):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert error.topic == OUTSIDE and "长三角以外" in error.reason and not error.certain
    assert not any(word in error.proposal for word in ("莲都", "虹口", "西湖区（", "江北区（"))


@pytest.mark.parametrize("name", ["苏洲", "松工区", "浦冬新区"])
def test_nothing_is_proposed_because_it_is_spelt_alike(name):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert error.options == ()


def test_one_decision_leaves_out_all_that_lies_outside():
    rows = [
        [f"测试{n}院", place, n]
        for n, place in enumerate(("成都市", "海口", "昆山市", "沈阳", "广州市"), 1)
    ]
    found = checked(book(HEADER, *rows), decided=[Decision("place_code", OUTSIDE, LEAVE)])
    assert (cells(found, "name"), found.errors) == ([("测试3院",)], [])
    assert [name for _line, name in found.left] == ["测试1院", "测试2院", "测试4院", "测试5院"]


ADDRESSED = book(
    [*HEADER, "地址"],
    ["测试甲院", "南京市", 1, "南京市玄武区某路1号"],
    ["测试乙院", "上海市", 2, "浦东新区某路2号"],
    ["测试丙院", "南京", 3, "某路3号"],
    ["测试丁院", "昆山市", 4, "江苏省昆山市玉山镇某路4号"],
)


@pytest.mark.parametrize(
    ("action", "places"), [(TAKE, ["320102", "310115"]), (KEEP, ["320100", "310000"])]
)
def test_the_place_comes_from_the_address_after_one_question(action, places):
    asked = checked(ADDRESSED)
    assert [(e.line, e.topic, e.options) for e in asked.errors] == [
        (2, ADDRESS, ("玄武区",)),
        (3, ADDRESS, ("浦东新区",)),
    ]
    found = checked(ADDRESSED, decided=[Decision("place_code", ADDRESS, action)])
    assert cells(found, "place_code", "address") == [
        (places[0], "南京市玄武区某路1号"),
        (places[1], "浦东新区某路2号"),
        ("320100", "某路3号"),
        ("320583", "江苏省昆山市玉山镇某路4号"),
    ]


def test_a_list_without_a_place_column_is_placed_by_its_addresses():
    data = book(
        ["机构名称", "床位数", "地址"],
        ["测试甲院", 1, "昆山市玉山镇某路"],
        ["测试乙院", 2, "成都市某路"],
        ["测试丙院", 3, "某路3号"],
    )
    asked = checked(data)
    assert [e.topic for e in asked.errors] == [ADDRESS, OUTSIDE, ""] and "不能为空" in asked.errors[
        2
    ].reason
    found = checked(
        data,
        decided=[Decision("place_code", ADDRESS, TAKE), Decision("place_code", OUTSIDE, LEAVE)],
    )
    assert cells(found, "name", "place_code") == [("测试甲院", "320583"), ("测试丙院", "")]


def test_an_address_in_another_place_than_the_column_is_asked():
    (error,) = checked(book([*HEADER, "地址"], ["测试院", "南京市", 1, "苏州市姑苏区某路"])).errors
    assert (error.topic, error.options) == ("#elsewhere", ("姑苏区",))


def test_columns_of_city_and_county_are_one_place():
    data = book(
        ["城市", "区县", "名称", "床位"],
        ["南京市", "鼓楼区", "测试甲院", 1],
        [None, "玄武区", "测试乙院", 2],
        merged=["A2:A3"],
    )
    found = checked(data, decided=[Decision("place_code", ABOVE, TAKE)])
    assert (cells(found, "place_code"), found.errors) == ([("320106",), ("320102",)], [])


# How tables lie


def test_blank_and_merged_places_are_filled_down_after_one_question():
    data = book(
        HEADER,
        ["测试甲院", "昆山市", 1],
        ["测试乙院", None, 2],
        ["测试丙院", None, 3],
        ["测试丁院", "太仓市", 4],
        merged=["B2:B3"],
    )
    assert [(e.line, e.topic, e.options) for e in checked(data).errors] == [
        (3, ABOVE, ("昆山市",)),
        (4, ABOVE, ("昆山市",)),
    ]
    found = checked(data, decided=[Decision("place_code", ABOVE, TAKE)])
    assert (cells(found, "place_code"), found.errors) == (
        [("320583",), ("320583",), ("320583",), ("320585",)],
        [],
    )


def test_rows_that_head_a_group_give_the_place_after_one_question():
    data = book(
        ["名称", "床位"],
        ["一、昆山市（2家）"],
        ["测试甲院", 1],
        ["测试乙院", 2],
        ["太仓市"],
        ["测试丙院", 3],
        ["二、说明"],
    )
    asked = checked(data)
    assert asked.waits and {e.topic for e in asked.errors if not e.line} == {GROUPS}
    found = checked(data, decided=[Decision("", GROUPS, TAKE)])
    assert (cells(found, "name", "place_code"), found.errors) == (
        [("测试甲院", "320583"), ("测试乙院", "320583"), ("测试丙院", "320585")],
        [],
    )


def test_a_heading_of_three_lines_is_joined():
    found = checked(
        book(
            ["附件1"],
            ["养老机构名单"],
            ["序号", "机构名称", "所属地区", "床位（张）", None, None],
            [None, None, None, "总数", "其中", None],
            [None, None, None, None, "护理型", "空余"],
            [1, "测试甲养老院", "昆山市", 100, 50, 20],
            merged=["A3:A5", "B3:B5", "C3:C5", "D3:F3", "D4:D5", "E4:F4"],
        )
    )
    assert cells(found, "name", "place_code", "beds_total", "beds_available") == [
        ("测试甲养老院", "320583", "100", "20")
    ]
    assert [(f.column, f.value) for f in found.findings] == [("E", "床位（张）其中护理型")]


def test_one_sheet_for_each_county_is_read_after_one_question():
    rows = [["名称", "床位"], ["测试乙院", 2]]
    data = book(["名称", "床位"], ["测试甲院", 1], more=[("昆山市", *rows), ("太仓市", *rows)])
    made = openpyxl.load_workbook(io.BytesIO(data))
    del made["数据"]
    buffer = io.BytesIO()
    made.save(buffer)
    asked = checked(buffer.getvalue())
    assert asked.waits and [e.topic for e in asked.errors if not e.line] == [SHEETS]
    found = checked(buffer.getvalue(), decided=[Decision("", SHEETS, TAKE)])
    assert (cells(found, "name", "place_code"), found.errors) == (
        [("测试乙院", "320583"), ("测试乙院", "320585")],
        [],
    )
    assert [found.place_of(line.number) for line in found.lines] == ["第2行", "“太仓市”第2行"]
    one = checked(buffer.getvalue(), decided=[Decision("", SHEETS, LEAVE, "太仓市")])
    assert cells(one, "place_code") == [("320585",)]


def test_years_as_columns_are_read_after_one_question():
    data = book(
        ["地区", "指标", "2022年", "2023年末"],
        ["苏州市", "pop_60plus", "180万", 190],
        ["南京市", "pop_60plus", None, 170],
    )
    asked = checked(data, table="observations")
    assert asked.waits and [e.topic for e in asked.errors if not e.line] == [YEARS]
    found = checked(data, table="observations", decided=[Decision("", YEARS, TAKE)])
    assert cells(found, "place_code", "value", "date", "date_precision") == [
        ("320500", "1800000", "2022-12-31", "year"),
        ("320500", "190", "2023-12-31", "year_end"),
        ("320100", "170", "2023-12-31", "year_end"),
    ]
    assert len({line.number for line in found.lines}) == 3


def test_a_column_without_heading_is_asked_and_can_be_named():
    data = book(
        ["机构名称", "所在地区", "总床位", None, "入住人数"], ["测试院", "昆山市", 100, 30, 60]
    )
    (error,) = checked(data).errors
    assert error.line == 0 and "D列没有列名" in error.reason and checked(data).waits
    named = checked(data, decided=[Decision("", f"{COLUMN} D", TAKE, "可接收床位（张）")])
    assert (cells(named, "beds_available"), named.errors) == ([("30",)], [])
    left = checked(data, decided=[Decision("", f"{COLUMN} D", BLANK)])
    assert (left.errors, left.waits) == ([], False)


def test_hidden_sheets_with_data_are_named():
    found = checked(
        book(HEADER, ["测试院", "昆山市", 1], more=[("隐藏表", HEADER, ["测试二院", "昆山市", 2])])
    )
    assert len(found.lines) == 1 and any("隐藏表" in f.reason for f in found.findings)
    with pytest.raises(Refused, match="隐藏的工作表里（隐藏表）"):
        checked(book(["x"], more=[("隐藏表", HEADER, ["测试二院", "昆山市", 2])]))


# Nothing shifts


@pytest.mark.parametrize("row", ["测试丙院,昆山市,1,200,150", "测试丙院,昆山市,1,200,150,,7"])
def test_a_row_with_more_cells_than_headings_is_an_error_with_its_line(row):
    found = csv(f"机构名称,所在地区,总床位,可接收\n测试院,昆山市,1,1\n{row}\n")
    assert [(e.line, "错了位" in e.reason) for e in found.errors] == [(3, True)] and [
        line.good for line in found.lines
    ] == [True, False]


def test_text_in_an_equals_sign_is_that_text():
    found = csv(
        '机构名称,所在地区,总床位\n"=""测试甲院""",昆山市,"=""0100"""\n="测试乙院",昆山市,100\n'
    )
    assert cells(found, "name", "beds_total") == [("测试甲院", "100"), ("测试乙院", "100")]
    assert cells(checked(book(HEADER, ['="测试甲院"', "昆山市", 1])), "name") == [("测试甲院",)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_another_sign_inside_a_cell_does_not_cut(sign):
    inside = ";" if sign != ";" else ","
    rows = [
        ("机构名称", "所在地区", "总床位", "服务内容"),
        ("测试甲院", "昆山市", "100", inside.join(["助餐", "助浴", "助洁", "康复", "护理"])),
    ]
    found = csv("\n".join(sign.join(row) for row in (*rows, ("测试乙院", "太仓市", "80", "助餐"))))
    assert cells(found, "name", "beds_total") == [("测试甲院", "100"), ("测试乙院", "80")]


@pytest.mark.parametrize(
    ("code", "shown", "precision"),
    [
        ('yyyy"年"m"月"', "2021-10-31", "month"),
        ("mmm-yy", "2021-10-31", "month"),
        ("yyyy-mm", "2021-10-31", "month"),
        ("[$-804]yyyy年m月;@", "2021-10-31", "month"),
        ('yyyy"年"', "2021-12-31", "year"),
        ('yyyy"年"m"月"d"日"', "2021-10-01", "day"),
        ("yyyy-mm-dd hh:mm", "2021-10-01", "day"),
    ],
)
def test_a_day_is_as_precise_as_it_is_shown(code, shown, precision):
    data = book(
        [*HEADER, "数据日期"],
        ["测试院", "昆山市", 1, datetime(2021, 10, 1)],
        formats=[("D2", code)],
    )
    assert cells(checked(data), "date", "date_precision") == [(shown, precision)]


def test_a_day_without_its_year_is_asked():
    data = book(
        [*HEADER, "数据日期"],
        ["测试院", "昆山市", 1, datetime(2021, 10, 1)],
        formats=[("D2", 'm"月"d"日"')],
    )
    (error,) = checked(data).errors
    assert error.options == ("2021-10-01",)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(27, "2021-10-31"), (57, "2021-10-31"), (31, "2021-10-01"), (14, "2021-10-01")],
)
def test_the_numbered_formats_of_chinese_programs_are_dates(number, shown):
    data = book([*HEADER, "数据日期"], ["测试院", "昆山市", 1, 44470], formats=[("D2", "0.0000")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = re.sub(r"<numFmts.*?</numFmts>", "", parts["xl/styles.xml"].decode())
    parts["xl/styles.xml"] = styles.replace('numFmtId="164"', f'numFmtId="{number}"').encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert cells(checked(buffer.getvalue()), "date") == [(shown,)]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_a_look_up_that_found_nothing_is_an_empty_cell_with_a_note(error):
    found = checked(book([*HEADER, "入住人数"], ["测试院", "昆山市", 1, error]))
    assert (found.errors, cells(found, "residents")) == ([], [("",)])
    assert [(f.value, f.options, "按空白处理" in f.reason) for f in found.findings] == [
        (error, (), True)
    ]


def test_formulas_are_taken_as_shown_after_one_question():
    found = csv("机构名称,所在地区,总床位\n测试院,昆山市,=A1+1\n")
    assert [e.topic for e in found.errors] == [FORMULA]
    assert (
        checked(
            book(HEADER, ["测试院", "昆山市", "=1+1"]),
            decided=[Decision("beds_total", FORMULA, BLANK)],
        ).errors
        == []
    )


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", " \n "])
def test_a_line_break_becomes_a_space_with_a_note(sign):
    found = checked(
        book([*HEADER, "地址"], [f"测试{sign}院", "昆山市", 1, f"某路1号{sign}（某园旁）"])
    )
    assert cells(found, "name", "address") == [("测试 院", "某路1号 （某园旁）")]
    assert found.errors == [] and all(
        "\n" not in words and "\t" not in words for words in found.lines[0].written.values()
    )
    assert sum("换行" in f.reason for f in found.findings) == 2


# Persons


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("姓名", "王某", "D列“姓名”"),
        ("联系人", "李某", "D列“联系人”"),
        ("机构负责人", "李某", "D列“机构负责人”"),
        ("法定代表人", "李某", "D列“法定代表人”"),
        ("手机号码", "13800000000", "D列“手机号码”"),
        ("备注", "联系13800000000", "第2行D列的手机号"),
        ("备注", "电话 138 0000 0000", "第2行D列的手机号"),
        ("备注", "+86-13800000000", "第2行D列的手机号"),
        ("备注", "１３８００００００００", "第2行D列的手机号"),
        ("联系电话", 13800000000, "第2行D列的手机号"),
        ("备注", "11010519491231002X", "第2行D列的身份证号"),
        ("备注", "证件110105 19491231 002X", "第2行D列的身份证号"),
        ("备注", "320583491231001", "第2行D列的身份证号"),
        ("备注", "院长：李某某", "第2行D列的姓名"),
    ],
)
def test_names_and_numbers_of_persons_are_refused_and_not_repeated(heading, value, words):
    with pytest.raises(Refused, match=words) as refused:
        checked(book([*HEADER, heading], ["测试院", "昆山市", 1, value]))
    assert "某" not in str(refused.value) and "138" not in str(refused.value)


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("联系电话", "0512-57550000"),
        ("备注", "110105194912310021"),
        ("备注", "统一社会信用代码52320583MJ50000000"),
        ("备注", "20240930-20241031"),
        ("填报处室", "养老服务处"),
        ("数值", 13800000000),
        ("备注", "由院长负责"),
    ],
)
def test_what_only_looks_like_it_is_taken(heading, value):
    assert len(checked(book([*HEADER, heading], ["测试院", "昆山市", 1, value])).lines) == 1


def test_a_correction_cannot_bring_them_in():
    with pytest.raises(Refused, match="手机号"):
        checked(
            book([*HEADER, "备注"], ["测试院", "昆山市", 1, "x"]),
            fixes={(2, "note"): "13800000000"},
        )
    found = checked(
        book([*HEADER, "备注"], ["测试院", "昆山市", 1, "x"]),
        decided=[Decision("note", "x", TAKE, "院长：李某某")],
    )
    assert "姓名" in found.errors[0].reason


# Words of operation


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("公建公营", "公建公营"),
        ("公办公营", "公建公营"),
        ("公办民营", "公建民营"),
        ("民办", "民建民营"),
        ("私营", "民建民营"),
        ("社会办", "民建民营"),
        ("公助民办", "民建民营"),
    ],
)
def test_an_exact_synonym_is_taken_and_the_written_word_stays(written, stored):
    found = checked(book([*HEADER, "性质"], ["测试院", "昆山市", 1, written]))
    assert (found.errors, cells(found, "ownership")) == ([], [(stored,)])
    assert found.lines[0].kept.get("ownership", stored) == written


@pytest.mark.parametrize(
    "written", ["民营", "公办", "公办（建）", "公办(建)", "国企", "社会团体", "混合所有制"]
)
def test_a_word_that_does_not_say_who_built_is_asked(written):
    (error,) = checked(book([*HEADER, "性质"], ["测试院", "昆山市", 1, written])).errors
    assert (error.options, error.certain) == (("公建公营", "公建民营", "民建民营", "其他"), False)
    found = checked(
        book([*HEADER, "性质"], ["测试院", "昆山市", 1, written]),
        decided=[Decision("ownership", written, TAKE, "其他")],
    )
    assert (cells(found, "ownership"), found.lines[0].kept) == ([("其他",)], {"ownership": written})


# A whole list


def test_a_list_as_offices_publish_them_needs_at_most_ten_answers():
    """The expected table comes from the generator; every home in the delta is there with all its values."""
    listed = office_list.made()
    assert listed.rows >= 400 and len(listed.expected) * 2 == listed.rows
    asked = questions.of(checked(listed.data), CONTEXT)
    assert len(asked) <= 10
    chosen = {OUTSIDE: LEAVE, ADDRESS: TAKE}
    answers = [
        next(
            a.decision
            for a in q.answers
            if a.decision.action == chosen.get(q.written, TAKE)
            and (q.written in chosen or a.decision.value == listed.answers[q.written])
        )
        for q in asked
    ]
    found = checked(listed.data, decided=answers)
    assert (found.errors, len(found.left)) == ([], listed.rows - len(listed.expected))
    stored = {line.cells["name"]: line for line in found.lines}
    assert stored.keys() == listed.expected.keys()
    for name, wanted in listed.expected.items():
        line = stored[name]
        assert {n: line.cells.get(n, "") for n in wanted if n != "written"} == {
            n: v for n, v in wanted.items() if n != "written"
        }, name
        assert line.kept.get("ownership", line.cells["ownership"]) == wanted["written"]
    assert next(q for q in asked if q.written == "民营").lines == next(
        q.lines for q in asked if q.field == "ownership"
    ), "most frequent first"
