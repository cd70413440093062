"""Outlines that no map office has approved stay on the screen; with an approval its number stands under each of them."""

import io
import zipfile

import pytest

from eldercare import maps
from eldercare.exhibits import Facts, ageing, beds, pairing
from eldercare.exhibits.shapes import Home, Homes
from eldercare.faces import layout, screen, svg
from eldercare.faces.drawing import Area, Words
from eldercare.faces.native import DOCX, HTML, PPTX
from eldercare.talks import decks, files_of, making

NUMBER = "测S（2099）0001号"
DECK = "own:share_map,stage_map"


@pytest.fixture
def approved(monkeypatch):
    monkeypatch.setenv("ELDERCARE_MAP_APPROVAL", NUMBER)


@pytest.fixture
def off(monkeypatch):
    monkeypatch.setenv("ELDERCARE_MAP_OUTLINES", "off")


def own_maps():
    """The maps of exhibits that are values, drawn for the screen."""
    facts = Facts(Facts(None).ask("release")["as_of"].iloc[0].date())
    return [screen.figures(made.shape) for made in (ageing.shares(facts), pairing.stage_map(facts))]


def grounds():
    """Maps of points over outlines."""
    facts = Facts(None)
    return [
        screen.circles(ageing.people(facts).shape),
        screen.circles(beds.welfare(facts).shape),
        screen.figures(Homes((Home("SH001", (121.4, 31.2), 1, "address"),))),
    ]


def said(figure):
    return [note.text for note in figure.layout.annotations]


def is_filled(figure):
    return any(trace.fill == "toself" for trace in figure.data)


def text_of(made, format_):
    if format_ == HTML:
        return made.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return "".join(
            parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml")
        )


def test_without_an_approval_no_deck_has_outlines(real_data):
    talk = making.talk(decks.parse(DECK))
    assert [exhibit.shape.squares for exhibit in talk.exhibits] == [True, True]
    for exhibit in talk.exhibits:
        drawn = svg.drawing(exhibit.shape, layout.BODY_WIDTH, layout.BODY_HEIGHT)
        assert all(
            len(ring) == 4 for part in drawn if isinstance(part, Area) for ring in part.rings
        )
        assert not any("天地图" in words for words in exhibit.caveats)


@pytest.mark.parametrize("format_", [PPTX, DOCX, HTML])
def test_with_an_approval_its_number_stands_in_every_file(approved, real_data, format_):
    talk = making.talk(decks.parse(DECK))
    assert not any(exhibit.shape.squares for exhibit in talk.exhibits)
    words = text_of(files_of.made(talk, format_), format_)
    assert words.count(f"审图号：{NUMBER}") >= 2 and "未经地图审核" not in words


def test_with_an_approval_its_number_stands_under_every_drawing(approved, real_data):
    for exhibit in making.talk(decks.parse(DECK)).exhibits:
        drawn = svg.drawing(exhibit.shape, layout.BODY_WIDTH, layout.BODY_HEIGHT)
        lines = [line for part in drawn if isinstance(part, Words) for line in part.lines]
        assert lines.count(f"审图号：{NUMBER}") == 1
    for views in own_maps():
        assert said(views[maps.OUTLINES]()).count(f"审图号：{NUMBER}") == 1


def test_on_pages_outlines_say_that_nobody_approved_them(real_data):
    for figure in [views[maps.OUTLINES]() for views in own_maps()] + grounds():
        assert is_filled(figure) and maps.has_outlines(figure)
        assert said(figure).count("内部示意，未经地图审核") == 1
    for views in own_maps():
        assert not maps.has_outlines(views[maps.SQUARES]())


def names_of(figure):
    return {text for trace in figure.data if trace.text is not None for text in trace.text}


def test_every_place_has_its_name_and_value_on_the_map(real_data):
    ages = Facts(None).ask("elder_share", age=60)
    figure = screen.outlines(ageing.shares(Facts(None)).shape, 520)
    places = ages[ages["level"] != "province"]
    wanted = {f"{p.short_name}<br>{p.value:.0f}%" for p in places.itertuples()} | {"上海<br>23%"}
    assert len(wanted) == 57 and wanted - names_of(figure) == set()


def test_a_setting_takes_outlines_off_the_pages(off, real_data):
    for views in own_maps():
        assert list(maps.views(views)) == [maps.SQUARES]
    for figure in grounds():
        assert not is_filled(figure) and not maps.has_outlines(figure)


def test_approved_outlines_are_not_taken_off(approved, off, real_data):
    assert all(maps.OUTLINES in maps.views(views) for views in own_maps())
