"""More of every kind of stumbling block: read as it is shown, asked once, or refused with its line, and never taken in silence.

What the check lets pass here is handed in too: acceptance takes it and nothing else.
"""

import io
import re
from datetime import datetime

import openpyxl
import pytest
from filing import accepted, csv_of, errors, evaluated, open_desk
from test_intake_acceptance import book as homes_book
from test_intake_lists import CONTEXT, HEADER, book, cells, checked, csv

from eldercare.intake import accepting, questions
from eldercare.intake.decisions import ABOVE, COLUMN, GROUPS, LEAVE, SHEETS, TAKE, YEARS, Decision
from eldercare.intake.places import OUTSIDE

PLACED = [*HEADER, "地址"]


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def one(written: str, column: str = "总床位", name: str = "beds_total"):
    header = HEADER if column in HEADER else [*HEADER, column]
    row = ["测试院", "昆山市", written] if column in HEADER else ["测试院", "昆山市", 1, written]
    found = checked(book(header, row))
    (value,) = cells(found, name)[0]
    return value, [(e.options, e.certain) for e in found.errors]


# Numbers among words


@pytest.mark.parametrize(
    ("written", "option"),
    [
        ("二期工程200张", "200"),
        ("康乃馨楼90张", "90"),
        ("九九重阳园99", "99"),
        ("第二福利院120张", "120"),
        ("养护楼二百张", "200"),
        ("百岁园一百二十张", "120"),
        ("200张其中护理床80张", "200"),
        ("200张，其中认知障碍床位40张", "200"),
        ("80（不含日托20）", "80"),
        ("2号院60张", "60"),
    ],
)
def test_a_number_beside_a_part_or_a_name_is_asked_with_the_whole(written, option):
    assert one(written) == ("", [((option,), False)])


@pytest.mark.parametrize(
    "written", ["12-30", "300/280", "120×2", "120张*2", "1千2", "①120", "三百二", "几十张"]
)
def test_of_several_numbers_none_is_offered_as_the_sum(written):
    assert one(written) == ("", [((), False)])


@pytest.mark.parametrize(
    ("written", "value"), [("共计三百张", "300"), ("合计一百二十张", "120"), ("三个楼共80张", "80")]
)
def test_what_is_called_a_sum_is_one_in_numerals_too(written, value):
    assert one(written) == (value, [])


# Words of operation


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("公建 民营", "公建民营"),
        ("民辦", "民建民营"),
        ("公辦民營", "公建民营"),
        ("私營", "民建民营"),
        ("公　办　公　营", "公建公营"),
    ],
)
def test_a_word_of_operation_in_other_characters_is_that_word(written, stored):
    assert one(written, "性质", "ownership") == (stored, [])


@pytest.mark.parametrize(
    "written",
    [
        "公有民营",
        "国有",
        "民建公助",
        "集体",
        "民非",
        "公建",
        "PPP",
        "公建民营（社会化）",
        "委托运营",
    ],
)
def test_other_words_of_operation_are_asked(written):
    value, asked = one(written, "性质", "ownership")
    assert (value, len(asked)) == ("", 1)
    assert asked[0] == (("公建公营", "公建民营", "民建民营", "其他"), False)


# Places


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("无锡经济开发区", ("无锡市",)),
        ("绍兴滨海新区", ("绍兴市",)),
        ("南京江北新区", ("南京市",)),
        ("宁波大榭开发区", ("宁波市",)),
        ("上海自贸区临港新片区", ("上海市",)),
        ("临港新片区", ()),
        ("江北新区", ()),
        ("金义新区", ()),
    ],
)
def test_other_zones_are_asked_with_the_city_in_their_name_at_most(name, options):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert (error.options, error.certain) == (options, False)
    assert "开发区或新区" in error.reason


@pytest.mark.parametrize("name", ["新华区", "和平区", "铁西区", "市中区", "长安区", "白云区"])
def test_other_homonyms_outside_are_said_to_lie_there(name):
    (error,) = checked(book(HEADER, ["测试院", name, 1])).errors
    assert (error.topic, error.certain) == (OUTSIDE, False)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("通州区", "北京市通州区某路1号"),
        ("西湖区", "江西省南昌市西湖区某路"),
        ("江北区", "重庆市江北区某路"),
        ("昆山市", "广东省广州市某路"),
    ],
)
def test_a_place_of_the_delta_with_an_address_outside_is_asked(name, address):
    """通州区 of Beijing had been stored as that of Nantong."""
    (error,) = checked(book(PLACED, ["测试院", name, 1, address])).errors
    assert error.topic == OUTSIDE and re.search("地址.*在长三角以外", error.reason)
    left = checked(
        book(PLACED, ["测试院", name, 1, address]), decided=[Decision("place_code", OUTSIDE, LEAVE)]
    )
    assert (left.lines, left.errors, len(left.left)) == ([], [], 1)


@pytest.mark.parametrize(
    "address", ["广州路1号", "中山路2号", "朝阳路3号", "长安街4号", "北京西路5号"]
)
def test_a_street_called_after_a_place_elsewhere_lies_here(address):
    found = checked(book(PLACED, ["测试院", "昆山市", 1, address]))
    assert (found.errors, cells(found, "place_code")) == ([], [("320583",)])
    (asked,) = checked(book(PLACED, ["测试院", None, 1, address])).errors
    assert asked.topic != OUTSIDE


# How tables lie


@pytest.mark.parametrize("sign", ["〃", "同上", "同前", "″"])
def test_a_ditto_mark_is_the_place_above_after_one_question(sign):
    data = book(["区县", "机构名称", "床位"], ["昆山市", "测试甲院", 1], [sign, "测试乙院", 2])
    assert [(e.line, e.topic, e.options) for e in checked(data).errors] == [(3, ABOVE, ("昆山市",))]
    found = checked(data, decided=[Decision("place_code", ABOVE, TAKE)])
    assert (cells(found, "place_code"), found.errors) == ([("320583",), ("320583",)], [])


@pytest.mark.parametrize(
    "rows",
    [
        (["（一）昆山市"], ["测试甲院", 1], ["（二）太仓市"], ["测试乙院", 2]),
        (["昆山市（共1家，1张）"], ["测试甲院", 1], ["太仓市："], ["测试乙院", 2]),
        (["1.昆山市"], ["测试甲院", 1], ["2.太仓市"], ["测试乙院", 2]),
    ],
)
def test_other_rows_that_head_a_group(rows):
    found = checked(book(["名称", "床位"], *rows), decided=[Decision("", GROUPS, TAKE)])
    assert (cells(found, "name", "place_code"), found.errors) == (
        [("测试甲院", "320583"), ("测试乙院", "320585")],
        [],
    )


@pytest.mark.parametrize(
    "beneath", [[None, None, "张", "人"], ["甲", "乙", 1, 2], [1, 2, 3, 4], ["-", "-", "张", "人"]]
)
def test_a_line_of_units_or_numbers_beneath_the_headings_is_no_home(beneath):
    data = book(["名称", "区县", "床位", "入住人数"], beneath, ["测试甲院", "昆山市", 100, 20])
    found = checked(data)
    assert (cells(found, "name", "beds_total"), found.errors) == ([("测试甲院", "100")], [])
    assert [f.line for f in found.findings] == [2], "it is said that the line was left out"


def sheets(*names: str) -> bytes:
    data = book(["名称", "床位"], more=[(n, ["名称", "床位"], [f"测试{n}院", 2]) for n in names])
    made = openpyxl.load_workbook(io.BytesIO(data))
    del made["数据"]
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (("1.昆山市", "2.太仓市"), ["320583", "320585"]),
        (("昆山", "太仓"), ["320583", "320585"]),
        (("昆山市（12家）", "太仓市名单"), ["320583", "320585"]),
    ],
)
def test_other_names_of_sheets_are_places(names, places):
    assert checked(sheets(*names)).waits
    found = checked(sheets(*names), decided=[Decision("", SHEETS, TAKE)])
    assert ([code for (code,) in cells(found, "place_code")], found.errors) == (places, [])


@pytest.mark.parametrize("other", ["汇总", "高新区", "朝阳区"])
def test_a_sheet_among_them_that_is_no_place_is_asked_and_not_refused(other):
    found = checked(sheets("昆山市", other), decided=[Decision("", SHEETS, TAKE)])
    assert [(e.value, e.certain) for e in found.errors] == [(other, False)]
    assert cells(found, "place_code") == [("320583",), ("",)]


@pytest.mark.parametrize(
    ("heading", "day", "precision"),
    [
        ("2021", "2021-12-31", "year"),
        (2021, "2021-12-31", "year"),
        ("２０２１年", "2021-12-31", "year"),
        ("2021年度", "2021-12-31", "year"),
        ("截至2021年底", "2021-12-31", "year_end"),
        ("2021年6月", "2021-06-30", "month"),
        ("2021年6月底", "2021-06-30", "month"),
        ("2021/6", "2021-06-30", "month"),
    ],
)
def test_other_headings_are_years_and_months(heading, day, precision):
    data = book(["地区", "指标", heading, "2022年"], ["苏州市", "pop_60plus", "180万", 190])
    assert YEARS in [e.topic for e in checked(data, table="observations").errors]
    found = checked(data, table="observations", decided=[Decision("", YEARS, TAKE)])
    assert cells(found, "value", "date", "date_precision")[0] == ("1800000", day, precision)


@pytest.mark.parametrize(
    ("code", "shown", "precision"),
    [
        ("yyyy/m", "2021-10-31", "month"),
        ("m/yy", "2021-10-31", "month"),
        ('e"年"m"月"', "2021-10-31", "month"),
        ('[DBNum1][$-804]yyyy"年"m"月"', "2021-10-31", "month"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "2021-10-01", "day"),
        ('yyyy"年度"', "2021-12-31", "year"),
        ("yyyy\\年m\\月", "2021-10-31", "month"),
        ("mmmm yyyy", "2021-10-31", "month"),
    ],
)
def test_other_formats_of_a_month(code, shown, precision):
    data = book(
        [*HEADER, "数据日期"],
        ["测试院", "昆山市", 1, datetime(2021, 10, 1)],
        formats=[("D2", code)],
    )
    assert cells(checked(data), "date", "date_precision") == [(shown, precision)]


# Nothing shifts


def test_text_marks_of_a_spreadsheet_are_no_part_of_the_text():
    found = csv(
        '机构名称,所在地区,总床位\n\'测试甲院,\'昆山市,\'0120\n"=""测试""""乙""""院""",昆山市,="80"\n'
    )
    assert cells(found, "name", "place_code", "beds_total") == [
        ("测试甲院", "320583", "120"),
        ('测试"乙"院', "320583", "80"),
    ]
    assert found.errors == []


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?"])
def test_a_look_up_that_found_nothing_is_empty_in_a_text_file_too(error):
    found = csv(f"机构名称,所在地区,总床位,备注\n测试甲院,昆山市,{error},{error}\n")
    assert (found.errors, cells(found, "beds_total", "note")) == ([], [("", "")])
    assert {f.options for f in found.findings} == {()}
    (lacking,) = csv(f"机构名称,所在地区,总床位\n{error},昆山市,10\n").errors
    assert lacking.reason == "不能为空"


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("inside", ["\v", "\u2028", "\x0c", "\n"])
def test_other_breaks_in_a_cell_are_a_space(ending, inside):
    found = csv(
        f'机构名称,所在地区,总床位,备注{ending}测试甲院,昆山市,10,"一楼{inside}二楼"{ending}'
    )
    assert (found.errors, cells(found, "note")) == ([], [("一楼 二楼",)])


def test_sep_and_trailing_signs_do_not_shift():
    head = "机构名称;所在地区;总床位;备注"
    found = csv(f"sep=;\n{head}\n测试甲院;昆山市;120;a,b,c,d\n测试乙院;昆山市;80;;;;\n")
    assert cells(found, "name", "beds_total", "note") == [
        ("测试甲院", "120", "a,b,c,d"),
        ("测试乙院", "80", ""),
    ]


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"]
)
def test_names_in_any_encoding_are_read_as_they_are(encoding):
    name = "测试颐瀛院" if encoding == "gbk" else "测试颐㛃院"
    found = checked(f"机构名称,所在地区,总床位\n{name},昆山市,10\n".encode(encoding), "a.csv")
    assert (found.errors, cells(found, "name")) == ([], [(name,)])


# Names


VARIANTS = [
    "測試甲養老院", "测试甲养老院（有限公司）", "测试甲養⽼院", "上海市松江区测试甲养老院",
    "松江区测试甲养老院", "测试 甲 养老院", "测试·甲养老院", "【测试甲养老院】", "测试甲养老院　",
]  # fmt: skip


@pytest.mark.slow
def test_other_ways_to_write_a_name_make_no_second_home(home):
    """Asked, or known to be the same."""
    accepted(homes_book(("测试甲养老院", "松江区", 10, "", "", "")))
    for name in VARIANTS:
        found = evaluated(homes_book((name, "松江区", 10, "", "", "")))
        made = [c for c in found.acceptable if c.table == "institutions" and c.kind == "new"]
        assert made == [], name


@pytest.mark.slow
def test_a_file_with_all_of_it_is_accepted_as_it_was_checked(home):
    """What needs no question is taken; what the check holds back does not block the rest."""
    data = csv_of(
        ("机构名称", "所在地区", "总床位", "经营性质", "备注"),
        ("'测试甲院", "松江区", "共计三百张", "公辦民營", "#N/A"),
        ("测试乙院", "松江区", "200张其中护理床80张", "民办", ""),
        ("测试丙院", "松江区", "#N/A", "公建 民营", '"=""丙"""'),
    )
    found = evaluated(data, name="a.csv")
    assert [line for line, _reason in errors(found)] == [3]
    accepted(data, name="a.csv")
    stored = {r["name"]: r for r in accepting.current_context().rows("institutions")}
    got = {
        name: (stored[name]["beds_total"], stored[name]["ownership"], stored[name]["note"])
        for name in ("测试甲院", "测试丙院")
    }
    assert got == {"测试甲院": ("300", "公建民营", ""), "测试丙院": ("", "公建民营", "丙")}
    assert "测试乙院" not in stored


# Files, headings and cells of a walk through the whole issue


@pytest.mark.parametrize("sign", [";", "\t", ",", "|", "，", "、"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_separators_in_other_encodings(sign, encoding):
    text = (
        sign.join(["机构名称", "所在地区", "床位"])
        + "\n"
        + sign.join(["测试甲院", "徐汇区", "３０"])
    )
    found = checked(text.encode(encoding), "a.csv")
    assert cells(found, "name", "place_code", "beds_total") == [("测试甲院", "310104", "30")]


def test_signs_inside_cells_cut_nothing_where_a_comma_does():
    text = '机构名称,所在地区,备注\n测试甲院,徐汇区,"一、二、三"\n测试乙院,徐汇区,"四|五、六"\n'
    assert cells(csv(text), "name", "note") == [
        ("测试甲院", "一、二、三"),
        ("测试乙院", "四|五、六"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (["序号", "机构名称", "所在地区", "床位（张）", None, "收费"], [None, None, None, "总数", "空余", "最低"], ["D1:E1"]),
        (["序号", "机构名称", "所在地区", "床位", None, "价格"], [None, None, None, "核定床位", "剩余", "最低"], []),
    ],
)  # fmt: skip
def test_two_lines_of_headings_of_which_the_upper_alone_would_do(first, second, merged):
    found = checked(book(first, second, [1, "测试甲院", "徐汇区", 100, 5, 1800], merged=merged))
    assert cells(found, "beds_total", "beds_available", "price_low") == [("100", "5", "1800")]
    assert found.errors == []


def test_a_heading_that_no_one_knows_is_asked_where_a_needed_column_is_missing():
    """A list headed 院名 had been refused as a whole."""
    data = book(["院名", "区县", "床位", "某列"], ["测试甲院", "徐汇区", 100, "x"])
    asked = questions.of(checked(data), CONTEXT)
    assert ["没有认出名称是哪一列" in q.reason for q in asked] == [True, True]
    assert questions.others(checked(data)) == []
    found = checked(data, decided=[Decision("", f"{COLUMN} A", TAKE, "名称")])
    assert (cells(found, "name", "beds_total"), found.errors) == ([("测试甲院", "100")], [])


def test_a_hidden_column_is_read_and_named():
    made = openpyxl.load_workbook(io.BytesIO(book(HEADER, ["测试甲院", "徐汇区", 100])))
    made.active.column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    made.save(buffer)
    found = checked(buffer.getvalue())
    assert cells(found, "beds_total") == [("100",)]
    assert any("C列在表里是隐藏的" in finding.reason for finding in found.findings)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("1800元起/月", "1800", ""),
        ("每月1800元", "1800", "1800"),
        ("月1800", "1800", "1800"),
        ("3000元/月·人", "3000", "3000"),
        ("1800-3000元/人/月", "1800", "3000"),
        ("1800/月", "1800", "1800"),
    ],
)
def test_other_ways_to_write_a_monthly_fee(written, low, high):
    found = checked(book([*HEADER[:2], "月费"], ["测试甲院", "徐汇区", written]))
    assert (cells(found, "price_low", "price_high"), found.errors) == ([(low, high)], [])


@pytest.mark.parametrize(
    "written", ["1800元/月（含餐）", "1800-3000（不含护理费）", "3000以内", "60元/天"]
)
def test_a_condition_beside_a_fee_is_asked_and_not_dropped(written):
    (error,) = checked(book([*HEADER[:2], "月费"], ["测试甲院", "徐汇区", written])).errors
    assert error.certain is False


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024年度", "2024-12-31"),
        ("2024年6月30日止", "2024-06-30"),
        ("2024-06-30T00:00:00", "2024-06-30"),
    ],
)
def test_other_ways_to_write_a_day(written, day):
    found = checked(book([*HEADER, "数据日期"], ["测试甲院", "徐汇区", 1, written]))
    assert (cells(found, "date"), found.errors) == ([(day,)], [])
