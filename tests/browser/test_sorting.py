"""Heads of tables sort them, in a real browser."""

import pandas as pd
import pytest

from eldercare.data.catalogue import ROOT

SCRIPT = (ROOT / "eldercare" / "screen" / "sorting.js").read_text(encoding="utf-8")
TABLE = """<div class="st-key-exhibit_own"><div data-testid="stTable"><table>
<thead><tr><th><div>{heading}</div></th></tr></thead><tbody>{rows}</tbody></table></div></div>"""


def cells(page, part, column):
    return page.locator(f".st-key-exhibit_{part} tbody td:nth-child({column})").all_inner_texts()


def head(page, part, heading):
    return page.locator(f".st-key-exhibit_{part} th").get_by_role(
        "button", name=heading, exact=True
    )


@pytest.mark.parametrize(
    ("given", "first", "numbers"),
    [
        (["—", "9", "1,234", "未载", "0.5"], ["1,234", "9", "0.5", "—", "未载"], True),
        (["8,000张", "近5,000万", "1.2亿"], ["1.2亿", "近5,000万", "8,000张"], True),
        (
            ["2024年", "2024年8月29日", "未注明日期", "截至2024年底", "2024年8月"],
            ["截至2024年底", "2024年8月29日", "2024年8月", "2024年", "未注明日期"],
            False,
        ),
        (["2026-11-22", "2025-01-31"], ["2026-11-22", "2025-01-31"], False),
        (["上海", "—", "亳州", "安庆", "重庆"], ["安庆", "亳州", "重庆", "上海", "—"], False),
        # A number among words is a word.
        (["第10项", "见附件", "第9项"], ["第9项", "第10项", "见附件"], False),
    ],
    ids=["numbers", "units", "days", "plain days", "words", "mixed"],
)
def test_a_column_is_sorted_by_what_it_says_and_what_is_missing_stays_last(
    chromium, given, first, numbers
):
    page = chromium.new_page()
    page.route(
        "http://127.0.0.1/**",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body=TABLE.format(heading="列", rows="".join(f"<tr><td>{v}</td></tr>" for v in given)),
        ),
    )
    page.goto("http://127.0.0.1/page")
    page.evaluate(SCRIPT)
    head(page, "own", "列").click()
    assert cells(page, "own", 1) == first
    known = [words for words in first if words not in ("—", "未载", "未注明日期")]
    head(page, "own", "列").press("Enter")
    assert cells(page, "own", 1) == known[::-1] + first[len(known) :]
    assert page.locator("th").get_attribute("data-number") == ("" if numbers else None)
    head(page, "own", "列").press("Space")
    assert (cells(page, "own", 1), page.url) == (given, "http://127.0.0.1/page")


@pytest.mark.slow
def test_a_head_sorts_all_rows_of_a_list_and_the_link_keeps_the_order(visitor):
    beds = pd.read_csv(ROOT / "datasets" / "institutions.csv")["beds_total"]
    wanted = [f"{value:,.0f}" for value in beds.dropna().sort_values(ascending=False)[:10]]
    page = visitor.open("institutions?institutions_page=3")
    column = head(page, "institutions", "总床位（张）")
    column.click()
    most = page.locator(".st-key-exhibit_institutions tbody").get_by_text(wanted[0], exact=True)
    most.wait_for()
    visitor.settle()
    assert cells(page, "institutions", 6) == wanted
    assert "institutions_page" not in page.url
    sorted_by = page.locator(".st-key-exhibit_institutions th[aria-sort=descending]")
    assert sorted_by.inner_text() == "总床位（张）"
    page.get_by_test_id("stSidebarNav").get_by_text("老龄化").click()
    page.locator(".st-key-exhibit_ageing_counties").wait_for()
    visitor.settle()
    page.go_back()
    most.wait_for()
    visitor.settle()
    assert cells(page, "institutions", 6) == wanted
    page.reload()
    visitor.settle()
    assert cells(page, "institutions", 6) == wanted


@pytest.mark.slow
def test_a_long_table_keeps_its_head_and_is_whole_on_paper(visitor):
    page = visitor.open("sources?order=corrections.数据表")
    table = page.locator(".st-key-exhibit_corrections table")
    assert table.locator("th[aria-sort=ascending]").inner_text() == "数据表"
    names = cells(page, "corrections", 2)
    assert len(set(names)) > 1
    assert names == page.evaluate("names => names.sort((a, b) => a.localeCompare(b, 'zh'))", names)
    hidden = "table => table.parentElement.scrollHeight - table.parentElement.clientHeight"
    assert table.evaluate(hidden) > 100
    table.locator("tbody tr").last.scroll_into_view_if_needed()
    assert table.locator("th").first.is_visible()
    box = table.evaluate(
        "table => table.tHead.getBoundingClientRect().top - table.parentElement.getBoundingClientRect().top"
    )
    first = table.locator("th").first.evaluate(
        "th => th.getBoundingClientRect().top - th.closest('table').parentElement.getBoundingClientRect().top"
    )
    assert box < -100 and abs(first) < 3, "the head stays while the rows move"
    page.emulate_media(media="print")
    assert table.evaluate(hidden) <= 1
    assert cells(page, "corrections", 2) == names
