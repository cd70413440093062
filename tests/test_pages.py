"""Every page runs, on the real data and on the miniature, and reads its filters from the URL."""

import re
from datetime import date

import pandas as pd
import pytest
from menu import PAGES
from opening import seen as opened
from opening import visit as run
from streamlit.testing.v1 import AppTest

from eldercare.data import catalogue

URLS = [page.url for page in PAGES]
# What a steward works with is tables and forms; slides are drawn in a frame of their own.
TEXT_ONLY = {"downloads", "intake", "present", "sources"}
# What they show is who does what, and what differs: words in rows.
TABLES_ONLY = {"tasks", "compare"}
# Of each way to read an address one page; the others are slow.
NONSENSE = ("bed-trends", "institutions", "pairing", "sources")


def script_of(url: str) -> str:
    return next(page.script for page in PAGES if page.url == url)


def words(app: AppTest) -> str:
    """All text of the main part, escapes of Markdown removed."""
    texts = [
        e.value
        for kind in ("title", "subheader", "markdown", "caption", "info", "warning")
        for e in app.main.get(kind)
    ]
    return "\n".join(str(text) for text in texts).replace("\\", "")


def charts(app: AppTest) -> list[str]:
    return [chart.proto.spec for chart in app.get("plotly_chart")]


@pytest.fixture(scope="module", params=PAGES, ids=str)
def page(request):
    """One page after another, so that one process opens it once for all tests that look at it."""
    return request.param


def test_page_runs_on_the_real_data(page, real_data):
    app = opened(page.script)
    assert app.title
    drawn = app.table if page.url in TABLES_ONLY else charts(app)
    assert page.url in TEXT_ONLY or (app.subheader and drawn)
    assert "没有符合条件的数据" not in words(app)


def test_page_runs_on_the_miniature(page, tiny_data):
    app = run(page.script)
    assert app.title
    assert page.url in TEXT_ONLY or app.subheader


def test_each_page_opens_as_itself(page, real_data):
    """Streamlit shows the main page for one it does not find."""
    assert (
        page.url == "overview"
        or opened(page.script).title[0].value != opened(script_of("overview")).title[0].value
    )


def test_page_stands_in_its_frame(page, real_data):
    app = opened(page.script)
    release = catalogue.read_package()
    assert f"数据版本 {release.version}" in words(app)
    assert f"汇编止于{date.fromisoformat(str(release.as_of)):%Y年%-m月%-d日}" in words(app)
    assert app.sidebar.text_input(key="search").label == "搜索"


def test_the_foot_says_how_new_the_newest_is(real_data):
    """When the compilation ended says nothing of how new its figures are: both newest days, from the files.

    Of the delta's own figures: the nation's are only there to compare with. Of cooperation: tourist trains and tours are none.
    """
    places = pd.read_csv(catalogue.DATASETS / "places.csv", dtype=str).query("in_delta == 'true'")[
        "place_code"
    ]
    cooperation = pd.read_csv(catalogue.DATASETS / "event_kinds.csv", dtype=str).query(
        "cooperation == 'true'"
    )["category"]
    figures = pd.read_csv(catalogue.DATASETS / "observations.csv", dtype=str)
    figures = figures[figures["place_code"].isin(places)]
    figures = figures[
        (figures["kind"] == "actual")
        & (figures["shown"] == "true")
        & (figures["doubtful"] == "false")
    ].dropna(subset=["date"])
    events = (
        pd.read_csv(catalogue.DATASETS / "events.csv", dtype=str)
        .query("planned == 'false'")
        .dropna(subset=["date"])
    )
    events = events[events["category"].isin(cooperation)]
    newest = figures.sort_values("date").iloc[-1]
    assert (newest["date"], newest["date_precision"], newest["date_inferred"]) == (
        "2026-01-28",
        "by_date",
        "true",
    )
    assert events.query("date_precision not in ('year', 'since')")["date"].max() == "2025-08-08"
    assert "最新的数字：截至2026年1月28日（推断），最新的养老合作动态：截至2025年8月8日" in words(
        opened(script_of("overview"))
    )


def test_every_exhibit_names_its_sources(page, real_data):
    app = opened(page.script)
    lines = [caption.value for caption in app.caption if caption.value.startswith("来源：")]
    assert len(lines) == len(app.subheader)
    assert [line for line in lines if line.startswith("来源：无")] == []


def test_overview_shows_the_headline_figures_of_the_source(real_data):
    shown = words(opened(script_of("overview")))
    app = opened(script_of("overview"))
    shown += "\n".join(table.value.to_string() for table in app.table)
    for figure in ("46,768,900", "21.75", "7,928", "167.65", "25,698", "13个区", "100,000个"):
        assert figure in shown, figure
    assert "20个城市" in shown and "57家" in shown
    assert "27个三省城市中的区县（来源未写签署）7个" in shown


def test_bed_target_is_shown_with_both_readings_and_never_as_met(real_data):
    app = opened(script_of("bed-trends"))
    shown = words(app) + "\n".join(table.value.to_string() for table in app.table)
    assert "51,396" in shown
    assert "50,698" in shown


def test_place_in_the_url_is_the_place_on_the_page(real_data):
    first = opened(script_of("bed-trends"))
    box = first.selectbox(key="place_box")
    other = next(option for option in ("安徽省", "江苏省") if option != box.value)
    linked = run(script_of("bed-trends"), place=other)
    assert linked.selectbox(key="place_box").value == other
    assert charts(linked)[0] != charts(first)[0]


def test_cities_in_the_url_limit_the_list(real_data):
    everything = opened(script_of("institutions"))
    city = "苏州"
    # Shanghai's homes fill the first page of the whole list.
    assert city not in {place.split("·")[0] for place in everything.table[0].value["所在地"]}
    assert (
        everything.multiselect(key="cities").value == []
        and city in everything.multiselect(key="cities").options
    )
    linked = run(script_of("institutions"), cities=[city])
    assert linked.multiselect(key="cities").value == [city]
    assert {place.split("·")[0] for place in linked.table[0].value["所在地"]} == {city}


def test_view_in_the_url_is_the_view_drawn(real_data):
    plain = opened(script_of("overview"))
    views = plain.get("button_group")
    (choice,) = [group for group in views if (group.key or "").endswith("_view")]
    linked = run(script_of("overview"), **{choice.key: choice.options[1]})
    assert charts(linked)[0] != charts(plain)[0]
    # Under outlines stand the squares that paper has instead; the other charts are the same.
    assert charts(linked)[1:] == charts(plain)[2:] and charts(linked)[0] == charts(plain)[1]


def test_as_of_in_the_url_hides_what_came_later(real_data):
    early, late = run(script_of("overview"), as_of="2020-12-31"), opened(script_of("overview"))
    assert charts(early)[0] != charts(late)[0]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_far_from_any_source_is_no_day(day, real_data):
    assert words(run(script_of("timeline"), as_of=day)) == words(opened(script_of("timeline")))


@pytest.mark.parametrize(
    "url", [url if url in NONSENSE else pytest.param(url, marks=pytest.mark.slow) for url in URLS]
)
def test_nonsense_in_the_url_equals_nothing_in_the_url(url, real_data):
    plain = opened(script_of(url))
    kinds = ("selectbox", "multiselect", "button_group", "toggle", "checkbox", "slider")
    keys = {widget.key for kind in kinds for widget in plain.get(kind) if widget.key}
    assert keys
    app = run(script_of(url), as_of="xx", unknown="1", **dict.fromkeys(keys, "火星"))
    assert charts(app) == charts(plain)
    # A page may say that it found nothing by that word; it shows what it shows without it.
    said = "\n".join(line for line in words(app).split("\n") if "“火星”" not in line)
    assert said == words(plain)


def test_search_stands_above_the_page_that_is_open(real_data):
    app = run(script_of("overview"), search="南通")
    assert "[南通市](city?place=320600)" in words(app)
    assert charts(app) == charts(opened(script_of("overview")))


def searched(typed: str) -> str:
    """What the search box shows for words in the address, without a page under it."""

    def box() -> None:
        import streamlit as st

        from eldercare.screen import searching

        searching.box(st.container())

    app = AppTest.from_function(box)
    app.query_params["search"] = typed
    app.run()
    assert [error.message for error in app.exception] == []
    return words(app)


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("nt", "[南通市](city?place=320600)"),
        ("nantong", "[南通市](city?place=320600)"),
        ("红政办函", "红政办函〔2024〕"),
        ("TK001", "[扩大老年助餐服务](tasks?tasks_task=TK001)"),
        ("如皋市九华镇", "(institution?institution=IN022)"),
        ("S002", "(sources?source=S002)"),
        ("床位 名次", "(downloads?data=questions/bed_ranks"),
        ("护理型床位", "(sources?sources_competing=false&indicator="),
        ("南通 备忘录 协议", "区域养老服务协作备忘录（13个区、27个市（区县）中点名的市）"),
    ],
)
def test_search_leads_to_each_kind(typed, hit, real_data):
    assert hit in searched(typed)


@pytest.mark.parametrize("typed", ["<script>", "VV", "南通 没有这个词"])
def test_search_says_that_nothing_was_found(typed, real_data):
    assert "找到0条" in searched(typed)
    assert "没有找到" in searched(typed)


def test_search_says_how_many_there_are_and_how_many_are_shown(tiny_data):
    shown = searched("测试").replace("**", "")
    assert "协议：共16条，显示前8条" in shown
    assert "任务：共4条\n" in shown
    everything = sum(int(count) for count in re.findall("：共(\\d+)条", shown))
    assert f"找到{everything}条" in shown
    assert shown.count("\n- ") < everything
