"""The finder in a real browser: find, filter, compare, export, and come back by the link."""

import io
import re
import shutil
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pytest
from asking import add

from benchmarks.serving import running

from .reading import unfold


def option(page, label, words):
    """Choose one option of the filter with this label, as a person does."""
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=words, exact=True).first.click()


def exhibit_of(page):
    return page.locator(".st-key-exhibit_institutions")


def read(words):
    """Words as a person reads them, without the invisible joiners that keep an address from becoming a link."""
    return words.replace("\u2060", "").strip()


def listed(page):
    """The names in the list on screen."""
    table = exhibit_of(page).get_by_test_id("stTable").first
    return [read(cell) for cell in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]


def count(page):
    """How many institutions the list says it found."""
    heading = exhibit_of(page).get_by_test_id("stHeading").first.inner_text()
    return int(re.search(r"找到([\d,]+)家", heading)[1].replace(",", ""))


def answers(page, head):
    """What a column of the list says; columns that say nothing are not shown, so its place changes."""
    table = exhibit_of(page).get_by_test_id("stTable").first
    heads = [words.strip() for words in table.locator("thead th").all_inner_texts()]
    place = next(at for at, words in enumerate(heads, start=1) if words.startswith(head))
    return {
        words.strip()
        for words in table.locator(f"tbody tr td:nth-child({place})").all_inner_texts()
    }


@pytest.mark.slow
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
    option(page, "异地结算", "可结算")
    page.get_by_text("异地结算：可结算").wait_for()
    visitor.settle()
    settled = listed(page)
    assert 0 < count(page) < before and answers(page, "异地结算") == {"可结算"}
    option(page, "异地结算", "未知")
    page.get_by_text("异地结算：可结算、未知").wait_for()
    visitor.settle()
    either = listed(page)
    assert answers(page, "异地结算") == {"可结算", "未知"}
    assert (
        set(settled) < set(either)
        and count(page) < before
        and all("护理院" in name for name in either)
    )

    again = window(server)
    assert listed(again.open(page.url.removeprefix(server.url + "/"))) == either, (
        "the link restores the result"
    )

    # An open list of choices is all that a screen reader hears of.
    page.keyboard.press("Escape")
    exhibit = exhibit_of(page)
    button = unfold(exhibit, "下载").get_by_test_id("stDownloadButton").locator("button").first
    button.wait_for()
    with page.expect_download() as saved:
        button.click()
    assert "演示数据" in saved.value.suggested_filename
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    notes = {row[0]: row[1] for row in book["说明"].values}
    assert (
        "文字：hly" in notes["筛选条件"]
        and "参保地：上海" in notes["筛选条件"]
        and "异地结算：可结算、未知" in notes["筛选条件"]
    )
    assert {"数据版本", "来源", "内容"} <= set(notes)
    assert "演示数据" in notes["内容"]
    rows = list(book["数据"].values)
    assert [row[rows[0].index("名称")] for row in rows[1:]][: len(either)] == either

    tray = page.get_by_role("combobox", name="放入比较").first
    for name in either[:2]:
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
    said = page.get_by_test_id("stMain").inner_text()
    assert heading == "演示数据 · 2家机构并排比较" and all(name in said for name in either[:2])
    assert len(parse_qs(urlsplit(page.url).query)["institution"]) == 2

    same = window(server)
    assert (
        same.open(page.url.removeprefix(server.url + "/"))
        .get_by_role("heading", level=1)
        .inner_text()
        == heading
    )
    assert visitor.escapes == [] and visitor.complaints == []


FOUR = (
    "七都悦心公寓",
    "黄浦区瑞福长者照护之家",
    "逸和源湘家荡颐养中心",
    "广德市东亭乡养老服务中心",
)
DEMO_FOUR = "&".join(f"institution=DEMO00000{number}" for number in (1, 2, 3, 4))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "names", "mark"),
    [
        pytest.param(
            "institution=IN014&institution=IN017&institution=IN019&institution=IN021&institutions_insured=上海",
            FOUR,
            "",
            marks=pytest.mark.slow,
        ),
        (
            DEMO_FOUR,
            (
                "演示常州听松颐养院",
                "演示张家港明月颐养院",
                "演示如东静安居颐养院",
                "演示海州松鹤养老公寓",
            ),
            "演示数据",
        ),
    ],
    ids=["real", "demo"],
)
def test_comparison_prints_on_one_page(visitor, tmp_path, query, names, mark):
    page = visitor.open(f"compare?{query}")
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    # A4 less 14 mm margins at 96 dots an inch.
    page.set_viewport_size({"width": 688, "height": 1017})
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    words = sheet.inner_text()
    assert (
        all(name in words for name in names) and "数据截至" in words and "长护险异地使用" in words
    )
    assert sheet.locator("> b").all_inner_texts() == ([mark] if mark else [])
    assert sheet.evaluate(
        "e => e.scrollWidth <= innerWidth && e.getBoundingClientRect().bottom <= innerHeight"
    )
    for hidden in (
        "[data-testid=stSelectbox]",
        ".js-plotly-plot",
        "[class*=st-key-exhibit_]",
        "[data-testid=stSidebar]",
    ):
        assert not page.locator(hidden).first.is_visible(), hidden
    if reader := shutil.which("pdftotext"):
        (tmp_path / "paper.pdf").write_bytes(paper)
        printed = subprocess.run(
            [reader, "-raw", tmp_path / "paper.pdf", "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert all(name in "".join(printed.split()) for name in (*names, mark))


@pytest.mark.slow
def test_a_name_leads_to_its_profile(visitor):
    page = visitor.open("institutions?institutions_words=如皋")
    page.get_by_role("link", name="如皋市九华镇长寿养生园").click()
    page.get_by_role("heading", level=1, name="如皋市九华镇长寿养生园").wait_for(timeout=30_000)
    assert "institution=IN022" in unquote(page.url)


MARKUP = "**粗** $x^2$ :red[红] [链](http://x.test) `码`"


@pytest.mark.slow
def test_hostile_names_are_shown_as_text(window, tiny, tmp_path):
    add(
        tiny,
        "institutions",
        f"I7,,{MARKUP},,institution,330400,,county,,,,,,,,,,,,,,,,undated,false,,S3,测试摘录,reprint,",
    )
    with running(tmp_path / "log.txt", environment={"ELDERCARE_DATASETS": str(tiny)}) as server:
        visitor = window(server)
        page = visitor.open("institutions")
        hostile = {"I3": "<script>alert(1)</script>", "I4": '=HYPERLINK("x")', "I7": MARKUP}
        assert set(hostile.values()) <= set(listed(page))
        for code, name in hostile.items():
            page = visitor.open(f"institution?institution={code}")
            assert name in read(page.get_by_role("heading", level=1).inner_text())
        page = visitor.open("compare?institution=I3&institution=I4&institution=I7")
        headings = (
            page.locator(".st-key-exhibit_institutions_compared")
            .get_by_test_id("stTable")
            .first.locator("th")
            .all_inner_texts()
        )
        for place, name in enumerate(hostile.values(), start=1):
            assert read(headings[place]).startswith(name)
        exhibit = exhibit_of(visitor.open("institutions"))
        button = unfold(exhibit, "下载").get_by_test_id("stDownloadButton").locator("button").first
        button.wait_for()
        with visitor.page.expect_download() as saved:
            button.click()
        cells = [
            cell
            for row in openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))[
                "数据"
            ].iter_rows()
            for cell in row
        ]
        for name in hostile.values():
            assert [cell.data_type for cell in cells if cell.value == name] == ["s"]
