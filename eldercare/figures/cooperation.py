"""Figures of the section 协作: the district × partner matrix, and announced beside known by name."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, Trace, bar, scatter
from eldercare.figures import drawn_series, style
from eldercare.measures import (
    INK,
    LINE,
    MUTED,
    PRIMARY,
    QUIET,
    STAGE_FILLS,
    STAGES,
    Status,
    missing,
    province_colour,
    quantity,
)

EMPTY_CELL = "#F1F4F7"
PROVINCE_NAMES = {"32": "江苏", "33": "浙江", "34": "安徽"}


def matrix(
    cells: pd.DataFrame,
    districts: pd.DataFrame,
    partners: pd.DataFrame,
    busiest_first: bool = False,
    height: int = 480,
) -> go.Figure:
    """District × partner, one square a cell; shape and colour say the stage, a bar below it that nothing was seen for long.

    `cells` has one row per district, partner and agreement, the furthest stage of a pair first; `districts` and
    `partners` have place_code, short_name and counterpart_unknown in display order, `partners` also records. The
    first column and the last row hold those who signed with someone whom no source names. Every marker carries
    `district|partner` as customdata.
    """
    districts, partners = _ordered(cells, districts, partners, busiest_first)
    across = {code: i for i, code in enumerate(partners["place_code"])}
    down = {code: i for i, code in enumerate(districts["place_code"])}
    pairs: dict[tuple[str, str], list] = {}
    for row in cells.itertuples():
        if row.district_code in down and row.partner_code in across:
            pairs.setdefault((row.district_code, row.partner_code), []).append(row)
    figure = Drawing()
    rows_of, columns_of = districts["short_name"].tolist(), partners["short_name"].tolist()
    empty = [(d, p) for d in down for p in across if (d, p) not in pairs]
    figure.add_trace(
        _cells(
            [across[p] for _d, p in empty],
            [down[d] for d, _p in empty],
            Status(STAGES["none"].word, "", "square", EMPTY_CELL),
            [f"{d}|{p}" for d, p in empty],
            [
                "{one} × {other}\n点名这两地的协议、结对与共同活动：{none}".format(
                    one=rows_of[down[d]], other=columns_of[across[p]], none=STAGES["none"].word
                )
                for d, p in empty
            ],
            size=17,
        )
    )
    for stage, status in STAGES.items():
        found = {key: rows for key, rows in pairs.items() if rows[0].stage == stage}
        if found:
            figure.add_trace(
                _cells(
                    [across[p] for _d, p in found],
                    [down[d] for d, _p in found],
                    status,
                    [f"{d}|{p}" for d, p in found],
                    [
                        "\n\n".join([*(row.hover for row in rows), rows[0].moves_hover])
                        for rows in found.values()
                    ],
                )
            )
    _add_unknown(
        figure,
        districts[districts["counterpart_unknown"]],
        partners[partners["counterpart_unknown"]],
        across,
        down,
    )
    quiet = [key for key, rows in pairs.items() if rows[0].quiet is True]
    if quiet:
        bars = _cells(
            [across[p] for _d, p in quiet],
            [down[d] + 0.44 for d, _p in quiet],
            QUIET,
            [f"{d}|{p}" for d, p in quiet],
            [],
            size=15,
        )
        bars.update(hoverinfo="skip")
        figure.add_trace(bars)
    _matrix_axes(figure, districts, partners, height)
    return figure.figure()


def _ordered(
    cells: pd.DataFrame, districts: pd.DataFrame, partners: pd.DataFrame, busiest_first: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """By code, or the busiest first; partners always stay grouped by province."""
    if not busiest_first:
        return districts, partners
    records = cells.drop_duplicates(["district_code", "agreement_id"])[
        "district_code"
    ].value_counts()
    busy = districts.assign(
        records=districts["place_code"].map(records).fillna(0) + districts["signed_by_name"] * 0.5
    )
    grouped = partners.assign(
        province=partners["place_code"].str[:2],
        named=partners["records"] + partners["counterpart_unknown"] * 0.5,
    )
    return (
        busy.sort_values("records", ascending=False, kind="stable"),
        grouped.sort_values(["province", "named"], ascending=[True, False], kind="stable"),
    )


def _cells(
    x: list[float],
    y: list[float],
    status: Status,
    codes: list[str],
    hovers: list[str],
    size: int = 14,
) -> Trace:
    return scatter(
        x=x,
        y=y,
        mode="markers",
        marker={
            "symbol": status.symbol,
            "size": size,
            "color": status.colour,
            "line": {"width": 2 if status.shape else 0, "color": status.colour},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=codes,
        hovertext=hovers,
        hoverinfo="text",
        name=status.word,
    )


def _add_unknown(
    figure: Drawing, districts: pd.DataFrame, partners: pd.DataFrame, across: dict, down: dict
) -> None:
    """Who signed with someone no source names: districts before the first column, partners below the last row."""
    status = STAGES["counterpart_unknown"]
    words = "{name}：{status}\n汇总报道点名已签约，没有写与谁签署"
    rows = [*districts.itertuples(), *partners.itertuples()]
    figure.add_trace(
        _cells(
            [-1.0] * len(districts) + [across[code] for code in partners["place_code"]],
            [down[code] for code in districts["place_code"]] + [len(down)] * len(partners),
            status,
            [f"{row.place_code}|" for row in rows],
            [str(words.format(name=row.label, status=status.word)) for row in rows],
        )
    )


def _matrix_axes(
    figure: Drawing, districts: pd.DataFrame, partners: pd.DataFrame, height: int
) -> None:
    columns, rows = len(partners), len(districts)
    figure.needs(940)
    unknown = "对方未写"
    codes = partners["place_code"].tolist()
    borders = [i for i in range(1, columns) if codes[i][:2] != codes[i - 1][:2]]
    lines = [{"x0": i - 0.5, "x1": i - 0.5, "y0": -0.6, "y1": rows + 0.5} for i in borders]
    lines += [
        {"x0": -0.5, "x1": -0.5, "y0": -0.6, "y1": rows + 0.5},
        {"x0": -1.5, "x1": columns - 0.5, "y0": rows - 0.5, "y1": rows - 0.5},
    ]
    for first, last in zip([0, *borders], [*borders, columns], strict=True):
        if columns:
            figure.add_annotation(
                x=(first + last - 1) / 2,
                y=1,
                yref="paper",
                yshift=58,
                text=PROVINCE_NAMES[codes[first][:2]],
                showarrow=False,
                yanchor="bottom",
                font={"size": 13, "color": province_colour(codes[first])},
            )
    figure.update_layout(
        shapes=[
            {"type": "line", "line": {"width": 1, "color": "#8796A5"}, **line} for line in lines
        ],
        height=height,
        margin={"l": 4, "r": 8, "t": 80, "b": 6},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            "side": "top",
            "tickvals": [-1, *range(columns)],
            "ticktext": [unknown, *partners["short_name"]],
            "tickangle": -60,
            "showgrid": False,
            "zeroline": False,
            "range": [-1.6, columns - 0.4],
            "tickfont": {"size": 12, "color": INK},
            "fixedrange": True,
        },
        yaxis={
            "tickvals": list(range(rows + 1)),
            "ticktext": [*districts["short_name"], unknown],
            "showgrid": False,
            "zeroline": False,
            "range": [rows + 0.6, -0.6],
            "tickfont": {"size": 12, "color": INK},
            "fixedrange": True,
        },
        legend={
            "orientation": "h",
            "y": -0.01,
            "yanchor": "top",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        hoverlabel={"align": "left"},
    )


def signed(rows: pd.DataFrame, height: int = 320) -> go.Figure:
    """Signed counts against their targets. What counts something else stands as hollow points, joined with nothing.

    地市 are another unit, and the pilots of 2019 (districts and cities) took part, which is no signature.
    """
    # The last day is the goals': their words stand above their strokes, or the frame would cut them.
    figure = drawn_series(rows[rows["in_series"]], "个", height, goals="top left", room=390)
    words = {
        "signed_prefectures": "{n}地市（单位不同）",
        "pilot_districts": "试点{n}区（参与）",
        "pilot_cities": "试点{n}城市（参与）",
    }
    apart = rows[rows["indicator_code"].isin(words) & (rows["kind"] == "actual")]
    figure.add_trace(
        scatter(
            x=apart["date"].tolist(),
            y=apart["value"].tolist(),
            mode="markers+text",
            marker={"symbol": "diamond-open", "size": 10, "color": MUTED, "line": {"width": 2}},
            text=[
                words[row.indicator_code].format(n=quantity(row.value, "个", row.qualifier))
                for row in apart.itertuples()
            ],
            textposition="top right",
            textfont={"size": 12, "color": MUTED},
            hovertext=[
                f"{row.indicator_title}\n{row.counting_rule}\n{row.source_title}"
                for row in apart.itertuples()
            ],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=False,
        )
    )
    days = sorted(set(rows["date"].dropna()))
    if days:
        room = (days[-1] - days[0]) * 0.1
        ticks = {"tickvals": days, "ticktext": [f"{day:%Y-%m}" for day in days], "tickangle": -45}
        figure.update_layout(xaxis={**ticks, "range": [days[0] - room, days[-1] + room]})
    return figure.figure()


def known_by_name(rows: pd.DataFrame, height: int = 250) -> go.Figure:
    """Three separate bars per unit: announced, named in the same report, named over all sources.

    `rows` has unit_title, announced (missing when nothing had been announced), named_in_report and named. Whether the names
    are among those announced is not said, so nothing is drawn as a part of anything.
    """
    figure = Drawing()
    parts = [
        ("announced", "公布", STAGE_FILLS["counterpart_unknown"]),
        ("named_in_report", "同一报道点名", STAGE_FILLS["signed"]),
        ("named", "各来源合计点名", PRIMARY),
    ]
    units = rows["unit_title"].tolist()
    for column, words, colour in parts:
        values = [None if missing(value) else int(value) for value in rows[column]]
        labels = ["当时没有公布数" if value is None else f"{words}{value}" for value in values]
        figure.add_trace(
            bar(
                y=units,
                x=[value or 0 for value in values],
                orientation="h",
                marker={"color": colour},
                name=words,
                text=labels,
                textposition="outside",
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                hovertext=[f"{unit}：{label}" for unit, label in zip(units, labels, strict=True)],
                hoverinfo="text",
            )
        )
    style(figure, height)
    figure.update_layout(
        barmode="group",
        bargap=0.25,
        margin={"l": 4, "r": 150, "t": 34, "b": 24},
        yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 13, "color": INK}},
        xaxis={"gridcolor": LINE, "showgrid": True, "tickfont": {"color": MUTED}},
    )
    return figure.figure()
