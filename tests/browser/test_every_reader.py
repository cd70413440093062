"""Every page read by axe-core: no finding at serious or above that is ours, wide and on a phone."""

from pathlib import Path

import pytest
from menu import PAGES

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
# Streamlit's own menu: sections stand as <div> inside its <ul>. Found there, and only there.
MENU, OF_THE_MENU = "[data-testid=stSidebarNav]", {"list", "listitem"}
GRAVE = ("serious", "critical")
EVERYDAY = {"overview", "tasks"}


def findings(page, only=None, without=None):
    """What axe finds at serious or above: rule, the element and why."""
    page.evaluate(AXE)
    where = {"include": [[only]]} if only else {"exclude": [[without]]} if without else {}
    found = page.evaluate("where => axe.run(where.include || where.exclude ? where : document, {resultTypes: ['violations']})", where)
    return [
        (rule["id"], node["html"][:160], (node["any"] or node["all"] or node["none"])[0]["message"])
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def opened(visitor, path, width):
    visitor.page.set_viewport_size({"width": width, "height": 900})
    return visitor.open(path)


@pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", [pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES])
def test_no_grave_finding_on_a_page(visitor, page, width):
    found = findings(opened(visitor, page, width), without=MENU)
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["city?place=320500", "tasks?tasks_view=按单位", "institutions?demo=true", "pairing?pairing_part=近24个月公开资料未载"]
)
def test_no_grave_finding_in_other_views(visitor, path):
    assert findings(opened(visitor, path, 1440), without=MENU) == []


@pytest.mark.slow
@pytest.mark.parametrize("deck", ["region", "city:320500"])
def test_no_grave_finding_on_the_slides(visitor, deck):
    visitor.page.goto(f"{visitor.url}/slides?deck={deck}")
    visitor.page.wait_for_selector("section.slide")
    assert findings(visitor.page) == []


def test_what_is_left_lies_in_the_menu_of_streamlit_alone(visitor):
    assert {rule for rule, _html, _why in findings(opened(visitor, "overview", 1440), only=MENU)} <= OF_THE_MENU


def test_axe_sees_a_fault_when_there_is_one(visitor):
    page = opened(visitor, "overview", 1440)
    page.evaluate("document.querySelector('[data-testid=stCaptionContainer] p').style.color = '#bbb'")
    assert "color-contrast" in {rule for rule, _html, _why in findings(page, without=MENU)}
