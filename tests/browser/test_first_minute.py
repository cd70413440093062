"""The first minute of four newcomers: a start address, a target, at most four clicks."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
CLICKS = 4


class Newcomer:
    """A visitor whose clicks are counted."""

    def __init__(self, visitor, start):
        self.visitor, self.page, self.clicks = visitor, visitor.open(start), 0

    def click(self, target):
        self.clicks += 1
        assert self.clicks <= CLICKS, "a newcomer has given up"
        target.click()
        self.visitor.settle()

    def click_on_cell(self, exhibit, row, column):
        """A click on a chart where the words of a row and of a column meet."""
        drawn = self.page.locator(f".st-key-exhibit_{exhibit} .js-plotly-plot text")
        across = drawn.filter(has_text=column).first.bounding_box()
        down = drawn.filter(has_text=row).first.bounding_box()
        at = across["x"] + across["width"] / 2, down["y"] + down["height"] / 2
        self.clicks += 1
        self.page.mouse.move(*at)
        self.page.wait_for_timeout(300)
        self.page.mouse.click(*at)
        self.page.wait_for_url("**/city*")
        self.visitor.settle()

    def choose(self, label, typed):
        """A choice from a list: one click, then the keyboard."""
        box = self.page.get_by_role("combobox", name=label)
        self.click(box)
        box.fill(typed)
        box.press("Enter")
        self.visitor.settle()
        box.press("Escape")

    def file(self, exhibit, words):
        """A file that an exhibit gives: two clicks."""
        self.click(
            self.page.locator(f".st-key-exhibit_{exhibit}").get_by_role("button", name="下载")
        )
        self.clicks += 1
        with self.page.expect_download() as found:
            self.page.get_by_text(words, exact=True).last.click()
        return found.value

    def reads(self, part, *words):
        for each in words:
            expect(self.page.locator(part).first).to_contain_text(each, timeout=20_000)


def test_an_official_learns_what_is_to_be_supplied_by_whom_and_prints_it(visitor):
    """Overview → what is to be supplied → a city and who could supply it → one sheet."""
    newcomer = Newcomer(visitor, "")
    page = newcomer.page
    newcomer.reads(".st-key-exhibit_wanted", "各市养老床位", "可商请", "各市民政部门")
    newcomer.click(page.get_by_role("link", name=re.compile("各市养老床位")))
    newcomer.reads("h1", "有床位数字")
    newcomer.click_on_cell("coverage_grid", "无锡", "床位")
    newcomer.reads("[data-testid=stMain]", "公开资料未载，可商请无锡市民政部门提供")
    page.evaluate("window.print = () => { window.printed = true }")
    newcomer.click(page.get_by_role("button", name="打印本页"))
    assert page.evaluate("window.printed") is True
    page.emulate_media(media="print")
    assert page.locator(".sheet").is_visible()


def test_a_planner_compares_a_city_takes_the_table_and_sends_the_link(visitor, window, server):
    """City → the cities like it → a workbook of them → an address that shows the same."""
    newcomer = Newcomer(visitor, "city?place=330400")
    page = newcomer.page
    newcomer.reads(".st-key-exhibit_place_standing", "41个城市")
    peers = page.locator(".st-key-exhibit_similar_cities td a").all_inner_texts()
    found = newcomer.file("similar_cities", "Excel（.xlsx）")
    sheet = openpyxl.load_workbook(io.BytesIO(found.path().read_bytes()))["数据"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert peers and set(peers) <= cells
    newcomer.click(page.locator(".st-key-exhibit_similar_cities td a").first)
    # An open list of files once left the address of the place before behind it.
    newcomer.reads("h1", peers[0])
    other = window(server)
    other.open(page.url.removeprefix(f"{server.url}/"))
    assert other.page.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_a_presenter_shows_a_deck_on_the_whole_screen_and_takes_the_file(visitor):
    """Deck → a window of its own → the whole screen → PowerPoint."""
    newcomer = Newcomer(visitor, "present")
    page = newcomer.page
    newcomer.clicks += 1
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("放映")).click()
    slides = opened.value
    slides.wait_for_selector(".slide.shown")
    newcomer.clicks += 1
    slides.get_by_role("button", name="全屏").click()
    slides.wait_for_function("document.fullscreenElement !== null")
    slides.close()
    newcomer.clicks += 1
    with page.expect_download() as found:
        page.get_by_role("button", name=re.compile("PowerPoint")).click()
    assert found.value.path().read_bytes().startswith(b"PK")
    assert found.value.suggested_filename.endswith(".pptx")
    assert newcomer.clicks <= CLICKS


def test_a_family_learns_what_is_known_what_is_not_and_whom_to_ask(visitor):
    """“徐汇附近月费6,000元以下的有哪些？” – the homes there, whose fees nobody published."""
    newcomer = Newcomer(visitor, "institutions")
    page = newcomer.page
    newcomer.choose("区县", "徐汇")
    newcomer.reads(".st-key-exhibit_institutions", "找到28家", "徐汇")
    newcomer.reads("[class*=st-key-card_2]", "月费", "未载", "可直接询问机构")
    newcomer.click(page.get_by_text(re.compile("^更多条件")).first)
    newcomer.choose("月费起价", "3,000")
    newcomer.reads(
        "[class*=st-key-nothing_left_out]", "28家月费起价未载", "不等于不符合", "民政部门"
    )
    newcomer.click(page.get_by_role("link", name="看这28家"))
    newcomer.reads(".st-key-exhibit_institutions", "找到28家", "徐汇")
