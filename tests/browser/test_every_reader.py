"""Every page read by axe-core: no finding at serious or above that is ours, wide and on a phone."""

from pathlib import Path

import pytest
from menu import PAGES

from .reading import unfold

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
# Streamlit's own menu: sections stand as <div> inside its <ul>. Found there, and only there.
MENU, OF_THE_MENU = "[data-testid=stSidebarNav]", {"list", "listitem"}
# Streamlit's own list boxes and popovers, as far as axe finds fault with them: the rule and what the element looks like.
OF_STREAMLIT: set[tuple[str, str]] = set()
GRAVE = ("serious", "critical")
EVERYDAY = {"overview"}


def findings(page, only=None, without=None):
    """What axe finds at serious or above: rule, the element and why."""
    page.evaluate(AXE)
    where = {"include": [[only]]} if only else {"exclude": [[without]]} if without else {}
    found = page.evaluate(
        "where => axe.run(where.include || where.exclude ? where : document, {resultTypes: ['violations']})",
        where,
    )
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
@pytest.mark.parametrize(
    "page",
    [pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES],
)
def test_no_grave_finding_on_a_page(visitor, page, width):
    found = findings(opened(visitor, page, width), without=MENU)
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "city?place=320500",
        "tasks?tasks_view=按单位",
        "institutions?demo=true",
        "pairing?pairing_part=近24个月公开资料未载",
    ],
)
def test_no_grave_finding_in_other_views(visitor, path):
    assert findings(opened(visitor, path, 1440), without=MENU) == []


def of_the_page(found):
    """Without what Streamlit builds by itself, by rule and element."""
    return [
        (rule, html, why)
        for rule, html, why in found
        if not any(rule == known and part in html for known, part in OF_STREAMLIT)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_no_grave_finding_with_a_list_open(visitor, width):
    page = opened(visitor, "tasks", width)
    page.get_by_test_id("stMain").get_by_role("combobox").first.click()
    page.get_by_role("option").first.wait_for()
    assert of_the_page(findings(page, without=MENU)) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_no_grave_finding_with_tables_and_sources_open(visitor, width):
    page = opened(visitor, "overview", width)
    unfold(page.locator("[class*=st-key-exhibit_place_map]"), "表格").get_by_test_id(
        "stTable"
    ).wait_for()
    page.locator("[class*=st-key-trace_0] button").first.click()
    page.get_by_test_id("stPopoverBody").wait_for()
    assert of_the_page(findings(page, without=MENU)) == []


LARGE_PAGES = [
    pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES
]
# The letters of drawings that are seen (those for paper are not): each colour on white, and its size.
LETTERS = """() => [...document.querySelectorAll('.js-plotly-plot text')].filter(text => text.textContent.trim() && text.getBBox().width && text.checkVisibility({visibilityProperty: true})).map(text => {
  const style = getComputedStyle(text);
  return [style.fill, parseFloat(style.fontSize), style.textShadow !== 'none'];
})"""


@pytest.mark.slow
@pytest.mark.parametrize("page", LARGE_PAGES)
def test_large_type_has_high_contrast_in_drawings_too(visitor, page):
    before = visitor.open(page).evaluate(LETTERS)
    shown = visitor.open(f"{page}?elder=true")
    shown.evaluate(AXE)
    rules = {
        "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]},
        "resultTypes": ["violations"],
    }
    found = shown.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    assert [
        (node["html"][:160], node["any"][0]["message"]) for rule in found for node in rule["nodes"]
    ] == []
    after = shown.evaluate(LETTERS)
    assert {(colour, rim) for colour, _size, rim in after} <= {("rgb(31, 41, 51)", True)}
    if before:
        assert min(size for _colour, size, _rim in after) >= 1.25 * min(
            size for _colour, size, _rim in before
        )


@pytest.mark.slow
def test_nothing_moves_for_those_who_asked_for_rest(visitor):
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open("overview")
    moving = """() => [...document.querySelectorAll('*')].filter(box => { const style = getComputedStyle(box);
        return (style.animationName !== 'none' && style.animationDuration !== '0s') || style.transitionDuration.split(',').some(time => parseFloat(time) > 0) })
        .map(box => box.outerHTML.slice(0, 100))"""
    assert page.evaluate(moving) == []
    page.goto(f"{visitor.url}/slides?deck=region")
    page.wait_for_selector("section.slide")
    assert page.evaluate(moving) == []


@pytest.mark.slow
@pytest.mark.parametrize("deck", ["region", "city:320500"])
def test_no_grave_finding_on_the_slides(visitor, deck):
    visitor.page.goto(f"{visitor.url}/slides?deck={deck}")
    visitor.page.wait_for_selector("section.slide")
    assert findings(visitor.page) == []


@pytest.mark.slow
def test_what_is_left_lies_in_the_menu_of_streamlit_alone(visitor):
    assert {
        rule for rule, _html, _why in findings(opened(visitor, "overview", 1440), only=MENU)
    } <= OF_THE_MENU


@pytest.mark.slow
def test_axe_sees_a_fault_when_there_is_one(visitor):
    page = opened(visitor, "overview", 1440)
    page.evaluate(
        "document.querySelector('[data-testid=stCaptionContainer] p').style.color = '#bbb'"
    )
    assert "color-contrast" in {rule for rule, _html, _why in findings(page, without=MENU)}
