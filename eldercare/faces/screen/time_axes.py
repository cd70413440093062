"""Events along time, a lane for each kind."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, scatter
from eldercare.exhibits.shapes import (
    Event,
    Timeline,
)
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import (
    GROUND,
    INK,
    LINE,
    MUTED,
)

# What is closer than this in one lane is set beside its neighbour instead of on top of it.
CLOSE = timedelta(days=40)
LEVELS = (0.0, -0.26, 0.26, -0.13, 0.13)


@beside
def timeline(shape: Timeline, height: int = 440) -> Drawn:
    """One lane a kind, in their order. Filled: happened; hollow: planned. What lies outside the axis stands at its edge with its year."""
    events = [event for event in shape.events if event.day]
    first = shape.first or min((event.day for event in events), default=shape.as_of)
    start, end = first, shape.as_of + timedelta(days=60)
    lanes = list(dict.fromkeys(event.lane for event in events))
    spots: list[tuple[date, float, Event]] = []
    for place, lane in enumerate(lanes):
        previous, level = None, 0
        for event in sorted((e for e in events if e.lane == lane), key=lambda e: e.day):
            when = min(max(event.day, start), end)
            close = previous is not None and when - previous < CLOSE
            level = (level + 1) % len(LEVELS) if close else 0
            previous = when
            spots.append((when, place + LEVELS[level], event))
    outside = _years_outside([spot[2] for spot in spots], start, end)
    figure = Drawing()
    for planned, word in ((False, "已发生"), (True, "计划与目标")):
        part = [spot for spot in spots if spot[2].planned == planned]
        colour = palette.colour("planned" if planned else "now")
        figure.add_trace(
            scatter(
                x=[when for when, _y, _event in part],
                y=[y for _when, y, _event in part],
                mode="markers+text",
                marker={
                    "symbol": [_event_sign(event, start, end) for _when, _y, event in part],
                    "size": 11,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour if planned else GROUND},
                },
                text=[outside.get(id(event), "") for _when, _y, event in part],
                textposition=[
                    "middle left" if when == end else "middle right" for when, _y, _event in part
                ],
                textfont={"size": 11, "color": MUTED},
                hovertext=[event.hover or f"{event.when}\n{event.words}" for _w, _y, event in part],
                hoverinfo="text",
                customdata=[event.code for _when, _y, event in part],
                showlegend=False,
            )
        )
        sign = "circle-open" if planned else "circle"
        figure.add_sign(word, symbol=sign, size=11, color=colour)
    style(figure, height, 660)
    years = Counter(e.day.year for e in events if not e.planned and start <= e.day <= end)
    for year in range(start.year, end.year + 1):
        # How many happened in each year, above the lanes.
        figure.add_annotation(
            x=f"{year}-07-01",
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=f"{years[year]}条",
            font={"size": 12, "color": MUTED},
        )
    ticks = range(start.year, shape.as_of.year + 1)
    figure.update_layout(
        margin={"l": 4, "r": 16, "t": 26, "b": 56},
        legend={"y": -0.1, "yanchor": "top"},
        xaxis={
            "range": [start - timedelta(days=60), end + timedelta(days=30)],
            "tickvals": [f"{year}-01-01" for year in ticks],
            "ticktext": [f"{year}" for year in ticks],
            "showgrid": True,
            "gridcolor": LINE,
        },
        yaxis={
            "tickvals": list(range(len(lanes))),
            "ticktext": lanes,
            "range": [len(lanes) - 0.4, -0.6],
            "zeroline": False,
            "tickfont": {"size": 13, "color": INK},
            "automargin": True,
        },
    )
    figure.add_vline(x=shape.as_of, line={"width": 1, "dash": "dot", "color": MUTED})
    return figure.figure()


def _years_outside(events: list[Event], start: date, end: date) -> dict[int, str]:
    """The years of what lies beyond the axis, by event: of several in one lane at one edge the first says all."""
    groups: dict[tuple[str, bool], list[Event]] = {}
    for event in events:
        if not start <= event.day <= end:
            groups.setdefault((event.lane, event.day > end), []).append(event)
    return {
        id(group[0]): "、".join(dict.fromkeys(f"{event.day.year}" for event in group))
        for group in groups.values()
    }


def _event_sign(event: Event, start: date, end: date) -> str:
    sign = (
        "triangle-left" if event.day < start else "triangle-right" if event.day > end else "circle"
    )
    return f"{sign}-open" if event.planned else sign
