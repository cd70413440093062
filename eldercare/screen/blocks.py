"""What pages are made of: title, cards and exhibits.

An exhibit is a finding, a picture and one foot line: its source, what changes the reading, the files and,
on demand, the table, the quotes, the citation and a correction slip.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa
import streamlit as st

from eldercare import maps, store, tables
from eldercare.citing import citation, correction_slip, foot, source_link
from eldercare.drawing import Drawn, enlarged, room
from eldercare.exhibits import Exhibit, Missing, kept
from eldercare.exhibits.shapes import Cards
from eldercare.faces import screen
from eldercare.keeping import beside
from eldercare.measures import ACCENT, GROUND, INK, Status, day_words
from eldercare.screen import figure_parts, filters, taking
from eldercare.text import plain

CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
FILES, MORE = "下载", "更多"
TABLE, QUOTES, CARD, CITE, REPORT = "表格", "来源与引文", "口径卡", "引用", "报告错误"
# All rows of a table are there to be sorted; only in a longer one the rest is left to the files.
ROWS_ON_SCREEN, QUOTES_ON_SCREEN = 1_000, 200
# Large type is that much larger: 19 px for 15.
LARGE = 19 / 15
# Waits until the part is drawn.
BRING = (
    "{const seek = left => { const part = document.querySelector('.st-key-KEY');"
    " if (part) part.scrollIntoView(); else if (left) setTimeout(seek, 100, left - 1); }; seek(50)}"
)
LOGO = str(Path(__file__).with_name("logo.svg"))
ICON = str(Path(__file__).with_name("icon.png"))


def table(rows: pd.DataFrame, columns: Mapping[str, str], alt: str, **links: str) -> None:
    """Rows that are no facts and have no source: what there is to choose from. `links` maps a column to the one with its addresses."""
    st.table(tables.shown(rows, columns, links), hide_index=True, alt=alt)


def copied(code: str) -> None:
    """Words to copy, with a button that does. In one colour: those of a language are too pale to read."""
    st.code(code, language=None, wrap_lines=True)


def points(lines: Sequence[str]) -> None:
    """Sentences below each other."""
    st.markdown("\n".join(f"- {plain(words)}" for words in lines))


def part(words: str) -> None:
    """The name of a part of a page that is no exhibit."""
    st.markdown(f"**{plain(words)}**")


def footer() -> None:
    """Data version, when the compilation ended and, apart, how new what it holds is; under every page."""
    if store.current().fault:
        st.warning("最新的数据没有载入，当前显示的是上一次完好的数据。请数据管理员查看服务日志。")
    st.divider()
    st.caption(_foot_of_page())


@kept
def _foot_of_page() -> str:
    return foot(tables.release(), store.ask("freshness"))


def title(finding: str, lead: str, old: str = "") -> None:
    """The page's one sentence, computed from data, and what the page answers; `old` is how long ago that was."""
    st.title(plain(finding), anchor=False)
    st.caption(plain(lead) + (f" :orange-badge[{old}]" if old else ""))


def said(value: Exhibit | Missing) -> tuple[str, str]:
    """Title and lead of a page whose first exhibit says them."""
    if isinstance(value, Missing):
        return value.subject, value.why
    return value.title, value.subtitle


def cards(entries: Sequence[Mapping[str, Any]]) -> None:
    """A row of equal cards: label, value, unit, note, and what each number rests on.

    `traces` (of `exhibits.claims`) open under 来源 with quotes and links; a card without them may have its quote as `help`.
    """
    _lay(_worded(Cards(tuple(entries))))


@dataclass(frozen=True)
class _Card:
    """What stands on a card as Markdown; `trace` opens under 来源."""

    label: str
    value: str
    note: str
    help: str | None
    trace: str
    width: int


@beside
def _worded(shape: Cards) -> list[_Card]:
    traces = [trace for entry in shape.entries for trace in entry.get("traces", ())]
    named = pd.DataFrame(traces, columns=["words", "evidence", "source_ids"])
    titles = tables.sources_of(named).set_index("source_id")["title"]
    # Of many cards the one that has more to say is wider: they are as high as the highest of them.
    many = len(shape.entries) > 4
    return [
        _Card(
            f":gray[{plain(entry['label'])}]",
            f"## {plain(entry['value'])} :small[{plain(entry['unit'])}]",
            plain(entry["note"]),
            entry.get("help"),
            "\n".join(f"- {_traced(trace, titles)}" for trace in entry.get("traces", ())),
            100 + (min(len(entry["note"]), 80) if many else 0),
        )
        for entry in shape.entries
    ]


def _lay(worded: Sequence[_Card]) -> None:
    columns = st.columns([card.width for card in worded], gap="small")
    for number_, (column, card) in enumerate(zip(columns, worded, strict=True)):
        with column.container(border=True, height="stretch", key=f"card_{number_}", gap="xxsmall"):
            with st.container(
                horizontal=True,
                horizontal_alignment="distribute",
                gap="xxsmall",
                key=f"label_{number_}",
            ):
                st.markdown(card.label, help=card.help, width="content")
                if card.trace:
                    with st.popover("来源", type="tertiary", key=f"trace_{number_}"):
                        st.markdown(card.trace)
            st.markdown(card.value, anchors=False)
            st.caption(card.note)


def _traced(trace: Mapping[str, Any], titles: pd.Series) -> str:
    """One number with the words of its sources, or how it was worked out, and the way to them."""
    rows = pd.DataFrame(
        {"source_ids": [list(trace["source_ids"])], "evidence": [trace["evidence"]]}
    )
    told = []
    for each in tables.evidence_of(rows):
        words = f"“{plain(each.told)}”" if each.quoted else plain(each.marked)
        told.append(
            words + "——" + "；".join(source_link(titles[code], code) for code in each.source_ids)
        )
    card = f"　[{CARD}]({figure_parts.address(trace['figure'])})" if trace.get("figure") else ""
    return f"**{plain(trace['words'])}** " + "；".join(told) + card


def sheet(markup: str) -> None:
    """What a print of this page shows instead of the screen; `markup` is made by `faces.sheets`, its words escaped."""
    st.html(markup)


def note(words: str) -> None:
    """A quiet line between exhibits."""
    st.caption(plain(words))


def nothing(key: str, finding: str, words: str) -> None:
    """An empty state that explains itself: what is not there, and who could change that."""
    with st.container(border=True, key=f"nothing_{key}"):
        st.markdown(f"**{plain(finding)}**")
        st.caption(plain(words))


def links(addresses: Mapping[str, str]) -> None:
    """Words with the address each leads to, in one line. Real links: the browser's address is right behind each of them."""
    st.markdown("　".join(f"[{plain(words)}]({address})" for words, address in addresses.items()))


def marked(event: Any) -> str:
    """What the clicked mark of a chart stands for, "" when none was clicked: marks carry it as customdata."""
    points = event.selection.points if event else []
    marks = [point.get("customdata") for point in points if point.get("customdata")]
    return str(marks[0] if not isinstance(marks[0], list) else marks[0][0]) if marks else ""


def follow(event: Any, page: str, name: str) -> None:
    """A clicked mark opens what it stands for: `?name=` of a page."""
    if mark := marked(event):
        open_page(page, {name: mark})


def open_page(page: str, query: Mapping[str, str]) -> None:
    """Opens a page as a link to it would: Streamlit's own way leaves the address of the page before changed behind it."""
    address = json.dumps(f"{page}?{urlencode(query)}")
    st.html(f"<script>window.inPlace({address})</script>", unsafe_allow_javascript=True)


def bring(key: str) -> None:
    """Moves the page to the part with this key: what a click opened comes into view. Call it once for each click."""
    times = st.session_state["brought"] = st.session_state.get("brought", 0) + 1
    # A script runs again only when its words differ.
    st.html(
        f"<script>/* {times} */{BRING.replace('KEY', key)}</script>", unsafe_allow_javascript=True
    )


def legend(vocabularies: Mapping[str, Mapping[str, Status]]) -> None:
    """What the marks of each kind of status mean: shape, colour and word of every one, present or not."""
    rows = []
    for name, statuses in vocabularies.items():
        marks = "　".join(
            f"<span style='color:{s.colour}'>{s.shape}</span> {s.word}" for s in statuses.values()
        )
        rows.append(f"<div><b>{name}</b>　{marks}</div>")
    st.html(f"<div class='legend'>{''.join(rows)}</div>")


def show(
    value: Exhibit | Missing,
    on_select: Any = "ignore",
    figure: screen.Figures = None,
    export: tables.Export | None = None,
) -> Any:
    """Draw an exhibit; returns the selection event of its chart (None without a chart). `figure` replaces the usual one by one of another
    size, `export` what leaves as a file where that is more than what is drawn.

    Without rows the exhibit says so, or shrinks to `why`: why there is nothing and who could change that. What changes the reading
    belongs into `subtitle`; without one the first of `caveats` stays in sight. Several views of the same rows are given by name;
    the choice stands in the URL and only the chosen one is drawn. 演示数据 is marked in the finding, the picture and every file.
    """
    if isinstance(value, Missing):
        return nothing(value.subject, value.subject, value.why)
    if isinstance(value.shape, Cards):
        return _lay(_worded(value.shape))
    if value.why and value.rows.empty:
        return nothing(value.key, value.title, value.why)
    views = None if value.rows.empty else figure or screen.figures(value.shape)
    event = None
    with st.container(border=True, key=f"exhibit_{value.key}"):
        figure = _heading(value, views)
        if value.subtitle:
            st.caption(plain(value.subtitle))
        if value.rows.empty:
            st.info(
                "没有符合条件的数据。请放宽上方的筛选条件；若应有数据，请用“报告错误”告知来源。"
            )
        elif figure is not None:
            event = _picture(value, figure, views, on_select)
        else:
            st.table(_on_screen(value), hide_index=True, alt=value.spoken)
        _foot(value, figure is not None, export)
    return event


def heading(value: Exhibit) -> None:
    """What an exhibit says, over others that are told apart below it."""
    st.subheader(plain(value.spoken), anchor=False)


def _heading(value: Exhibit, figure: screen.Figures) -> Drawn | None:
    """The finding, with the choice of views beside it when there are several; returns the figure to draw."""
    views = maps.views(figure) if isinstance(figure, Mapping) else {}
    names = list(views)
    if len(names) < 2:
        st.subheader(plain(value.title), anchor=False)
        return views[names[0]]() if names else figure
    # A row whose last part keeps its own width: in a narrow column no view is cut off.
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        st.subheader(plain(value.title), anchor=False)
        view = st.segmented_control(
            "图形",
            names,
            default=names[0],
            key=f"{value.key}_view",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
    return views[view]()


def _picture(value: Exhibit, figure: Drawn, views: screen.Figures, on_select: Any) -> Any:
    if value.demo:
        figure = _marked(figure)
    if st.session_state.get("elder"):
        figure = enlarged(figure, LARGE, INK, GROUND)
    with st.container(key=f"room{room(figure)}_{value.key}", gap="xxsmall"):
        event = st.plotly_chart(
            figure,
            key=f"chart_{value.key}",
            alt=value.spoken,
            config=CHART_CONFIG,
            on_select=on_select,
            selection_mode="points",
        )
    if maps.has_outlines(figure) and not maps.approval():
        _on_paper(value, views)
    return event


def _on_paper(value: Exhibit, views: Any) -> None:
    """Outlines that no map office has approved are for the screen: paper has the squares instead, or says why there is nothing."""
    squares = views.get(maps.SQUARES) if isinstance(views, Mapping) else None
    with st.container(key=f"squares_{value.key}"):
        if squares is None:
            with st.container(key=f"paper_outlines_{value.key}"):
                st.caption("地图的轮廓未经审核，不印在纸上。")
        else:
            drawn = _marked(squares()) if value.demo else squares()
            st.plotly_chart(
                drawn,
                key=f"squares_chart_{value.key}",
                alt=f"{value.spoken}（方格）",
                config=CHART_CONFIG,
            )


@beside
def _on_screen(value: Exhibit) -> pa.Table:
    """The table as it is sent: made ready once, since a frame would be turned into this at every run."""
    shown = tables.shown(value.rows.head(ROWS_ON_SCREEN), value.columns, value.links)
    return pa.Table.from_pandas(shown, preserve_index=False)


@st.fragment
def _foot(value: Exhibit, has_figure: bool, export: tables.Export | None) -> None:
    """One line: the source and what changes the reading, then 下载 and 更多. A click reruns only this part.

    In sight are what must be said of the sources and, without a subtitle, the first caveat; the others open under ⓘ and stand on paper.
    """
    key = value.key
    line, folded = _foot_words(value, filters.as_of())
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"foot_{key}"):
        st.caption(line, help="\n".join(f"- {words}" for words in folded) or None, width="stretch")
        part = st.popover(FILES, type="tertiary", key=f"files_{key}", on_change="rerun")
        if part.open:
            with part:
                taking.downloads(value, export)
        cards_ = [CARD] if "observation_id" in value.rows else []
        options = [*([TABLE] if has_figure else []), QUOTES, *cards_, CITE, REPORT]
        chosen = st.menu_button(MORE, options, type="tertiary", key=f"more_{key}")
    if folded:
        with st.container(key=f"paper_{key}"):
            st.caption(" · ".join(folded))
    shown = f"shown_{key}"
    if chosen:
        st.session_state[shown] = chosen
    if view := st.session_state.get(shown):
        _open(view, value)


@beside
def _foot_words(value: Exhibit, until: date) -> tuple[str, list[str]]:
    """The source line with what stays in sight, and what is folded away, as Markdown."""
    told = [*tables.warnings(value.cited), *(() if value.subtitle else value.caveats[:1])]
    folded = [plain(words) for words in dict.fromkeys(value.caveats) if words not in told]
    return source_line(value.rows, value.cited, told, until), folded


def _open(view: str, value: Exhibit) -> None:
    """What was chosen of 更多, until it is closed."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", gap="small", key=f"open_{value.key}"
    ):
        st.markdown(f"**{view}**", width="content")
        st.button(
            "收起",
            type="tertiary",
            key=f"close_{value.key}",
            on_click=st.session_state.pop,
            args=(f"shown_{value.key}",),
        )
    if view == TABLE:
        table = tables.shown(value.rows, value.columns)
        st.table(table.head(ROWS_ON_SCREEN), hide_index=True, alt=value.spoken)
        if len(table) > ROWS_ON_SCREEN:
            st.caption(f"这里显示前{ROWS_ON_SCREEN}行，共{len(table)}行；全部行请下载。")
    elif view == QUOTES:
        _quotes(value.rows, value.cited)
    elif view == CARD:
        figure_parts.show(value)
    elif view == CITE:
        words = citation(value.spoken, value.cited, tables.release())
        st.code(words, language=None, wrap_lines=True)
    elif view == REPORT:
        st.write("把下面的更正单填好，复制后交给数据管理员。本页不会向任何地方发送内容。")
        words = correction_slip(value.spoken, value.cited, tables.release())
        st.code(words, language=None, wrap_lines=True)


def _quotes(rows: pd.DataFrame, cited: pd.DataFrame) -> None:
    """The words of each source; what we worked out stands apart, and of several sources it is said of none alone."""
    by_id = {row.source_id: row for row in cited.itertuples()}
    found = tables.evidence_of(rows)
    alone = [(by_id[each.source_ids[0]], each) for each in found if len(each.source_ids) == 1]
    bare = [
        (row, None)
        for source, row in by_id.items()
        if source not in {known.source_id for known, _each in alone}
    ]
    lines = [*alone, *bare, *((None, each) for each in found if len(each.source_ids) > 1)][
        :QUOTES_ON_SCREEN
    ]
    names = [
        source_link(f"{row.title}（{row.publisher}）", row.source_id) if row else ""
        for row, _each in lines
    ]
    words = [each and plain(each.marked) for _row, each in lines]
    table = {
        "来源": [
            name or (tables.CONFIRMED if each.confirmed else "由多个来源合并算出")
            for name, (_row, each) in zip(names, lines, strict=True)
        ],
        "类别": [row.source_class if row else "—" for row, _each in lines],
        "发布": [
            day_words(row.published, row.published_precision) if row else "—"
            for row, _each in lines
        ],
        "原文摘录或算法": [told or "" for told in words],
    }
    st.table(pd.DataFrame(table), hide_index=True)
    links = cited[cited["linkable"]]
    if len(links):
        st.markdown("　".join(f"[{plain(r.title)}]({r.url})" for r in links.itertuples()))


def _marked(figure: Drawn) -> Drawn:
    """The figure with 演示数据 written into the picture itself; the one that is kept stays as it is."""
    return figure.with_annotation(
        text=f"<b>{tables.DEMO}</b>",
        font={"size": 15, "color": ACCENT},
        bgcolor=GROUND,
        bordercolor=ACCENT,
        borderpad=4,
        x=1,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="top",
        showarrow=False,
    )


def source_line(
    rows: pd.DataFrame, cited: pd.DataFrame, caveats: Sequence[str], until: date | None = None
) -> str:
    """来源 · 截至 · 口径 as every face says it, the source a link and an old figure marked, then what else must be known."""
    told = []
    if len(cited):
        old, named = tables.age_words(rows, until), tables.first_named(cited)
        line = plain(tables.source_line(rows, cited, until))
        line = line.replace(old, f":gray-badge[{old}]") if old else line
        told = [
            line.replace(plain(named), source_link(named, cited["source_id"].iloc[0]), 1)
            if named
            else line
        ]
    return " · ".join([*told, *map(plain, dict.fromkeys(caveats))])
