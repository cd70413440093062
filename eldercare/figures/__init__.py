"""DataFrame in, Plotly figure out. Pure: no Streamlit, no query, no sentence. What follows exhibits as values moves to `faces`."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar
from eldercare.faces.screen import style
from eldercare.measures import missing, province_colour

# Hatching of bars that must not hide the numbers on them.
LIGHT_HATCH = {"fgcolor": "#6AA5BA", "size": 8, "solidity": 0.15}


def ranked_bars(
    rows: pd.DataFrame, unit: str, decimals: int = 1, height: int | None = None
) -> go.Figure:
    """Horizontal bars in the order given, coloured by province: place_code, short_name, value, hover; `words` where the label says more."""
    words = rows["words"] if "words" in rows else [f"{v:.{decimals}f}{unit}" for v in rows["value"]]
    figure = Drawing(
        bar(
            y=rows["short_name"].tolist(),
            x=rows["value"].tolist(),
            orientation="h",
            marker={"color": [province_colour(code) for code in rows["place_code"]]},
            text=[
                "未载" if missing(v) else str(label)
                for v, label in zip(rows["value"], words, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hovertext=[str(words) for words in rows["hover"]],
            hoverinfo="text",
            customdata=rows["place_code"].tolist(),
        )
    )
    style(figure, height or 26 * len(rows) + 30, 520 if "words" in rows else 390)
    figure.update_layout(
        yaxis={"autorange": "reversed", "showgrid": False},
        xaxis={"visible": False},
        showlegend=False,
    )
    if "words" in rows and rows["value"].notna().any():
        # Labels outside the bars are longer than the margin leaves room for.
        figure.update_layout(xaxis={"range": [0, 1.4 * float(rows["value"].max())]})
    return figure.figure()
