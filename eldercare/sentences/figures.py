"""The words of a Plotly figure: what stands in the picture and what a pointer shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from eldercare.sentences import HOVER, LABEL


def words_of(figure: go.Figure) -> Iterator[tuple[str, str, str]]:
    """Kind, name of the series and words. All hover texts of ours are written out (`hovertext`), none is a template."""
    for trace in figure.data:
        name = trace.name or ""
        if name and trace.showlegend is not False:
            yield LABEL, "", name
        for kind, found in (
            (HOVER, trace.hovertext if trace.hoverinfo != "skip" else None),
            (LABEL, trace.text),
        ):
            for words in _several(found):
                yield kind, name, words
    layout = figure.layout
    for mark in layout.annotations:
        yield LABEL, "", mark.text
        yield HOVER, "", mark.hovertext
    for axis in [*figure.select_xaxes(), *figure.select_yaxes()]:
        yield LABEL, "", axis.title.text
        for words in _several(axis.ticktext):
            yield LABEL, "", words
    yield LABEL, "", layout.title.text
    yield LABEL, "", layout.legend.title.text


def _several(found: Any) -> list[str]:
    """Words given once or as a (possibly two-dimensional) list."""
    if found is None or isinstance(found, str):
        return [found] if found else []
    return [words for part in found for words in _several(part)]
