"""Residential social-welfare units of counties as circles on the outlines: a count of its own, never summed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.drawing import scatter
from eldercare.measures import GROUND, province_colour


def welfare_map(rows: pd.DataFrame, height: int = 520) -> go.Figure:
    """One circle a place, its area by beds, its colour by province: place_code, lon, lat, beds and hover."""
    figure = maps.background(height)
    known = rows.dropna(subset=["lon", "beds"]).sort_values("beds", ascending=False)
    largest = float(known["beds"].max()) if len(known) else 1.0
    figure.add_trace(
        scatter(
            x=known["lon"].to_numpy(np.float32),
            y=known["lat"].to_numpy(np.float32),
            mode="markers",
            marker={
                "size": 27 * np.sqrt(known["beds"].to_numpy(float) / largest),
                "color": [province_colour(code) for code in known["place_code"]],
                "opacity": 0.65,
                "line": {"width": 1, "color": GROUND},
            },
            hovertext=[str(words) for words in known["hover"]],
            hoverinfo="text",
            customdata=known["place_code"].tolist(),
            showlegend=False,
        )
    )
    return figure.figure()
