"""The finder: nothing drops out silently, real and fictitious rows never meet, distances and settlement are right."""

import csv
import io
import json
import math
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pandas as pd
import pytest
from asking import AS_OF, FACETS, add, opened
from opening import visit

from eldercare import files, maps, store, tables
from eldercare.data.pinyin import spelled
from eldercare.exhibits import Facts
from eldercare.exhibits import institutions as exhibits
from eldercare.exhibits.institutions import words as findings
from eldercare.exhibits.institutions.side_by_side import side_by_side
from eldercare.exhibits.shapes import Homes
from eldercare.faces import screen, sheets
from eldercare.faces.screen import point_maps
from eldercare.measures import UNKNOWN
from eldercare.screen import selection
from eldercare.store import Store
from eldercare.text import plain

ROOT = Path(__file__).resolve().parent.parent
MAKER = ROOT / "datasets" / "demo" / "make_institutions.py"
PLAIN_ORDER = {"sort": "place", "first": 0, "count": 50, "from_lon": None, "from_lat": None}

# The list of Shanghai as it stands in the data, read without the code under test.
ALL = pd.read_csv(ROOT / "datasets" / "institutions.csv", dtype={"place_code": str}).set_index(
    "institution_id"
)
LISTED = ALL[ALL["source_id"] == "L01"]


def asked(demo=False, words="", insured=None, as_of=date(2026, 1, 1), **chosen):
    assert chosen.keys() <= set(FACETS)
    return {
        "demo": demo,
        "words": words,
        "insured": insured,
        "as_of": as_of,
        "chosen": {**dict.fromkeys(FACETS), **chosen},
    }


def found(data: Store, order=None, **conditions) -> list[str]:
    return data.ask("institution_rows", **asked(**conditions), **{**PLAIN_ORDER, **(order or {})})[
        "institution_id"
    ].tolist()


# --- conditions, on the miniature: I1 100 beds in 张家港, I2 50 in 嘉善, I3 nothing known in 松江, I4 10 in 苏州 ---


def test_operators_and_places_outside_the_delta_are_not_found(tiny_store):
    assert set(found(tiny_store)) == {"I1", "I2", "I3", "I4"}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"words": "湖滨"}, {"I2"}),
        ({"words": "测试路1号"}, {"I1"}),
        ({"words": "csjphly"}, {"I1"}),
        ({"words": "hubin"}, {"I2"}),
        ({"words": "没有这家"}, set()),
        ({"province": ["320000"]}, {"I1", "I4"}),
        ({"city": ["320500"]}, {"I1", "I4"}),
        ({"county": ["320582"]}, {"I1"}),
        ({"size": ["未载"]}, {"I3"}),
        ({"size": ["50—99张", "100—199张"]}, {"I1", "I2"}),
        ({"type": ["护理院", "未载"]}, {"I1", "I3", "I4"}),
        ({"open": ["有"]}, {"I1", "I4"}),
        ({"open": ["未载"]}, {"I2", "I3"}),
        ({"list": ["入选记录未载"]}, {"I4"}),
        ({"care": []}, set()),
        ({"insured": "310000", "portability": ["可结算"]}, {"I1"}),
        ({"insured": "310000", "portability": ["未知"]}, {"I2", "I4"}),
        ({"insured": "310000", "portability": ["参保地内"]}, {"I3"}),
        ({"county": [""]}, {"I4"}),
        ({"county": ["320582", ""]}, {"I1", "I4"}),
        ({"words": "江畔 张家港"}, {"I1"}),
        ({"words": "苏州"}, {"I1", "I4"}),
        ({"words": "苏州 湖滨"}, set()),
        ({"words": "江苏 hly"}, {"I1"}),
    ],
)
def test_conditions(tiny_store, conditions, expected):
    assert set(found(tiny_store, **conditions)) == expected


def test_each_filter_counts_every_institution_and_the_unknown_apart(tiny_store):
    counted = tiny_store.ask("institution_facets", **asked(insured="310000"))
    one_each = (
        counted[~counted["facet"].isin(["care", "list"])].groupby("facet")["institutions"].sum()
    )
    assert set(one_each.drop("county")) == {4} and len(one_each) == 10
    assert one_each["county"] == 1, (
        "of the places only the unknown is counted: I4 is known to lie in 苏州, no more"
    )
    sizes = counted[counted["facet"] == "size"].set_index("word")["institutions"].to_dict()
    assert sizes == {"50张以下": 1, "50—99张": 1, "100—199张": 1, "未载": 1}


def test_numbers_under_a_filter_heed_the_others_but_not_itself(tiny_store):
    counted = tiny_store.ask("institution_facets", **asked(city=["320500"], size=["未载"]))
    sizes = counted[counted["facet"] == "size"].set_index("word")["institutions"].to_dict()
    assert sizes == {"50张以下": 1, "100—199张": 1}, (
        "what choosing another size would give inside 苏州"
    )
    assert counted[counted["facet"] == "type"].empty, "with both conditions nothing is left"


def test_numbers_under_the_county_filter_are_those_of_choosing_the_unknown(tiny_store):
    counted = tiny_store.ask("institution_facets", **asked(county=["320582"])).set_index("facet")[
        "institutions"
    ]
    assert counted["county"] == len(found(tiny_store, county=[""])) == 1


def test_an_institution_known_only_by_its_province_is_a_choice_of_the_city_filter(tiny, tmp_path):
    add(
        tiny,
        "institutions",
        "I7,,测试不详养老院,,institution,330000,,province,,,,,,,,,,,,,,,,undated,false,,S3,测试摘录,reprint,",
    )
    data = opened(tiny, tmp_path)
    assert set(found(data, city=["330400", ""])) == {"I2", "I7"} and set(
        found(data, county=[""])
    ) == {"I4", "I7"}
    counted = data.ask("institution_facets", **asked(city=["330400"])).set_index("facet")
    assert counted.at["city", "institutions"] == 1


def test_the_choices_of_a_list_are_words_of_that_list(tiny_store):
    words = {
        demo: set(tiny_store.ask("institution_choices", demo=demo)["word"])
        for demo in (False, True)
    }
    assert (
        "演示名单第一批" in words[True] - words[False]
        and "测试首批名单" in words[False] - words[True]
    )


def test_only_a_lower_price_is_a_price_to_begin_with(tiny, tmp_path):
    add(
        tiny,
        "institutions",
        "I7,,测试上限养老院,,institution,330421,,county,,,,,,,,,,,3000,,,,,undated,false,,S3,测试摘录,reprint,",
    )
    assert set(found(opened(tiny, tmp_path), price=["未载"])) == {"I1", "I2", "I3", "I4", "I7"}


def test_every_filter_offers_the_unknown(tiny_store):
    choices = tiny_store.ask("institution_choices", demo=False).groupby("facet")["word"].apply(list)
    for facet, words in choices.items():
        assert words[-1] in ("未载", "未知", "入选记录未载"), facet


def test_no_result_has_no_cards_of_unreported_beds(tiny_store):
    totals = tiny_store.ask("institution_totals", **asked(words="没有这家")).iloc[0]
    assert findings.cards(totals, demo=False) == []


def test_totals_say_how_many_report(tiny_store):
    row = tiny_store.ask("institution_totals", **asked()).iloc[0]
    assert (row["institutions"], row["beds_total"], row["beds_total_reported"]) == (4, 160, 3)
    assert (row["beds_open"], row["beds_open_reported"], row["residents_reported"]) == (50, 2, 0)
    cards = {card["label"]: card for card in findings.cards(row, demo=False)}
    assert cards["总床位"]["value"] == "160"
    # Of the miniature's homes one comes from a list that is still to be checked.
    assert cards["总床位"]["note"] == "3家有数，1家未载；试算，含待核名单，年份与来源不同"
    assert cards["入住、可接收、月费"]["value"] == "未载", "nobody reported: not 0"
    assert "可直接询问机构" in cards["入住、可接收、月费"]["note"]


def test_what_no_home_in_sight_reports_is_said_once_with_whom_to_ask(real_data):
    """Not three cards and three columns that say 未载: one card, one line, on the list and on the page of a home."""
    for script, query in (
        ("institutions/directory.py", {"institutions_county": "徐汇区"}),
        ("institutions/profile.py", {"institution": "SH001"}),
    ):
        page = visit(script, **query)
        cards = [m.value for m in page.markdown if m.value.startswith(":gray[")]
        assert sum("月费" in words for words in cards) == 1, cards
        assert sum(m.value.startswith("## 未载") for m in page.markdown) == 1
        assert any("可直接询问机构" in caption.value for caption in page.caption)
    page = visit("institutions/directory.py", institutions_county="徐汇区")
    headings = list(page.table[0].value.columns)
    assert "总床位（张）" in headings
    assert not {"可接收（张）", "月费（元）", "对外开放（张）"} & set(headings)


def test_sorting_puts_the_unknown_last(tiny_store):
    assert found(tiny_store, {"sort": "beds_total"}) == ["I1", "I2", "I4", "I3"]
    assert found(tiny_store, {"sort": "beds_total", "count": 3}) == ["I1", "I2", "I4"], (
        "also where a page ends"
    )


def test_pages_cut_one_order(tiny_store):
    pages = [found(tiny_store, {"first": first, "count": 2}) for first in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]
    assert [code for page in pages for code in page] == found(tiny_store)


def test_distance_is_that_of_the_sphere(tiny_store):
    """上海 (121.469, 31.205) to I2 at its own position (120.9, 30.8): 70.4 km by the haversine formula."""
    rows = tiny_store.ask(
        "institution_rows",
        **asked(),
        **{**PLAIN_ORDER, "sort": "distance", "from_lon": 121.469, "from_lat": 31.205},
    )
    assert rows["distance_km"].is_monotonic_increasing
    assert rows.set_index("institution_id").at["I2", "distance_km"] == pytest.approx(70.4, abs=0.15)
    assert tiny_store.ask("institution_rows", **asked(), **PLAIN_ORDER)["distance_km"].isna().all()


# --- settlement ---


def test_a_policy_for_all_reaches_everyone_outside_the_insured_place(tiny_store):
    answers = tiny_store.ask("institution_rows", **asked(insured="320500"), **PLAIN_ORDER)
    found_words = answers.set_index("institution_id")["portability_word"].to_dict()
    assert found_words == {"I1": "参保地内", "I4": "参保地内", "I2": "可报销", "I3": "可报销"}


def test_whether_a_city_means_inside_or_outside_its_insured_county_is_unknown(tiny, tmp_path):
    add(
        tiny,
        "portability_policies",
        "PP9,测试张家港办法,320582,rule,all,000000,,reimbursed,测试,,,,,2021-06-30,month,false,,S3,测试摘录,reprint,",
    )
    answers = opened(tiny, tmp_path).ask(
        "institution_rows", **asked(insured="320582"), **PLAIN_ORDER
    )
    words = answers.set_index("institution_id")["portability_word"].to_dict()
    assert words == {"I1": "参保地内", "I4": "未知", "I2": "可报销", "I3": "可报销"}, (
        "I4 is known to lie in 苏州, no more"
    )


def test_inside_the_insured_place_is_the_same_answer_everywhere(real):
    """瑞福 is in Shanghai: its being on the list of the source does not make it usable from elsewhere."""
    about = {"insured": "310000", "as_of": date(2026, 1, 1)}
    assert found(real, **about, portability=["可结算"]) == ["IN014"]
    in_shanghai = sorted(LISTED.index)
    everything = {"count": 1_000}
    assert sorted(found(real, everything, **about, portability=["参保地内"])) == [
        "IN017",
        *in_shanghai,
    ]
    counted = real.ask("institution_facets", **asked(**about))
    counts = counted[counted["facet"] == "portability"].set_index("word")["institutions"].to_dict()
    assert counts == {"可结算": 1, "参保地内": 1 + len(in_shanghai), "未知": 3}
    compared = real.ask("institutions_compared", institutions=["IN017", "IN014"], **about)
    assert compared["portability_word"].tolist() == ["参保地内", "可结算"]
    of_one = real.ask(
        "institution_portability_of", institution="IN017", as_of=date(2026, 1, 1)
    ).set_index("insured")
    assert (
        of_one.at["上海市", "answer"] == "参保地内" and "不属异地" in of_one.at["上海市", "reason"]
    )


def test_the_fictitious_list_cites_no_real_policy(real):
    for code in ("DEMO000001", "DEMO000002", "DEMO000003"):
        rows = real.ask("institution_portability_of", institution=code, as_of=date(2026, 1, 1))
        assert (
            len(rows) == 5
            and set(rows["source_id"]) == {"DEMO"}
            and set(rows["evidence"]) == {"虚构的演示数据"}
        )
        assert rows["policy_id"].isna().all() and set(rows["date"].dt.year) <= {2020, 2021}


def test_a_policy_does_not_reach_back(tiny_store):
    assert (
        set(found(tiny_store, insured="320500", as_of=date(2021, 1, 1), portability=["可报销"]))
        == set()
    )


def test_real_settlement_is_what_the_sources_say(real):
    def words(insured):
        rows = real.ask(
            "institution_rows", **asked(insured=insured), **{**PLAIN_ORDER, "count": 1_000}
        )
        rows = rows[~rows["institution_id"].isin(LISTED.index)]
        return rows.set_index("institution_id")["portability_word"].to_dict()

    shanghai = words("310000")
    assert shanghai == {
        "IN014": "可结算",
        "IN017": "参保地内",
        "IN019": "未知",
        "IN021": "未知",
        "IN022": "未知",
    }
    assert set(words("321282").values()) == {"有补助（是否限定机构未说明）"}, (
        "the source does not say at which institutions"
    )
    for other in ("320100", "330100", "340100"):
        assert set(words(other).values()) == {"未知"}
    statements = real.ask("portability_statements", insured="310000", as_of=date(2026, 1, 1))
    told = " ".join(statements["words"])
    for fact in ("60周岁", "二至六级", "备案", "20元/天", "上海舒孝", "上海亲和源", "吴江", "嘉兴"):
        assert fact in told
    assert statements["evidence"].notna().all() and statements["source_id"].notna().all()


# --- the list of Shanghai ---


def test_the_finder_shows_every_listed_home_and_its_beds_by_registered_district(real):
    total = real.ask("institution_totals", **asked()).iloc[0]
    assert (len(LISTED), total["institutions"]) == (626, 631)
    for district, homes, beds in (
        ("310115", 137, 29_480),
        ("310113", 48, 15_294),
        ("310151", 39, 7_895),
    ):
        own = LISTED[LISTED["place_code"] == district]
        assert (len(own), own["beds_total"].sum()) == (homes, beds)
        row = real.ask("institution_totals", **asked(county=[district], words="养")).iloc[0]
        by_list = (
            real.ask("homes_listed").set_index(["part", "place_code"]).loc[("名单加总", district)]
        )
        assert (by_list["homes"], by_list["beds"]) == (homes, beds)
        assert row["institutions"] <= homes + 1


def test_a_home_whose_address_lies_in_another_district_stands_there_on_the_map(real):
    """SH600 is registered in 长宁 and lies in 闵行: it counts in 长宁 and is drawn at the centre of 闵行."""
    centres = pd.read_csv(ROOT / "datasets" / "places.csv", dtype=str).set_index("place_code")
    drawn = real.ask("institution_map", **asked(words="长宁颐养第四"), points=300, cells=10).iloc[0]
    assert (drawn["lon"], drawn["lat"]) == tuple(
        float(centres.at["310112", axis]) for axis in ("lon", "lat")
    )
    assert drawn["point_precision"] == "county"
    assert "SH600" in found(real, {"count": 1_000}, county=["310105"])
    rows = real.ask("institution_rows", **asked(), **{**PLAIN_ORDER, "count": 1_000}).set_index(
        "institution_id"
    )
    assert (rows.loc[LISTED.index, "point_words"] == "区县中心").sum() == 26


def test_what_the_list_adds_up_to_is_no_published_total(real):
    rows = real.ask("homes_listed")
    whole = rows[rows["short_name"] == "上海合计"].iloc[0]
    assert (whole["homes"], whole["beds"], whole["reported"]) == (
        626,
        LISTED["beds_total"].sum(),
        625,
    )
    published = rows[rows["part"] == "公布数"].set_index("homes")["beds"].to_dict()
    assert published == {729: 163_600, 693: 170_000}
    assert "rank" not in rows.columns, "a list that is still to be checked ranks nobody"
    assert (
        findings.listed(rows)
        == "待核名单合计626家、153,065张；公布的机构养老床位2022年底163,600张；2024年底170,000张，口径不同"
    )


def test_every_exhibit_that_rests_on_the_list_says_that_it_is_to_be_checked(page):
    for app in (page(), page("institutions/profile.py", institution="SH003")):
        lines = [
            caption.value
            for caption in app.caption
            if caption.value.startswith("来源：") and "上海市养老机构名单" in caption.value
        ]
        assert lines and all("待核名单，未能与原平台核对" in line for line in lines)
    assert "待核名单，未能与原平台核对" not in captions(
        page("institutions/profile.py", institution="IN022")
    )


def test_the_written_word_of_operation_is_kept_beside_its_class(real):
    rows = real.ask("institution_fields", institution="SH001", as_of=AS_OF).set_index("field")
    assert (
        rows.at["ownership", "words"] == "民建民营"
        and rows.at["运营性质（原文）", "words"] == "民建民营"
    )
    assert rows.at["type", "note"] == "按名称推断，来源没有写类型"
    assert rows.at["opened", "words"] == "2022-01-11"
    unknown = real.ask("institution_fields", institution="SH119", as_of=AS_OF).set_index("field")
    assert (
        unknown.at["beds_total", "words"] == "0张"
        and unknown.at["beds_total", "standing"] == "有说法，未作数值采用"
    )


@pytest.mark.parametrize(
    ("word", "least", "most"),
    [
        ("1999年及以前", 0, 1999),
        ("2000—2009年", 2000, 2009),
        ("2010—2019年", 2010, 2019),
        ("2020年及以后", 2020, 9999),
    ],
)
def test_homes_are_found_by_the_year_they_opened(real, word, least, most):
    years = pd.to_datetime(LISTED["opened"]).dt.year
    assert set(found(real, {"count": 1_000}, opened=[word])) == set(
        LISTED.index[years.between(least, most)]
    )


def test_homes_are_found_by_who_built_and_runs_them_and_by_pinyin(real):
    for word in ("公建公营", "公建民营", "民建民营"):
        expected = set(ALL.index[(ALL["ownership"] == word) & (ALL["kind"] == "institution")])
        assert set(found(real, {"count": 1_000}, ownership=[word])) == expected
    hits = real.ask("search", words="shdccl", count=8)
    assert "SH002" in hits["id"].tolist()
    for code in ("SH003", "SH139", "SH362", "SH626"):
        assert code in real.ask("search", words=LISTED.at[code, "name"], count=8)["id"].tolist()


# --- the demo list ---


def test_demo_list_is_the_size_of_the_first_list_and_says_what_it_is(real):
    rows = real.ask("institution_rows", **asked(demo=True), **{**PLAIN_ORDER, "count": 100})
    total = real.ask("institution_totals", **asked(demo=True)).iloc[0]
    assert (len(rows), total["beds_total"], total["cities"]) == (57, 25_698, 20)
    assert rows["name"].str.contains("演示").all() and rows["demo"].all()


def test_demo_list_comes_from_its_script(tmp_path):
    target = tmp_path / "institutions.csv"
    code = "import sys; sys.path.insert(0, sys.argv[1]); import make_institutions as m; m.write(m.Path(sys.argv[2]), m.COUNT, m.DATASETS)"
    subprocess.run([sys.executable, "-c", code, str(MAKER.parent), str(target)], check=True)
    assert target.read_bytes() == (MAKER.parent / "institutions.csv").read_bytes()


@pytest.mark.parametrize(
    "question",
    [
        "institution_rows",
        "institution_totals",
        "institution_map",
        "institution_cities",
        "institution_facets",
    ],
)
def test_real_and_demo_rows_never_meet(tiny_store, question):
    extra = {"institution_rows": PLAIN_ORDER, "institution_map": {"points": 300, "cells": 10}}.get(
        question, {}
    )
    both = [tiny_store.ask(question, **asked(demo=demo), **extra) for demo in (False, True)]
    if question == "institution_totals":
        assert [answer["beds_total"].iloc[0] for answer in both] == [160, 300]
    elif question == "institution_facets":
        assert [answer[answer["facet"] == "type"]["institutions"].sum() for answer in both] == [
            4,
            3,
        ]
    elif question == "institution_cities":
        assert [answer["institutions"].sum() for answer in both] == [4, 3]
    else:
        assert [bool(answer["demo"].any()) for answer in both] == [False, True]
        assert bool(both[1]["demo"].all())


def test_real_tables_and_files_hold_no_demo_row(real):
    coverage = real.ask("list_coverage")
    assert coverage["named"].max() == 0, "the 57 fictitious names cover nothing"
    assert (
        findings.coverage(coverage)
        == "首批异地养老机构名单：公布57家；25,698张床位；能确认名称的0家，相关说法2条"
    )
    assert not real.ask("search", words="演示常州", count=50)["kind"].eq("机构").any()


def test_every_file_of_demo_rows_bears_the_mark(tiny_store, monkeypatch):
    monkeypatch.setattr(store, "current", lambda: tiny_store)
    monkeypatch.setattr(
        tables,
        "release",
        lambda: pd.Series({"version": "0", "content_hash": "x" * 16, "as_of": date(2026, 1, 1)}),
    )
    for demo in (True, False):
        rows = tiny_store.ask("institution_rows", **asked(demo=demo), **PLAIN_ORDER)
        export = tables.Export(
            lambda rows=rows: rows, len(rows), {"name": "名称"}, [("筛选条件", "城市：嘉兴")]
        )
        book = openpyxl.load_workbook(io.BytesIO(tables.workbook(export, "标题", [])))
        sheet = list(book["数据"].values)
        assert (sheet[0][0] == "数据性质") == demo
        assert all((row[0] == "演示数据") == demo for row in sheet[1:])
        notes = dict(row[:2] for row in book["说明"].values)
        assert notes["筛选条件"] == "城市：嘉兴" and "来源" in notes and "数据版本" in notes
        text = tables.csv_bytes(export)
        assert text.startswith(b"\xef\xbb\xbf") and ("演示数据" in text.decode("utf-8-sig")) == demo


# --- map ---


def test_few_points_stand_alone_and_many_are_gathered(tiny_store):
    assert tiny_store.ask("institution_map", **asked(), points=300, cells=10)[
        "institutions"
    ].tolist() == [1, 1, 1, 1]
    gathered = tiny_store.ask("institution_map", **asked(), points=2, cells=1)
    assert gathered["institutions"].sum() == 4 and len(gathered) < 4
    assert gathered["beds"].sum() == 160


def test_those_at_one_point_are_one_circle(real):
    rows = real.ask("institution_map", **asked(demo=True), points=1000, cells=10)
    assert not rows.duplicated(["lon", "lat"]).any()
    assert rows["institutions"].sum() == 57


def test_a_city_without_a_known_name_is_not_a_city_without_institutions(real, real_data):
    rows = real.ask("institution_cities", **asked()).set_index("short_name")
    assert (
        "所收来源未点名机构，不等于没有" in rows.at["池州", "hover"]
        and "来源点名池州" in rows.at["池州", "hover"]
    )
    assert (
        "宣城8家、4,920张床位入选" in rows.at["宣城", "hover"]
        and "嘉兴10家入选，床位未载" in rows.at["嘉兴", "hover"]
    )
    assert (
        findings.cities(rows.reset_index())
        == "所收来源点名的机构在5个城市；其余36个城市未被点名，不等于没有"
    )
    points = real.ask("institution_map", **asked(), points=150, cells=10)
    value = exhibits.found_map(Facts(AS_OF), points, rows.reset_index(), {}, True)
    tiles = screen.squares(value.shape.cities).data[0]
    drawn = {
        words.split("<br>")[0]: (words, colour)
        for words, colour in zip(tiles.text, tiles.marker.color, strict=True)
    }
    assert (
        drawn["池州"] == ("池州<br>未点名<br>点名", UNKNOWN)
        and drawn["宣城"][0] == "宣城<br>1<br>入选8"
    )
    filtered = real.ask("institution_cities", **asked(city=["320500"]))
    assert (
        findings.cities(filtered)
        == "所选范围内点名的机构在1个城市；4个城市的不在所选范围；其余36个城市所收来源未点名机构"
    )
    assert not filtered["hover"].str.contains("没有所选|没有符合").any()


def test_in_the_fictitious_list_all_is_known(real):
    rows = real.ask("institution_cities", **asked(demo=True))
    assert (
        findings.cities(rows).startswith("20个城市有、21个没有")
        and rows["announced_words"].isna().all()
    )


@pytest.mark.parametrize("question", ["institution_map", "institution_cities", "list_coverage"])
def test_no_hover_counts_what_nobody_reported(real, question):
    extra = {
        "institution_map": {**asked(size=["未载"]), "points": 1, "cells": 2},
        "institution_cities": asked(),
        "list_coverage": {},
    }[question]
    hovers = real.ask(question, **extra)["hover"]
    assert not hovers.str.contains("0家有数|未载家|未载张", regex=True).any()
    assert hovers.str.contains("床位均?未载|家数与床位未载", regex=True).any()


def test_what_was_announced_for_a_place_inside_another_is_part_of_it(real, real_data):
    coverage = real.ask("list_coverage")
    assert not coverage["line"].str.contains("广德").any(), (
        "the list that names it is not said to be this one"
    )
    assert (
        findings.by_place(coverage)
        == "首批名单中，所收来源写明地区家数的为嘉兴10家、宣城8家；张家港、池州只点名、家数未载"
    )
    value = exhibits.lists(Facts(AS_OF))
    drawn = {
        line: (announced, named)
        for line, announced, named in zip(
            value.shape.categories, *(series.values for series in value.shape.series), strict=True
        )
    }
    assert drawn["首批长三角异地养老机构名单"] == (57, 0)
    assert (
        next(numbers for line, numbers in drawn.items() if "宣城" in line and "其中" in line)[0]
        == 8
    )
    assert (
        value.caveats[0] == findings.by_place(coverage)
        or findings.by_place(coverage) in value.caveats
    )


def test_numbers_on_the_map_cover_no_other_point(real):
    rows = real.ask("institution_map", **asked(demo=True), points=150, cells=10)
    lines = {code: line for line, code in enumerate(found(real, demo=True), start=1)}
    figure = screen.points(Homes(exhibits.spots(rows, lines)))
    left, right = figure.layout.xaxis.range
    low, high = figure.layout.yaxis.range
    scale = min(
        point_maps.MAP_WIDTH / (right - left) / maps.SHRUNK,
        (figure.layout.height - figure.layout.margin.b) / (high - low),
    )
    spots = [
        (x * scale * maps.SHRUNK, y * scale, size / 2)
        for trace in figure.data
        if trace.customdata is not None
        for x, y, size in zip(trace.x, trace.y, trace.marker.size, strict=True)
    ]
    assert 10 <= sum(radius == 11 for _x, _y, radius in spots) < len(spots)
    for x, y, radius in spots:
        others = [
            (math.hypot(other[0] - x, other[1] - y), other[2])
            for other in spots
            if other[:2] != (x, y)
        ]
        assert radius != 11 or all(away > radius + reach for away, reach in others)


def test_precision_is_never_better_than_known(real):
    """七都镇's own centre is not known: its point is the county's, and says so. Of the list each point is as exact as the list says."""
    rows = real.ask("institution_rows", **asked(), **{**PLAIN_ORDER, "count": 1_000}).set_index(
        "institution_id"
    )["point_words"]
    assert set(rows.drop(LISTED.index)) == {"区县中心"}
    words = {"address": "门牌地址", "town": "乡镇、街道", "county": "区县中心"}
    assert rows[LISTED.index].to_dict() == LISTED["location_precision"].map(words).to_dict()


def test_map_shows_precision_by_shape_and_names_are_inert(tiny_store):
    rows = tiny_store.ask("institution_map", **asked(), points=300, cells=10)
    figure = screen.points(Homes(exhibits.spots(rows, {"I1": 1})))
    hovers = [
        text for trace in figure.data if trace.hovertext is not None for text in trace.hovertext
    ]
    assert not any("<script>" in text for text in hovers)
    assert any("&lt;script&gt;" in text for text in hovers)
    legend = {trace.name for trace in figure.data if trace.showlegend}
    assert legend == {"乡镇、街道", "区县中心", "城市中心"}


# --- one institution, and several side by side ---


def test_profile_sets_claims_beside_the_adopted_value(tiny_store):
    rows = tiny_store.ask("institution_fields", institution="I1", as_of=AS_OF)
    beds = rows[rows["field"] == "beds_total"][["words", "standing"]].values.tolist()
    assert beds == [["90张", "另一说法，未采用"], ["100张", "采用"]]
    assert rows[rows["field"] == "residents"][["words", "standing"]].values.tolist() == [
        ["70多名", "有说法，未作数值采用"]
    ]
    assert rows[rows["field"] == "medical"]["words"].tolist() == ["未载"]
    assert rows.loc[rows["words"] != "未载", "source_title"].notna().all()


def test_bed_history_needs_two_dates(tiny_store):
    history = tiny_store.ask("institution_bed_history", institution="I1")
    assert history["value"].tolist() == [90, 100]
    assert tiny_store.ask("institution_bed_history", institution="I2").empty


def test_lists_of_an_institution_name_the_batches_it_is_not_on(real):
    rows = (
        real.ask("institution_lists_of", institution="IN021")
        .set_index("list_title")["membership"]
        .to_dict()
    )
    assert rows == {
        "首批长三角异地养老机构名单": "来源写“上海市首批异地养老机构名单”，是否这份名单未写明",
        "松江—嘉兴—宣城异地养老机构名单": "入选记录未载",
    }


def test_comparison_marks_what_differs_and_what_nobody_knows(tiny_store):
    rows = tiny_store.ask(
        "institutions_compared", institutions=["I2", "I1"], insured=None, as_of=date(2026, 1, 1)
    )
    table = side_by_side(rows).set_index("item")
    assert rows["institution_id"].tolist() == ["I2", "I1"], "in the order asked"
    assert table.loc["总床位", ["a", "b", "difference"]].tolist() == ["50张", "100张", "≠ 不同"]
    assert table.at["对外开放床位", "difference"] == "部分未载"
    assert table.at["医疗服务", "difference"] == "均未载"
    assert table.at["入选名单", "difference"] == "＝ 相同"
    assert table.at["长护险异地使用", "difference"] == "均未知", (
        "that two are unknown does not make them the same"
    )


def test_comparison_does_not_take_the_unknown_for_a_value(tiny_store):
    rows = tiny_store.ask(
        "institutions_compared",
        institutions=["I1", "I2", "I4"],
        insured="310000",
        as_of=date(2026, 1, 1),
    )
    table = side_by_side(rows).set_index("item")["difference"]
    assert table["长护险异地使用"] == "部分未载", "可结算 beside 未知 is no difference"
    assert table["入选名单"] == "部分未载", "no record of being on a list is no list"
    assert table["总床位"] == "≠ 不同" and table["经营性质"] == "部分未载"
    four = tiny_store.ask(
        "institutions_compared",
        institutions=["I1", "I2", "I3"],
        insured=None,
        as_of=date(2026, 1, 1),
    )
    known = side_by_side(four).set_index("item")["difference"]
    assert known["总床位"] == "≠ 不同，部分未载", "one unknown does not hide that the others differ"
    assert findings.compared(side_by_side(four), 3).startswith("3家并列：")


def test_only_a_price_without_an_upper_end_starts_somewhere(tiny, tmp_path):
    path = tiny / "institutions.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for row, (low, high) in zip(
        rows, [("3600", "3600"), ("3000", ""), ("2000", "4000"), ("", "")], strict=False
    ):
        row |= {"price_low": low, "price_high": high}
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    data = Store(tiny, tmp_path / "build")
    data.refresh()
    words = data.ask("institution_rows", **asked(), **PLAIN_ORDER).set_index("institution_id")[
        "price_words"
    ]
    assert words[["I1", "I2", "I3", "I4"]].tolist() == ["3,600", "3,000起", "2,000—4,000", "未载"]


# --- hostile names ---


MARKUP = "**粗** $x^2$ :red[红] [链](http://x.test) `码`"


def test_markup_in_a_name_is_text_in_every_place(tiny, tmp_path):
    add(
        tiny,
        "institutions",
        f"I7,,{MARKUP},,institution,330400,,county,,,,,,,,,,,,,,,,undated,false,,S3,测试摘录,reprint,",
    )
    data = opened(tiny, tmp_path)
    rows = data.ask(
        "institutions_compared", institutions=["I7", "I3"], insured=None, as_of=date(2026, 1, 1)
    )
    names = selection.names_of(rows)
    table = side_by_side(rows)
    columns = {"item": "项目", **dict(zip("ab", names.values(), strict=True))}
    headings = tables.shown(table, columns).columns.tolist()
    assert (
        headings == ["项目", *(plain(name) for name in names.values())]
        and "\\$x^2\\$" in headings[1]
    )
    assert tables.raw(table, columns).columns[1] == names["I7"], "a file holds the name as it is"
    page = sheets.comparison(findings.comparison(rows), table, columns, [], "")
    assert "<script>" not in page and "&lt;script&gt;" in page and MARKUP in page
    drawn = data.ask("institution_map", **asked(), points=300, cells=10)
    figure = screen.points(Homes(exhibits.spots(drawn)))
    assert any(words.startswith(MARKUP) for trace in figure.data for words in trace.hovertext or ())


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '=HYPERLINK("x")'])
def test_hostile_names_are_text_on_screen_and_in_files(tiny_store, name):
    rows = tiny_store.ask("institution_rows", **asked(), **PLAIN_ORDER)
    rows = rows[rows["name"] == name]
    shown = tables.shown(rows, {"name": "名称"}, {"name": "link"})["名称"].iloc[0]
    assert shown == f"[{plain(name)}](institution?institution={rows['institution_id'].iloc[0]})"
    book = openpyxl.load_workbook(
        io.BytesIO(files.workbook([], {"数据": tables.raw(rows, {"name": "名称"})}))
    )
    cell = book["数据"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")
    line = list(
        csv.reader(
            io.StringIO(files.csv_bytes(tables.raw(rows, {"name": "名称"})).decode("utf-8-sig"))
        )
    )[1][0]
    assert line == (f"'{name}" if name.startswith("=") else name)


# --- names in Latin letters ---


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("如皋市九华镇长寿养生园", "rgsjhzcsysy"),
        ("长乐院", "changle"),
        ("ABC护理院", "abchly"),
        ("重庆路养老院", "cql"),
        ("Ａ座养老院", "a座"),
    ],
)
def test_names_are_found_by_pinyin(name, typed):
    assert typed in spelled(name)


# --- the page ---


@pytest.fixture
def page(monkeypatch):
    monkeypatch.delenv("ELDERCARE_DATASETS", raising=False)
    store.current.cache_clear()

    def at(script="institutions/directory.py", **query):
        return visit(script, **query)

    yield at
    store.current.cache_clear()


def test_link_restores_every_filter(page):
    link = {
        "demo": "true",
        "institutions_words": "演示",
        "institutions_province": ["江苏省"],
        "institutions_insured": "上海",
        "institutions_portability": ["可结算", "未知"],
        "institutions_price": ["3,000—4,999元", "未载"],
        "institutions_sort": "可接收，多到少",
        "institutions_rows": "20",
    }
    app = page(**link)
    assert app.toggle(key="demo").value
    assert app.text_input(key="institutions_words").value == "演示"
    for name, value in link.items():
        if isinstance(value, list):
            assert app.multiselect(key=name).value == value, name
    assert app.selectbox(key="institutions_insured").value == "上海"
    assert app.selectbox(key="institutions_sort").value == "可接收，多到少"
    spoken = " ".join(str(element.value) for element in app.markdown)
    for words in (
        "文字：演示",
        "省市：江苏省",
        "参保地：上海",
        "异地结算：可结算、未知",
        "月费起价：3,000—4,999元、未载",
    ):
        assert words in spoken


def test_nonsense_in_every_filter_is_nothing(page):
    plain = page()
    keys = [
        widget.key
        for kind in ("multiselect", "selectbox", "toggle")
        for widget in plain.get(kind)
        if widget.key
    ]
    odd = page(
        **dict.fromkeys(keys, "火星"),
        institutions_page="-3",
        institution="IN999",
        compare="<script>",
    )
    assert [table.value.to_string() for table in odd.table] == [
        table.value.to_string() for table in plain.table
    ]


def captions(app):
    return " ".join(caption.value for caption in app.caption)


def test_words_are_sought_in_their_plain_form(page):
    assert "找到11家" in " ".join(
        heading.value for heading in page(demo="true", institutions_words="ＨＬＹ").subheader
    )
    assert "找到4家" in " ".join(
        heading.value for heading in page(demo="true", institutions_words="　苏州　演示 ").subheader
    )


def test_what_a_link_asks_in_vain_is_said(page):
    assert "“火星”不在选项内" in captions(page(institutions_type="火星", cities="苏州"))
    assert "按距离排序要先选" in captions(page(institutions_sort="距离，近到远"))
    assert "链接中的机构不存在，显示第一家" in captions(
        page("institutions/profile.py", institution="IN999")
    )
    assert "不存在" in captions(page("institutions/compare.py", institution=["IN999", "IN998"]))
    assert "不存在" not in captions(page("institutions/profile.py", institution="IN022"))


def test_real_and_fictitious_institutions_are_not_compared(page):
    app = page("institutions/compare.py", institution=["IN014", "DEMO000001", "IN021"])
    assert "演示" not in app.title[0].value and "演示数据" not in " ".join(
        heading.value for heading in app.subheader
    )
    assert "演示机构不与真实机构并列，未显示：演示" in captions(app)
    first = page("institutions/compare.py", institution=["DEMO000001", "IN014"])
    assert "七都悦心公寓" not in first.title[0].value and "演示数据" in first.title[0].value


def test_homes_come_first_and_the_announced_list_stands_below_as_its_own(page):
    app = page()
    headings = [heading.value for heading in app.subheader]
    assert headings[0].startswith("找到631家")
    assert "首批异地养老机构名单：公布57家" in headings[1:]
    assert "25,698张床位；能确认名称的0家，相关说法2条" in captions(app)
    assert app.title[0].value == "按名称可知631家养老机构"
    assert app.caption[0].value.startswith("其中上海626家出自待核名单。")
    assert "护理院" in captions(app) and "数据更新" in captions(app), (
        "what is not there is said with the way to hand it in"
    )


def test_demo_mode_marks_every_exhibit_and_hides_the_real_ones(page):
    demo = page(demo="true")
    assert demo.subheader and all("演示数据" in heading.value for heading in demo.subheader)
    assert "演示数据" in demo.title[0].value
    for chart in demo.get("plotly_chart"):
        assert "演示数据" in " ".join(
            note["text"] for note in json.loads(chart.proto.spec)["layout"]["annotations"]
        )
    assert not any("演示数据" in heading.value for heading in page().subheader)


def test_profile_and_comparison_read_plain_ids(page):
    assert (
        "如皋市九华镇长寿养生园"
        in page("institutions/profile.py", institution="IN022").title[0].value
    )
    compared = page("institutions/compare.py", institution=["IN014", "IN021"])
    assert compared.title[0].value == "2家机构并排比较"
    assert "七都悦心公寓、广德市东亭乡养老服务中心" in compared.caption[0].value.replace("\\", "")


# --- size ---


@pytest.mark.slow
@pytest.mark.parametrize("count", [8_000, 100_000])
def test_large_lists_page_and_gather(tmp_path, count, page, monkeypatch):
    folder = tmp_path / "large"
    subprocess.run(
        [sys.executable, str(MAKER), "--count", str(count), "--into", str(folder)], check=True
    )
    data = Store(folder, tmp_path / "build")
    data.refresh()
    total = data.ask("institution_totals", **asked(demo=True)).iloc[0]
    assert total["institutions"] == count
    points = data.ask("institution_map", **asked(demo=True), points=150, cells=10)
    assert points["institutions"].sum() == count
    assert len(screen.points(Homes(exhibits.spots(points))).to_json()) < 1_000_000
    last = data.ask(
        "institution_rows", **asked(demo=True), **{**PLAIN_ORDER, "first": count - 3, "count": 10}
    )
    assert last["number"].tolist() == [count - 2, count - 1, count]
    monkeypatch.setattr(store, "current", Mock(return_value=data))
    app = page(demo="true", institutions_page="3")
    assert f"第3/{count // 10}页，共{count:,}家" in captions(app)
    # The second chart is the one for paper.
    cost = sum(len(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert 10_000 < cost < 1_000_000, "what the map costs the visitor"


def test_what_nobody_knows_of_any_home_is_one_line_with_whom_to_ask(tiny_store, real_data):
    """On the screen; paper and files keep every line, so that a reader can fill it in."""
    rows = tiny_store.ask(
        "institutions_compared", institutions=["I2", "I1"], insured=None, as_of=date(2026, 1, 1)
    )
    table = side_by_side(rows)
    value = exhibits.compared(table, ["甲", "乙"], "")
    known = set(value.rows["item"])
    assert "医疗服务" not in known and "长护险异地使用" not in known and "总床位" in known
    gaps = table[~table["item"].isin(known)]["item"]
    assert all(item in value.subtitle for item in gaps) and findings.WHOM_TO_ASK in value.subtitle
    page = sheets.comparison("题", table, value.columns, [], "")
    assert all(item in page for item in table["item"])


# --- what is said ---


def test_titles_are_short_claims_and_the_rule_stands_with_the_number(real, real_data):
    """Every exhibit of the directory and of homes with the most and the least on record; what the list is stands in its title."""
    facts, titles = Facts(AS_OF), selection.titles()
    shown = [
        exhibits.registered(facts),
        exhibits.lists(facts),
        exhibits.operators(facts),
        exhibits.homes(facts),
        exhibits.homes(facts, demo=True),
    ]
    assert shown[0].title.startswith("待核名单")
    for chosen in ({}, {"city": ["320500"]}, {"words": "没有这家"}, {"demo": True}):
        totals = real.ask("institution_totals", **asked(**chosen)).iloc[0]
        rows = real.ask("institution_rows", **asked(**chosen), **PLAIN_ORDER)
        points = real.ask("institution_map", **asked(**chosen), points=150, cells=10)
        cities = real.ask("institution_cities", **asked(**chosen))
        shown.append(exhibits.found(rows, totals, {"number": "序号", "called": "名称"}))
        shown.append(exhibits.found_map(facts, points, cities, {}, False))
    known = real.ask("insured_places")
    shown += [
        exhibits.insured(facts, place.place_code, place.label) for place in known.itertuples()
    ]
    for code in ("SH001", "SH600", "IN014", "IN019", "IN021", "DEMO000001"):
        row = selection_of(real, code)
        shown += [
            exhibits.fields(facts, code, titles),
            exhibits.position(row, selection.as_points(row)),
            exhibits.lists_of(facts, code),
            exhibits.usable(facts, code),
        ]
    assert [
        value.spoken for value in shown if not (0 < len(value.title) <= 24 and value.subtitle)
    ] == []


def selection_of(of: Store, code: str) -> pd.Series:
    return of.ask("institutions_compared", institutions=[code], insured=None, as_of=AS_OF).iloc[0]


def test_fields_that_no_source_fills_are_one_line_with_whom_to_ask(real, real_data):
    value = exhibits.fields(Facts(AS_OF), "SH001", selection.titles())
    rows = real.ask("institution_fields", institution="SH001", as_of=AS_OF)
    gaps = rows[rows["words"] == "未载"]
    assert len(gaps) and len(value.rows) == len(rows) - len(gaps)
    assert f"{len(gaps)}项公开资料未载" in value.title
    told = selection.titles()
    assert all(told.get(field, field) in value.subtitle for field in gaps["field"])
    assert findings.WHOM_TO_ASK in value.subtitle


def test_homes_whose_price_nobody_wrote_are_not_said_to_be_missing(real):
    """徐汇 under 6,000元: all 28 homes of the list are known by name, none with its price."""
    there = ALL[ALL["place_code"] == "310104"]
    assert len(there) == 28 and there["price_low"].isna().all()
    under = ["2,000元以下", "2,000—2,999元", "3,000—4,999元", "5,000—7,999元"]
    search = asked(county=["310104"], price=under)
    totals = real.ask("institution_totals", **search).iloc[0]
    words = findings.found(totals) + findings.cities(real.ask("institution_cities", **search))
    assert "没有点名" not in words and "未写明的不等于不合" in words
    assert "5个城市有按名称可知的机构" in words
    counted = real.ask("institution_facets", **search).query("facet == 'price' and word == '未载'")
    assert counted["institutions"].tolist() == [28]
