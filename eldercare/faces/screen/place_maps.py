"""Places on a map, as outlines or as squares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from eldercare import maps, palette
from eldercare.drawing import Drawing, Trace, scatter
from eldercare.exhibits.shapes import (
    Flow,
    Map,
    Place,
)
from eldercare.faces.drawing import curve
from eldercare.faces.screen.look import BORDER, STILL
from eldercare.measures import (
    INK,
    LINE,
    MUTED,
    STAGES,
)

FLOW_DASHES = {"stage:intent": "dash", "stage:joint_activity": "dot"}
# Degrees of latitude within which two names of the main map touch.
CLOSE = 0.3


def outlines(shape: Map, height: int = 600) -> go.Figure:
    """Places filled by their role, flows as curved lines, places without an outline as points."""
    known = {place.code: place for place in shape.places}
    drawn = maps.outlines()
    figure = Drawing()
    by_role: dict[str, list[str]] = {}
    for code in drawn:
        role = known[code].role if code in known else "stage:none"
        by_role.setdefault(role, []).append(code)
    for axis, part in maps.parts(drawn).items():
        for role, codes in by_role.items():
            if inside := [drawn[code] for code in codes if code in part["drawn"]]:
                filled = maps.fill(inside, palette.colour(role), axis)
                filled["line"]["color"] = BORDER
                figure.add_trace(filled)
    # Lines above the ground and below the names.
    for role in dict.fromkeys(flow.role for flow in shape.flows):
        figure.add_trace(_flows([flow for flow in shape.flows if flow.role == role], role))
    figure.add_trace(_spots([place for place in shape.places if place.spot]))
    for axis, part in maps.parts(drawn).items():
        named = [drawn[code] for code in part["named"] if code in known]
        figure.add_trace(_names(named, known, axis))
    _add_legend(figure, shape)
    maps.frame(figure, drawn, height)
    figure.update_layout(clickmode="event+select")
    return figure.figure()


def squares(shape: Map, height: int = 600) -> go.Figure:
    """The same places as squares of equal size."""
    known = {place.code: place for place in shape.places}
    figure = Drawing()
    for axis, inset in (("", False), ("2", True)):
        part = [t for t in shape.tiles if maps.is_district(t[0]) == inset and t[0] in known]
        places = [known[code] for code, _row, _column in part]
        figure.add_trace(
            scatter(
                x=np.array([column for _code, _row, column in part], dtype=np.float32),
                y=-np.array([row for _code, row, _column in part], dtype=np.float32),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="markers+text",
                marker={
                    "symbol": "square",
                    "size": maps.SMALL_TILE if inset else maps.TILE,
                    "color": [palette.colour(place.role) for place in places],
                    "line": {"width": 1, "color": LINE},
                },
                **STILL,
                text=[place.label for place in places],
                textfont={"size": 12, "color": [_ink(place) for place in places]},
                **_told(places),
            )
        )
    _add_legend(figure, shape)
    maps.tile_frame(figure, height)
    figure.update_layout(clickmode="event+select")
    return figure.figure()


def _ink(place: Place) -> str:
    """On a square the words are as dark as they can be."""
    ink = palette.ink(place.role)
    return INK if ink == MUTED else ink


def _told(places: list[Place]) -> Trace:
    return {
        "customdata": [place.code for place in places],
        "hovertext": [place.hover for place in places],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _names(named: list[maps.Outline], known: Mapping[str, Place], axis: str) -> Trace:
    places = [known[outline.code] for outline in named]
    clear = {"marker": {"opacity": 0}}
    raised = [not axis and _is_close_above(one, named, known) for one in named]
    return scatter(
        x=np.array([outline.label_lon for outline in named], dtype=np.float32),
        y=np.array([outline.label_lat for outline in named], dtype=np.float32),
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="markers+text",
        marker={"size": [1 if up else 26 for up in raised], "opacity": 0},
        selected=clear,
        unselected=clear,
        text=[place.label for place in places],
        textposition=["top center" if up else "middle center" for up in raised],
        # Where nothing is on record the name steps back, and leaves its neighbour the room for a sign.
        textfont={
            "size": [10 if place.role == "stage:none" else 11 for place in places],
            "color": [palette.ink(place.role) for place in places],
        },
        **_told(places),
    )


def _is_close_above(
    one: maps.Outline, named: list[maps.Outline], known: Mapping[str, Place]
) -> bool:
    """Whether a name without a sign stands so close above one with its sign that it must give way."""
    return known[one.code].role == "stage:none" and any(
        known[other.code].role != "stage:none"
        and abs(one.label_lon - other.label_lon) * maps.SHRUNK < CLOSE
        and 0 < one.label_lat - other.label_lat < CLOSE
        for other in named
    )


def _spots(places: list[Place]) -> Trace:
    east = max((place.spot[0] for place in places), default=0)
    statuses = [STAGES[place.role.partition(":")[2]] for place in places]
    colours = [status.colour for status in statuses]
    return scatter(
        x=np.array([place.spot[0] for place in places], dtype=np.float32),
        y=np.array([place.spot[1] for place in places], dtype=np.float32),
        mode="markers+text",
        text=[place.name for place in places],
        # They lie close together: the easternmost is named towards the sea, the others towards the land.
        textposition=[
            "middle right" if place.spot[0] == east else "middle left" for place in places
        ],
        textfont={"size": 10, "color": INK},
        marker={
            "size": 9,
            "symbol": [status.symbol for status in statuses],
            "color": colours,
            "line": {"width": 1.5, "color": colours},
        },
        **STILL,
        **_told(places),
    )


def _flows(flows: list[Flow], role: str) -> Trace:
    """Curves, each ended by NaN, so that several make one trace."""
    ways = [[*curve(flow.start, flow.end), (np.nan, np.nan)] for flow in flows]
    points = np.array([point for way in ways for point in way], dtype=np.float32)
    return scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="lines",
        line={
            "width": 1.2 if role == "stage:joint_activity" else 2.4,
            "color": palette.line(role),
            "dash": FLOW_DASHES.get(role, "solid"),
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _add_legend(figure: Drawing, shape: Map) -> None:
    for words, role in shape.legend:
        edge = {"width": 1, "color": BORDER}
        figure.add_sign(words, symbol="square", size=13, color=palette.colour(role), line=edge)
