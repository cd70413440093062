"""A Plotly figure in the making: traces and layout as plain dictionaries, which Plotly checks in tests.

Every `add_trace`, `update_layout` or `add_annotation` of a `go.Figure` checks and copies much of the figure again:
drawn that way, the map took 67 ms and a series 71 ms; this way 13 and 4, of which the one check at the end was the most.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go
import plotly.io

from eldercare.measures import INK
from eldercare.text import in_picture

Trace = dict[str, Any]
# Widths in pixels that a drawing may ask for. On a narrower screen it moves sideways inside its exhibit, its words as large as ever.
ROOMS = (0, 390, 440, 520, 580, 660, 760, 940, 1040, 1200, 1320)
# Lengths that grow with the letters around them.
GROWING = ("height", "xshift", "yshift")
# What all drawings share: nothing behind them and nothing to drag.
CALM = {"plot_bgcolor": "rgba(0,0,0,0)", "paper_bgcolor": "rgba(0,0,0,0)", "dragmode": False}
# A legend explains; a click on it hides nothing.
EXPLAINS = {"itemclick": False, "itemdoubleclick": False}
# Below the drawing, in one line.
LEGEND_BELOW = {
    "orientation": "h",
    "y": -0.02,
    "yanchor": "top",
    "font": {"size": 12},
    **EXPLAINS,
}


def room_for(width: float) -> int:
    """The narrowest of `ROOMS` that holds a drawing of this width."""
    return next((room for room in ROOMS if room >= width), ROOMS[-1])


def scatter(**properties: Any) -> Trace:
    return {"type": "scatter", **properties}


def bar(**properties: Any) -> Trace:
    return {"type": "bar", **properties}


class Drawn(go.Figure):
    """A finished drawing: `parts` as they are sent, never changed again, since one drawing is shown to many.

    Streamlit asks a figure for its parts and writes them. Plotly's own checks, 4 to 24 ms a page, run where somebody looks
    into it (`data`, `layout`), as tests do for every exhibit; they raise `ValueError` for what Plotly does not know.
    """

    def __init__(self, parts: dict[str, Any]):
        # Plotly's own beginning is the checking, and its figures take no attributes.
        vars(self)["parts"] = parts

    def to_dict(self) -> dict[str, Any]:
        return self._sent

    @property
    def data(self) -> Any:
        return self.checked.data

    @property
    def layout(self) -> Any:
        return self.checked.layout

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the drawing says of itself to the page: `room`, `outlines`."""
        return self.parts["layout"].get("meta", {})

    @cached_property
    def checked(self) -> go.Figure:
        """The same as Plotly sees it."""
        return go.Figure(self.parts)

    @cached_property
    def _sent(self) -> dict[str, Any]:
        layout = {"template": plotly.io.templates[plotly.io.templates.default].to_plotly_json()}
        return _packed({**self.parts, "layout": layout | self.parts["layout"]})

    def with_annotation(self, **properties: Any) -> Drawn:
        """The drawing with one more annotation."""
        layout = self.parts["layout"]
        notes = [*layout.get("annotations", ()), properties]
        return Drawn({**self.parts, "layout": {**layout, "annotations": notes}})


class Drawing:
    """Collects what `go.Figure` would be told step by step; the methods mean the same there."""

    def __init__(self, *traces: Trace):
        self.traces = list(traces)
        self.layout: dict[str, Any] = {}

    def add_trace(self, trace: Trace) -> None:
        self.traces.append(trace)

    def add_sign(self, name: str, **marker: Any) -> None:
        """A sign of the legend that no point of the drawing carries by itself."""
        nowhere = {"x": [None], "y": [None], "hoverinfo": "skip"}
        self.add_trace(scatter(mode="markers", marker=marker, name=name, **nowhere))

    def update_layout(self, **parts: Any) -> None:
        """Merge into the layout, dictionaries key by key; a list replaces the one before."""
        _merge(self.layout, parts)

    def add_annotation(self, **properties: Any) -> None:
        self.layout.setdefault("annotations", []).append(properties)

    def add_shape(self, **properties: Any) -> None:
        self.layout.setdefault("shapes", []).append(properties)

    def add_vline(self, x: Any, line: dict[str, Any]) -> None:
        self.add_shape(type="line", x0=x, x1=x, xref="x", y0=0, y1=1, yref="y domain", line=line)

    def add_hline(self, y: Any, line: dict[str, Any]) -> None:
        self.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=y, y1=y, yref="y", line=line)

    def needs(self, room: int) -> None:
        """The least width, one of `ROOMS`, at which no word of this drawing meets another."""
        self.update_layout(meta={"room": room})

    def figure(self) -> Drawn:
        """The figure, every word in it inert and, where nothing else is asked, in ink: Streamlit's own grey is too pale to read."""
        traces = [
            trace | {"textfont": {"color": INK} | trace.get("textfont", {})}
            if "text" in trace
            else trace
            for trace in self.traces
        ]
        return Drawn(_inert({"data": traces, "layout": self.layout}))


def room(figure: Drawn) -> int:
    """The width that the drawing asked for, or 0: it fits every screen."""
    return figure.meta.get("room", ROOMS[0])


def enlarged(figure: Drawn, times: float, ink: str, ground: str) -> Drawn:
    """The drawing for readers of large type: letters grow, and with them its height and room; all are `ink` on a rim of `ground`."""
    letters = {"color": ink, "shadow": ", ".join([f"0 0 2px {ground}"] * 6)}
    parts = _grown(figure.parts, times, letters)
    parts["layout"]["meta"] = {**figure.meta, "room": room_for(room(figure) * times)}
    return Drawn(parts)


def _grown(part: Any, times: float, letters: Mapping[str, str]) -> Any:
    if isinstance(part, list | tuple):
        return [_grown(value, times, letters) for value in part]
    if not isinstance(part, Mapping):
        return part
    grown: dict[str, Any] = {}
    for name, value in part.items():
        if name.endswith("font"):
            size = value.get("size")
            grown[name] = {**value, **letters} | (
                {"size": np.multiply(size, times).tolist()} if size is not None else {}
            )
        elif name == "margin":
            grown[name] = {side: width * times for side, width in value.items()}
        elif name in GROWING:
            grown[name] = value * times
        else:
            grown[name] = _grown(value, times, letters)
    return grown


def _inert(part: Any) -> Any:
    """The same with every string as words: Plotly reads `<a href>` in names, ticks and hovers as a link. Codes for clicks stay as they are."""
    if isinstance(part, str):
        return in_picture(part)
    if isinstance(part, Mapping):
        return {
            name: value if name == "customdata" else _inert(value) for name, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_inert(value) for value in part]
    return part


def _packed(part: Any) -> Any:
    """The same with arrays of numbers as plotly.js takes them, four bytes a number instead of a dozen letters."""
    if isinstance(part, np.ndarray):
        if part.dtype.kind not in "fiu" or part.dtype.str in ("<i8", "<u8") or not part.size:
            return part.tolist()
        packed = {
            "dtype": part.dtype.str[1:],
            "bdata": base64.b64encode(np.ascontiguousarray(part)).decode("ascii"),
        }
        return packed | ({"shape": str(part.shape)[1:-1]} if part.ndim > 1 else {})
    if isinstance(part, Mapping):
        return {name: _packed(value) for name, value in part.items() if value is not None}
    if isinstance(part, list | tuple):
        return [_packed(value) for value in part]
    return part


def _merge(into: dict[str, Any], parts: Mapping[str, Any]) -> None:
    for name, value in parts.items():
        if isinstance(value, Mapping):
            _merge(into.setdefault(name, {}), value)
        else:
            into[name] = value
