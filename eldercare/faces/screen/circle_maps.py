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
                "color": [palette.colour(place.role) for place in shape.places],
                "opacity": 0.6,
                "line": {"width": 1, "color": GROUND},
            },
            text=[place.label for place in shape.places],
            textfont={"size": 10, "color": INK},
            hovertext=[place.hover for place in shape.places],
            hoverinfo="text",
            customdata=[place.code for place in shape.places],
            showlegend=False,
        )
    )
    return figure.figure()
