"""The finder in a real browser: find, filter, compare, export, and come back by the link."""

import io
import re
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pytest

from benchmarks.serving import running


def option(page, label, words):
    """Choose one option of the filter with this label, as a person does."""
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=words, exact=True).first.click()


def listed(page):
    """The names in the list on screen."""
    table = page.locator(".st-key-exhibit_institutions").get_by_test_id("stTable").first
    return [cell.strip() for cell in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]


def count(page):
    """How many institutions the list says it found."""
    heading = page.locator(".st-key-exhibit_institutions").get_by_test_id("stHeading").first.inner_text()
    return int(re.search(r"找到([\d,]+)家", heading)[1].replace(",", ""))


def test_find_by_pinyin_filter_by_settlement_compare_export_and_reload(visitor, window, server):
    page = visitor.open("institutions?demo=true")
    everything = listed(page)
    box = page.get_by_label("名称、地址或拼音")
    box.fill("hly")
    box.press("Enter")
    page.get_by_text("文字：hly").wait_for()
    visitor.settle()
    assert "institutions_words=hly" in page.url
    homes = listed(page)
    before = count(page)
    assert before < 57 and homes != everything and all("护理院" in name for name in homes)

    option(page, "参保地", "上海")
    page.get_by_text("参保地：上海").wait_for()
    visitor.settle()
    option(page, "异地结算", "未知")
    page.get_by_text("异地结算：未知").wait_for()
    visitor.settle()
    unknown = listed(page)
    assert 0 < count(page) < before and all("护理院" in name for name in unknown)

    again = window(server)
    assert listed(again.open(page.url.removeprefix(server.url + "/"))) == unknown, "the link restores the result"

    exhibit = page.locator(".st-key-exhibit_institutions")
    exhibit.get_by_text("下载", exact=True).click()
    button = exhibit.get_by_test_id("stDownloadButton").locator("button").first
    button.wait_for()
    with page.expect_download() as saved:
        button.click()
    assert "演示数据" in saved.value.suggested_filename
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    notes = {row[0]: row[1] for row in book["说明"].values}
    assert "文字：hly" in notes["筛选条件"] and "参保地：上海" in notes["筛选条件"] and "异地结算：未知" in notes["筛选条件"]
    assert {"数据版本", "来源", "内容"} <= set(notes)
    assert "演示数据" in notes["内容"]
    rows = list(book["数据"].values)
    assert [row[rows[0].index("名称")] for row in rows[1:]][: len(unknown)] == unknown

    tray = page.get_by_role("combobox", name="放入比较").first
    for name in unknown[:2]:
        tray.click()
        page.get_by_role("option", name=re.compile(re.escape(name))).first.click()
        visitor.settle()
    page.keyboard.press("Escape")
    link = page.get_by_text("并排比较2家")
    link.wait_for()
    link.click()
    page.wait_for_url("**/compare?**")
    visitor.settle()
    heading = page.get_by_role("heading", level=1).inner_text()
    assert all(name in heading for name in unknown[:2]) and "演示数据" in heading
    assert len(parse_qs(urlsplit(page.url).query)["institution"]) == 2

    same = window(server)
    assert same.open(page.url.removeprefix(server.url + "/")).get_by_role("heading", level=1).inner_text() == heading
    assert visitor.escapes == [] and visitor.complaints == []


def test_comparison_fits_on_a4(visitor):
    page = visitor.open("compare?institution=IN014&institution=IN017&institution=IN019&institution=IN021")
    page.emulate_media(media="print")
    # A4 less 14 mm margins at 96 dots an inch.
    page.set_viewport_size({"width": 688, "height": 1017})
    visitor.settle()
    table = page.locator(".st-key-exhibit_institutions_compared").get_by_test_id("stTable").first
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth")
    assert table.bounding_box()["height"] < 1017
    assert not page.get_by_test_id("stSidebar").is_visible()


def test_a_name_leads_to_its_profile(visitor):
    page = visitor.open("institutions")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="如皋市九华镇长寿养生园").click()
    profile = opened.value
    profile.get_by_role("heading", level=1, name="如皋市九华镇长寿养生园").wait_for(timeout=30_000)
    assert "institution=IN022" in unquote(profile.url)


@pytest.mark.slow
def test_hostile_names_are_shown_as_text(window, tiny, tmp_path):
    with running(tmp_path / "log.txt", environment={"ELDERCARE_DATASETS": str(tiny)}) as server:
        visitor = window(server)
        page = visitor.open("institutions")
        names = listed(page)
        assert "<script>alert(1)</script>" in names and '=HYPERLINK("x")' in names
        for code, name in (("I3", "<script>alert(1)</script>"), ("I4", '=HYPERLINK("x")')):
            page = visitor.open(f"institution?institution={code}")
            assert name in page.get_by_role("heading", level=1).inner_text()
        exhibit = visitor.open("institutions").locator(".st-key-exhibit_institutions")
        exhibit.get_by_text("下载", exact=True).click()
        button = exhibit.get_by_test_id("stDownloadButton").locator("button").first
        button.wait_for()
        with visitor.page.expect_download() as saved:
            button.click()
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))["数据"].iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if cell.value == '=HYPERLINK("x")'] == ["s"]
