"""The shapes of exhibits as Plotly figures, for the pages. Cards and tables are drawn by the page itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go

from eldercare import maps, palette
from eldercare.drawing import Drawing, Trace, bar, scatter
from eldercare.exhibits.shapes import (
    Bars,
    Event,
    Flow,
    Lines,
    Map,
    Mark,
    Matrix,
    Path,
    Place,
    Shape,
    Timeline,
)
from eldercare.faces.drawing import curve
from eldercare.measures import (
    DASHES,
    GROUND,
    INK,
    LINE,
    MUTED,
    POINTS,
    QUIET,
    STAGES,
    axis_ticks,
    number,
    province_colour,
)

EMPTY_CELL, BORDER, AXIS = "#F1F4F7", "#B8C2CC", "#8796A5"
PROVINCE_NAMES = {"32": "江苏", "33": "浙江", "34": "安徽"}
FLOW_DASHES = {"stage:intent": "dash", "stage:joint_activity": "dot"}
STILL = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
LABELS = 9
# What is closer than this in one lane is set beside its neighbour instead of on top of it.
CLOSE_IN_TIME = timedelta(days=40)
LEVELS = (0.0, -0.26, 0.26, -0.13, 0.13)

Figures = go.Figure | Mapping[str, Callable[[], go.Figure]] | None
# Degrees of latitude within which two names of the main map touch.
CLOSE_ON_MAP = 0.3


def figures(shape: Shape) -> Figures:
    """The figure of a shape, several views of it by name, or None for one that is words."""
    if isinstance(shape, Bars):
        return bars(shape)
    if isinstance(shape, Lines):
        return lines(shape)
    if isinstance(shape, Matrix):
        return matrix(shape)
    if isinstance(shape, Timeline):
        return timeline(shape)
    if isinstance(shape, Map):
        return {"地图": lambda: outlines(shape), "方格": lambda: squares(shape)}
    return None


# --- bars ---


def bars(shape: Bars, height: int = 0) -> go.Figure:
    """Bars beside each other, each with its value and, of several series that lie, its name; what is missing says why."""
    figure = Drawing()
    named = len(shape.series) > 1 and shape.horizontal
    for series in shape.series:
        labels = [
            series.gap
            if value is None
            else f"{series.name}{number(value, shape.decimals)}"
            if named
            else f"{number(value, shape.decimals)}{shape.unit}"
            for value in series.values
        ]
        along = {"y": list(shape.categories), "x": [value or 0 for value in series.values]}
        if not shape.horizontal:
            along = {"x": along["y"], "y": along["x"]}
        figure.add_trace(
            bar(
                **along,
                orientation="h" if shape.horizontal else "v",
                marker={
                    "color": [palette.colour(role) for role in series.roles]
                    or palette.colour(series.role)
                },
                name=series.name,
                text=labels,
                textposition="outside",
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                hovertext=[
                    f"{category}：{label}"
                    for category, label in zip(shape.categories, labels, strict=True)
                ],
                hoverinfo="text",
            )
        )
    lying = max(250, 40 + 26 * len(shape.categories) * len(shape.series))
    style(figure, height or (lying if shape.horizontal else 320))
    figure.update_layout(barmode="group", bargap=0.25, showlegend=len(shape.series) > 1)
    if shape.horizontal:
        names = {"size": 13, "color": INK}
        figure.update_layout(
            margin={"l": 4, "r": 150, "t": 34, "b": 24},
            yaxis={"autorange": "reversed", "showgrid": False, "tickfont": names},
            xaxis={"gridcolor": LINE, "showgrid": True, "tickfont": {"color": MUTED}},
        )
    return figure.figure()


# --- lines ---


def lines(shape: Lines, height: int = 320, ticks: int = 10, room: int = 390) -> go.Figure:
    """Claims over time. What is derived is hollow and says 推算; a gap stays a gap, a break says why.

    Targets are short horizontal strokes with their wording, milestones of one target joined by a dotted path; points
    apart are hollow. `ticks` is how many dates fit on the axis, `room` how wide the drawing must be.
    """
    figure = Drawing()
    counted = [path for path in shape.paths if not path.target and not path.apart]
    begin = min((path.points[0].day for path in counted), default=None)
    for rank, path in enumerate(counted):
        figure.add_trace(_line(path, rank, len(counted) <= 2, path.points[0].day == begin, shape))
    _add_breaks(figure, counted)
    for path in shape.paths:
        if path.target:
            _add_target(figure, path, "top left" if shape.by_day else "middle right")
        elif path.apart:
            figure.add_trace(_apart(path))
    style(figure, height, room)
    if any(path.points for path in shape.paths):
        _time_axes(figure, shape, ticks)
    return figure.figure()


def _line(path: Path, rank: int, direct: bool, first: bool, shape: Lines) -> Trace:
    colour, symbol = palette.colour(path.role), POINTS[rank % len(POINTS)]
    above, below = ("bottom center", "top center") if rank % 2 else ("top center", "bottom center")
    known = [index for index, point in enumerate(path.points) if point.value is not None]
    labels = _thinned([path.points[index].words.replace(shape.unit, "", 1) for index in known])
    # The longer words of what is derived, on the side that the labels of its line leave free.
    sides = [below if path.points[index].derived else above for index in known]
    if direct:
        labels[-1] = f"{labels[-1]}　{path.name}"
        sides[-1] = "middle right"
    # On the left only where nothing stands: an earlier point has its words there.
    if first and len(known) > 1:
        sides[0] = "middle left"
    text = dict(zip(known, zip(labels, sides, strict=True), strict=True))
    words, places = zip(*(text.get(i, ("", above)) for i in range(len(path.points))), strict=True)
    return scatter(
        x=[point.day for point in path.points],
        y=[point.value for point in path.points],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": colour, "width": 2.5, "dash": DASHES[rank % len(DASHES)]},
        marker={
            "size": 8,
            "color": colour,
            "symbol": [f"{symbol}-open" if point.derived else symbol for point in path.points],
            "line": {"width": 2, "color": colour},
        },
        text=list(words),
        textposition=list(places),
        textfont={"size": 12, "color": colour},
        hovertext=[point.hover for point in path.points],
        hoverinfo="text",
        name=path.name,
        legendgroup=path.name,
        showlegend=not direct,
        cliponaxis=False,
    )


def _thinned(labels: list[str], limit: int = LABELS) -> list[str]:
    """Labels of long series: first, last and every few between, so that they do not overlap."""
    if len(labels) <= limit:
        return labels
    step, last = -(-len(labels) // limit), len(labels) - 1
    return [
        words if i in (0, last) or (i % step == 0 and last - i >= step) else ""
        for i, words in enumerate(labels)
    ]


def _add_breaks(figure: Drawing, paths: list[Path]) -> None:
    """Where one path goes on as another series: a line midway between its two points, in its colour and its words."""
    days = [point.day for path in paths for point in path.points]
    middle = min(days) + (max(days) - min(days)) / 2 if days else None
    marks = sorted(
        (point.day, point.words, palette.colour(path.role))
        for path in paths
        for point in path.points
        if point.value is None and point.words
    )
    for place, (day, words, colour) in enumerate(marks):
        left = day < middle
        line = {"dash": "dot", "width": 1, "color": colour}
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
        # Neighbours stand on two levels, so that their words do not meet.
        figure.add_annotation(
            x=day,
            y=1 - 0.07 * (place % 2),
            yref="paper",
            text=words,
            showarrow=False,
            font={"size": 11, "color": colour},
            xanchor="left" if left else "right",
            yanchor="top",
            xshift=3 if left else -3,
        )


def _add_target(figure: Drawing, path: Path, words_at: str) -> None:
    colour = palette.colour(path.role)
    if len(path.points) > 1:
        figure.add_trace(
            scatter(
                x=[point.day for point in path.points],
                y=[point.value for point in path.points],
                mode="lines",
                line={"color": colour, "width": 1.5, "dash": "dot"},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for point in path.points:
        figure.add_trace(
            scatter(
                x=[point.day - timedelta(days=150), point.day],
                y=[point.value] * 2,
                mode="lines+text",
                line={"color": colour, "width": 3},
                text=["", point.words],
                textposition=words_at,
                textfont={"size": 12, "color": colour},
                hovertext=point.hover,
                hoverinfo="text",
                showlegend=False,
                cliponaxis=False,
            )
        )


def _apart(path: Path) -> Trace:
    colour = palette.colour(path.role)
    return scatter(
        x=[point.day for point in path.points],
        y=[point.value for point in path.points],
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 10, "color": colour, "line": {"width": 2}},
        text=[point.words for point in path.points],
        textposition="top right",
        textfont={"size": 12, "color": colour},
        hovertext=[point.hover for point in path.points],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _time_axes(figure: Drawing, shape: Lines, ticks: int) -> None:
    """Year-end ticks (most figures are year-end figures), or the days themselves; value ticks in 万."""
    points = [p for path in shape.paths for p in path.points if p.value is not None]
    values, words = axis_ticks(max(point.value for point in points))
    days = sorted({point.day for point in points})
    span = days[-1] - days[0]
    if shape.by_day:
        margin = span * 0.1
        axis = {
            "tickvals": days,
            "ticktext": [f"{day:%Y-%m}" for day in days],
            "tickangle": -45,
            "range": [days[0] - margin, days[-1] + margin],
        }
    else:
        years = list(range(days[0].year, days[-1].year + 1))
        years = years[:: -(-len(years) // ticks)]
        margin = max(span * 0.06, timedelta(days=120))
        axis = {
            "tickvals": [f"{year}-12-31" for year in years],
            "ticktext": [f"{year}年底" for year in years],
            "range": [days[0] - margin, days[-1] + margin * 1.6],
        }
    figure.update_layout(
        xaxis=axis,
        yaxis={"tickvals": values, "ticktext": words, "range": [0, values[-1] * 1.06]},
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        text=f"单位：{shape.unit}",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": 12, "color": MUTED},
        xshift=8,
        yshift=4,
    )


def style(figure: Drawing, height: int, room: int = 0) -> None:
    """The quiet look all charts share: no tools, faint horizontal grid, zero line, fixed axes; `room` as in `Drawing.needs`."""
    figure.needs(room)
    figure.update_layout(
        height=height,
        margin={"l": 52, "r": 70, "t": 34, "b": 8},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0.06,
            "font": {"size": 13, "color": INK},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={"showgrid": False, "fixedrange": True, "tickfont": {"size": 12, "color": MUTED}},
        yaxis={
            "gridcolor": LINE,
            "zerolinecolor": AXIS,
            "rangemode": "tozero",
            "fixedrange": True,
            "tickfont": {"size": 12, "color": MUTED},
        },
    )


# --- matrix ---


def matrix(shape: Matrix, height: int = 480) -> go.Figure:
    """One square a cell; shape and colour say the stage, a bar below it that nothing was seen for long.

    What no source names stands first among the columns and last among the rows. Every marker carries `row|column` as customdata.
    """
    across = {index: place for place, index in enumerate(_named_last(shape.column_codes))}
    unknown = next(i for i, code in enumerate(shape.column_codes) if not code)
    across[unknown] = -1
    figure = Drawing()
    empty = [
        (row, column)
        for row, code in enumerate(shape.row_codes)
        for column, other in enumerate(shape.column_codes)
        if code and other and (row, column) not in shape.cells
    ]
    nothing = Mark("", STAGES["none"].word, "stage:none")
    hovers = [f"{shape.rows[r]} × {shape.columns[c]}\n{shape.open_words}" for r, c in empty]
    figure.add_trace(
        _cells(shape, across, empty, nothing.words, ("square", EMPTY_CELL), hovers, 17)
    )
    for _sign, words, role in shape.legend:
        found = {at: mark for at, mark in shape.cells.items() if mark.role == role}
        status = STAGES[role.partition(":")[2]]
        if found:
            told = [mark.hover for mark in found.values()]
            figure.add_trace(
                _cells(shape, across, list(found), words, (status.symbol, status.colour), told)
            )
    quiet = [at for at, mark in shape.cells.items() if mark.quiet]
    if quiet:
        bars_ = _cells(shape, across, quiet, QUIET.word, (QUIET.symbol, QUIET.colour), [], 15, 0.44)
        bars_.update(hoverinfo="skip")
        figure.add_trace(bars_)
    _matrix_axes(figure, shape, across, height)
    return figure.figure()


def _named_last(codes) -> list[int]:
    return [index for index, code in enumerate(codes) if code]


def _cells(
    shape: Matrix,
    across: dict[int, int],
    at: list[tuple[int, int]],
    name: str,
    look: tuple[str, str],
    hovers: list[str],
    size: int = 14,
    below: float = 0,
) -> Trace:
    symbol, colour = look
    return scatter(
        x=[across[column] for _row, column in at],
        y=[row + below for row, _column in at],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": size,
            "color": colour,
            "line": {"width": 0 if symbol == "square" else 2, "color": colour},
        },
        **STILL,
        customdata=[_code(shape.row_codes[row], shape.column_codes[column]) for row, column in at],
        hovertext=hovers,
        hoverinfo="text",
        name=name,
    )


def _code(row: str, column: str) -> str:
    """What a click tells: both places, or the one that a source names."""
    return f"{row}|{column}" if row and column else f"{row or column}|"


def _matrix_axes(figure: Drawing, shape: Matrix, across: dict[int, int], height: int) -> None:
    places = sorted(across, key=across.__getitem__)
    codes = [shape.column_codes[index] for index in places if shape.column_codes[index]]
    columns, rows = len(codes), len(shape.rows) - 1
    figure.needs(940)
    borders = [i for i in range(1, columns) if codes[i][:2] != codes[i - 1][:2]]
    edges = [{"x0": i - 0.5, "x1": i - 0.5, "y0": -0.6, "y1": rows + 0.5} for i in [*borders, 0]]
    edges.append({"x0": -1.5, "x1": columns - 0.5, "y0": rows - 0.5, "y1": rows - 0.5})
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
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    axis["tickfont"] = {"size": 12, "color": INK}
    figure.update_layout(
        shapes=[{"type": "line", "line": {"width": 1, "color": AXIS}, **edge} for edge in edges],
        height=height,
        margin={"l": 4, "r": 8, "t": 80, "b": 6},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            **axis,
            "side": "top",
            "tickvals": [across[index] for index in places],
            "ticktext": [shape.columns[index] for index in places],
            "tickangle": -60,
            "range": [-1.6, columns - 0.4],
        },
        yaxis={
            **axis,
            "tickvals": list(range(rows + 1)),
            "ticktext": list(shape.rows),
            "range": [rows + 0.6, -0.6],
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


# --- timeline ---


def timeline(shape: Timeline, height: int = 440) -> go.Figure:
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
            close = previous is not None and when - previous < CLOSE_IN_TIME
            level = (level + 1) % len(LEVELS) if close else 0
            previous = when
            spots.append((when, place + LEVELS[level], event))
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
                text=[
                    "" if start <= event.day <= end else f"{event.day.year}"
                    for _when, _y, event in part
                ],
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
        figure.add_trace(
            scatter(
                x=[None],
                y=[None],
                mode="markers",
                marker={
                    "symbol": "circle-open" if planned else "circle",
                    "size": 11,
                    "color": colour,
                },
                name=word,
            )
        )
    style(figure, height)
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


def _event_sign(event: Event, start: date, end: date) -> str:
    sign = (
        "triangle-left" if event.day < start else "triangle-right" if event.day > end else "circle"
    )
    return f"{sign}-open" if event.planned else sign


# --- map ---


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
        and abs(one.label_lon - other.label_lon) * maps.SHRUNK < CLOSE_ON_MAP
        and 0 < one.label_lat - other.label_lat < CLOSE_ON_MAP
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
        figure.add_trace(
            scatter(
                x=[None],
                y=[None],
                mode="markers",
                marker={
                    "symbol": "square",
                    "size": 13,
                    "color": palette.colour(role),
                    "line": {"width": 1, "color": BORDER},
                },
                name=words,
                hoverinfo="skip",
            )
        )
