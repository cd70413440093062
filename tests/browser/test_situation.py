"""The section 现状 as a reader meets it: the first screen, the way to a source, the place in the address, the printed page."""

import re

import pytest

from .reading import unfold

# What the overview may send before it stands still, in bytes of data messages.
LIMIT = 1_500_000


@pytest.fixture
def counted(window, server):
    """A window and the sizes of the messages it receives."""
    visitor = window(server)
    sizes = []
    visitor.page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda data: sizes.append(len(data)))
    )
    return visitor, sizes


@pytest.mark.slow
def test_the_first_screen_of_the_overview_is_whole(counted):
    """Cards, map and what is to be supplied stand above the fold of a laptop, and little is sent for it."""
    visitor, sizes = counted
    page = visitor.open("overview")
    for chosen in (
        "[class*=st-key-card_]",
        ".st-key-exhibit_place_map .js-plotly-plot",
        ".st-key-exhibit_wanted [data-testid=stTable]",
    ):
        boxes = [box.bounding_box() for box in page.locator(chosen).all()]
        assert boxes and all(box["y"] > 0 and box["y"] + box["height"] <= 900 for box in boxes), (
            chosen
        )
    assert page.locator("[class*=st-key-card_]").count() == 4
    assert 0 < sum(sizes) < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(
    "address,exhibit",
    [
        ("city?place=341800", "place_standing"),
        pytest.param("overview", "basics", marks=pytest.mark.slow),
        pytest.param("ageing", "ageing_quadrant", marks=pytest.mark.slow),
        pytest.param("bed-trends", "bed_ratio", marks=pytest.mark.slow),
    ],
)
def test_the_words_of_a_source_lead_to_it(address, exhibit, visitor):
    page = visitor.open(address)
    box = page.locator(f".st-key-exhibit_{exhibit}")
    link = unfold(box, "来源与引文").locator("table a[href*='sources?source=']").first
    link.wait_for(timeout=20_000)
    code = re.search(r"source=(\w+)", link.get_attribute("href")).group(1)
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    second = opened.value
    second.wait_for_selector(".st-key-exhibit_source_rows", timeout=60_000)
    assert second.url.endswith(f"/sources?source={code}")
    chosen = (
        second.locator(".st-key-source_box").inner_text()
        + second.locator(".st-key-source_box input").first.input_value()
    )
    assert f"{code}·" in chosen
    second.close()


@pytest.mark.slow
def test_a_chosen_place_stands_in_the_address_and_comes_back(visitor):
    page = visitor.open("city?place=320500")
    assert page.locator("h1").inner_text().startswith("苏州市")
    page.locator(".st-key-place_box input").first.fill("南通")
    page.get_by_role("option").filter(has_text="南通市").first.click()
    page.wait_for_function(
        "document.querySelector('h1').innerText.startsWith('南通市')", timeout=30_000
    )
    assert page.url.endswith("place=320600")
    page.reload()
    visitor.settle()
    assert page.locator("h1").inner_text().startswith("南通市")


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    [
        "320500",
        pytest.param("310000", marks=pytest.mark.slow),
        pytest.param("341882", marks=pytest.mark.slow),
    ],
)
def test_a_place_prints_on_one_page(place, visitor):
    page = visitor.open(f"city?place={place}")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    page.emulate_media(media="print")
    assert page.locator(".sheet h2").inner_text() == page.locator("h1").text_content()
    assert page.locator(".sheet footer").inner_text().startswith("数据版本")
    assert not page.locator("[class*=st-key-exhibit_]").first.is_visible()


@pytest.mark.slow
def test_the_coverage_grid_says_what_is_missing(visitor):
    page = visitor.open("coverage")
    words = page.locator(".st-key-exhibit_coverage_grid .js-plotly-plot").inner_text()
    assert words.count("未载") > 200 and "2010—2020" in words


@pytest.mark.slow
@pytest.mark.parametrize("width", [1366, 1440, 1920])
@pytest.mark.parametrize("view", ["地图", "方格图"])
def test_the_legend_of_a_map_covers_no_name(visitor, width, view):
    visitor.page.set_viewport_size({"width": width, "height": 900})
    page = visitor.open("overview")
    page.get_by_text(view, exact=True).first.click()
    visitor.settle()
    covered = page.get_by_test_id("stPlotlyChart").first.evaluate(
        """chart => {
            const box = element => element.getBoundingClientRect(), legend = box(chart.querySelector(".legend .bg"));
            const names = [...chart.querySelectorAll(".textpoint text")].filter(name => name.textContent);
            const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return [names.length > 50, names.filter(name => meet(box(name), legend)).map(name => name.textContent)];
        }"""
    )
    assert covered == [True, []]
