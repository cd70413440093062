"""Institutions side by side as one A4 page: HTML that stands on the page unseen and is all that is printed.

Every word passes through `html.escape`: names come from the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from eldercare.figures.place_sheet import STYLE
from eldercare.measures import LINE, MUTED

CELL = f"border:1px solid {LINE};vertical-align:top;white-space:normal;overflow-wrap:anywhere"


def comparison_sheet(
    title: str, table: pd.DataFrame, headings: Mapping[str, str], foot: Sequence[str], mark: str
) -> str:
    """`table` has a line an item, `headings` its columns with their words; `mark` is stamped beside the title where there is one."""
    stamp = (
        f"<b style='float:right;border:1.5pt solid;padding:1pt 6pt;font-size:11pt'>{escape(mark)}</b>"
        if mark
        else ""
    )
    widths = [14, *[70 / (len(headings) - 2)] * (len(headings) - 2), 16]
    columns = "".join(f"<col style='width:{width:.1f}%'>" for width in widths)
    heads = "".join(f"<th style='{CELL}'>{escape(words)}</th>" for words in headings.values())
    body = "".join(
        "<tr>" + "".join(_cell(row[name]) for name in headings) + "</tr>"
        for _index, row in table.iterrows()
    )
    return (
        f"<style>{STYLE}</style><div class='sheet'>{stamp}<h2 style='font-size:13pt'>{escape(title)}</h2>"
        f"<table style='width:100%;table-layout:fixed'><colgroup>{columns}</colgroup><tr>{heads}</tr>{body}</table>"
        f"<footer style='color:{MUTED}'>{'<br>'.join(escape(line) for line in foot)}</footer></div>"
    )


def _cell(words: str) -> str:
    return f"<td style='{CELL}'>{escape(words)}</td>"
