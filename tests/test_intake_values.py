"""Numbers, places and dates as people write them: the right value, or a doubt; never a wrong value in silence."""

import calendar
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from eldercare import releases
from eldercare.data import catalogue
from eldercare.intake import forms
from eldercare.intake.amounts import SCALES, amount, price_range
from eldercare.intake.choices import Choices
from eldercare.intake.context import Context
from eldercare.intake.dates import day
from eldercare.intake.places import Gazetteer
from eldercare.intake.understood import Doubt, Understood, read_once

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
PLACES = releases.rows(releases.DATASETS, "places")
GAZETTEER = Gazetteer(PLACES)
COLUMN_UNITS = sorted(
    {row["unit"] for row in releases.rows(releases.DATASETS, "indicators")} | {"元/月"}
)


def understood(read, raw, *args, **kwargs):
    """What was read, or None for a doubt."""
    try:
        return read(raw, *args, **kwargs)
    except Doubt:
        return None


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("300张", "张", "300"),
        (" 300 张床位", "张", "300"),
        ("３００", "张", "300"),
        ("3,600元/月", "元/月", "3600"),
        ("¥3600", "元/月", "3600"),
        ("1.2万", "张", "12000"),
        ("4676.89万人", "人", "46768900"),
        ("1.5亿", "人", "150000000"),
        ("价格面议", "元/月", ""),
        ("面议", "元/月", ""),
        ("/", "张", ""),
        ("0", "张", "0"),
        (300.0, "张", "300"),
        (30.000000000000004, "%", "30"),
        ("23.4%", "%", "23.4"),
    ],
)
def test_amounts_people_write(raw, unit, value):
    assert amount(raw, unit).value == value


@pytest.mark.parametrize(
    "raw",
    [
        "约300",
        "300余张",
        "近5千",
        "300左右",
        "5²",
        "①",
        "½",
        "٣",
        "1,23",
        "12,34",
        "1,2345",
        "3 00",
        "300-400",
        "-5",
        "(5)",
        "1e3",
        "0x10",
        "三百",
        "无",
        "300人",
        "3000元/年",
        "面议",
        "1.2.3",
        "万",
        "=1+1",
        True,
        date(2024, 3, 5),
        "12345678901234567",
        float("nan"),
        "3.5",
    ],
)
def test_doubtful_amounts_are_errors(raw):
    with pytest.raises(Doubt):
        amount(raw, "张", whole=True)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["", "张", "张床位", " 张"]),
    st.booleans(),
    st.booleans(),
)
def test_an_amount_comes_back_as_it_was(number, unit, grouped, full_width):
    text = f"{number:,}" if grouped else str(number)
    text = text.translate(FULL_WIDTH) if full_width else text
    assert amount(text + unit, "张", whole=True).value == str(number)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("4.5亿", "亿元", "4.5"),
        ("4.5亿元", "亿元", "4.5"),
        ("4.5", "亿元", "4.5"),
        ("45000万元", "亿元", "4.5"),
        ("500万元", "万元", "500"),
        ("500万", "万元", "500"),
        ("0.05亿", "万元", "500"),
        ("500万元/年", "万元/年", "500"),
        ("3所（个）", "所（个）", "3"),
        ("3个", "所（个）", "3"),
    ],
)
def test_a_written_ten_thousand_counts_against_the_unit_of_the_column(raw, unit, value):
    assert amount(raw, unit).value == value


@given(
    st.sampled_from(COLUMN_UNITS),
    st.decimals(0, 9999, places=2),
    st.sampled_from(["", "万", "亿"]),
    st.booleans(),
)
def test_an_amount_in_any_unit_is_what_was_written_or_a_doubt(unit, number, scale, with_unit):
    """Compared in the smallest unit: 4.5亿元 is 450,000,000元 whatever the column counts in."""
    own, base = (unit[0], unit[1:]) if unit[0] in "万亿" else ("", unit)
    found = understood(amount, f"{number}{scale}{base if with_unit else ''}", unit)
    if not scale and not with_unit:
        assert Decimal(found.value) == number, "a bare number is in the unit of the column"
    elif found is not None:
        assert Decimal(found.value) * SCALES[own] == number * SCALES[scale]
    elif not own and unit != "%":
        assert len(f"{number * SCALES[scale]}") > 10, (
            "only a unit that is not the column's own, or too many digits, is in doubt"
        )


@pytest.mark.parametrize(
    ("raw", "unit", "proposal"),
    [
        ("450000000元", "亿元", "4.5"),
        ("3千", "元/月", "3000"),
        ("3千元", "元/月", "3000"),
        ("3千万", "万元", "3000"),
        ("1.2w", "张", "12000"),
        ("3600元/人", "元/月", "3600"),
        ("3000元/年", "元/月", ""),
        ("500万元", "万元/年", "500"),
        ("3.000", "张", "3 或 3000"),
        ("3.000张", "张", "3 或 3000"),
        ("三百", "张", "300"),
    ],
)
def test_doubtful_amounts_have_a_proposal(raw, unit, proposal):
    with pytest.raises(Doubt) as doubt:
        amount(raw, unit)
    assert doubt.value.proposal == proposal


@given(st.decimals(0, 10**5, places=4))
def test_ten_thousands_are_exact(number):
    assert Decimal(amount(f"{number}万", "人").value) == number * 10_000


@given(st.floats(0, 1e12, allow_nan=False))
def test_a_number_from_a_spreadsheet_is_what_the_spreadsheet_shows(number):
    found = understood(amount, number)
    assume(found is not None)
    assert float(found.value) == float(f"{number:.15g}")


@given(st.text(max_size=12))
@example("1,000,00")
@example("１２³")
@example("1\u066b5")
def test_any_text_gives_the_digits_that_stand_in_it_or_a_doubt(text):
    found = understood(amount, text, "张", whole=True)
    if found is None or found.value == "":
        return
    digits = "".join(
        c
        for c in text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        if c.isdecimal() or c.isdigit()
    )
    assert digits.isascii()
    assert found.value.rstrip("0") == str(int(digits)).rstrip("0")


@given(
    st.integers(0, 20_000),
    st.integers(0, 20_000),
    st.sampled_from(["-", "~", "—", "至"]),
    st.sampled_from(["", "元", "元/月"]),
)
def test_a_price_range_keeps_both_ends(low, high, sign, unit):
    found = understood(price_range, f"{low}{sign}{high}{unit}")
    if low > high:
        assert found is None
    else:
        assert [part.value for part in found] == [str(low), str(high)]


@pytest.mark.parametrize(
    ("raw", "proposal"),
    [
        ("3千-5千", "3000-5000"),
        ("约3000-5000元", "3000-5000"),
        ("3千起", "3000起"),
        ("3.000-5.000", ""),
        ("3000-5000元/年", ""),
    ],
)
def test_a_proposal_for_a_price_range_keeps_both_ends(raw, proposal):
    with pytest.raises(Doubt) as doubt:
        price_range(raw)
    assert doubt.value.proposal == proposal


@pytest.mark.parametrize("raw", ["0.3-0.5万", "3000-0.5万", "5000-3000", "3000元/年", "约3000"])
def test_doubtful_prices_are_errors(raw):
    with pytest.raises(Doubt):
        price_range(raw)


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        [
            "{0.year}-{0.month}-{0.day}",
            "{0.year}/{0.month:02d}/{0.day:02d}",
            "{0.year}年{0.month}月{0.day}日",
        ]
    ),
)
def test_a_day_comes_back_as_it_was(when, pattern):
    found = day(pattern.format(when))
    assert (found.value, found.precision) == (when.isoformat(), "day")


@given(DAYS)
def test_a_day_that_a_spreadsheet_made_of_it_is_the_same(when):
    serial = (when - date(1899, 12, 30)).days
    for raw in (
        datetime.combine(when, datetime.min.time()),
        serial,
        float(serial),
        f"{when:%Y%m%d}",
    ):
        assert day(raw).value == when.isoformat()


@given(
    DAYS,
    st.sampled_from(
        [
            "{0.year}年{0.month}月",
            "{0.year}-{0.month:02d}",
            "{0.year}.{0.month:02d}",
            "{0.year}/{0.month}",
        ]
    ),
)
def test_a_month_is_its_last_day(when, pattern):
    found = day(pattern.format(when))
    last = calendar.monthrange(when.year, when.month)[1]
    assert (found.value, found.precision) == (f"{when.year}-{when.month:02d}-{last:02d}", "month")


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("2024.9", "2024-09-30", "month"),
        (2024.9, "2024-09-30", "month"),
        ("2024.10", "2024-10-31", "month"),
        ("2024年底", "2024-12-31", "year_end"),
        ("2024年末", "2024-12-31", "year_end"),
        ("截至2024年9月30日", "2024-09-30", "by_date"),
        ("截至2024年底", "2024-12-31", "year_end"),
        (2024, "2024-12-31", "year"),
        ("2024", "2024-12-31", "year"),
        ("2024年9月30号", "2024-09-30", "day"),
        ("", "", "undated"),
    ],
)
def test_dates_people_write(raw, value, precision):
    found = day(raw)
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize(
    ("raw", "proposal"),
    [
        # 2024.10 typed into a spreadsheet becomes the number 2024.1.
        (2024.1, "2024年1月 或 2024年10月"),
        ("2024.1", "2024年1月 或 2024年10月"),
        ("2024-09-31", "2024-09-30"),
        ("03/04/2024", "2024-03-04 或 2024-04-03"),
        ("24.9.30", "2024.9.30"),
        ("202409", "2024-09"),
        (202409, "2024-09"),
        (202413, ""),
        ("2024年三季度", "截至2024年9月30日"),
        ("2024年第3季度", "截至2024年9月30日"),
        ("2024年上半年", "截至2024年6月30日"),
        ("2024年下半年", "截至2024年12月31日"),
        ("20249", ""),
        (20249, ""),
        ("9月30日", ""),
        ("2024年1-9月", ""),
        (12, ""),
        (45566.5, ""),
        (True, ""),
    ],
)
def test_doubtful_dates_are_errors_with_a_proposal(raw, proposal):
    with pytest.raises(Doubt) as doubt:
        day(raw)
    assert doubt.value.proposal == proposal


@given(st.text("0123456789./-年月日 ", max_size=12))
def test_any_date_text_keeps_its_year_or_is_a_doubt(text):
    found = understood(day, text)
    if found is None or not found.value:
        return
    serial = text.strip().isdigit() and len(text.strip()) == 5
    if serial:
        assert found.note and date.fromisoformat(found.value) == date(1899, 12, 30) + timedelta(
            days=int(text)
        )
    else:
        assert found.value[:4] in text


def test_a_label_and_a_code_are_their_place():
    """Each of them, in a year in which most were there: a place that began later, or is gone, may be in doubt, never another.

    Of districts and counties outside the delta the table holds few, so their bare names are in doubt too.
    """
    for row, column in product(PLACES, ["label", "place_code"]):
        found = understood(GAZETTEER.code, row[column], 2000)
        assert found in (row["place_code"], None)
        if column == "label" and row["in_delta"] == "false" and row["level"] == "county":
            assert found is None
        elif not row["valid_to_year"] and int(row["valid_from_year"] or 0) <= 2000:
            assert found == row["place_code"]


@given(
    st.sampled_from(
        [
            row
            for row in PLACES
            if row["in_delta"] == "true" and row["level"] in ("district", "county")
        ]
    ),
    st.data(),
)
def test_any_way_to_write_a_place_is_that_place_or_a_doubt(row, data):
    above = GAZETTEER.by_code[row["parent_code"]]
    top = GAZETTEER.by_code[above["parent_code"]] if above["level"] == "city" else above
    prefix = "" if top is above else top["name"]
    own = data.draw(st.sampled_from([row["name"], row["short_name"]]))
    before = data.draw(
        st.sampled_from(
            [
                "",
                above["name"],
                above["short_name"],
                prefix + above["name"],
                top["short_name"] + " ",
            ]
        )
    )
    found = understood(GAZETTEER.code, before + own)
    same = [
        p
        for p in PLACES
        if own in (p["name"], p["short_name"], *p["aliases"].split(";"))
        and p["place_code"] != row["place_code"]
    ]
    if found is None:
        assert same or row["valid_to_year"]
    elif found != row["place_code"]:
        assert found in {p["place_code"] for p in same} and row["valid_to_year"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("南京", "320100"),
        ("江苏省南京市", "320100"),
        ("江苏南京", "320100"),
        ("上海松江", "310117"),
        ("松江", "310117"),
        ("北京市朝阳区", "110105"),
        ("北京朝阳区", "110105"),
        ("广州市", "440100"),
        ("云南屏边", "532523"),
        (320583.0, "320583"),
    ],
)
def test_places_people_write(text, code):
    assert GAZETTEER.code(text) == code


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("普陀区", "普陀区（上海） 或 普陀区（舟山）"),
        ("鼓楼", "鼓楼区（南京） 或 鼓楼区（徐州）"),
        ("下城区", "拱墅区"),
        ("999999", ""),
        ("朝阳区", "北京市朝阳区"),
        ("红河县", "红河哈尼族彝族自治州红河县"),
        ("市辖区", ""),
        ("市本级", ""),
    ],
)
def test_doubtful_places_are_errors_with_a_proposal(text, proposal):
    with pytest.raises(Doubt) as doubt:
        GAZETTEER.code(text)
    assert doubt.value.proposal == proposal


@pytest.mark.parametrize(
    "text",
    ["松江县", "昆山区", "江阴区", "苏洲", "长宁县", "朝阳", "朝阳区", "屏边县", "沪", "某地"],
)
def test_a_wrong_suffix_or_a_bare_name_from_elsewhere_is_an_error(text):
    with pytest.raises(Doubt):
        GAZETTEER.code(text)


def test_a_place_that_is_gone_counts_for_its_own_time():
    assert GAZETTEER.code("下城区", 2020) == "330103"


@pytest.mark.parametrize(
    "word,stored",
    [("推进有困难", "stuck"), ("受阻", "stuck"), ("反馈办结", "done"), ("自报办结", "done")],
)
def test_words_of_older_templates_are_still_read(word, stored):
    form = forms.form(catalogue.read_package().table("task_reports"))
    assert (
        Choices(Context(releases.DATASETS)).stored(word, form.column("self_status")).value == stored
    )
    assert (
        "自报状态" in form.column("self_status").aliases
        and "受阻" not in form.column("self_status").choices
    )


def test_a_value_is_read_once_and_a_doubt_is_raised_each_time():
    seen = []

    def reading(value):
        seen.append(value)
        if value == "约9":
            raise Doubt("不是确数", "9", certain=True, topic="#t")
        return Understood(str(value))

    read = read_once(reading)
    assert [read("8").value, read("8").value] == ["8", "8"]
    # Equal to Python, but not the same words.
    assert [read(1).value, read(True).value, read(1.0).value] == ["1", "True", "1.0"]
    doubts = []
    for _turn in range(2):
        with pytest.raises(Doubt) as raised:
            read("约9")
        doubts.append(raised.value)
    assert seen == ["8", 1, True, 1.0, "约9"]
    assert doubts[0] is not doubts[1]
    assert {(d.reason, d.options, d.certain, d.topic) for d in doubts} == {
        ("不是确数", ("9",), True, "#t")
    }
