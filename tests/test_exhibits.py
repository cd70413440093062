"""One value, many faces: title, subtitle, numbers, colours by meaning and source line of every exhibit are equal wherever it is drawn."""

import io
import json
import re

import openpyxl
import pytest
from docx import Document
from lxml import html as markup
from plotly.io.json import to_json_plotly
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from eldercare import palette, store
from eldercare.exhibits import access
from eldercare.exhibits.projection import plan
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.faces import screen
from eldercare.faces.excel import FIRST, sheet_name
from eldercare.faces.native import CHART, DOCX, HTML, NATIVE, PPTX, SCREEN, XLSX
from eldercare.talks import decks, files_of, making

# A place and a pair of which all is known that any place or pair can have.
PLACES = ["", "@310000", "@310117|330400"]
# Where of these nothing is known, or nothing is asked.
OTHERS = {"pair_candidates": "@310117", "group_figures": "@320509|330421"}
NAMES = list(decks.MAKERS)
# A standard per 1,000 people; then a rate for each age, with beds of one's own.
PLANS = (plan.Plan(rates=(40.0,)), plan.Plan("none", 2040, (5.0, 20.0, 90.0), own=12_000.0))


def item_of(name: str) -> decks.Item:
    """An exhibit with places and plans of which all is known."""
    maker = decks.MAKERS[name]
    at = OTHERS.get(name, PLACES[maker.places])
    codes = tuple(code for code in at[1:].split("|") if code)
    plans = [access.USUAL] if maker.read is access.read else PLANS
    return decks.Item(name, codes, tuple(plans[: maker.plans]))


@pytest.fixture(scope="module")
def talk():
    store.current.cache_clear()
    words = ",".join(item_of(name).words for name in NAMES)
    yield making.ready(decks.parse(f"own:{words}"))[1]
    store.current.cache_clear()


@pytest.fixture(scope="module")
def faces(talk):
    """The four files, opened again: for each exhibit its slide, sheet, section of the page; and the paper as a whole."""
    made = {format_: files_of.made(talk, format_) for format_ in (PPTX, DOCX, XLSX, HTML)}
    book = openpyxl.load_workbook(io.BytesIO(made[XLSX]))
    page = markup.fromstring(made[HTML].decode())
    return {
        PPTX: list(Presentation(io.BytesIO(made[PPTX])).slides)[1:-1],
        DOCX: Document(io.BytesIO(made[DOCX])),
        XLSX: [book[sheet_name(i, e)] for i, e in enumerate(talk.exhibits, start=1)],
        HTML: page.xpath("//section")[1:-1],
    }


@pytest.fixture(params=NAMES)
def told(request, talk, faces):
    """An exhibit with its slide, its sheet, its section of the web page, and the paper."""
    title = making._name(item_of(request.param))
    at = next(i for i, exhibit in enumerate(talk.exhibits) if exhibit.name == title)
    return (
        request.param,
        talk.exhibits[at],
        *(faces[f][at] for f in (PPTX, XLSX, HTML)),
        faces[DOCX],
    )


def shown(words: str):
    """What a page does with an exhibit."""
    from eldercare import store
    from eldercare.exhibits import Facts
    from eldercare.screen import blocks
    from eldercare.talks import decks

    facts = Facts(store.ask("release")["as_of"].iloc[0].date())
    (item,) = decks.parse(f"own:{words}").chosen
    blocks.show(item.made(facts))


def screen_of(name: str) -> AppTest:
    app = AppTest.from_function(shown, kwargs={"words": item_of(name).words}, default_timeout=60)
    app.run()
    assert not app.exception
    return app


def bare(words: str) -> str:
    """Words as a reader sees them: escapes, badges, links and breaks of lines taken out."""
    words = re.sub(r":gray-badge\[(.*?)\]", r"\1", words)
    words = re.sub(r"\[(.*?)\]\(sources\?source=\w+\)", r"\1", words)
    return re.sub(r"[\s\\]", "", words)


def words_of(slide) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [
        cell.text_frame.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    drawn = [node.text or "" for node in slide._element.iter("{*}t")]
    return bare("".join([*texts, *cells, *drawn]))


def roles_of(shape) -> set[str]:
    if isinstance(shape, Bars):
        return {
            role
            for series in shape.series
            for role, value in zip(
                series.roles or [series.role] * len(series.values), series.values, strict=True
            )
            if value is not None
        }
    if isinstance(shape, Lines):
        return {path.role for path in shape.paths}
    if isinstance(shape, Map):
        return {place.role for place in shape.places if not place.spot}
    return (
        {mark.role for mark in shape.marked.cells.values()} if isinstance(shape, Matrix) else set()
    )


def numbers_of(shape) -> list[float]:
    if isinstance(shape, Bars):
        return [v for series in shape.series for v in series.values if v is not None]
    if isinstance(shape, Lines):
        return [p.value for path in shape.paths for p in path.points if p.value is not None]
    return []


def lines_of(shape) -> list[str]:
    """The first words that an exhibit made of words shows."""
    if isinstance(shape, Cards):
        return [shape.entries[0]["value"]]
    if isinstance(shape, Table):
        return [shape.lines[0][0]]
    if isinstance(shape, Timeline):
        # Along lanes an event is a sign; its words open at it or stand in the table.
        return [shape.events[0].lane or shape.events[0].when]
    if isinstance(shape, Items):
        return [shape.entries[0][0]]
    return []


def test_its_words_are_equal_on_every_face(told):
    name, exhibit, slide, sheet, section, paper = told
    source = bare(exhibit.source_line)
    assert slide.shapes.title.text_frame.text == exhibit.title
    assert bare(exhibit.subtitle) in words_of(slide) and source in words_of(slide)
    assert sheet["A1"].value == exhibit.spoken
    assert sheet["A2"].value.startswith(exhibit.source_line)
    assert section.xpath(".//header/h1")[0].text_content() == exhibit.title
    assert section.xpath(".//header/p")[0].text_content() == exhibit.subtitle
    assert source in bare(section.xpath(".//*[@class='source']")[0].text_content())
    written = [paragraph.text for paragraph in paper.paragraphs]
    assert f"{exhibit.spoken.rstrip('。')}。" in written
    if not isinstance(exhibit.shape, Items):
        assert any(line.startswith(exhibit.source_line) for line in written)
    app = screen_of(name)
    if isinstance(exhibit.shape, Cards):
        return
    captions = [bare(caption.value) for caption in app.caption]
    assert bare(app.subheader[0].value) == bare(exhibit.title)
    assert exhibit.subtitle == "" or bare(exhibit.subtitle) in captions
    assert any(caption.startswith(source) for caption in captions)


def test_its_numbers_are_equal_on_every_face(told):
    name, exhibit, slide, sheet, section, _paper = told
    wanted = numbers_of(exhibit.shape)
    on_sheet = [cell.value for row in sheet.iter_rows(min_row=FIRST) for cell in row]
    if wanted:
        chart = next(shape for shape in slide.shapes if shape.has_chart).chart
        points = {
            round(float(node.text), 6)
            for node in chart._chartSpace.iter("{*}v")
            if re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", node.text or "")
        }
        assert rounded(wanted) <= points
        assert rounded(wanted) <= rounded(on_sheet)
        spec = json.loads(screen_of(name).get("plotly_chart")[0].proto.spec)
        drawn = [
            value
            for trace in spec["data"]
            for axis in ("x", "y")
            for value in listed(trace.get(axis))
            if isinstance(value, int | float)
        ]
        assert rounded(wanted) <= rounded(drawn)
    for words in map(bare, lines_of(exhibit.shape)):
        assert words in words_of(slide) and words in bare(section.text_content())


def test_what_is_sent_is_what_plotly_makes_of_it_after_its_checks(told):
    """Pages send drawings that Plotly has not checked: here it does."""
    _name, exhibit, *_faces = told
    views = screen.figures(exhibit.shape)
    views = views if isinstance(views, dict) else {"": lambda: screen.figures(exhibit.shape)}
    for make in views.values():
        if drawn := make():
            sent, checked = (
                json.loads(to_json_plotly(each.to_dict())) for each in (drawn, drawn.checked)
            )
            assert sent == checked


def rounded(values) -> set[float]:
    return {round(value, 6) for value in values if isinstance(value, int | float)}


def test_the_table_of_forms_says_what_the_screen_draws(told):
    _name, exhibit, *_faces = told
    drawn = screen.figures(exhibit.shape) is not None
    assert drawn == (NATIVE[exhibit.kind][SCREEN] == CHART)


def listed(values) -> list:
    """Plotly writes arrays of numbers as bytes; those of ours are lists or float32."""
    return values if isinstance(values, list) else []


def test_its_colours_mean_the_same_on_every_face(told):
    name, exhibit, slide, sheet, section, _paper = told
    roles = roles_of(exhibit.shape)
    if not roles:
        return
    filled = {palette.colour(role) for role in roles}
    xml = slide.part.blob.decode() + "".join(
        part.target_part.blob.decode()
        for part in slide.part.rels.values()
        if "chart" in part.reltype
    )
    assert {colour[1:] for colour in filled} <= set(re.findall(r'srgbClr val="(\w{6})"', xml))
    assert filled <= set(re.findall(r"#\w{6}", markup.tostring(section, encoding="unicode")))
    cells = {
        cell.fill.fgColor.rgb[2:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }
    if isinstance(exhibit.shape, Map | Matrix):
        assert {colour[1:] for colour in filled} <= cells
    spec = screen_of(name).get("plotly_chart")[0].proto.spec
    # On the screen a sign of the matrix stands on the bare ground.
    on_screen = (
        {palette.line(role) for role in roles} if isinstance(exhibit.shape, Matrix) else filled
    )
    assert on_screen <= set(re.findall(r"#\w{6}", spec))
