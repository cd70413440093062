"""Figures of 旅居网络: Guangdong's network, who stands in which agreement, and Lishui's ten groups of three. No map."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import CALM, LEGEND_BELOW, Drawing, scatter
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, PRIMARY, STAGES, day_words, missing
from eldercare.text import bold

# Angles of the two rounds: the first to the left of the hub, the second to the right.
LEFT, RIGHT = (118.0, 242.0), (62.0, -62.0)
SLOTS = {
    "known": {"fill": PRIMARY, "line": PRIMARY, "dash": "solid", "ink": "#FFFFFF"},
    "unstated": {"fill": "#C6DDE5", "line": PRIMARY, "dash": "solid", "ink": INK},
    "likely": {"fill": GROUND, "line": ACCENT, "dash": "dash", "ink": ACCENT},
    "empty": {"fill": GROUND, "line": "#C5CDD6", "dash": "dot", "ink": "#8796A5"},
}
SLOT_WORDS = {
    "known": "已点名",
    "unstated": "三方均已点名，是否属于拟签的各组来源未写明",
    "likely": "可能属于，来源未写明",
    "empty": "未点名",
}


def network(rows: pd.DataFrame, height: int = 430) -> go.Figure:
    """The hub in the middle, the first partners to the left with their bases as size, the later ones to the right.

    `rows` has short_name, hub, counted_round, bases and hover. A partner without a count is hollow and says 公开资料未载.
    """
    spots = [(0.0, 0.0, row) for row in rows[rows["hub"]].itertuples()]
    for part, (first, last) in (
        (rows[rows["counted_round"] & ~rows["hub"]], LEFT),
        (rows[~rows["counted_round"]], RIGHT),
    ):
        angles = (
            np.linspace(math.radians(first), math.radians(last), len(part))
            if len(part) > 1
            else [math.radians(first)] * len(part)
        )
        spots += [
            (math.cos(angle) * 1.5, math.sin(angle), row)
            for angle, row in zip(angles, part.itertuples(), strict=True)
        ]
    figure = Drawing()
    for counted, colour, dash in ((True, PRIMARY, "solid"), (False, ACCENT, "dash")):
        ends = [(x, y) for x, y, row in spots if not row.hub and row.counted_round == counted]
        figure.add_trace(
            scatter(
                x=[value for x, _y in ends for value in (0, x, None)],
                y=[value for _x, y in ends for value in (0, y, None)],
                mode="lines",
                line={"color": colour, "width": 2, "dash": dash},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    known = [not missing(row.bases) for _x, _y, row in spots]
    colours = [PRIMARY if row.counted_round else ACCENT for _x, _y, row in spots]
    figure.add_trace(
        scatter(
            x=[x for x, _y, _row in spots],
            y=[y for _x, y, _row in spots],
            mode="markers+text",
            marker={
                "size": [
                    52 if missing(row.bases) else 40 + 6.5 * math.sqrt(row.bases)
                    for _x, _y, row in spots
                ],
                "color": [
                    colour if full else GROUND for colour, full in zip(colours, known, strict=True)
                ],
                "opacity": 1,
                "line": {"width": 2, "color": colours},
            },
            text=[_node(row) for _x, _y, row in spots],
            textfont={"size": 13, "color": [GROUND if full else INK for full in known]},
            hovertext=[str(row.hover) for _x, _y, row in spots],
            hoverinfo="text",
            showlegend=False,
        )
    )
    _bare(figure, height, 580)
    titles = [(-1.5, "right", "2019至2020年签约", PRIMARY), (1.5, "left", "2021年签约", ACCENT)]
    figure.update_layout(
        xaxis={"range": [-2.35, 2.35]},
        yaxis={"range": [-1.32, 1.32]},
        annotations=[
            {
                "x": x,
                "y": 1.27,
                "text": words,
                "showarrow": False,
                "xanchor": "center",
                "font": {"size": 14, "color": colour},
            }
            for x, _side, words, colour in titles
        ],
    )
    return figure.figure()


def _node(row: object) -> str:
    if not missing(row.bases):
        return f"{bold(row.short_name)}\n{row.bases}家"
    return f"{row.short_name}\n未载" if row.counted_round else row.short_name


def ties(rows: pd.DataFrame, height: int | None = None) -> go.Figure:
    """One row an agreement, one column a province: a mark where it takes part, its shape the stage.

    `rows` has agreement_id, row_title, province, province_order, stage, hover and the date of the agreement, in display order.
    """
    provinces = rows.drop_duplicates("province_code").sort_values("province_order")
    across = {code: i for i, code in enumerate(provinces["province_code"])}
    agreements = rows.drop_duplicates("agreement_id")
    down = {code: i for i, code in enumerate(agreements["agreement_id"])}
    figure = Drawing()
    for code, part in rows.groupby("agreement_id", sort=False):
        places = [across[province] for province in part["province_code"]]
        figure.add_trace(
            scatter(
                x=[min(places), max(places)],
                y=[down[code]] * 2,
                mode="lines",
                line={"color": "#C5CDD6", "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for stage, status in STAGES.items():
        part = rows[rows["stage"] == stage]
        if len(part):
            figure.add_trace(
                scatter(
                    x=[across[code] for code in part["province_code"]],
                    y=[down[code] for code in part["agreement_id"]],
                    mode="markers",
                    marker={
                        "symbol": status.symbol,
                        "size": 15,
                        "color": status.colour,
                        "line": {"width": 2, "color": status.colour},
                    },
                    hovertext=[str(words) for words in part["hover"]],
                    hoverinfo="text",
                    name=status.word,
                )
            )
    labels = [
        f"{day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))}　{row.row_title}"
        for row in agreements.itertuples()
    ]
    _bare(figure, height or 46 * len(down) + 70, 940)
    figure.update_layout(
        margin={"l": 4, "r": 8, "t": 46, "b": 4},
        xaxis={
            "visible": True,
            "side": "top",
            "tickvals": list(across.values()),
            "ticktext": provinces["province"].tolist(),
            "range": [-0.6, len(across) - 0.4],
            "tickangle": -50,
        },
        yaxis={
            "visible": True,
            "tickvals": list(down.values()),
            "ticktext": labels,
            "range": [len(down) - 0.5, -0.5],
            "tickfont": {"size": 12, "color": INK},
            "automargin": True,
        },
        legend=LEGEND_BELOW,
    )
    return figure.figure()


def triples(rows: pd.DataFrame, height: int = 500) -> go.Figure:
    """Groups as rows, the three roles as columns; a slot is filled or drawn as empty. Who may belong stands apart below the groups."""
    roles = rows.drop_duplicates("role").sort_values("role_order")
    figure = Drawing()
    boxes = []
    for row in rows.itertuples():
        look, x, y = SLOTS[row.state], row.role_order - 1, _height(row)
        boxes.append(
            {
                "type": "rect",
                "x0": x - 0.46,
                "x1": x + 0.46,
                "y0": y - 0.38,
                "y1": y + 0.38,
                "fillcolor": look["fill"],
                "line": {"color": look["line"], "dash": look["dash"], "width": 1.2},
                "layer": "below",
            }
        )
    figure.add_trace(
        scatter(
            x=(rows["role_order"] - 1).tolist(),
            y=[_height(row) for row in rows.itertuples()],
            mode="text",
            text=[
                SLOT_WORDS["empty"] if missing(row.name_) else row.name_
                for row in rows.rename(columns={"name": "name_"}).itertuples()
            ],
            textfont={"size": 12, "color": [SLOTS[state]["ink"] for state in rows["state"]]},
            hovertext=[
                f"{row.role_title}：{SLOT_WORDS[row.state]}\n{row.note}"
                for row in rows.itertuples()
            ],
            hoverinfo="text",
            showlegend=False,
        )
    )
    for state, words in SLOT_WORDS.items():
        look = SLOTS[state]
        edge = {"width": 2, "color": look["line"]}
        figure.add_sign(words, symbol="square", size=13, color=look["fill"], line=edge)
    _bare(figure, height, 760)
    groups = list(rows.drop_duplicates("group_no").itertuples())
    figure.update_layout(
        shapes=boxes,
        margin={"l": 4, "r": 4, "t": 26, "b": 4},
        xaxis={
            "visible": True,
            "side": "top",
            "tickvals": [0, 1, 2],
            "ticktext": roles["role_title"].tolist(),
            "range": [-0.55, 2.55],
        },
        yaxis={
            "visible": True,
            "tickvals": [_height(row) for row in groups],
            "ticktext": [f"第{row.group_no}组" if row.planned else "归属未明" for row in groups],
            "range": [max(map(_height, groups), default=0) + 0.5, 0.5],
            "automargin": True,
        },
        legend=LEGEND_BELOW,
    )
    return figure.figure()


def _height(row: Any) -> float:
    return row.group_no + (0 if row.planned else 0.5)


def _bare(figure: Drawing, height: int, room: int) -> None:
    figure.needs(room)
    axis = {
        "visible": False,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12, "color": MUTED},
        "linecolor": LINE,
    }
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        **CALM,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": 13}},
        xaxis=axis,
        yaxis=axis,
    )
