"""Places on a map, as outlines or as squares."""

from __future__ import annotations

import numpy as np

from eldercare import maps, palette
from eldercare.drawing import Drawing, Drawn, Trace, scatter
from eldercare.exhibits.shapes import (
    Flow,
    Map,
    Place,
)
from eldercare.faces.drawing import curve
from eldercare.faces.screen.look import BORDER, STILL
from eldercare.keeping import beside
from eldercare.measures import (
    INK,
    LINE,
    MUTED,
    STAGES,
)

FLOW_DASHES = {"stage:intent": "dash", "stage:joint_activity": "dot"}


@beside
def outlines(shape: Map, height: int = 600) -> Drawn:
    """Places filled by their role, flows as curved lines, places without an outline as points; Shanghai's districts by themselves."""
    known = {place.code: place for place in shape.places}
    drawn = maps.outlines()
    panels = maps.SHANGHAI_ALONE if shape.within.startswith("31") else maps.WHOLE_MAP
    shown = {axis: part for axis, part in maps.parts(drawn).items() if axis in panels}
    staged = any(place.role.startswith("stage:") for place in shape.places)
    figure = Drawing()
    by_role: dict[str, list[str]] = {}
    for code in drawn:
        role = known[code].role if code in known else "stage:none" if staged else "unknown"
        by_role.setdefault(role, []).append(code)
    for axis, part in shown.items():
        for role, codes in by_role.items():
            if inside := [drawn[code] for code in codes if code in part["drawn"]]:
                filled = maps.fill(inside, palette.colour(role), axis)
                if staged:
                    filled["line"]["color"] = BORDER
                figure.add_trace(filled)
    # Lines above the ground and below the names.
    for role in dict.fromkeys(flow.role for flow in shape.flows):
        figure.add_trace(_flows([flow for flow in shape.flows if flow.role == role], role))
    spots = [place for place in shape.places if place.spot]
    figure.add_trace(_spots(spots))
    for axis, part in shown.items():
        names = [_name(known[code], drawn[code]) for code in part["named"] if code in known]
        if not axis:
            names += [_spot_name(place) for place in spots]
            names += [_spot_name(known[maps.WHOLE], maps.MIDDLE)] if maps.WHOLE in known else []
        maps.add_names(figure, names, axis, height, panels)
    _add_legend(figure, shape)
    maps.frame(figure, drawn, height, panels)
    figure.update_layout(clickmode="event+select")
    return figure.figure()


@beside
def squares(shape: Map, height: int = 600) -> Drawn:
    """The same places as squares of equal size."""
    known = {place.code: place for place in shape.places}
    figure = Drawing()
    districts = [maps.is_district(code) for code in known]
    small = maps.LARGE_TILE if all(districts) else maps.SMALL_TILE
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
                    "size": small if inset else maps.TILE,
                    "color": [palette.colour(place.role) for place in places],
                    "line": {"width": 1, "color": LINE},
                },
                **STILL,
                text=[place.label for place in places],
                textfont={
                    # Three lines of a larger letter would leave their square.
                    "size": [10 if place.label.count("\n") > 1 else 12 for place in places],
                    "color": [_ink(place) for place in places],
                },
                **_told(places),
            )
        )
    _add_legend(figure, shape)
    maps.tile_frame(figure, height, any(districts), not all(districts))
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


def _name(place: Place, outline: maps.Outline) -> maps.Name:
    ground = palette.colour(place.role)
    ink = palette.ink(place.role)
    at = outline.label_lon, outline.label_lat
    return maps.Name(place.code, *at, place.label, place.hover, ink, ground, maps.area(outline))


def _spot_name(place: Place, at: tuple[float, float] | None = None) -> maps.Name:
    """A place without an outline of its own; one that is named at a point of the map (`at`) carries its sign in its name."""
    lon, lat = at or place.spot
    words = place.label if at else place.name
    return maps.Name(place.code, lon, lat, words, place.hover, point=True)


def _spots(places: list[Place]) -> Trace:
    statuses = [STAGES[place.role.partition(":")[2]] for place in places]
    colours = [status.colour for status in statuses]
    return scatter(
        x=np.array([place.spot[0] for place in places], dtype=np.float32),
        y=np.array([place.spot[1] for place in places], dtype=np.float32),
        mode="markers",
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
    """What the colours that are drawn mean."""
    drawn = {part.role for part in (*shape.places, *shape.flows)}
    for words, role in shape.legend:
        if role not in drawn:
            continue
        sign = maps.key(palette.colour(role))
        if sign["symbol"] == "square":
            sign["line"]["color"] = BORDER
        figure.add_sign(words, **sign)
