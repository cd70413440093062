"""The files of a deck, opened again: every kind of exhibit in its native form, the numbers of the question, nothing from outside."""

import base64
import csv
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pytest
from conftest import DATASETS, assemble
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pptx import Presentation
from pptx.util import Emu

from eldercare import palette, store
from eldercare.exhibits.shapes import Bars, Lines
from eldercare.faces import excel, layout, native, word
from eldercare.faces.charts import EAST_ASIAN
from eldercare.faces.excel import FIRST, sheet_name
from eldercare.faces.native import (
    CELLS,
    CHART,
    DOCX,
    DRAWING,
    FORMATS,
    HTML,
    MARKUP,
    NATIVE,
    PPTX,
    SHAPES,
    TABLE,
    TEXT,
    XLSX,
)
from eldercare.faces.notes import notes
from eldercare.talks import decks, files_of, making

# Every kind of exhibit, among them two charts with gaps, a target and fictitious data.
WIDE = "own:headline,share_map,ten_years,signed,matrix,bed_target,events,task_times,homes_demo,place_beds@310000,place_cards@320500"
DRAWING_ML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART_ML = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARKUP_NAME = '=HYPERLINK("http://x.invalid")<img src=http://x.invalid/a.png onerror=alert(1)>&[链接](http://x.invalid)'


@pytest.fixture(scope="module")
def talk():
    """The delta's own data; the list of gaps comes from a city with little of it."""
    store.current.cache_clear()
    wide, city = (making.ready(decks.parse(words))[1] for words in (WIDE, "city:321200"))
    yield replace(wide, exhibits=(*wide.exhibits, city.exhibits[-1]))
    store.current.cache_clear()


@pytest.fixture(scope="module")
def files(talk):
    return {format_: files_of.made(talk, format_) for format_ in FORMATS}


@pytest.fixture(scope="module")
def slides(files):
    return list(Presentation(io.BytesIO(files[PPTX])).slides)


@pytest.fixture(scope="module")
def paper(files):
    return Document(io.BytesIO(files[DOCX]))


@pytest.fixture(scope="module")
def book(files):
    return openpyxl.load_workbook(io.BytesIO(files[XLSX]))


class Page(HTMLParser):
    """Tags with their attributes and the text of a page, as a browser's parser sees them."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.texts, self.sections = [], [], []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "section":
            self.sections.append([])
        if self.sections:
            self.sections[-1].append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def page(files):
    return Page(files[HTML].decode("utf-8"))


def package_of(content):
    """Parts of an Office file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def words_of(slide):
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join([*found, *(node.text or "" for node in slide._element.iter(f"{DRAWING_ML}t"))])


def forms_of(slide):
    """Which native forms a slide holds."""
    found = set()
    for shape in slide.shapes:
        if shape.has_chart:
            found.add(CHART)
        elif shape.has_table:
            found.add(TABLE)
        elif shape.shape_type is not None and "GROUP" in str(shape.shape_type):
            found.add(SHAPES)
    return found


@pytest.mark.slow
def test_the_table_names_a_form_for_every_kind_in_every_format(talk):
    everywhere = {kind: row for kind, row in NATIVE.items() if set(row) & set(FORMATS)}
    assert {exhibit.kind for exhibit in talk.exhibits} == set(everywhere)
    assert all(set(row) == {*FORMATS, native.SCREEN, native.PICTURE} for row in everywhere.values())
    assert {form for row in NATIVE.values() for form in row.values()} == set(native.FORM_WORDS)


@pytest.mark.slow
def test_powerpoint_has_a_wide_slide_for_each_exhibit_in_its_form(talk, files, slides):
    deck = Presentation(io.BytesIO(files[PPTX]))
    assert (deck.slide_width, deck.slide_height) == (
        Emu(int(layout.WIDTH * 12700)),
        Emu(int(layout.HEIGHT * 12700)),
    )
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9)
    assert len(slides) == len(talk.exhibits) + 2
    for exhibit, slide in zip(talk.exhibits, slides[1:-1], strict=True):
        form = NATIVE[exhibit.kind][PPTX]
        assert slide.shapes.title.text_frame.text == exhibit.title
        if exhibit.kind == "cards":
            # Boxes of their own: one rectangle each, with its words.
            rectangles = [s for s in slide.shapes if s.name.startswith("Rectangle")]
            assert len(rectangles) >= len(exhibit.shape.entries)
            assert all(entry["value"] in words_of(slide) for entry in exhibit.shape.entries)
        elif form == TEXT:
            assert forms_of(slide) == set()
            assert all(head in words_of(slide) for head, _words in exhibit.shape.entries)
        else:
            assert forms_of(slide) == {form}, exhibit.key


def test_no_slide_is_a_picture(slides):
    pictures = [
        number
        for number, slide in enumerate(slides, start=1)
        for shape in slide.shapes
        if "PICTURE" in str(shape.shape_type)
    ]
    assert pictures == [len(slides)], "only the QR code of the last slide is one"


def test_charts_of_powerpoint_hold_the_values_of_the_question(talk, slides):
    for exhibit, slide in zip(talk.exhibits, slides[1:-1], strict=True):
        shape = exhibit.shape
        if isinstance(shape, Bars):
            chart = next(s for s in slide.shapes if s.has_chart).chart
            assert list(chart.plots[0].categories) == list(shape.categories)
            assert [series.name for series in chart.plots[0].series] == [
                series.name for series in shape.series
            ]
            for drawn, ours in zip(chart.plots[0].series, shape.series, strict=True):
                assert list(drawn.values) == pytest.approx(list(ours.values), nan_ok=True)
        elif isinstance(shape, Lines):
            chart = next(s for s in slide.shapes if s.has_chart).chart
            drawn = [
                (series.name, *(points_of(series, axis) for axis in ("xVal", "yVal")))
                for series in chart.plots[0].series
            ]
            ours = [
                (path.name, [p.year for p in run], [p.value for p in run])
                for path in shape.paths
                for run in path.runs
            ]
            assert sorted(drawn) == sorted(ours)
            # The longest run first: LibreOffice forgets what stands before a series with more points.
            assert len(drawn[0][1]) == max(len(years) for _name, years, _values in drawn)


def points_of(series, axis):
    return [
        float(point.findtext(f"{CHART_ML}v"))
        for point in series._element.find(f"{CHART_ML}{axis}").iter(f"{CHART_ML}pt")
    ]


def test_golden_shares_of_the_two_censuses_are_in_the_chart(talk, slides):
    number = [exhibit.key for exhibit in talk.exhibits].index("ten_years")
    chart = next(s for s in slides[number + 1].shapes if s.has_chart).chart
    rows = store.ask("province_ageing", age=60)
    values = dict(zip(chart.plots[0].categories, chart.plots[0].series[1].values, strict=True))
    assert values == pytest.approx(dict(zip(rows["short_name"], rows["value"], strict=True)))
    # The census of 2020: 47,862,727 of 235,213,670 people in the delta are 60 or older.
    assert values["长三角"] == pytest.approx(100 * 47_862_727 / 235_213_670)


def test_a_gap_in_a_series_is_a_gap_in_the_chart_and_in_its_workbook(talk, slides):
    number = [exhibit.key for exhibit in talk.exhibits].index("bed_series")
    shape = talk.exhibits[number].shape
    assert any(point.value is None for path in shape.paths for point in path.points)
    chart = next(s for s in slides[number + 1].shapes if s.has_chart).chart
    names = [series.name for series in chart.plots[0].series]
    assert len(names) == sum(len(path.runs) for path in shape.paths) > len(shape.paths)
    # Each line stands in the legend once, however many runs it has; a target says itself what it is.
    hidden = {
        int(entry.find(f"{CHART_ML}idx").get("val"))
        for entry in chart._chartSpace.iter(f"{CHART_ML}legendEntry")
    }
    assert sorted(name for index, name in enumerate(names) if index not in hidden) == sorted(
        path.name for path in shape.paths if not path.own_words
    )
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    numbers = {
        cell.value
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert min(numbers) >= 0
    assert {point.value for path in shape.paths for point in path.points} - {None} <= numbers


def test_a_chart_of_lines_shows_its_years_and_what_each_point_is():
    """Targets and what is counted apart carry their own words: the legend names the lines alone, no year stands beyond the data."""
    talk = making.ready(decks.parse("own:signed"))[1]
    deck = Presentation(io.BytesIO(files_of.made(talk, PPTX)))
    chart = next(s for s in deck.slides[1].shapes if s.has_chart).chart
    hidden = {
        int(e.find(f"{CHART_ML}idx").get("val"))
        for e in chart._chartSpace.iter(f"{CHART_ML}legendEntry")
    }
    names = [series.name for series in chart.plots[0].series]
    shown = [name for index, name in enumerate(names) if index not in hidden]
    assert sorted(shown) == ["签署的三省市（区县）", "签署的上海区"]
    told = "".join(
        words for label in chart._chartSpace.iter(f"{CHART_ML}dLbl") for words in label.itertext()
    )
    shape = talk.exhibits[0].shape
    assert all(
        point.words in told for path in shape.paths if path.own_words for point in path.points
    )
    axis = chart.category_axis
    # The pilots are of 2019, the targets of the end of 2021.
    assert axis.minimum_scale == 2018 and 2021 < axis.maximum_scale < 2022


def test_maps_are_outlines_that_can_be_recoloured(talk, slides):
    number = [exhibit.key for exhibit in talk.exhibits].index("ageing_share")
    group = next(s for s in slides[number + 1].shapes if "GROUP" in str(s.shape_type))
    freeforms = [
        node
        for node in group._element.iter()
        if etree.QName(node).localname == "sp" and node.find(f".//{DRAWING_ML}custGeom") is not None
    ]
    names = {node.find(".//{*}cNvPr").get("name") for node in freeforms}
    places = talk.exhibits[number].shape.places
    assert len(places) == 57
    assert {f"{place.name} {place.words}" for place in places if place.code != "310000"} <= names
    fills = {
        n.find(".//{*}cNvPr").get("name"): n.find(
            f".//{DRAWING_ML}solidFill/{DRAWING_ML}srgbClr"
        ).get("val")
        for n in freeforms
    }
    assert all(
        fills[f"{p.name} {p.words}"] == palette.colour(p.role)[1:]
        for p in places
        if p.code != "310000"
    )
    # Only the larger places carry their name on the map; all stand in the notes with their value.
    told = slides[number + 1].notes_slide.notes_text_frame.text
    assert all(f"{place.name}{place.words}" in told for place in places)
    named = {
        line
        for place in places
        for line in place.label.split("\n")[:1]
        if line in words_of(slides[number + 1]).split("\n")
    }
    assert len(named) > 25


def test_source_date_and_release_stand_on_every_slide(talk, slides):
    for exhibit, slide in zip(talk.exhibits, slides[1:-1], strict=True):
        # A long line is broken where the slide ends.
        assert exhibit.source_line.split(" · ")[0] in words_of(slide).replace("\n", "")
    assert all(talk.dated in words_of(slide) for slide in slides)


def test_notes_of_every_slide_hold_finding_sources_and_quotes(talk, slides):
    for exhibit, slide in zip(talk.exhibits, slides[1:-1], strict=True):
        told = slide.notes_slide.notes_text_frame.text
        said = re.sub(r"[；。\n]", "", told)
        assert said.startswith(re.sub("[；。]", "", exhibit.spoken))
        for quote in exhibit.quotes[:20]:
            assert quote.reference in told
            assert all(words in told for words in quote.words)
        assert all(rule in told for rule in exhibit.rules)
    everything = slides[-1].notes_slide.notes_text_frame.text
    assert all(quote.reference in everything for quote in talk.sources)


def test_the_east_asian_font_is_set_in_every_text_and_every_chart(files):
    parts = package_of(files[PPTX])
    checked = 0
    for name, content in parts.items():
        if not re.match(r"ppt/(slides|notesSlides|charts)/[^_]+\.xml$", name):
            continue
        root = etree.fromstring(content)
        for properties in root.iter(
            f"{DRAWING_ML}rPr", f"{DRAWING_ML}defRPr", f"{DRAWING_ML}endParaRPr"
        ):
            checked += 1
            assert properties.find(f"{DRAWING_ML}ea").get("typeface") == EAST_ASIAN, name
        assert all(
            run.find(f"{DRAWING_ML}rPr") is not None for run in root.iter(f"{DRAWING_ML}r")
        ), name
    theme = etree.fromstring(
        next(content for name, content in parts.items() if name.startswith("ppt/theme/theme1"))
    )
    assert {
        node.get("typeface")
        for node in theme.iter(f"{DRAWING_ML}ea")
        if node.getparent().tag.endswith("Font")
    } == {EAST_ASIAN}
    assert checked > 300


@pytest.mark.parametrize("format_", [PPTX, DOCX, XLSX])
def test_nothing_in_an_office_file_points_outside(files, format_):
    parts = package_of(files[format_])
    for name, content in parts.items():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content, name
        if name.endswith(".xlsx"):
            inner = package_of(content)
            assert not any(
                b'TargetMode="External"' in part
                for inside, part in inner.items()
                if inside.endswith(".rels")
            ), name


def test_fictitious_data_is_marked_on_its_slide_sheet_table_and_page_and_nowhere_else(
    talk, slides, paper, book, files
):
    sections = files[HTML].decode("utf-8").split("<section")[2:-1]
    for number, (exhibit, slide, section) in enumerate(
        zip(talk.exhibits, slides[1:-1], sections, strict=True), start=1
    ):
        badges = [s for s in slide.shapes if s.has_text_frame and s.text_frame.text == "演示数据"]
        sheet = book[sheet_name(number, exhibit)]
        assert [
            len(badges),
            "演示数据" in (sheet["A3"].value or ""),
            'class="demo"' in section,
        ] == [
            int(exhibit.demo),
            exhibit.demo,
            exhibit.demo,
        ]
    captions = [
        p.text
        for p in paper.paragraphs
        if re.match(r"[图表]\d", p.text) and "（演示数据）" in p.text
    ]
    assert len(captions) == sum(exhibit.demo for exhibit in talk.exhibits) == 1


def test_word_has_the_layout_of_official_documents(talk, files, paper):
    section = paper.sections[0]
    assert [round(length / 36000) for length in (section.page_width, section.page_height)] == [
        210,
        297,
    ]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / 36000) for margin in margins] == [37, 35, 28, 26]
    # The words have what their style has: nothing in a paragraph goes against it.
    assert not [
        p.text for p in paper.paragraphs for run in p.runs if run.font.size or run.font.name
    ]
    faces = {
        p.text: {p.style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))}
        for p in paper.paragraphs
        if p.text
    }
    title = next(p for p in paper.paragraphs if p.style.name == "Title")
    assert (title.text, faces[title.text], title.style.font.size.pt) == (
        talk.title,
        {"方正小标宋简体"},
        22,
    )
    ones = [p for p in paper.paragraphs if p.style.name == "Heading 1"]
    twos = [p for p in paper.paragraphs if p.style.name == "Heading 2"]
    assert {face for p in ones for face in faces[p.text]} == {"黑体"}
    assert {face for p in twos for face in faces[p.text]} == {"楷体_GB2312"}
    for exhibit in talk.exhibits:
        body = next(p for p in paper.paragraphs if p.text == f"{exhibit.spoken.rstrip('。')}。")
        form = body.style.paragraph_format
        assert (
            faces[body.text],
            body.style.font.size.pt,
            form.line_spacing.pt,
            form.first_line_indent.pt,
        ) == (
            {"仿宋_GB2312"},
            16,
            28,
            32,
        )
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml and "—" in footer._element.xml
    fonts = etree.fromstring(package_of(files[DOCX])["word/fontTable.xml"])
    named = {
        f.get(qn("w:name")): f.find(qn("w:altName")).get(qn("w:val"))
        for f in fonts
        if f.find(qn("w:altName")) is not None
    }
    used = {face for found in faces.values() for face in found}
    assert used <= set(named) and {
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
        "楷体_GB2312",
        "宋体",
    } <= set(named)
    assert all("Noto" in others for others in named.values())


def test_word_holds_every_exhibit_in_its_form_and_all_sources_at_the_end(talk, files, paper):
    wanted = [NATIVE[exhibit.kind][DOCX] for exhibit in talk.exhibits]
    assert wanted.count(TABLE) == len(paper.tables)
    parts = package_of(files[DOCX])
    charts = [name for name in parts if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    assert wanted.count(CHART) == len(charts) == paper.element.xml.count("<c:chart ")
    texts = [p.text for p in paper.paragraphs]
    start = next(i for i, words in enumerate(texts) if words.endswith("、来源目录"))
    listed = [words for words in texts[start:] if words.startswith("[")]
    assert listed == [f"[{i}] {quote.reference}" for i, quote in enumerate(talk.sources, start=1)]


def test_charts_of_word_hold_the_values_of_the_question(talk, files):
    ordered = [
        exhibit.shape
        for section in word._sections(talk).values()
        for exhibit in section
        if isinstance(exhibit.shape, Bars | Lines)
    ]
    parts = package_of(files[DOCX])
    for number, shape in enumerate(ordered, start=1):
        space = etree.fromstring(parts[f"word/charts/chart{number}.xml"])
        assert f"word/embeddings/chart{number}.xlsx" in parts
        if isinstance(shape, Bars):
            drawn = [
                [p.findtext(f"{CHART_ML}v") for p in cat.iter(f"{CHART_ML}pt")]
                for cat in space.iter(f"{CHART_ML}cat")
            ]
            assert all(names == list(shape.categories) for names in drawn)
            values = [
                {
                    int(p.get("idx")): float(p.findtext(f"{CHART_ML}v"))
                    for p in v.iter(f"{CHART_ML}pt")
                }
                for v in space.iter(f"{CHART_ML}val")
            ]
            assert values == [
                {i: v for i, v in enumerate(series.values) if v is not None}
                for series in shape.series
            ]


def test_excel_has_notes_a_sheet_per_exhibit_with_its_data_and_chart_and_sources(talk, book):
    names = [sheet_name(number, exhibit) for number, exhibit in enumerate(talk.exhibits, start=1)]
    assert book.sheetnames == ["说明", *names, "来源"]
    about = "\n".join(
        str(cell.value)
        for row in book["说明"].iter_rows()
        for cell in row
        if cell.value is not None
    )
    assert talk.dated in about and talk.fingerprint in about
    for name, exhibit in zip(names, talk.exhibits, strict=True):
        sheet = book[name]
        form = NATIVE[exhibit.kind][XLSX]
        assert len(sheet._charts) == (1 if form == CHART else 0), name
        assert form in (CHART, CELLS)
        assert sheet["A1"].value == exhibit.spoken
        start = next(
            row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == "全部数据"
        )
        assert [cell.value for cell in sheet[start + 1]][: len(exhibit.twin.columns)] == [
            str(column) for column in exhibit.twin.columns
        ]
        assert sheet.max_row - start - 1 == len(exhibit.twin)
    sources = [
        row[0] for row in book["来源"].iter_rows(min_row=2, min_col=2, max_col=2, values_only=True)
    ]
    joint = [words for words in sources if words == "由多个来源合并算出"]
    assert sources == [quote.reference for quote in talk.sources] + joint


def test_charts_of_excel_stand_on_cells_with_the_values_of_the_question(talk, book):
    for number, exhibit in enumerate(talk.exhibits, start=1):
        sheet, shape = book[sheet_name(number, exhibit)], exhibit.shape
        if isinstance(shape, Bars):
            for column, series in enumerate(shape.series, start=2):
                cells = [
                    sheet.cell(FIRST + 1 + row, column).value
                    for row in range(len(shape.categories))
                ]
                assert cells == pytest.approx(list(series.values), nan_ok=True)
                assert [
                    sheet.cell(FIRST + 1 + row, 1).value for row in range(len(shape.categories))
                ] == list(shape.categories)
            first = sheet._charts[0].series[0]
            assert (
                first.val.numRef.f.split("!")[1]
                == f"$B${FIRST + 1}:$B${FIRST + len(shape.categories)}"
            )


def test_the_page_shows_every_exhibit_in_its_form(talk, page):
    bodies = page.sections
    assert len(bodies) == len(talk.exhibits) + 2
    for exhibit, tags in zip(talk.exhibits, bodies[1:-1], strict=True):
        assert tags[0][1]["data-kind"] == exhibit.kind
        held = {tag for tag, _attributes in tags}
        form = NATIVE[exhibit.kind][HTML]
        assert ("svg" in held, "table" in held) == {
            DRAWING: (True, False),
            TABLE: (False, True),
            MARKUP: (False, False),
        }[form], exhibit.key
        if form == DRAWING:
            svg = next(attributes for tag, attributes in tags if tag == "svg")
            assert svg["aria-label"] == exhibit.spoken


def test_the_page_can_ask_for_nothing(files, page):
    """No address that a browser would load, and a policy in the page that forbids loading any."""
    loading = {"src", "href", "srcset", "action", "poster", "data", "xlink:href", "formaction"}
    assert [(tag, a) for tag, a in page.tags if loading & set(a)] == []
    assert not {"link", "iframe", "img", "object", "embed", "form", "base"} & {
        tag for tag, _a in page.tags
    }
    policy = next(
        a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert (
        "connect-src" not in policy
        and "img-src" not in policy
        and "'unsafe-inline'" not in policy.split("script-src")[1]
    )
    style = re.search(r"<style>(.*?)</style>", files[HTML].decode("utf-8"), re.DOTALL).group(1)
    assert "url(" not in style and "@import" not in style


def test_the_script_of_the_page_is_the_one_its_policy_allows(files):
    markup = files[HTML].decode("utf-8")
    script = re.search(r"<script>(.*?)</script>", markup, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in markup
    assert "innerHTML" not in script and "fetch(" not in script and "XMLHttpRequest" not in script


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A miniature whose names and quotes try to be formulas, markup and links."""
    folder = assemble(tmp_path_factory.mktemp("hostile") / "datasets")
    for column in ("name", "short_name"):
        _spoil(folder / "places.csv", column, MARKUP_NAME)
    for table in ("events", "agreements", "sources", "tasks"):
        _spoil(folder / f"{table}.csv", "title", MARKUP_NAME)
    for table in ("observations", "agreements", "events"):
        _spoil(folder / f"{table}.csv", "quote", MARKUP_NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_DATASETS", str(folder))
        store.current.cache_clear()
        decks_made = (
            "own:headline,events,ten_years,task_times,matrix,signed,share_map",
            "city:320500",
        )
        talks = [making.talk(decks.parse(words)) for words in decks_made]
    store.current.cache_clear()
    return talks


def _spoil(path, column, words):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row[column] = f"{words}{number}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_names_that_are_formulas_or_markup_stay_words_in_every_format(hostile):
    for talk in hostile:
        made = {format_: files_of.made(talk, format_) for format_ in FORMATS}
        page = Page(made[HTML].decode("utf-8"))
        assert not {"img", "a", "iframe"} & {tag for tag, _a in page.tags}
        assert sum(tag == "script" for tag, _a in page.tags) == 1
        assert not [a for _tag, a in page.tags if any(name.startswith("on") for name in a)]
        assert any("=HYPERLINK" in words for words in page.texts)
        found = 0
        books = [made[XLSX]] + [
            part
            for format_ in (PPTX, DOCX)
            for name, part in package_of(made[format_]).items()
            if name.endswith(".xlsx")
        ]
        for content in books:
            for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
                for row in sheet.iter_rows():
                    for cell in row:
                        assert cell.data_type != "f", (sheet.title, cell.coordinate)
                        assert cell.hyperlink is None or cell.hyperlink.location
                        found += isinstance(cell.value, str) and "=HYPERLINK" in cell.value
        assert found > 0
        for format_ in (PPTX, DOCX):
            told = b"".join(
                part for name, part in package_of(made[format_]).items() if name.endswith(".xml")
            )
            assert b"&lt;img src" in told and b"<img" not in told
            assert b"hlinkClick" not in told and b"<w:hyperlink" not in told


@pytest.mark.slow
def test_a_missing_bar_is_a_gap_in_every_format(hostile):
    """The miniature has no people by age for one province."""
    number = [exhibit.key for exhibit in hostile[0].exhibits].index("ten_years")
    exhibit = hostile[0].exhibits[number]
    gaps = [value is None for value in exhibit.shape.series[1].values]
    assert gaps == [False, False, False, True, False]
    name = exhibit.shape.categories[3]
    assert layout.caveat_line(exhibit).startswith(f"公开资料未载：{name}")
    slide = list(Presentation(io.BytesIO(files_of.made(hostile[0], PPTX))).slides)[number + 1]
    chart = next(s for s in slide.shapes if s.has_chart).chart
    assert [value is None for value in chart.plots[0].series[1].values] == gaps
    inside = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [inside.cell(2 + row, 3).value is None for row in range(5)] == gaps
    sheet = openpyxl.load_workbook(io.BytesIO(files_of.made(hostile[0], XLSX)))[
        sheet_name(number + 1, exhibit)
    ]
    assert [sheet.cell(FIRST + 1 + row, 3).value is None for row in range(5)] == gaps
    section = files_of.made(hostile[0], HTML).decode("utf-8").split("<section")[number + 2]
    assert section.count(">未载<") == sum(
        value is None for series in exhibit.shape.series for value in series.values
    )


def test_two_makings_of_a_page_are_the_same_to_the_last_byte(talk, files):
    assert files_of.made(talk, HTML) == files[HTML]


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
def test_every_city_and_the_delta_have_their_file(format_, tmp_path):
    store.current.cache_clear()
    made = {path.name for _done, _total, path in files_of.batch(tmp_path, format_)}
    assert len(made) == 41
    assert min((tmp_path / name).stat().st_size for name in made) > 15_000
    assert len(files_of.made(making.talk(decks.parse("region")), format_)) > 40_000


@pytest.mark.slow
def test_every_quoted_text_of_the_region_stands_in_the_records_of_its_source(talk):
    """Read from the data files themselves, not through the question that the deck asks."""
    recorded = set()
    for path in DATASETS.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                recorded |= {
                    (row.get("source_id"), " ".join(row[column].split()))
                    for column in ("quote", "text")
                    if row.get(column)
                }
    region = making.ready(decks.parse("region"))[1]
    checked = 0
    for exhibit in region.exhibits:
        for quote in exhibit.quotes:
            for words in quote.words:
                # A rendering stands behind the words of its source, marked as ours.
                words = re.sub(r"（译：[^）]*）$", "", words)
                assert (quote.source_id, words) in recorded, (exhibit.key, quote.source_id, words)
                checked += 1
        told = "\n".join(notes(exhibit))
        own = [line for quote in exhibit.quotes for line in quote.workings] + list(exhibit.workings)
        assert not any(f"“{line}”" in told for line in own)
    assert checked > 40
    counted = next(exhibit for exhibit in region.exhibits if exhibit.key == "known_topics")
    assert any("按公开记录计数" in line for line in counted.workings)
    # The sheet of sources tells the same apart.
    sheet = openpyxl.load_workbook(io.BytesIO(files_of.made(region, XLSX)))["来源"]
    cells = [str(row[2].value or "") for row in sheet.iter_rows(min_row=2)]
    assert not any(re.search("“[^”]*按公开记录计数", cell) for cell in cells)
    assert any(cell.startswith("算法：按公开记录计数") for cell in cells)


def test_numbers_of_the_workbook_are_numbers_that_read_as_on_the_slide(talk, book):
    names = [sheet_name(number, exhibit) for number, exhibit in enumerate(talk.exhibits, start=1)]
    keys = [exhibit.key for exhibit in talk.exhibits]
    shares = book[names[keys.index("ageing_share")]]
    values = [row[1] for row in shares.iter_rows(min_row=FIRST + 1, max_row=FIRST + 57)]
    assert all(
        isinstance(cell.value, float) and cell.number_format == '#,##0.00"%"' for cell in values
    )
    target = book[names[keys.index("bed_target")]]
    assert [target.cell(row, 2).value for row in range(FIRST + 1, FIRST + 4)] == [
        25698,
        50698,
        51396,
    ]
    # Beside the words, which keep unit and qualifier, all data stand as numbers below.
    digits = next(
        cell for row in target.iter_rows() for cell in row if cell.value == "数值（全部位数）"
    )
    assert [target.cell(digits.row + down, digits.column).value for down in range(1, 5)] == [
        25698,
        50698,
        51396,
        25000,
    ]
    # A year or a code is no number to reckon with.
    assert all(
        excel._figure(words) == (words, "")
        for words in ("2020", "04", "320500", "2020年底", "1.2.3")
    )


def test_the_briefing_says_what_it_rests_on_and_what_follows(talk, paper):
    ones = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert (ones[0], ones[1], ones[-1].split("、")[1]) == ("一、结论", "二、说明", "来源目录")
    texts = [p.text for p in paper.paragraphs]
    assert any(talk.dated in words and f"{len(talk.sources)}个公开来源" in words for words in texts)
    assert any("不等于零" in words and "口径不同的数字不相减" in words for words in texts)
    # Headings, captions and the sentence before a table stay with it; the sources stand in two columns.
    assert all(
        p.paragraph_format.keep_with_next
        for p in paper.paragraphs
        if re.match(r"[图表]\d+　", p.text)
    )
    assert paper.sections[-1]._sectPr.find(qn("w:cols")).get(qn("w:num")) == "2"


def test_no_code_of_a_record_is_on_a_slide():
    pair = making.ready(decks.parse("pair:310117|330400"))[1]
    told = repr([exhibit.shape for exhibit in pair.exhibits])
    assert "备忘录是两份协议" in told and not re.search(r"（[A-Z]{2}\d+）", told)


@pytest.mark.parametrize(
    "words",
    ["region", "city:310000", "province:340000", "pair:310117|330400"],
)
def test_no_word_of_a_slide_is_cut(words):
    """What has no room is left out whole and said to be elsewhere; a title of a source ends where a part of it ends."""
    talk = making.ready(decks.parse(words))[1]
    deck = Presentation(io.BytesIO(files_of.made(talk, PPTX)))
    for exhibit, slide in zip(talk.exhibits, list(deck.slides)[1:-1], strict=True):
        assert len(layout.foot_lines(exhibit)) <= layout.FOOT_LINES, exhibit.key
        told = words_of(slide)
        assert "…" not in told, exhibit.key
        if exhibit.kind == "cards":
            assert all(entry["note"] in told for entry in exhibit.shape.entries)


def test_notes_of_a_slide_on_many_sources_count_all_of_them():
    """The summary of the delta rests on more than a hundred: twenty are listed, none is uncounted in what is said."""
    talk = making.ready(decks.parse("own:summary"))[1]
    count = len(talk.exhibits[0].quotes)
    assert count > 100
    slide = Presentation(io.BytesIO(files_of.made(talk, PPTX))).slides[1]
    told = slide.notes_slide.notes_text_frame.text
    assert f"数字出自{count}个公开来源。" in told.split("来源：")[0]
    assert (
        f"另有{count - 20}个来源，见最后一页的备注" in told
        and "[20] " in told
        and "[21] " not in told
    )
