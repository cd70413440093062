"""The matrix in a real browser: a click opens the dossier, and so does the keyboard; the address keeps both."""

from urllib.parse import unquote

import pytest

# Where on the screen the marker with this customdata is drawn.
SPOT = """code => {
    for (const chart of document.querySelectorAll('.st-key-exhibit_pair_matrix .js-plotly-plot')) {
        for (const trace of chart.data) {
            const at = Array.from(trace.customdata || []).indexOf(code);
            if (at < 0 || trace.hoverinfo === 'skip') continue;
            const box = chart.getBoundingClientRect(), {xaxis, yaxis} = chart._fullLayout;
            return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
        }
    }
}"""


def click_cell(visitor, code):
    page = visitor.page
    page.locator(".st-key-exhibit_pair_matrix .js-plotly-plot").wait_for()
    # After a click the page stands at what it opened; the chart is brought back first, and has to stand still.
    page.evaluate("document.querySelector('.st-key-exhibit_pair_matrix').scrollIntoView()")
    page.wait_for_timeout(300)
    spot = page.evaluate(SPOT, code)
    assert spot, f"no marker {code}"
    page.mouse.move(*spot)
    page.mouse.click(*spot)


def exceptions(page):
    """The error boxes that a reader sees."""
    return page.get_by_test_id("stException").all_inner_texts()


def dossier(page) -> str:
    return page.locator(".st-key-pair_dossier").inner_text()


def choose(page, label, words):
    """By keyboard alone: focus the box, type, take the first option."""
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.type(words)
    page.get_by_role("option", name=words, exact=True).wait_for()
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_click_on_a_cell_opens_its_dossier(visitor, window, server):
    page = visitor.open("pairing")
    assert page.locator(".st-key-pair_dossier").count() == 0
    click_cell(visitor, "310117|330400")
    page.locator(".st-key-pair_dossier").wait_for()
    visitor.settle()
    assert "松江区 × 嘉兴市" in dossier(page)
    assert "长三角养老一体化签约（第4对）" in dossier(page) and "旅居养老合作备忘录" in dossier(
        page
    )
    address = unquote(page.url)
    assert "pairing_district=松江区" in address and "pairing_partner=嘉兴市" in address

    again = window(server)
    assert "松江区 × 嘉兴市" in dossier(again.open(page.url.removeprefix(server.url + "/"))), (
        "the link restores it"
    )
    again.page.close()

    click_cell(visitor, "310107|340200")
    page.get_by_text("普陀区（上海） × 芜湖市：结对1项").wait_for()
    visitor.settle()
    click_cell(visitor, "310101|320500")
    page.get_by_text("黄浦区 × 苏州市：公开来源里的情况").wait_for()
    assert page.locator(".st-key-pair_dossier").count() == 0, (
        "an empty cell has no agreement to show"
    )
    assert exceptions(page) == []


@pytest.mark.slow
def test_the_keyboard_opens_the_same_dossier(visitor):
    page = visitor.open("pairing")
    choose(page, "上海的区", "松江区")
    visitor.settle()
    choose(page, "对方（三省的市、县）", "嘉兴市")
    page.get_by_text("松江区 × 嘉兴市：已签协议2份").wait_for()
    assert "长三角养老一体化签约（第4对）" in dossier(page) and "旅居养老合作备忘录" in dossier(
        page
    )
    assert "pairing_district=松江区" in unquote(page.url)


@pytest.mark.slow
def test_keyboard_wins_after_a_click(visitor):
    """A selection stays in the chart; a later choice by keyboard is not undone by it."""
    page = visitor.open("pairing")
    click_cell(visitor, "310118|320509")
    page.get_by_text("青浦区 × 吴江区：意向").wait_for()
    visitor.settle()
    choose(page, "上海的区", "松江区")
    page.get_by_text("松江区 × 吴江区：公开来源里的情况").wait_for()
    visitor.settle()
    assert "pairing_district=松江区" in unquote(page.url)


@pytest.mark.slow
def test_filters_go_along_when_the_menu_is_clicked(visitor):
    page = visitor.open("pairing?cities=嘉兴&platform=产业")
    page.get_by_test_id("stSidebarNav").get_by_text("协作历程", exact=True).click()
    page.wait_for_url("**/timeline**")
    page.get_by_text("可以直接读出的说法").or_(
        page.get_by_text("没有符合条件的数据").first
    ).first.wait_for()
    visitor.settle()
    address = unquote(page.url)
    assert "cities=嘉兴" in address and "platform=产业" in address
    assert exceptions(page) == []


@pytest.mark.slow
def test_the_rule_opens_on_the_page(visitor):
    page = visitor.open("pairing")
    page.get_by_role("button", name="阶段怎样判定").click()
    page.get_by_text("已签约，且来源写明有名称、地点和规模的具体项目").wait_for()


@pytest.mark.slow
def test_map_and_tiles_draw_without_a_request_elsewhere(visitor):
    page = visitor.open("pairing?place_map_view=方格图")
    assert exceptions(page) == []
    visitor.open("sojourn")
    assert exceptions(page) == [] and visitor.escapes == []
