"""The list of tasks in a real browser: open a task, follow a unit's sheet, print it, take the Excel file."""

import io
from urllib.parse import quote, unquote, unquote_plus

import openpyxl
import pytest

from .reading import unfold


def errors(page):
    return page.get_by_test_id("stException").all_inner_texts()


@pytest.mark.slow
def test_a_name_in_the_list_opens_its_task_and_stands_in_the_url(visitor):
    page = visitor.open("tasks?task_lamps_view=" + quote("清单"))
    page.locator(".st-key-exhibit_task_lamps").get_by_role("link", name="拓展合作城市数量").click()
    page.wait_for_selector(".st-key-exhibit_task_parts")
    visitor.settle()
    assert "tasks_task=TK023" in unquote(page.url)
    task = page.locator(".st-key-exhibit_task_parts").inner_text()
    assert "上海全部16个区实现对接" in task and "期限已过，结果待核" in task
    assert errors(page) == []


@pytest.mark.slow
def test_an_old_link_restores_its_view(visitor):
    """The words of the address became others since the link was kept: same view, and the address says today's."""
    page = visitor.open(
        "tasks?tasks_view="
        + quote("督办总表")
        + "&tasks_status="
        + quote("□ 暂无公开证据")
        + "&tasks_task=TK026"
    )
    assert "□ 公开资料未载结果" in page.locator(".st-key-tasks_status").inner_text()
    assert (
        "发布首本长三角养老产业发展白皮书"
        in page.locator(".st-key-exhibit_task_parts h3").inner_text()
    )
    assert (
        "□ 公开资料未载结果" in unquote_plus(page.url)
        and "督办" not in unquote(page.url)
        and "tasks_task=TK026" in page.url
    )
    assert errors(page) == []


def follow(page, name):
    """The page that a link opens in a tab of its own, as Ctrl asks for, once it is drawn."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=name, exact=True).click(modifiers=["Control"])
    opened.value.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning] [class*=st-key-exhibit_task]",
        timeout=60_000,
    )
    return opened.value


@pytest.mark.slow
def test_links_lead_from_a_unit_sheet_to_a_task_and_back(visitor):
    page = visitor.open("tasks?tasks_view=" + quote("按单位") + "&tasks_sheet=" + quote("上海各区"))
    assert page.locator(".st-key-exhibit_unit_sheet tbody tr").count() == 5
    task = follow(page, "养老产业发展共建共享平台")
    task.wait_for_selector(".st-key-exhibit_task_parts")
    assert "tasks_task=TK029" in unquote(task.url)
    link = task.get_by_role("link", name="沪苏浙皖民政部门的任务单")
    assert (
        unquote(link.get_attribute("href"))
        == "tasks?tasks_view=按单位&tasks_sheet=沪苏浙皖民政部门"
    )
    lists = follow(page, "在任务跟踪表里看上海各区的任务")
    assert "所选任务5项" in lists.locator(".st-key-exhibit_task_lamps").inner_text()
    assert errors(page) + errors(task) + errors(lists) == []


@pytest.mark.slow
def test_a_list_from_outside_opens_apart_and_without_our_marks(visitor):
    """A link of before the lists stood apart opens them; the delta's own list is one click away and keeps its filters free."""
    page = visitor.open("tasks?tasks_unit=" + quote("州民政局"))
    shown = page.locator(".st-key-exhibit_tasks_outside")
    assert shown.locator("tbody tr").count() == 16 and shown.inner_text().startswith("外省做法参考")
    assert not any(sign in shown.inner_text() for sign in "▽○□／◈")
    page.get_by_test_id("stButtonGroup").get_by_text("任务跟踪表", exact=True).click()
    page.wait_for_selector(".st-key-exhibit_task_lamps")
    visitor.settle()
    assert "所选任务10项" in page.locator(".st-key-exhibit_task_lamps").inner_text()
    assert errors(page) == []


@pytest.mark.slow
def test_print_of_a_unit_is_its_sheet_alone(visitor):
    page = visitor.open("tasks?tasks_view=" + quote("按单位") + "&tasks_sheet=" + quote("上海各区"))
    assert not page.locator(".sheet").is_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 975})
    sheet = page.locator(".sheet")
    assert sheet.is_visible() and "填写单位（盖章）" in sheet.inner_text()
    assert not page.locator(".st-key-exhibit_unit_loads").is_visible()
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "州民政局",
        pytest.param("上海各区", marks=pytest.mark.slow),
        pytest.param("各县市人民政府", marks=pytest.mark.slow),
    ],
)
def test_no_cell_of_a_printed_sheet_runs_into_the_next(visitor, unit):
    page = visitor.open("tasks?tasks_view=" + quote("按单位") + "&tasks_sheet=" + quote(unit))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 975})
    cells = page.locator(".sheet td")
    assert cells.count() >= 30
    wider = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.innerText)"
    assert cells.evaluate_all(wider) == []


@pytest.mark.slow
def test_excel_of_the_chosen_list_has_the_usual_columns(visitor):
    page = visitor.open("tasks?tasks_list=" + quote("丽水四方面"))
    wall = page.locator(".st-key-exhibit_tasks_inside")
    button = unfold(wall, "下载").get_by_test_id("stDownloadButton").first
    button.wait_for(state="visible")
    with page.expect_download() as download:
        button.get_by_role("button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[-1]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert {"责任单位", "时限", "进展", "存在问题", "下一步"} <= set(heads)
    assert len(rows) == 4 and {row[heads.index("清单")] for row in rows} == {"丽水四方面"}


@pytest.mark.slow
def test_ledger_of_a_place_stands_in_the_url(visitor):
    page = visitor.open(
        "indicators?place=" + quote("江苏省") + "&ledger_topics=" + quote("工作经验")
    )
    exhibit = page.locator(".st-key-exhibit_indicator_ledger")
    assert "22项" in exhibit.get_by_test_id("stTable").inner_text()
    assert "节奏、下次报送：均未规定" in exhibit.inner_text()
    rhythms = page.locator(".st-key-exhibit_reporting_rhythms").inner_text()
    assert "全国民政重点工作综合评估" in rhythms
    assert errors(page) == []
