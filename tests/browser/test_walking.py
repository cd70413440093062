"""A reader walks from page to page: one chosen place, one step back, filters that are still there."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

# A machine under load draws a page in more than the five seconds that `expect` waits by itself.
SLOW = 60_000


def asks(page, name, *values):
    """The address comes to ask for this."""
    page.wait_for_url(
        lambda now: parse_qs(urlsplit(now).query).get(name) == list(values), timeout=SLOW
    )


def says(place, words):
    """The words come to stand there."""
    expect(place).to_contain_text(words, timeout=SLOW)


def menu(visitor, title, address):
    """Open a page by the menu."""
    page = visitor.page
    page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True).click()
    # The overview has the bare address.
    page.wait_for_url(
        lambda now: urlsplit(now).path in (f"/{address}", "/" * (address == "overview"))
    )
    visitor.settle()


def back(visitor):
    visitor.page.go_back()
    visitor.page.wait_for_timeout(500)
    visitor.settle()


def type_and_enter(visitor, box, words):
    box.locator("input").first.fill(words)
    visitor.page.get_by_role("option").first.wait_for()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_timeout(500)
    visitor.settle()


def place_is(page, name):
    box = page.locator(".st-key-place_box input").first
    expect(box).to_have_value(re.compile(name), timeout=SLOW)


def test_one_chosen_place_goes_along_to_every_page(visitor, window, server):
    page = visitor.open("pairing?cities=嘉兴")
    menu(visitor, "地方档案", "city")
    says(page.locator("h1"), re.compile("^嘉兴市"))
    asks(page, "place", "330400")
    menu(visitor, "床位趋势", "bed-trends")
    place_is(page, "^嘉兴")
    menu(visitor, "老龄化", "ageing")
    says(page.locator(".st-key-exhibit_ageing_counties"), "嘉兴7个县（市、区）")
    menu(visitor, "指标台账", "indicators")
    place_is(page, "^嘉兴")
    menu(visitor, "论坛演示", "present")
    says(page.locator("h1"), re.compile("^嘉兴"))
    # Chosen anew on a page of one place, it is the choice of the pages that filter by cities.
    menu(visitor, "地方档案", "city")
    type_and_enter(visitor, page.locator(".st-key-place_box"), "芜湖市")
    for title, address in [
        ("数据覆盖", "coverage"),
        ("机构名录", "institutions"),
        ("城市结对", "pairing"),
    ]:
        menu(visitor, title, address)
        asks(page, "cities", "芜湖")
        says(page.locator(".st-key-cities"), "芜湖")
    page.reload()
    visitor.settle()
    menu(visitor, "总览", "overview")
    asks(page, "place", "340200")
    again = window(server)
    again.open(page.url.removeprefix(f"{server.url}/"))
    menu(again, "床位趋势", "bed-trends")
    place_is(again.page, "^芜湖")


@pytest.mark.slow
def test_back_needs_one_step_and_keeps_the_filters(visitor):
    page = visitor.open("overview")
    menu(visitor, "任务进度", "tasks")
    page.get_by_test_id("stButtonGroup").get_by_text("按单位", exact=True).click()
    page.wait_for_selector(".st-key-exhibit_unit_sheet")
    visitor.settle()
    type_and_enter(visitor, page.locator(".st-key-tasks_sheet_box"), "上海各区")
    asks(page, "tasks_sheet", "上海各区")
    menu(visitor, "地方档案", "city")
    type_and_enter(visitor, page.locator(".st-key-place_box"), "芜湖市")
    type_and_enter(visitor, page.locator(".st-key-place_box"), "南通市")
    back(visitor)
    assert urlsplit(page.url).path == "/tasks"
    says(page.locator(".st-key-exhibit_unit_sheet h3"), "上海各区")
    back(visitor)
    assert urlsplit(page.url).path in ("/", "/overview")


@pytest.mark.slow
def test_the_menu_brings_back_a_page_as_it_was_left(visitor):
    page = visitor.open("tasks")
    page.get_by_test_id("stButtonGroup").get_by_text("按单位", exact=True).click()
    page.wait_for_selector(".st-key-exhibit_unit_sheet")
    visitor.settle()
    type_and_enter(visitor, page.locator(".st-key-tasks_sheet_box"), "上海各区")
    asks(page, "tasks_sheet", "上海各区")
    menu(visitor, "老龄化", "ageing")
    menu(visitor, "任务进度", "tasks")
    asks(page, "tasks_view", "按单位")
    asks(page, "tasks_sheet", "上海各区")
    says(page.locator(".st-key-exhibit_unit_sheet h3"), "上海各区")


@pytest.mark.slow
def test_a_hit_of_the_search_opens_here_and_the_hits_go_away(visitor):
    page = visitor.open("tasks?elder=true")
    box = page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").locator("input")
    box.fill("南通")
    box.press("Enter")
    page.locator(".st-key-search_results a").first.click()
    page.wait_for_function("document.querySelector('h1')?.innerText.startsWith('南通市')")
    visitor.settle()
    assert len(page.context.pages) == len(visitor.others) + 1, "no new tab"
    asks(page, "place", "320600")
    asks(page, "elder", "true")
    expect(page.locator(".st-key-search_results")).to_have_count(0, timeout=SLOW)
    box.fill("南通")
    box.press("Enter")
    page.locator(".st-key-search_results").wait_for()
    menu(visitor, "床位趋势", "bed-trends")
    expect(page.locator(".st-key-search_results")).to_have_count(0, timeout=SLOW)
    place_is(page, "^南通")


@pytest.fixture
def visitor(window, server):
    """A tab on the shared server that knows which tabs were there before it."""
    visitor = window(server)
    visitor.others = [page for page in visitor.page.context.pages if page != visitor.page]
    return visitor


def click(page, mark):
    """Click the middle of a mark of a chart."""
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "exhibit", "mark", "leads"),
    [
        ("overview", "place_map", ".textpoint text", "**/city?*place=3*"),
        ("overview", "elder_share", ".scatterlayer .point", "**/city?*place=3*"),
        ("coverage", "coverage_grid", ".barlayer .point", "**/city?*place=3*"),
        ("ageing", "ageing_quadrant", ".scatterlayer .point", "**/city?*place=3*"),
        ("timeline", "timeline", ".scatterlayer .point", "**/sources?*source=*"),
    ],
)
def test_a_mark_opens_what_it_names(visitor, path, exhibit, mark, leads):
    page = visitor.open(path)
    click(page, page.locator(f".st-key-exhibit_{exhibit} {mark}").first)
    page.wait_for_url(leads, timeout=SLOW)
    visitor.settle()
    back(visitor)
    assert urlsplit(page.url).path in (f"/{path}", "/" * (path == "overview"))
    assert page.locator(f".st-key-exhibit_{exhibit}").is_visible(), "the click is not repeated"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "exhibit", "mark", "detail"),
    [
        ("pairing", "place_map", ".textpoint text", ".st-key-pairing_district"),
    ],
)
def test_what_a_click_opens_comes_into_view(visitor, path, exhibit, mark, detail):
    page = visitor.open(path)
    click(page, page.locator(f".st-key-exhibit_{exhibit} {mark}").first)
    page.wait_for_timeout(500)
    visitor.settle()
    page.wait_for_timeout(1000)
    top = page.locator(detail).bounding_box()["y"]
    assert -1 <= top < 700


@pytest.mark.slow
def test_the_profile_of_a_place_leads_on(visitor):
    page = visitor.open("city?place=330400")
    main = page.get_by_test_id("stMain")
    main.get_by_role("link", name="演示", exact=True).click()
    page.wait_for_url("**/present**")
    visitor.settle()
    assert page.locator("h1").inner_text().startswith("嘉兴")
    back(visitor)
    page.locator(".st-key-exhibit_similar_cities td a").first.click()
    page.wait_for_url(lambda address: "place=330400" not in address)
    visitor.settle()
    back(visitor)
    assert page.locator("h1").inner_text().startswith("嘉兴市"), "Back leads to the place before"


# What lies beyond the right edge of the sheet, and which exhibits lie upon each other.
ON_PAPER = """() => {
    window.onPaper();
    const main = document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect();
    const cut = [...document.querySelectorAll('.main-svg, table')].filter(part => part.getBoundingClientRect().right > main.right + 2);
    const seen = part => !part.closest('details:not([open])');
  const boxes = [...document.querySelectorAll('[class*=st-key-exhibit_]')].filter(seen).map(part => part.getBoundingClientRect()).filter(box => box.height);
    const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
    return [boxes.length > 1, cut.map(part => part.className || part.tagName), boxes.filter((a, i) => boxes.some((b, j) => j > i && meet(a, b))).length];
}"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "most"),
    [("overview", 2), ("pairing", 3), ("bed-trends", 3), ("tasks?task_lamps_view=清单", 2)],
)
def test_a_page_prints_whole(visitor, path, most):
    page = visitor.open(path)
    paper = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) <= most
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})
    assert page.evaluate(ON_PAPER) == [True, [], 0]
    assert not page.get_by_test_id("stSidebar").is_visible()


@pytest.mark.slow
def test_the_button_prints_without_a_word_to_the_server(visitor):
    page = visitor.open("ageing")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="打印本页").click()
    assert page.evaluate("window.printed") is True


@pytest.mark.slow
def test_paper_has_squares_where_the_screen_has_outlines(visitor):
    page = visitor.open("overview")
    fills = ".st-key-exhibit_place_map .js-plotly-plot:visible .js-fill"
    shown, squares = (
        page.locator(f".st-key-exhibit_place_map {part}")
        for part in (
            "[class*=st-key-room] .js-plotly-plot",
            "[class*=st-key-squares_] .js-plotly-plot",
        )
    )
    assert page.locator(fills).count() > 10
    assert shown.is_visible() and not squares.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert squares.is_visible() and not shown.is_visible()
    assert page.locator(fills).count() == 0
    assert squares.bounding_box()["width"] > 300
