"""Names that several places bear: asked once for all equal rows, unless address, city, name of the sheet or of the file decide.

Which names these are comes from the tables of places, not from a list by hand.
"""

import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import DATASETS
from test_intake_lists import CONTEXT, HEADER, book, cells, checked

from eldercare.intake import questions
from eldercare.intake.decisions import ADDRESS, GROUPS, LEAVE, SHEETS, TAKE, Decision
from eldercare.intake.places import OUTSIDE

PLACED = [*HEADER, "地址"]


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(DATASETS) / f"{name}.csv", dtype=str, keep_default_na=False)


def homonyms() -> list[tuple[str, dict[str, tuple[str, str]], dict[str, str]]]:
    """Names of places of the delta that others bear too: (name, its bearers here by code, those elsewhere with their city)."""
    places = table("places").set_index("place_code")
    own = places[
        (places["in_delta"] == "true")
        & (places["valid_to_year"] == "")
        & places["level"].isin(["province", "city", "district", "county", "zone"])
    ]
    elsewhere = table("places_elsewhere")
    found = []
    for name in sorted({*own["name"], *own["short_name"]}):
        here = own[(own["name"] == name) | (own["short_name"] == name)]
        # A name without its ending is borne by each that has any ending behind it.
        endings = "" if name in set(own["name"]) else "(自治县|市|区|县)"
        bears = elsewhere["name"].str.fullmatch(re.escape(name) + endings)
        there = elsewhere[bears | (elsewhere["short_name"] == name)]
        if len(here) + len(there) > 1:
            above = here["parent_code"].map(places["name"])
            bearers = {code: (above[code], here.at[code, "name"]) for code in here.index}
            cities = there["city"].where(there["city"] != "", there["province"])
            found.append((name, bearers, dict(zip(cities + there["name"], cities, strict=True))))
    return found


HOMONYMS = homonyms()
EACH = pytest.mark.parametrize(("name", "here", "there"), HOMONYMS, ids=[h[0] for h in HOMONYMS])


def test_the_names_are_found():
    names = {name for name, _here, _there in HOMONYMS}
    assert {"通州区", "西湖区", "鼓楼区", "宝山", "长宁", "淮安", "黄山", "普陀区"} <= names
    assert not {"江宁区", "徐汇区", "昆山市", "通州市"} & names


@EACH
def test_a_bare_name_is_one_question_for_all_its_rows(name, here, there):
    data = book(HEADER, *([f"测试{i}院", name, i] for i in range(1, 4)))
    (asked,) = questions.of(checked(data), CONTEXT)
    assert (len(asked.lines), asked.certain) == (3, False)
    assert all(word in asked.reason for word in there), asked.reason
    offered = [a.decision.value for a in asked.answers if a.decision.action == TAKE]
    taken = [
        checked(data, decided=[Decision("place_code", asked.written, TAKE, value)])
        for value in offered
    ]
    assert [found.errors for found in taken] == [[]] * len(here)
    assert {code for found in taken for (code,) in cells(found, "place_code")} == set(here)
    left = checked(data, decided=[Decision("place_code", asked.written, LEAVE)])
    assert (left.lines, len(left.left)) == ([], 3)


@EACH
def test_what_stands_beside_the_name_decides_first(name, here, there):
    levels = table("places").set_index("place_code")["level"]
    for code, (city, full) in here.items():
        if "city" in set(levels[list(here)]):
            continue  # 黄山 in 黄山市 may be the city or the district: asked.
        row = ["测试院", name, 1]
        for what, data, file in (
            ("address", book(PLACED, [*row, f"{city}{full}测试路1号"]), "名单.xlsx"),
            ("column", book(["市", "区县", *HEADER[::2]], [city, name, *row[::2]]), "名单.xlsx"),
            ("file", book(HEADER, row), f"2024年{city}养老机构名单.xlsx"),
            ("sheet", book(HEADER, row, title=city), "名单.xlsx"),
            ("title", book([f"{city}养老机构一览表"], HEADER, row), "名单.xlsx"),
        ):
            found = checked(data, name=file)
            assert (cells(found, "place_code"), found.errors) == ([(code,)], []), (code, what)


@EACH
def test_a_file_of_a_place_elsewhere_decides_too(name, here, there):
    for full, city in there.items():
        (error,) = checked(book(HEADER, ["测试院", name, 1]), name=f"{city}名单.xlsx").errors
        assert error.topic == OUTSIDE, full


@pytest.mark.parametrize("name", [name for name, _here, _there in HOMONYMS])
def test_an_address_that_only_repeats_the_name_decides_nothing(name):
    (error,) = checked(book(PLACED, ["测试院", name, 1, f"{name}测试路1号"])).errors
    assert error.value == name and error.topic != OUTSIDE


@pytest.mark.parametrize("address", ["南京路5号", "北京西路5号", "徐州街1号", "福州路2号"])
def test_a_street_called_after_a_city_decides_nothing(address):
    for name in ("鼓楼区", "通州区"):
        (error,) = checked(book(PLACED, ["测试院", name, 1, address])).errors
        assert error.value == name and error.topic == ""


def test_without_a_column_of_places_the_name_in_the_address_is_asked_for_all_its_rows():
    data = book(
        ["名称", "地址", "床位"],
        *([f"测试{i}院", f"通州区测试路{i}号", i] for i in range(1, 4)),
        ["测试丁院", "昆山市测试路4号", 4],
    )
    asked, _by_address = questions.of(checked(data), CONTEXT)
    assert (len(asked.lines), asked.title) == (3, "所在地区 “通州区”（3行）")
    (here,) = (a.decision for a in asked.answers if a.decision.action == TAKE)
    found = checked(data, decided=[here, Decision("place_code", ADDRESS, TAKE)])
    assert (cells(found, "place_code"), found.errors) == (
        [("320612",)] * 3 + [("320583",)],
        [],
    )


@pytest.mark.parametrize("name", [name for name, _here, _there in HOMONYMS])
def test_a_sheet_or_a_group_called_so_is_asked_too(name):
    group = book(["名称", "床位"], [name], ["测试甲院", 1], ["昆山市"], ["测试乙院", 2])
    found = checked(group, decided=[Decision("", GROUPS, TAKE)])
    assert [e.value for e in found.errors] == [name]
    sheets = book(
        ["名称", "床位"],
        ["测试甲院", 1],
        title=name,
        more=[("昆山市", ["名称", "床位"], ["乙院", 2])],
    )
    found = checked(sheets, decided=[Decision("", SHEETS, TAKE)])
    assert [e.value for e in found.errors] == [name]


def test_a_stored_home_named_by_its_number_keeps_its_place():
    """What our own file says of a home leads back to it."""
    row = next(r for r in CONTEXT.rows("institutions") if r["place_code"] == "310113")
    header = ["机构编号", "机构名称", "所在地区", "总床位"]
    for name in ("宝山区", "宝山", CONTEXT.gazetteer.written("310113")):
        found = checked(book(header, [row["institution_id"], row["name"], name, 1]))
        assert (cells(found, "place_code"), found.errors) == ([("310113",)], [])


def test_of_the_parties_of_an_agreement_one_name_is_asked_and_none_is_lost():
    header = ["协议名称", "签署日期", "参与方", "状态"]
    found = checked(
        book(header, ["测试协议", "2024-01-01", "松江区；鼓楼区；企业：某公司", "有效"]),
        table="agreements",
    )
    options = next(e.options for e in found.errors if "鼓楼区" in e.reason)
    assert options == (
        "松江区；鼓楼区（南京）；企业：某公司",
        "松江区；鼓楼区（徐州）；企业：某公司",
    )
