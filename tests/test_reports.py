"""The data report: the numbers of the exhibits, chapters with their sources, contents, frozen to one release; for the delta and for places."""

import io
import re
from datetime import date

import pandas as pd
import pytest
from asking import AS_OF
from docx import Document
from docx.oxml.ns import qn

from eldercare import store
from eldercare.exhibits import ON_SLIDE, Facts, headline, places
from eldercare.exhibits.shapes import Table
from eldercare.faces.word import table_of
from eldercare.talks import __main__ as command
from eldercare.talks import files_of, reports
from eldercare.talks.decks import UnknownDeck

ONE = ("320500",)


@pytest.fixture(scope="module")
def talk():
    store.current.cache_clear()
    yield reports.talk(ONE)
    store.current.cache_clear()


@pytest.fixture(scope="module")
def paper(talk):
    return Document(io.BytesIO(files_of.made(talk, "docx")))


def headings(paper, style):
    return [each.text for each in paper.paragraphs if each.style.name == style]


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.slow
def test_a_report_has_the_values_that_the_page_of_the_place_shows(talk, real_data):
    told = {each.name: each for each in talk.exhibits}
    assert told["主要数字"].shape == places.cards(Facts(AS_OF), *ONE).shape
    assert told["年龄结构"].shape == places.ages(Facts(AS_OF), *ONE).shape


def test_every_table_of_the_report_is_its_exhibit(talk, paper):
    shown = [each for each in talk.exhibits if each.kind not in ("bars", "lines", "list")]
    for exhibit, table in zip(shown, paper.tables, strict=True):
        head, lines, _widths = table_of(exhibit)
        assert cells(table) == [head, *lines][: len(table.rows)], exhibit.name


def test_a_table_of_a_report_has_all_rows_that_paper_has_room_for(talk):
    (ledger,) = [each for each in talk.exhibits if each.name == "指标台账"]
    assert isinstance(ledger.shape, Table)
    assert len(ledger.shape.lines) == len(ledger.rows) > ON_SLIDE


def test_every_chapter_names_its_sources_by_the_numbers_of_the_list(talk, paper):
    chapters = dict.fromkeys(each.section for each in talk.exhibits)
    said = [each.text for each in paper.paragraphs if each.text.startswith("本章来源：")]
    assert len(said) == len(chapters) > 5
    for section, words in zip(chapters, said, strict=True):
        named = set()
        for first, last in re.findall(r"\[(\d+)(?:—(\d+))?\]", words):
            named |= set(range(int(first), int(last or first) + 1))
        ids = {quote.source_id for e in talk.exhibits if e.section == section for quote in e.quotes}
        assert {talk.sources[number - 1].source_id for number in named} == ids, section


def test_the_contents_are_a_field_that_says_every_heading_before_word_fills_it(paper):
    said = [each.text for each in paper.paragraphs if each.style.name.startswith("toc")]
    assert [words for words in said if "、" in words[:3]] == headings(paper, "Heading 1")
    assert [words for words in said if words.startswith("（")] == headings(paper, "Heading 2")
    marks = [each for each in paper.element.iter(qn("w:fldChar")) if each.get(qn("w:dirty"))]
    assert len(marks) == 1
    assert any(each.text.strip().startswith('TOC \\o "1-2"') for each in paper.element.iter(qn("w:instrText")))  # fmt: skip


def test_what_public_sources_do_not_hold_is_a_chapter_and_names_the_place(talk):
    (gaps,) = [each for each in talk.exhibits if each.key == "gaps"]
    assert gaps.section == "公开资料未载"
    assert "历年床位" in gaps.rows["内容"].tolist()


def test_a_report_is_frozen_to_its_release_and_day(talk, real_data):
    again = reports.talk(ONE, talk.release, talk.as_of)
    assert (again.fingerprint, again.dated) == (talk.fingerprint, talk.dated)
    assert talk.release[:8] in talk.dated
    with pytest.raises(UnknownDeck, match="没有数据版本"):
        reports.talk(ONE, "0123456789")


def test_a_group_of_places_names_each_in_its_parts_and_is_narrowed_to_its_cities(real_data):
    found, title = reports._wanted(("320500", "310117"), AS_OF)
    assert title == "苏州、松江养老数据报告"
    names = [name for _chapter, name, _make in found]
    assert {"苏州：年龄结构", "松江：年龄结构", "苏州：各县（市、区）占比"} <= set(names)
    assert "松江：各县（市、区）占比" not in names
    matrix = next(make for _chapter, name, make in found if name == "结对矩阵")()
    assert matrix.subtitle.startswith("苏州、松江：") or matrix.subtitle == "苏州、松江"


def test_the_cities_of_a_province_are_those_of_the_list_of_places(real_data):
    known = Facts(AS_OF).ask("profile_places").set_index("place_code")
    listed = pd.read_csv(store.datasets_folder() / "places.csv", dtype=str)
    own = listed[(listed["parent_code"] == "330000") & (listed["level"] == "city")]
    assert sorted(reports.cities_of(known, "330000")) == sorted(own["place_code"])
    assert reports.cities_of(known, "310117") == ["310000"]


def test_unknown_places_and_too_many_are_said_in_words(real_data):
    with pytest.raises(UnknownDeck, match="没有地区代码 999999"):
        reports.talk(("999999",))
    with pytest.raises(UnknownDeck, match="至多30个地区"):
        reports.talk([f"33{n:04d}" for n in range(31)])


@pytest.mark.slow
def test_a_name_that_is_markup_or_a_formula_stays_words(tiny_data, tiny):
    hostile = "=HYPERLINK(“x”)<b>&\u202e名"
    path = tiny / "places.csv"
    listed = pd.read_csv(path, dtype=str, keep_default_na=False)
    code = listed.loc[listed["level"] == "city", "place_code"].iloc[0]
    listed.loc[listed["place_code"] == code, ["name", "short_name", "label"]] = hostile
    listed.to_csv(path, index=False)
    store.current.cache_clear()
    made = reports.talk((code,))
    opened = Document(io.BytesIO(files_of.made(made, "docx")))
    (title,) = headings(opened, "Title")
    assert title == f"{hostile}养老数据报告".replace("\u202e", "")


@pytest.mark.slow
def test_the_report_of_the_delta_has_every_chapter_and_the_headline_of_the_overview(real_data):
    made = reports.talk()
    assert list(dict.fromkeys(each.section for each in made.exhibits)) == list(reports.OF_DELTA)
    (stands,) = [each for each in made.exhibits if each.key == "headline"]
    assert stands.shape == headline.stands(Facts(AS_OF)).shape
    assert all(each.quotes for each in made.exhibits if each.key != "gaps")


@pytest.mark.slow
def test_the_command_writes_the_file_it_names(tmp_path, real_data, capsys):
    path = tmp_path / "r.docx"
    asked = ["report", "--places", "320500", "--as-of", "2026-11-22", "-o", str(path)]
    assert command.main(asked) == 0
    assert "苏州养老数据报告" in headings(Document(str(path)), "Title")
    assert command.main(["report", "--places", "x"]) == 1
    assert "没有地区代码 x" in capsys.readouterr().err


def test_the_day_of_a_report_is_the_one_asked_for(real_data):
    steps = list(reports.steps(ONE, "", date(2021, 6, 1)))
    assert steps[-1].as_of == date(2021, 6, 1)
