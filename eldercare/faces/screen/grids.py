"""Words in every field of rows × columns on the screen, the field coloured by how much stands behind it."""

from __future__ import annotations

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, bar, room_for
from eldercare.exhibits.shapes import Grid
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import INK, LINE, MUTED

# Pixels: the height of a row, and the width that a stretch of years needs.
ROW, FIELD = 25, 66
# An open field steps back.
PALE = "#5F6B7A"


@beside
def grid(shape: Grid) -> Drawn:
    """Fields as bars, so that a click on any of them tells its place."""
    rows = list(dict.fromkeys(cell.row for cell in shape.cells))
    columns = list(dict.fromkeys(cell.column for cell in shape.cells))
    cells, figure = shape.cells, Drawing()
    figure.add_trace(
        bar(
            x=[0.96] * len(cells),
            y=[cell.row for cell in cells],
            base=[columns.index(cell.column) - 0.48 for cell in cells],
            orientation="h",
            width=0.9,
            marker={
                "color": [palette.colour(cell.role) for cell in cells],
                "line": {"width": 1, "color": LINE},
            },
            text=[cell.words for cell in cells],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={
                "size": 11,
                "color": [PALE if c.role == "open" else palette.ink(c.role) for c in cells],
            },
            textangle=0,
            constraintext="none",
            hovertext=[cell.hover for cell in cells],
            hoverinfo="text",
            customdata=[cell.code for cell in cells],
            showlegend=False,
        )
    )
    for words, role in shape.legend:
        figure.add_sign(words, symbol="square", size=13, color=palette.colour(role))
    style(figure, ROW * len(rows) + 84, room_for(FIELD * len(columns) + 100))
    figure.update_layout(
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 76, "b": 4},
        xaxis={
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": columns,
            "tickfont": {"size": 13, "color": INK},
            "range": [-0.5, len(columns) - 0.5],
            "zeroline": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": rows[::-1],
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
