"""An exhibit as a picture: the words, numbers and colours of its slide, inside its edges, whatever its names hold."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import resvg_py
from lxml import etree
from streamlit.testing.v1 import AppTest
from test_exhibits import NAMES, bare, item_of, lines_of, numbers_of, roles_of

from eldercare import measures, palette, store
from eldercare.exhibits import Exhibit, Facts, Missing
from eldercare.exhibits.shapes import (
    Bars,
    Cards,
    Cell,
    Circles,
    Dot,
    Event,
    Field,
    Grid,
    Home,
    Homes,
    Items,
    Lines,
    Map,
    Mark,
    Matrix,
    Network,
    Node,
    Panels,
    Path,
    Place,
    Point,
    Series,
    Spot,
    Strip,
    Table,
    Timeline,
)
from eldercare.faces import fonts, image, svg
from eldercare.faces.drawing import MIDDLE, RIGHT, Area, Stroke, Words, width_of
from eldercare.faces.native import NATIVE, PICTURE
from eldercare.talks import decks

STAMP = image.Stamp(
    "汇编止于2026年11月22日 · 版本 12345678", "https://kanban.example.cn/overview", True
)
FORMATS = pytest.mark.parametrize("format_", image.FORMATS, ids=lambda each: each.name)
# Fonts differ a little from what is reckoned.
SLACK = 3.0


@pytest.fixture(scope="module")
def made():
    """Every exhibit that a deck may show, of the day of the data."""
    store.current.cache_clear()
    facts = Facts(store.ask("release")["as_of"].iloc[0].date())
    known = {}
    for name in decks.MAKERS:
        item = item_of(name)
        value = decks.MAKERS[name].make(facts, *item.places, *item.plans)
        if not isinstance(value, Missing) and not value.rows.empty and not value.shape.empty:
            known[name] = value
    yield known
    store.current.cache_clear()


@pytest.fixture(params=NAMES)
def value(request, made) -> Exhibit:
    return made[request.param]


def words_in(parts) -> str:
    return bare("".join(line for part in parts if isinstance(part, Words) for line in part.lines))


@FORMATS
def test_a_picture_says_and_shows_what_its_slide_does(value, format_):
    parts = image.picture(value, STAMP, format_)
    told = words_in(parts)
    assert bare(value.title) in told and bare(value.subtitle) in told
    assert bare(value.source_line) in told
    assert bare(STAMP.dated) in told
    for words in lines_of(value.shape):
        assert bare(words) in told
    if isinstance(value.shape, Bars) and value.shape.labelled and not value.shape.stacked:
        for number in numbers_of(value.shape):
            assert f"{number:,.{value.shape.decimals}f}{value.shape.unit}" in told
    drawn = {part.fill for part in parts if hasattr(part, "fill")}
    drawn |= {part.colour for part in parts if isinstance(part, Stroke)}
    # A matrix of few rows leaves out those in which nothing stands.
    assert {palette.colour(role) for role in roles_of(value.shape)} <= drawn


def edges_of(part) -> tuple[float, float, float, float]:
    if isinstance(part, Words):
        wide = max(width_of(line, part.size) for line in part.lines)
        left = part.x - {MIDDLE: wide / 2, RIGHT: wide}.get(part.anchor, 0)
        low = part.y + (len(part.lines) - 0.5) * part.size * 1.25
        return left, part.y - part.size / 2, left + wide, low
    if isinstance(part, Area | Stroke):
        points = [p for ring in part.rings for p in ring] if isinstance(part, Area) else part.points
        across, down = zip(*points, strict=True)
        return min(across), min(down), max(across), max(down)
    radius = part.radius
    return part.x - radius, part.y - radius, part.x + radius, part.y + radius


@FORMATS
def test_nothing_leaves_a_picture_or_stands_on_its_foot(value, format_):
    parts = image.picture(value, STAMP, format_)
    ruled = [
        part
        for part in parts
        if isinstance(part, Stroke)
        and part.points[0][0] == image.EDGE
        and part.colour == measures.LINE
    ]
    foot = ruled[-1].points[0][1]
    code = edges_of(parts[-1])
    for part in parts[parts.index(ruled[-1]) + 1 : -1]:
        assert edges_of(part)[2] <= code[0], part
    for part in parts[1 : parts.index(ruled[-1])]:
        left, top, right, low = edges_of(part)
        assert left >= -SLACK and top >= -SLACK, part
        assert right <= format_.width + SLACK, part
        assert low <= foot + SLACK, part


def test_a_list_without_room_stands_in_two_columns_and_counts_what_is_left():
    entries = [(f"第{n}项", "很长的一段话，" * 6) for n in range(1, 9)]
    told = words_in(image.picture(of(Items(entries)), STAMP, image.WIDE))
    assert all(head in told for head, _words in entries) and "见原页" not in told
    many = [(f"第{n}项", "很长的一段话，" * 6) for n in range(1, 41)]
    told = words_in(image.picture(of(Items(many)), STAMP, image.WIDE))
    shown = sum(head in told for head, _words in many)
    assert 8 <= shown < 40 and "条，见原页" in told


def test_outlines_stand_in_a_picture_only_when_a_map_office_approved_them(made, monkeypatch):
    def longest() -> int:
        parts = image.picture(made["share_map"], STAMP, image.WIDE)
        # The code is many rings of four points, an outline one of many points.
        return max(len(ring) for part in parts if isinstance(part, Area) for ring in part.rings)

    monkeypatch.delenv("ELDERCARE_MAP_APPROVAL", raising=False)
    assert longest() == 4
    monkeypatch.setenv("ELDERCARE_MAP_APPROVAL", "GS(2026)0001号")
    assert longest() > 20


@pytest.mark.parametrize(
    ("spoken", "demo", "mark"),
    [("机构57家", True, "演示数据"), ("每千名老人床位（试算）", False, "试算"), ("机构57家", False, "")],
)  # fmt: skip
def test_what_is_invented_or_reckoned_is_stamped(spoken, demo, mark):
    value = replace(of(Items([("项", "内容")])), title=spoken, demo=demo)
    stamped = [
        part.lines[0]
        for part in image.picture(value, STAMP, image.WIDE)
        if isinstance(part, Words) and part.colour == measures.ACCENT
    ]
    assert stamped == ([mark] if mark else [])


# --- fonts ---


def test_a_missing_font_names_its_package(tmp_path):
    with pytest.raises(fonts.MissingFont, match="fonts-dejavu-core"):
        fonts.found((tmp_path,))
    (tmp_path / "DejaVuSans.ttf").touch()
    with pytest.raises(fonts.MissingFont, match="fonts-noto-cjk"):
        fonts.found((tmp_path, tmp_path))


def test_every_sign_of_a_status_has_a_letter_in_the_fonts():
    signs = {
        status.shape
        for words in (measures.STAGES, measures.LAMPS, measures.PROOFS, measures.SELF_REPORTS)
        for status in words.values()
    }
    letters = fonts.found()

    def drawn(sign: str) -> bytes:
        words = f"<text x='2' y='20' font-size='20' font-family='{letters.family}'>{sign}</text>"
        page = f"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'>{words}</svg>"
        return resvg_py.svg_to_bytes(
            svg_string=page, skip_system_fonts=True, font_files=list(letters.files)
        )

    nothing = {drawn(" "), drawn("\ue123")}
    assert [sign for sign in sorted(signs) if drawn(sign) in nothing] == []


# --- hostile names ---

HOSTILE = {
    "markup": "<script>alert(1)</script><b>粗</b>&amp;",
    "formula": '=HYPERLINK("https://elsewhere.test","点")',
    "turned": "甲\u202e乙\u2066丙\u200f",
    "long": "长" * 200,
    "control": "甲\x00乙\x0b丙\n丁",
}
TURNING = set("\u202e\u2066\u200f")


def of(shape) -> Exhibit:
    return Exhibit(
        "k", "现状", "题", "副题", shape, pd.DataFrame({"a": [1]}), {"a": "甲"}, "来源：无", ()
    )


def shapes_with(name: str):
    """One of every shape, its names hostile."""
    day = date(2020, 12, 31)
    place = Place("320500", name, name, name, "class:2", 3.0, spot=(120.6, 31.3))
    points = [Point(day, 2.0, name), Point(date(2021, 12, 31), 3.0, name)]
    path = Path(name, points, "series:0")
    tiles = (("320500", 0, 0),)
    return [
        Cards([{"label": name, "value": "1", "unit": "家", "note": name}]),
        Bars([name], [Series(name, [1.0], "now"), Series(name, [None], "earlier")], "家"),
        Bars([name], [Series(name, [1.0], "now")], "家", horizontal=False),
        Lines([path], "家"),
        Map([place], [(name, "class:2")], name, tiles=tiles),
        Matrix([name], [name], ["310101"], ["320500"], {(0, 0): Mark("●", name, "stage:signed")}, [("●", name, "stage:signed")], name, "公开资料未载"),
        Table([name, name], [[name, name]], [1.0, 1.0]),
        Timeline([Event(day, "2020年", name)], day),
        Network([Node(name, name, 3.0, "own"), Node(name, "", None, "own", hub=True)], [(name, "own")]),
        Panels([path]),
        Strip([Dot(name, 1.0, "peer", name), Dot(name, 2.0, "whole", name)], "%"),
        Field([Spot("320500", name, 1.0, 2.0, name)], (name, name), ("%", "%"), (1.0, 2.0), name, (name,) * 4),
        Circles([place]),
        Homes([Home("a", (120.6, 31.3), 1, "city", hover=name)]),
        Grid([Cell(name, name, name, "class:2", name, "320500")], [(name, "class:2")]),
        Items([(name, name)]),
    ]  # fmt: skip


def test_the_table_of_forms_has_a_drawing_for_every_shape():
    kinds = {shape.kind for shape in shapes_with("名")}
    assert kinds == set(NATIVE) == {shape.kind for shape in svg.DRAWN}
    assert all(PICTURE in forms for forms in NATIVE.values())


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_name_stays_words_in_every_shape(name):
    for shape in shapes_with(name):
        value = replace(of(shape), title=name, subtitle=name, caveats=(name,))
        page = image.vector(value, STAMP, image.TALL)
        drawing = etree.fromstring(page)
        tags = {etree.QName(node).localname for node in drawing.iter()}
        assert tags <= {"svg", "path", "circle", "text", "tspan", "title"}, shape.kind
        assert not TURNING & set(page.decode()), shape.kind
        assert "href" not in {key for node in drawing.iter() for key in node.attrib}


@pytest.mark.parametrize("name", [HOSTILE["control"], HOSTILE["markup"]], ids=["control", "markup"])
def test_a_hostile_name_is_drawn_in_pixels(name):
    value = replace(of(Items([(name, name)])), title=name)
    assert image.png(value, STAMP, image.TALL).startswith(b"\x89PNG")


# --- the way back ---


def stamped():
    """What a page stamps on a picture."""
    import pandas as pd
    import streamlit as st

    from eldercare.exhibits import Exhibit
    from eldercare.exhibits.shapes import Items
    from eldercare.screen import taking

    rows = pd.DataFrame({"source_id": ["W15"]})
    value = Exhibit("k", "现状", "题", "", Items(()), rows, {}, "来源：无", ())
    stamp = taking.stamp(value)
    st.text(stamp.link)
    st.text(stamp.opens)


def test_the_code_leads_to_the_page_with_its_choices(monkeypatch):
    monkeypatch.setenv("ELDERCARE_PUBLIC_URL", "https://kanban.example.cn/")
    app = AppTest.from_function(stamped, default_timeout=60)
    app.query_params["place"] = "320500"
    app.run()
    assert not app.exception
    assert app.text[0].value.startswith("https://kanban.example.cn/")
    assert app.text[0].value.endswith("?place=320500")


def test_without_a_public_address_the_code_says_title_and_release(monkeypatch):
    monkeypatch.delenv("ELDERCARE_PUBLIC_URL", raising=False)
    app = AppTest.from_function(stamped, default_timeout=60).run()
    assert not app.exception
    assert app.text[0].value.startswith("题\n汇编止于") and app.text[1].value == "False"
