"""What pages are made of: title, cards and exhibits.

An exhibit is a finding, a picture and one foot line: its source, what changes the reading, the files and,
on demand, the table, the quotes, the citation and a correction slip.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from eldercare import maps, store, tables
from eldercare.citing import citation, correction_slip, foot, source_link
from eldercare.drawing import enlarged, room
from eldercare.exhibits import Exhibit, Missing
from eldercare.exhibits.shapes import Cards
from eldercare.faces import screen
from eldercare.measures import ACCENT, GROUND, INK, Status, day_words, missing, number
from eldercare.screen import filters, taking
from eldercare.text import plain

CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
FILES, MORE = "下载", "更多"
TABLE, QUOTES, CITE, REPORT = "表格", "来源与引文", "引用", "报告错误"
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


def search(place: Any) -> None:
    """The site search: one box, hits by kind, above the page while something is typed."""
    words = place.text_input(
        "搜索",
        key="search",
        bind="query-params",
        placeholder="搜索地区、机构、文件…",
        label_visibility="collapsed",
        max_chars=40,
    )
    if not (words or "").strip():
        return
    hits = store.ask("search", words=words.strip(), count=8)
    with st.container(border=True, key="search_results"):
        found = number(hits["in_all"].iloc[0]) if len(hits) else "0"
        st.markdown(f"**搜索“{plain(words)}”**：找到{found}条")
        if hits.empty:
            st.caption(
                "没有找到。可以换个简称或拼音，例如“南通”“nt”“红政办函”；几个词用空格分开，都要有才算找到。"
            )
        for kind, part in hits.groupby("kind", sort=False):
            all_of_kind = part["of_kind"].iloc[0]
            shown = "共{all}条，显示前{n}条" if all_of_kind > len(part) else "共{all}条"
            titles = [
                plain(r.title) if missing(r.link) else f"[{plain(r.title)}]({r.link})"
                for r in part.itertuples()
            ]
            details = [
                f" :gray[{plain(detail[:80])}]" if detail else "" for detail in part["detail"]
            ]
            lines = [f"- {title}{detail}" for title, detail in zip(titles, details, strict=True)]
            st.markdown(
                f"**{kind}**：{shown.format(all=number(all_of_kind), n=len(part))}\n"
                + "\n".join(lines)
            )


def footer() -> None:
    """Data version, when the compilation ended and, apart, how new what it holds is; under every page."""
    if store.current().fault:
        st.warning("最新的数据没有载入，当前显示的是上一次完好的数据。请数据管理员查看服务日志。")
    st.divider()
    st.caption(foot(tables.release(), store.ask("freshness")))


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
    traces = [trace for entry in entries for trace in entry.get("traces", ())]
    named = pd.DataFrame(traces, columns=["words", "evidence", "source_ids"])
    titles = tables.sources_of(named).set_index("source_id")["title"]
    # Of many cards the one that has more to say is wider: they are as high as the highest of them.
    many = len(entries) > 4
    widths = [100 + (min(len(entry["note"]), 80) if many else 0) for entry in entries]
    for number_, (column, entry) in enumerate(
        zip(st.columns(widths, gap="small"), entries, strict=True)
    ):
        with column.container(border=True, height="stretch", key=f"card_{number_}", gap="xxsmall"):
            with st.container(
                horizontal=True,
                horizontal_alignment="distribute",
                gap="xxsmall",
                key=f"label_{number_}",
            ):
                st.markdown(
                    f":gray[{plain(entry['label'])}]", help=entry.get("help"), width="content"
                )
                if entry.get("traces"):
                    with st.popover("来源", type="tertiary", key=f"trace_{number_}"):
                        st.markdown(
                            "\n".join(f"- {_traced(trace, titles)}" for trace in entry["traces"])
                        )
            st.markdown(f"## {plain(entry['value'])} :small[{plain(entry['unit'])}]", anchors=False)
            st.caption(plain(entry["note"]))


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
    return f"**{plain(trace['words'])}** " + "；".join(told)


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
    """Draw an exhibit that is a value; returns the selection event of its chart. `figure` replaces the usual one by one of another size,
    `export` what leaves as a file where that is more than what is drawn.
    """
    if isinstance(value, Missing):
        return nothing(value.subject, value.subject, value.why)
    if isinstance(value.shape, Cards):
        return cards(value.shape.entries)
    drawn = None if value.rows.empty else figure or screen.figures(value.shape)
    return exhibit(
        value.key,
        value.rows,
        drawn,
        value.title,
        value.columns,
        value.caveats,
        on_select=on_select,
        empty=value.why,
        subtitle=value.subtitle,
        links=value.links,
        file_columns=value.file_columns,
        export=export,
        value=value,
    )


def heading(value: Exhibit) -> None:
    """What an exhibit says, over others that are told apart below it."""
    st.subheader(plain(value.spoken), anchor=False)


def exhibit(
    key: str,
    rows: pd.DataFrame,
    figure: go.Figure | Mapping[str, Callable[[], go.Figure]] | None,
    finding: str,
    columns: Mapping[str, str],
    caveats: Sequence[str] = (),
    on_select: Any = "ignore",
    file_columns: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    export: tables.Export | None = None,
    empty: str = "",
    subtitle: str = "",
    value: Exhibit | None = None,
) -> Any:
    """Draw one exhibit and return the selection event of its chart (None without a chart).

    `rows` are the rows drawn and carry `source_id` (or `source_ids`) and `evidence`; `columns` maps the
    columns of the table twin to their Chinese titles. Without rows the exhibit says so, or shrinks to `empty`:
    why there is nothing and who could change that.
    What changes the reading belongs into `subtitle`; without one the first of `caveats` stays in sight. Several views
    of the same rows are given by name; the choice stands in the URL and only the chosen one is drawn.
    `file_columns` are those of the files where they differ from the table's; `export` is for files with more rows
    than are drawn; `value` is what a picture is made of. `links` maps a column of the table to the column with the addresses its words lead to.
    Rows whose `demo` is true mark the finding, the picture and every file as 演示数据.
    """
    event = None
    if empty and rows.empty:
        return nothing(key, finding, empty)
    rows = tables.with_words(rows)
    export = export or tables.Export(lambda: rows, len(rows), dict(file_columns or columns))
    if tables.is_demo(rows):
        finding = f"{tables.DEMO} · {finding.removeprefix(f'{tables.DEMO} · ')}"
        figure = _marked(figure)
    with st.container(border=True, key=f"exhibit_{key}"):
        views, figure = figure, _heading(key, finding, figure)
        if subtitle:
            st.caption(plain(subtitle))
            finding = f"{finding}；{subtitle}"
        if rows.empty:
            st.info(
                "没有符合条件的数据。请放宽上方的筛选条件；若应有数据，请用“报告错误”告知来源。"
            )
        elif figure is not None:
            if st.session_state.get("elder"):
                figure = enlarged(figure, LARGE, INK, GROUND)
            with st.container(key=f"room{room(figure)}_{key}", gap="xxsmall"):
                event = st.plotly_chart(
                    figure,
                    key=f"chart_{key}",
                    alt=finding,
                    config=CHART_CONFIG,
                    on_select=on_select,
                    selection_mode="points",
                )
            if maps.has_outlines(figure) and not maps.approval():
                _on_paper(key, finding, views)
        else:
            st.table(
                tables.shown(rows.head(ROWS_ON_SCREEN), columns, links or {}),
                hide_index=True,
                alt=finding,
            )
        said = tuple(caveats[:1]) if not subtitle else ()
        whole = figure is not None
        _foot(key, rows, finding, dict(columns), tuple(caveats), said, whole, export, value)
    return event


def _heading(key: str, finding: str, figure: Any) -> go.Figure | None:
    """The finding, with the choice of views beside it when there are several; returns the figure to draw."""
    views = maps.views(figure) if isinstance(figure, Mapping) else {}
    names = list(views)
    if len(names) < 2:
        st.subheader(plain(finding), anchor=False)
        return views[names[0]]() if names else figure
    # A row whose last part keeps its own width: in a narrow column no view is cut off.
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        st.subheader(plain(finding), anchor=False)
        view = st.segmented_control(
            "图形",
            names,
            default=names[0],
            key=f"{key}_view",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
    return views[view]()


def _on_paper(key: str, finding: str, views: Any) -> None:
    """Outlines that no map office has approved are for the screen: paper has the squares instead, or says why there is nothing."""
    squares = views.get(maps.SQUARES) if isinstance(views, Mapping) else None
    with st.container(key=f"squares_{key}"):
        if squares is None:
            with st.container(key=f"paper_outlines_{key}"):
                st.caption("地图的轮廓未经审核，不印在纸上。")
        else:
            st.plotly_chart(
                squares(), key=f"squares_chart_{key}", alt=f"{finding}（方格）", config=CHART_CONFIG
            )


@st.fragment
def _foot(
    key: str,
    rows: pd.DataFrame,
    finding: str,
    columns: dict[str, str],
    caveats: tuple[str, ...],
    in_sight: tuple[str, ...],
    has_figure: bool,
    export: tables.Export,
    value: Exhibit | None,
) -> None:
    """One line: the source and what changes the reading, then 下载 and 更多. A click reruns only this part.

    In sight are what must be said of the sources and `in_sight`; the other caveats open under ⓘ and stand on paper.
    """
    cited = tables.sources_of(rows)
    told = [*tables.warnings(cited), *in_sight]
    folded = [words for words in dict.fromkeys(caveats) if words not in told]
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"foot_{key}"):
        st.caption(
            source_line(rows, cited, told),
            help="\n".join(f"- {plain(words)}" for words in folded) or None,
            width="stretch",
        )
        part = st.popover(FILES, type="tertiary", key=f"files_{key}", on_change="rerun")
        if part.open:
            with part:
                taking.downloads(key, finding, caveats, export, value)
        options = ([TABLE] if has_figure else []) + [QUOTES, CITE, REPORT]
        chosen = st.menu_button(MORE, options, type="tertiary", key=f"more_{key}")
    if folded:
        with st.container(key=f"paper_{key}"):
            st.caption(" · ".join(map(plain, folded)))
    shown = f"shown_{key}"
    if chosen:
        st.session_state[shown] = chosen
    if view := st.session_state.get(shown):
        _open(view, key, rows, finding, columns, cited)


def _open(
    view: str,
    key: str,
    rows: pd.DataFrame,
    finding: str,
    columns: dict[str, str],
    cited: pd.DataFrame,
) -> None:
    """What was chosen of 更多, until it is closed."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", gap="small", key=f"open_{key}"
    ):
        st.markdown(f"**{view}**", width="content")
        st.button(
            "收起",
            type="tertiary",
            key=f"close_{key}",
            on_click=st.session_state.pop,
            args=(f"shown_{key}",),
        )
    if view == TABLE:
        table = tables.shown(rows, columns)
        st.table(table.head(ROWS_ON_SCREEN), hide_index=True, alt=finding)
        if len(table) > ROWS_ON_SCREEN:
            st.caption(f"这里显示前{ROWS_ON_SCREEN}行，共{len(table)}行；全部行请下载。")
    elif view == QUOTES:
        _quotes(rows, cited)
    elif view == CITE:
        st.code(citation(finding, cited, tables.release()), language=None, wrap_lines=True)
    elif view == REPORT:
        st.write("把下面的更正单填好，复制后交给数据管理员。本页不会向任何地方发送内容。")
        st.code(correction_slip(finding, cited, tables.release()), language=None, wrap_lines=True)


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


def _marked(figure: Any) -> Any:
    """The figure, or each of its views, with 演示数据 written into the picture itself."""
    if isinstance(figure, Mapping):
        return {name: (lambda make=make: _marked(make())) for name, make in figure.items()}
    if figure is not None:
        corner = {
            "x": 1,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "right",
            "yanchor": "top",
            "showarrow": False,
        }
        figure.add_annotation(
            text=f"<b>{tables.DEMO}</b>",
            font={"size": 15, "color": ACCENT},
            bgcolor=GROUND,
            bordercolor=ACCENT,
            borderpad=4,
            **corner,
        )
    return figure


def source_line(rows: pd.DataFrame, cited: pd.DataFrame, caveats: Sequence[str]) -> str:
    """来源 · 截至 · 口径 as every face says it, the source a link and an old figure marked, then what else must be known."""
    told = []
    if len(cited):
        until = filters.as_of()
        old, named = tables.age_words(rows, until), tables.first_named(cited)
        line = plain(tables.source_line(rows, cited, until))
        line = line.replace(old, f":gray-badge[{old}]") if old else line
        told = [
            line.replace(plain(named), source_link(named, cited["source_id"].iloc[0]), 1)
            if named
            else line
        ]
    return " · ".join([*told, *map(plain, dict.fromkeys(caveats))])
