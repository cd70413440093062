"""Members around their hub."""

from __future__ import annotations

import math

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, scatter
from eldercare.exhibits.shapes import Network, Node
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import GROUND, INK

# Angles of the two sides, the first to the left of the hub.
ANGLES = ((118.0, 242.0), (62.0, -62.0))
WIDE = 1.5


@beside
def network(shape: Network, height: int = 470) -> Drawn:
    """A member without a number is hollow and says so; what the second side has is dashed."""
    figure = Drawing()
    spots = [(0.0, 0.0, node) for node in shape.nodes if node.hub]
    for side, (heading, role) in enumerate(shape.sides):
        own = [node for node in shape.nodes if node.role == role and not node.hub]
        ends = _around(own, *ANGLES[side])
        figure.add_trace(
            scatter(
                x=[value for x, _y, _node in ends for value in (0, x, None)],
                y=[value for _x, y, _node in ends for value in (0, y, None)],
                mode="lines",
                line={
                    "color": palette.colour(role),
                    "width": 2,
                    "dash": "dash" if side else "solid",
                },
                hoverinfo="skip",
                showlegend=False,
            )
        )
        figure.add_annotation(
            x=WIDE if side else -WIDE,
            y=1.27,
            text=heading,
            showarrow=False,
            font={"size": 14, "color": palette.colour(role)},
        )
        spots += ends
    nodes = [node for _x, _y, node in spots]
    figure.add_trace(
        scatter(
            x=[x for x, _y, _node in spots],
            y=[y for _x, y, _node in spots],
            mode="markers+text",
            marker={
                "size": [52 if n.value is None else 40 + 6.5 * math.sqrt(n.value) for n in nodes],
                "color": [GROUND if n.value is None else palette.colour(n.role) for n in nodes],
                "opacity": 1,
                "line": {"width": 2, "color": [palette.colour(n.role) for n in nodes]},
            },
            text=[f"{n.name}\n{n.words}".strip() for n in nodes],
            textfont={"size": 13, "color": [INK if n.value is None else GROUND for n in nodes]},
            hovertext=[n.hover for n in nodes],
            hoverinfo="text",
            showlegend=False,
        )
    )
    style(figure, height, 580)
    hidden = {"visible": False, "zeroline": False}
    figure.update_layout(
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={**hidden, "range": [-2.35, 2.35]},
        yaxis={**hidden, "range": [-1.32, 1.32], "rangemode": "normal"},
    )
    return figure.figure()


def _around(nodes: list[Node], first: float, last: float) -> list[tuple[float, float, Node]]:
    step = (last - first) / max(len(nodes) - 1, 1)
    angles = [math.radians(first + place * step) for place in range(len(nodes))]
    return [
        (math.cos(angle) * WIDE, math.sin(angle), node)
        for angle, node in zip(angles, nodes, strict=True)
    ]
