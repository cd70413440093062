"""Nothing is lost on a phone or at 200 %: no page moves sideways, no words are cut, none lie on others; nor in large type."""

import pytest
from menu import PAGES

from .reading import losses

# The sizes a reader meets: a phone, and a screen of 1440×900 enlarged to 200 %.
SIZES = {"phone": (390, 844), "doubled": (720, 450)}
EVERYDAY = {"overview"}
OTHER_VIEWS = [
    "ageing?ageing_share_view=方格图",
    "city?place=320500",
    "city?place=310117",
    "institutions?demo=true",
    "pairing?pairing_district=松江区&pairing_partner=嘉兴市",
    "tasks?tasks_view=按单位",
    "tasks?tasks_view=各地清单",
]


def opened(visitor, path, size):
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    return visitor.open(path)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "page",
    [pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES],
)
def test_nothing_is_lost(visitor, page, size):
    assert losses(opened(visitor, page, SIZES[size])) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", OTHER_VIEWS)
def test_nothing_is_lost_on_a_phone_in_other_views(visitor, path):
    assert losses(opened(visitor, path, SIZES["phone"])) == []


@pytest.mark.slow
@pytest.mark.parametrize("page", [p.url for p in PAGES])
def test_large_type_wraps_and_moves_but_loses_nothing(visitor, page):
    assert losses(opened(visitor, f"{page}?elder=true", (1440, 900))) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_slides_lose_nothing(visitor, size):
    width, height = SIZES[size]
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.page.goto(f"{visitor.url}/slides?deck=region")
    visitor.page.wait_for_selector("section.slide")
    # The buttons lie over the foot only while the pointer moves.
    visitor.page.evaluate("() => { document.querySelector('nav').hidden = true }")
    assert losses(visitor.page) == []


@pytest.mark.slow
def test_a_drawing_wider_than_the_phone_moves_by_keyboard_and_says_so(visitor):
    page = opened(visitor, "sojourn", SIZES["phone"])
    box = page.locator("[class*=st-key-room1040_sojourn_ties]")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.querySelector('[class*=st-key-room1040_sojourn_ties]').scrollLeft > 0"
    )
    hint = "getComputedStyle(document.querySelector('[class*=st-key-room1040_sojourn_ties]'), '::before').content"
    assert "左右移动" in page.evaluate(hint)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function(f"{hint} === 'none'")


@pytest.mark.slow
def test_lost_words_are_seen_when_there_are_some(visitor):
    page = opened(visitor, "pairing", (1440, 900))
    assert losses(page) == []
    page.evaluate(
        "document.querySelector('[data-testid=stCaptionContainer]').style.cssText = 'white-space:nowrap;overflow:hidden;width:90px'"
    )
    page.evaluate("""const words = document.querySelectorAll('.js-plotly-plot .annotation text');
        words[1].setAttribute('transform', ''); words[0].parentElement.appendChild(words[0].cloneNode(true))""")
    assert {kind for kind, _words in losses(page)} == {"cut", "overlap"}
