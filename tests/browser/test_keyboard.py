"""Everything by keyboard alone: each place is reached, shows that it has the focus, lets go of it again, and does its work."""

from itertools import pairwise

import pytest
from menu import PAGES

EVERYDAY = {"overview"}
# What the browser stops at, in the order of the page; the members of one group of radios are one stop.
PLACES = """() => {
  const all = [...document.querySelectorAll('a[href],button,input,select,textarea,summary,iframe,[tabindex]')].filter(place =>
    place.tabIndex >= 0 && !place.disabled && !place.closest('[inert],[aria-hidden=true]')
    && place.checkVisibility({visibilityProperty: true}) && place.getClientRects().length);
  const look = place => [place, place.parentElement, place.parentElement?.parentElement, place.nextElementSibling, place.previousElementSibling]
    .filter(Boolean).map(box => { const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      return edge.width < 3 || edge.height < 3 || style.opacity === '0' ? '' : [
        style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor, style.boxShadow, style.borderColor].join() });
  window.place_look = look;
  window.places_before = new Map(all.map(place => [place, look(place)]));
  document.activeElement?.blur();
  return all.length;
}"""
# Where the focus is: its number (-1: a place that came later, null: none), what it is called, and whether anything around it shows it.
HERE = """() => {
  const place = document.activeElement;
  if (!place || place === document.body) return null;
  const before = window.places_before.get(place), now = window.place_look(place);
  const name = [place.tagName, place.getAttribute('role'), place.dataset.testid, place.ariaLabel || place.textContent.trim().slice(0, 30)];
  return {number: [...window.places_before.keys()].indexOf(place), name: name.filter(Boolean).join(' '),
          shown: place.tagName === 'IFRAME' || (before ? now.some((look, i) => look && look !== before[i]) : now.some(look => look)),
          seen: (({top, bottom}) => bottom > 0 && top < innerHeight)(place.getBoundingClientRect())};
}"""

# What was never stopped at; in a row of buttons one is a stop, and the arrows go on from it.
MISSED = """reached => {
  const places = [...window.places_before.keys()], row = place => place.closest('[role=toolbar],[role=radiogroup],[role=group],[role=tablist]');
  const rows = new Set(reached.filter(number => number >= 0).map(number => row(places[number])).filter(Boolean));
  return places.filter((place, i) => place.isConnected && !reached.includes(i) && !rows.has(row(place)))
    .map(place => place.outerHTML.slice(0, 120));
}"""


def walk(page):
    """Every stop of the Tab key from the top of the page until it leaves it."""
    count = page.evaluate(PLACES)
    stops = []
    for _step in range(count + 40):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop is None or (stops and stop["number"] == stops[0]["number"] != -1):
            return count, stops
        stops.append(stop)
    raise AssertionError(f"the keyboard does not get out: {[stop['name'] for stop in stops[-5:]]}")


def tab_to(page, selector, most=200):
    """Press Tab until the focus is at `selector`."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES],
)
def test_every_place_is_reached_shows_the_focus_and_lets_it_go(visitor, page):
    page = visitor.open(page)
    _count, stops = walk(page)
    assert [stop["name"] for stop in stops if not stop["shown"]] == [], "no visible focus"
    assert [stop["name"] for stop in stops if not stop["seen"]] == [], "out of sight"
    twice = [
        one["name"]
        for one, other in pairwise(stops)
        if one["number"] == other["number"] != -1 and not one["name"].startswith("IFRAME")
    ]
    assert twice == [], "trapped"
    assert page.evaluate(MISSED, [stop["number"] for stop in stops]) == [], "not reached"


@pytest.mark.slow
def test_focus_without_a_sign_is_seen(visitor):
    page = visitor.open("overview")
    page.add_style_tag(
        content="button:focus-visible{outline:none!important;box-shadow:none!important;border-color:inherit!important}"
    )
    assert any(not stop["shown"] for stop in walk(page)[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "page,control,keys,address",
    [
        (
            "overview",
            "[class*=st-key-place_map_view] :is([role=radio],button)",
            ["ArrowRight", "Enter"],
            "**place_map_view=*",
        ),
        (
            "tasks",
            "[data-testid=stMain] input[role=combobox]",
            ["ArrowDown", "ArrowDown", "Enter"],
            "**tasks_*=*",
        ),
        (
            "pairing",
            "[class*=st-key-place_map_view] :is([role=radio],button)",
            ["ArrowRight", "Enter"],
            "**place_map_view=*",
        ),
    ],
    ids=["filter", "list of choices", "tiles beside the map"],
)
def test_a_choice_by_keyboard(visitor, page, control, keys, address):
    opened = visitor.open(page)
    tab_to(opened, control)
    for key in keys:
        opened.keyboard.press(key)
    opened.wait_for_url(address)


@pytest.mark.slow
def test_the_table_of_a_drawing_by_keyboard(visitor):
    page = visitor.open("timeline")
    tab_to(page, "[class*=st-key-more_timeline] button")
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="表格", exact=True).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[class*=st-key-exhibit_timeline] [data-testid=stTable]").first.wait_for()


@pytest.mark.slow
def test_the_sources_of_a_card_by_keyboard(visitor):
    page = visitor.open("overview")
    tab_to(page, "[class*=st-key-trace_0] button")
    page.keyboard.press("Enter")
    page.get_by_test_id("stPopoverBody").wait_for()
    page.keyboard.press("Escape")
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    assert page.evaluate("!!document.activeElement.closest('[class*=st-key-trace_0]')"), (
        "the focus is lost"
    )


@pytest.mark.slow
def test_the_slides_by_keyboard(visitor):
    page = visitor.page
    page.goto(f"{visitor.url}/slides?deck=region")
    page.wait_for_selector(".playing .slide.shown")
    count, stops = walk(page)
    assert count >= 7 and [stop["name"] for stop in stops if not stop["shown"]] == []
    tab_to(page, "[data-do=on]")
    page.keyboard.press("Enter")
    page.locator(".slide.shown[aria-label^='2/']").wait_for()
    page.keyboard.press("ArrowLeft")
    page.locator(".slide.shown[aria-label^='1/']").wait_for()
