"""Numbers of places as circles on the outlines: their area by the number, their colour by province."""

from __future__ import annotations

import numpy as np

from eldercare import maps, palette
from eldercare.drawing import Drawn, scatter
from eldercare.exhibits.shapes import Circles
from eldercare.keeping import beside
from eldercare.measures import GROUND, INK

# Diameter of the largest circle: one with words on it, one among many.
WORDED, BARE = 52, 27
RING = "circle-open"


@beside
def circles(shape: Circles, height: int = 520) -> Drawn:
    """One circle a place; a click gives the code of its place."""
    figure = maps.background(height)
    largest = max((place.value for place in shape.places), default=1.0)
    widest = WORDED if any(place.label for place in shape.places) else BARE
    figure.add_trace(
        scatter(
            x=np.array([place.spot[0] for place in shape.places], dtype=np.float32),
            y=np.array([place.spot[1] for place in shape.places], dtype=np.float32),
            mode="markers+text",
            marker={
                "size": [widest * float(np.sqrt(p.value / largest)) for p in shape.places],
                "symbol": [_symbol(place.role) for place in shape.places],
                "color": [palette.colour(place.role) for place in shape.places],
                "opacity": 0.6 if not shape.legend else 0.85,
                "line": {
                    "width": [2 if _symbol(p.role) == RING else 1 for p in shape.places],
                    "color": [
                        palette.colour(p.role) if _symbol(p.role) == RING else GROUND
                        for p in shape.places
                    ],
                },
            },
            text=[place.label for place in shape.places],
            textfont={"size": 10, "color": INK},
            hovertext=[place.hover for place in shape.places],
            hoverinfo="text",
            customdata=[place.code for place in shape.places],
            showlegend=False,
        )
    )
    for words, role in shape.legend:
        figure.add_sign(words, symbol=_symbol(role), size=12, color=palette.colour(role))
    return figure.figure()


def _symbol(role: str) -> str:
    """Colour alone says nothing: a ring is what there is less of."""
    return RING if role == "less" else "circle"
