"""Every page in a real browser, with the network cut off."""

import csv
import io
import re
from urllib.parse import unquote

import openpyxl
import pytest
from menu import PAGES, SECTIONS
from playwright.sync_api import Error

from benchmarks.serving import running
from eldercare.opendata import parameters

from .reading import unfold

# The slides of a talk stand in a frame of their own.
# The page of open data is a catalogue.
WITH_EXHIBITS = [page for page in PAGES if page.url not in ("present", "downloads")]
# Texts without a Chinese character that are ours or names: formats, identifiers, parameters of open data.
OURS = re.compile(
    r"[A-Z]{2}\d{3}|CENPANEL|^(?:Excel|CSV|JSON|Parquet|Python|curl|DCAT|OpenAPI)$|"
    + "|".join(f"^{name}$" for name in parameters.DECLARED)
)

CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => JSON.stringify(
    chart.data.map(trace => [trace.name, trace.type, Array.from(trace.x || []).slice(0, 50), Array.from(trace.y || []).slice(0, 50)])))"""
ENGLISH = """() => {
    const found = new Set(), words = /[A-Za-z]{3,}/, chinese = /[\\u4e00-\\u9fff]/;
    const keep = text => { text = (text || '').trim(); if (words.test(text) && !chinese.test(text)) found.add(text); };
    for (const element of document.querySelectorAll('body *')) {
        if (element.closest('script,noscript,style,svg,pre,code,[data-testid=InputInstructions]') || getComputedStyle(element).fontFamily.includes('Material Symbols')) continue;
        for (const name of ['title', 'aria-label', 'placeholder', 'alt']) keep(element.getAttribute(name));
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) keep(node.textContent);
    }
    return [...found];
}"""


def still(page):
    """What the charts of a page show when they are drawn: twice the same."""
    shown, last = page.evaluate(CHARTS), None
    while shown != last or not shown:
        page.wait_for_timeout(400)
        shown, last = page.evaluate(CHARTS), shown
    return shown


def alike(one, other, before):
    """What the charts of two pages show when both are drawn and show the same; it is not what was shown before."""
    for _try in range(150):
        shown = one.evaluate(CHARTS)
        if shown != before and shown == other.evaluate(CHARTS):
            return shown
        one.wait_for_timeout(200)
    raise AssertionError("the two pages never show the same")


def exceptions(page):
    """The error boxes that a reader sees."""
    return page.get_by_test_id("stException").all_inner_texts()


def has_whole_frame(page):
    """Asserts what stands around every page: menu, search and the footer's data version."""
    menu = page.get_by_test_id("stSidebarNav").inner_text()
    entries = [*SECTIONS, *(entry.title for entry in PAGES if not entry.hidden)]
    assert [words for words in entries if words not in menu] == []
    assert page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").is_visible()
    assert "数据版本" in page.get_by_test_id("stMain").inner_text()


@pytest.mark.parametrize("address", ["http://example.com/", "http://192.0.2.1/"])
def test_the_browser_is_cut_off_and_tells_on_those_who_try(address, visitor):
    visitor.page.goto("about:blank")
    with pytest.raises(Error, match="Failed to fetch"):
        visitor.page.evaluate("address => fetch(address, {mode: 'no-cors'})", address)
    assert visitor.escapes == [address]


# Of each section of the menu one page; the others are slow.
EVERYDAY = {"overview", "institutions", "pairing", "tasks", "present", "sources"}


@pytest.fixture(
    scope="module",
    params=[pytest.param(p, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES],
    ids=str,
)
def screen(request, window, server):
    """One page after another, each opened once by its own address."""
    visitor = window(server)
    visitor.entry = request.param
    visitor.open(request.param.url)
    yield visitor
    visitor.page.close()


def test_page_stands_in_its_frame(screen):
    assert exceptions(screen.page) == []
    has_whole_frame(screen.page)


def test_page_is_chinese_to_browsers(screen):
    assert screen.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_page_is_named_in_the_browser(screen):
    assert screen.page.title() == f"{screen.entry.title} · 长三角养老一体化看板"


def english(page):
    """What a reader meets in English."""
    return {text for text in page.evaluate(ENGLISH) if not OURS.search(text)}


def test_page_has_no_english(screen):
    assert english(screen.page) == set()


@pytest.mark.slow
def test_using_a_page_brings_no_more_english(visitor):
    """While something is typed, with a list open, with nothing found in it, and with the menu folded away."""
    page = visitor.open("institutions")
    box = page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").locator("input")
    box.press_sequentially("南通")
    hint = page.get_by_test_id("InputInstructions")
    hint.wait_for(state="attached")
    assert not hint.is_visible(), "it stands upon the words"
    box.press("Enter")
    visitor.settle()
    assert english(page) == set()
    choice = page.get_by_test_id("stMain").get_by_test_id("stMultiSelect").first.locator("input")
    choice.click()
    page.get_by_role("option").first.wait_for()
    assert english(page) == set()
    choice.press_sequentially("qqq")
    page.get_by_text("没有结果").wait_for()
    assert english(page) == set()
    page.keyboard.press("Escape")
    page.get_by_test_id("stSidebar").hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    page.get_by_label("展开菜单").wait_for()
    assert english(page) == set()


@pytest.mark.slow
def test_a_wrong_address_is_answered_in_chinese(visitor):
    visitor.page.goto(f"{visitor.url}/nosuch")
    assert visitor.page.evaluate(ENGLISH) == []
    visitor.page.get_by_role("link", name="城市结对").click()
    visitor.settle()
    assert visitor.page.url == f"{visitor.url}/pairing"
    assert visitor.page.get_by_role("dialog").count() == 0


@pytest.mark.slow
def test_the_keyboard_sees_where_it_is(visitor):
    page = visitor.open("tasks")
    outline = "() => getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth"
    page.get_by_test_id("stSidebarNavLink").nth(1).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.testid") == "stSidebarNavLink"
    assert page.evaluate(outline) == "solid 3px"
    page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").locator("input").focus()
    assert page.evaluate(outline) == "solid 3px"


def test_page_does_not_overflow_sideways(screen):
    wide = screen.page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebarContent]')]
            .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => [e.tagName, e.dataset.testid, e.scrollWidth, e.clientWidth])"""
    )
    assert wide == []


def open_folded_parts(page):
    """Opens what the first exhibit with a chart and the first without one keep folded."""
    exhibits = page.locator("[class*=st-key-exhibit_]")
    assert exhibits.count() > 0
    charted = [e for e in exhibits.all() if e.get_by_test_id("stPlotlyChart").count()]
    for exhibit in [*charted[:1], *[e for e in exhibits.all() if e not in charted][:1]]:
        words = {
            "来源与引文": lambda part: part.get_by_test_id("stTable").last,
            "引用": lambda part: part.get_by_text("@misc{"),
            "报告错误": lambda part: part.get_by_text("更正单", exact=False).last,
            "下载": lambda part: part.get_by_test_id("stDownloadButton").first,
        }
        if exhibit in charted:
            words = {"表格": lambda part: part.get_by_test_id("stTable"), **words}
        for name, shown in words.items():
            shown(unfold(exhibit, name)).wait_for(state="visible", timeout=20_000)
        page.keyboard.press("Escape")
        exhibit.get_by_role("button", name="收起", exact=True).click()
        exhibit.get_by_role("button", name="收起", exact=True).wait_for(state="detached")
    assert exceptions(page) == []


@pytest.mark.slow
def test_exhibits_of_the_overview_open_their_folded_parts(visitor):
    open_folded_parts(visitor.open("overview"))


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_EXHIBITS, ids=str)
def test_exhibits_open_their_folded_parts(page, visitor):
    open_folded_parts(visitor.open(page.url))


def test_page_asks_nothing_from_elsewhere(screen):
    assert screen.escapes == []


def test_page_makes_no_complaint_in_the_console(screen):
    assert screen.complaints == []


def first_visit(page, window, tmp_path):
    """The page opened by its own address as the very first request to a new server."""
    with running(tmp_path / "log.txt") as server:
        visitor = window(server)
        seen = visitor.open(page.url)
        assert exceptions(seen) == []
        has_whole_frame(seen)
        assert seen.get_by_role("dialog").count() == 0


@pytest.mark.slow
def test_first_visit_after_a_restart_may_be_a_deep_link(window, tmp_path):
    first_visit(next(page for page in PAGES if page.url == "pairing"), window, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_first_visit_after_a_restart_may_be_any_page(page, window, tmp_path):
    first_visit(page, window, tmp_path)


def test_view_filter_changes_url_and_chart_and_the_link_restores_it(visitor, window, server):
    page = visitor.open("overview")
    before = still(page)
    other = page.locator("[class*=st-key-][class*=_view] button").nth(1)
    name = other.inner_text()
    other.click()
    page.wait_for_url(lambda address: f"_view={name}" in unquote(address))
    visitor.settle()
    again = window(server).open(page.url.removeprefix(server.url + "/"))
    alike(page, again, before)


@pytest.mark.slow
def test_place_filter_changes_url_and_chart_and_the_link_restores_it(visitor, window, server):
    page = visitor.open("bed-trends")
    before = still(page)
    box = page.get_by_test_id("stSelectbox").first
    box.locator("input").click()
    option = page.get_by_role("option").nth(2)
    chosen = option.inner_text()
    option.click()
    page.wait_for_url("**place=**")
    visitor.settle()
    again = window(server).open(page.url.removeprefix(server.url + "/"))
    alike(page, again, before)
    assert chosen in again.get_by_test_id("stSelectbox").first.locator("input").input_value()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("南通", "南通"),
        pytest.param("红政办函", "红政办函", marks=pytest.mark.slow),
        pytest.param("扩大老年助餐服务", "扩大老年助餐服务", marks=pytest.mark.slow),
        pytest.param("TK001", "TK001", marks=pytest.mark.slow),
    ],
)
def test_site_search_finds(words, hit, visitor):
    page = visitor.open("overview")
    box = page.get_by_test_id("stSidebar").get_by_test_id("stTextInput").locator("input")
    box.fill(words)
    box.press("Enter")
    results = page.locator(".st-key-search_results")
    results.wait_for()
    visitor.settle()
    assert hit in "\n".join(results.locator("li").all_inner_texts())
    assert "search=" in page.url


@pytest.mark.slow
def test_site_search_shows_markup_as_it_is_typed(visitor):
    page = visitor.open("overview?search=%3Cscript%3Ealert(1)%3C/script%3E%20**x**")
    assert "<script>alert(1)</script> **x**" in page.locator(".st-key-search_results").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nonsense_in_the_url_is_ignored(page, visitor):
    nonsense = "cities=火星&elder_share_view=abc&overview_view=abc&place=火星&beds_subject=1&as_of=xx&elder=maybe&years=x&search=<script>"
    seen = visitor.open(f"{page.url}?{nonsense}")
    assert exceptions(seen) == []
    has_whole_frame(seen)
    assert seen.locator("[class*=st-key-exhibit_]").count() > 0 or page not in WITH_EXHIBITS


@pytest.mark.slow
def test_a_table_leaves_as_excel_and_csv(visitor):
    page = visitor.open("overview")
    exhibit = page.locator(".st-key-exhibit_place_map")
    buttons = unfold(exhibit, "下载").get_by_test_id("stDownloadButton").locator("button")
    buttons.nth(1).wait_for()
    with page.expect_download() as excel:
        buttons.nth(0).click()
    with page.expect_download() as text:
        buttons.nth(1).click()
    title = exhibit.get_by_role("heading").first.inner_text()
    name, day = excel.value.suggested_filename.removesuffix(".xlsx").rsplit("_", 1)
    assert title.startswith(name[:20]) and re.fullmatch(r"\d{8}", day)
    book = openpyxl.load_workbook(io.BytesIO(excel.value.path().read_bytes()))
    data = text.value.path().read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [cell.value for cell in book["数据"][1]] == rows[0]
    assert book["数据"].max_row == len(rows) > 41


@pytest.mark.slow
def test_every_headline_figure_leads_to_its_quote(visitor):
    page = visitor.open("overview")
    cards = page.locator("[class*=st-key-card_]")
    assert cards.count() == 4
    for card in cards.all():
        card.get_by_role("button", name="来源").click()
        told = page.get_by_test_id("stPopoverBody")
        told.wait_for()
        assert "“" in told.inner_text()
        assert told.locator('a[href*="sources?source="]').count() > 0
        page.keyboard.press("Escape")
        told.wait_for(state="hidden")
