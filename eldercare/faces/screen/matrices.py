"""Rows and columns with a sign where something is on record."""

from __future__ import annotations

from eldercare import palette
from eldercare.drawing import CALM, LEGEND_BELOW, Drawing, Drawn, Trace, room_for, scatter
from eldercare.exhibits.shapes import (
    Mark,
    Matrix,
)
from eldercare.faces.screen.look import AXIS, EMPTY_CELL, STILL, style
from eldercare.keeping import beside
from eldercare.measures import (
    INK,
    QUIET,
    STAGES,
    province_colour,
)

# Of more columns the names would touch: in a grid, and in a matrix of places, which is wider.
UPRIGHT, UPRIGHT_PLACES = 12, 20
PROVINCE_NAMES = {"32": "江苏", "33": "浙江", "34": "安徽"}


@beside
def matrix(shape: Matrix, height: int = 480) -> Drawn:
    """One square a cell; shape and colour say the stage, a bar below it that nothing was seen for long.

    What no source names stands first among the columns and last among the rows. Every marker carries `row|column` as customdata.
    Rows and columns that are no places make a plain grid.
    """
    if not any(shape.column_codes):
        return _grid(shape)
    across = {index: place for place, index in enumerate(_named_last(shape.column_codes))}
    across |= {index: -1 for index, code in enumerate(shape.column_codes) if not code}
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
    upright = columns <= UPRIGHT_PLACES
    borders = [i for i in range(1, columns) if codes[i][:2] != codes[i - 1][:2]]
    edges = [{"x0": i - 0.5, "x1": i - 0.5, "y0": -0.6, "y1": rows + 0.5} for i in [*borders, 0]]
    edges.append({"x0": -1.5, "x1": columns - 0.5, "y0": rows - 0.5, "y1": rows - 0.5})
    for first, last in zip([0, *borders], [*borders, columns], strict=True):
        if columns:
            figure.add_annotation(
                x=(first + last - 1) / 2,
                y=1,
                yref="paper",
                yshift=22 if upright else 58,
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
        margin={"l": 4, "r": 8, "t": 44 if upright else 80, "b": 6},
        **CALM,
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            **axis,
            "side": "top",
            "tickvals": [across[index] for index in places],
            "ticktext": [shape.columns[index] for index in places],
            "tickangle": 0 if upright else -60,
            "range": [-1.6, columns - 0.4],
        },
        yaxis={
            **axis,
            "tickvals": list(range(rows + 1)),
            "ticktext": list(shape.rows),
            "range": [rows + 0.6, -0.6],
        },
        legend=LEGEND_BELOW,
        hoverlabel={"align": "left"},
    )


def _grid(shape: Matrix) -> Drawn:
    """Each cell on the ground of its role with its sign; what it stands for opens at the pointer."""
    figure = Drawing()
    for (row, column), mark in shape.cells.items():
        box = {"x0": column - 0.47, "x1": column + 0.47, "y0": row - 0.45, "y1": row + 0.45}
        ground = {"fillcolor": palette.colour(mark.role), "line": {"width": 0}, "layer": "below"}
        figure.add_shape(type="rect", **box, **ground)
    marks = shape.cells.values()
    figure.add_trace(
        scatter(
            x=[column for _row, column in shape.cells],
            y=[row for row, _column in shape.cells],
            mode="text",
            text=[mark.sign for mark in marks],
            textfont={"size": 13, "color": [palette.ink(mark.role) for mark in marks]},
            hovertext=[mark.hover or mark.words for mark in marks],
            hoverinfo="text",
            showlegend=False,
        )
    )
    for sign, words, role in shape.legend:
        figure.add_sign(f"{sign} {words}", symbol="square", size=13, color=palette.colour(role))
    longest = max((len(line) for name in shape.rows for line in name.split("\n")), default=0)
    wide = 26 * len(shape.columns) + 11 * longest
    style(figure, 36 * len(shape.rows) + 110, room_for(wide))
    axis = {"showgrid": False, "zeroline": False, "rangemode": "normal", "tickmode": "array"}
    axis["tickfont"] = {"size": 12, "color": INK}
    figure.update_layout(
        margin={"l": 4, "r": 8, "t": 56, "b": 40},
        xaxis={
            **axis,
            "side": "top",
            "tickangle": -50 if len(shape.columns) > UPRIGHT else 0,
            "range": [-0.5, len(shape.columns) - 0.5],
            "tickvals": list(range(len(shape.columns))),
            "ticktext": list(shape.columns),
        },
        yaxis={
            **axis,
            "range": [len(shape.rows) - 0.5, -0.5],
            "tickvals": list(range(len(shape.rows))),
            "ticktext": list(shape.rows),
            "automargin": True,
        },
        legend=LEGEND_BELOW,
    )
    return figure.figure()
