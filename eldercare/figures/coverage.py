"""Figures of the section 数据: who reports what since when."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar
from eldercare.faces.screen import style
from eldercare.measures import (
    FIRST_DARK_CLASS,
    INK,
    LINE,
    MUTED,
    PRIMARY,
    SEQUENCE,
    class_of,
    class_words,
)

# Classes of the number of public records of a place on a topic.
RECORDS = (2, 5, 10, 20, 40)


def known_bars(rows: pd.DataFrame, height: int = 250) -> go.Figure:
    """How many cities are known on each topic, out of all: `rows` has topic, known, ranked, hover."""
    figure = Drawing()
    for column, colour, text in (
        ("ranked", "#EEF1F4", None),
        ("known", PRIMARY, [f"{row.known}/{row.ranked}" for row in rows.itertuples()]),
    ):
        figure.add_trace(
            bar(
                y=rows["topic"].tolist(),
                x=rows[column].tolist(),
                orientation="h",
                marker={"color": colour},
                text=text,
                textposition="outside",
                textfont={"size": 12, "color": INK},
                hovertext=[str(words) for words in rows["hover"]],
                hoverinfo="text",
                cliponaxis=False,
                showlegend=False,
            )
        )
    style(figure, height)
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        margin={"l": 96, "r": 44, "t": 4, "b": 4},
        yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 13, "color": INK}},
        xaxis={"visible": False},
    )
    return figure.figure()


def grid(rows: pd.DataFrame, row_height: int = 25) -> go.Figure:
    """Place × topic: the years that are covered; a place without a public record is an empty cell, 公开资料未载.

    `rows` has place_code, label, topic, records, first_year, span and hover, places and topics in display order.
    """
    places, topics = list(dict.fromkeys(rows["label"])), list(dict.fromkeys(rows["topic"]))
    figure = Drawing()
    known = rows[rows["records"] > 0]
    ranks = [class_of(n, RECORDS) for n in known["records"]]
    for part, colours, words, inks in (
        (
            rows[rows["records"] == 0],
            "#FFFFFF",
            ["未载"] * int((rows["records"] == 0).sum()),
            "#8796A5",
        ),
        (
            known,
            [SEQUENCE[rank] for rank in ranks],
            known["span"].tolist(),
            ["#FFFFFF" if rank >= FIRST_DARK_CLASS else INK for rank in ranks],
        ),
    ):
        figure.add_trace(
            bar(
                x=[0.96] * len(part),
                y=part["label"].tolist(),
                base=[topics.index(topic) - 0.48 for topic in part["topic"]],
                orientation="h",
                width=0.9,
                marker={"color": colours, "line": {"width": 1, "color": LINE}},
                text=words,
                textposition="inside",
                insidetextanchor="middle",
                insidetextfont={"size": 11, "color": inks},
                textangle=0,
                constraintext="none",
                hovertext=[str(w) for w in part["hover"]],
                customdata=part["place_code"].tolist(),
                hoverinfo="text",
                showlegend=False,
            )
        )
    for words, colour in zip(class_words(RECORDS, "条"), SEQUENCE, strict=True):
        figure.add_sign(words, symbol="square", size=13, color=colour)
    style(figure, row_height * len(places) + 84, 660)
    figure.update_layout(
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 76, "b": 4},
        xaxis={
            "side": "top",
            "tickvals": list(range(len(topics))),
            "ticktext": topics,
            "tickfont": {"size": 13, "color": INK},
            "range": [-0.5, len(topics) - 0.5],
            "zeroline": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": places[::-1],
            "showgrid": False,
            "automargin": True,
            "tickfont": {"size": 12, "color": INK},
        },
        legend={
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 12, "color": MUTED},
        },
    )
    return figure.figure()
