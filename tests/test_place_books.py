"""一城一页: a page for each place in PDF and Word, the values of the printed page, contents, fonts inside, nothing cut."""

import io
import re
from dataclasses import replace

import pandas as pd
import pypdf
import pytest
from asking import AS_OF
from docx import Document

from eldercare import store
from eldercare.exhibits import Facts, place_sheet
from eldercare.faces import fonts, place_book
from eldercare.talks import place_books
from eldercare.talks.decks import UnknownDeck

# Points below which only the foot stands.
MARGIN = 15 / 25.4 * 72 - 1
SOME = ("310000", "310117", "341200")


def book_of(codes):
    return list(place_books.steps(codes))[-1]


@pytest.fixture(scope="module")
def book():
    store.current.cache_clear()
    yield book_of(SOME)
    store.current.cache_clear()


@pytest.fixture(scope="module")
def pages(book):
    return pypdf.PdfReader(io.BytesIO(place_book.pdf(book))).pages


@pytest.fixture(scope="module")
def paper(book):
    return Document(io.BytesIO(place_books.WRITERS["docx"](book)))


def letters(words):
    """Without what a line break adds or takes."""
    return re.sub(r"\s", "", words)


def said(sheet):
    cells = [cell for row in sheet.standings.values.tolist() for cell in row]
    cards = [card[part] for card in sheet.cards for part in ("label", "value", "unit", "note")]
    lists = [line for lines in sheet.lists.values() for line in lines]
    parts = [sheet.name, sheet.title, sheet.subtitle, *sheet.lists, *sheet.standings.columns]
    return [*parts, *cards, *cells, *lists, *sheet.notes, *sheet.sources]


def test_every_place_has_one_page_with_all_that_its_printed_page_says(book, pages):
    assert len(pages) == 1 + len(SOME)
    for sheet, page in zip(book.sheets, pages[1:], strict=True):
        text = letters(page.extract_text())
        assert [words for words in said(sheet) if letters(words) not in text] == [], sheet.name


def test_a_page_is_the_value_that_the_page_of_the_place_prints(book, real_data):
    sheet = place_sheet.of(Facts(AS_OF), "310117")
    assert book.sheets[1] == sheet
    pd.testing.assert_frame_equal(book.sheets[1].standings, sheet.standings)


def test_the_contents_name_every_place_with_its_page(book, pages):
    lines = pages[0].extract_text().splitlines()
    found = [re.fullmatch(r"(\S+?)\s*[.\s]+(\d+)", line.strip()) for line in lines]
    listed = {each[1]: int(each[2]) for each in found if each}
    assert listed == {sheet.name: n for n, sheet in enumerate(book.sheets, start=2)}


def in_the_margin(page):
    """What stands below the last line of a page: nothing but its foot, unless words run over the end of the page."""
    found = []

    def at(words, inner, place, _font, _size):
        height = place[4] * inner[1] + place[5] * inner[3] + inner[5]
        if height < MARGIN:
            found.append(words)

    page.extract_text(visitor_text=at)
    return "".join(found)


def test_pages_are_a4_and_end_with_their_release_day_and_number(book, pages):
    for number, page in enumerate(pages, start=1):
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
        assert letters(in_the_margin(page)) == letters(f"{book.dated}{number}")


def test_fonts_are_inside_and_hold_only_the_letters_used(pages):
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            inside = font.get_object()["/DescendantFonts"][0].get_object()
            assert re.match(r"/[A-Z]{6}\+", inside["/BaseFont"])
            described = inside["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_a_machine_without_a_chinese_font_gets_no_file_but_the_name_of_the_package(
    book, monkeypatch
):
    monkeypatch.setattr(fonts, "CHINESE", ())
    fonts.found.cache_clear()
    with pytest.raises(fonts.MissingFont, match="apt-get install fonts-noto-cjk"):
        place_book.pdf(book)
    fonts.found.cache_clear()


def test_word_has_the_same_words_and_the_pages_in_its_contents(book, paper):
    text = "".join(letters(each) for each in paper.element.itertext())
    for sheet in book.sheets:
        assert [words for words in said(sheet) if letters(words) not in text] == [], sheet.name
    listed = [each.text for each in paper.paragraphs if each.style.name == "toc 1"]
    assert listed == [f"{sheet.name}\t{n}" for n, sheet in enumerate(book.sheets, start=2)]


def test_all_cities_and_the_districts_of_shanghai_are_in_the_book(real_data):
    known = store.ask("profile_places")
    listed = pd.read_csv(store.datasets_folder() / "places.csv", dtype=str)
    listed = listed[(listed["in_delta"] == "true") & listed["valid_to_year"].isna()]
    own = listed[listed["level"].isin(["city", "district"])]
    expected = {"310000", *own.loc[own["level"] == "city", "place_code"]}
    expected |= set(own.loc[own["parent_code"] == "310000", "place_code"])
    wanted = place_books._wanted(known, ())
    assert (set(wanted), len(wanted)) == (expected, 57)
    with pytest.raises(UnknownDeck, match="没有地区代码 999999"):
        place_books._wanted(known, ("999999",))


@pytest.mark.parametrize(
    "hostile",
    ["#panic()*b*$x$ @y <z>", "=HYPERLINK(1)“#let”", "长" * 200, "名\u202e称\u2066字"],
    ids=["markup", "formula", "long", "turning"],
)
def test_a_hostile_name_stays_words_on_one_page(book, hostile):
    sheet = replace(book.sheets[2], name=hostile, title=hostile, lists={hostile: [hostile]})
    made = place_book.pdf(replace(book, sheets=[sheet]))
    reader = pypdf.PdfReader(io.BytesIO(made))
    plain = letters(hostile.replace("\u202e", "").replace("\u2066", ""))
    assert len(reader.pages) == 2
    assert letters(reader.pages[1].extract_text()).count(plain) >= 3


@pytest.mark.slow
def test_the_whole_book_has_a_page_a_place_and_nothing_is_cut(real_data):
    whole = book_of(())
    reader = pypdf.PdfReader(io.BytesIO(place_book.pdf(whole)))
    assert len(reader.pages) == 58
    dated = letters(whole.dated)
    assert [letters(in_the_margin(page)) for page in reader.pages] == [
        f"{dated}{n}" for n in range(1, 59)
    ]
    for sheet, page in zip(whole.sheets, reader.pages[1:], strict=True):
        text = letters(page.extract_text())
        assert [words for words in said(sheet) if letters(words) not in text] == [], sheet.name
