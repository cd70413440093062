"""The tasks of one unit as an A4 form: HTML that stands on the page unseen and is all that is printed.

What the unit is to fill in is left blank; every word passes through `html.escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from eldercare.figures.place_sheet import STYLE
from eldercare.measures import LINE, MUTED
from eldercare.text import _

CELL = f"border:1px solid {LINE};vertical-align:top"


def unit_sheet(title: str, rows: pd.DataFrame, foot: Sequence[str]) -> str:
    """`rows` are the tasks of the unit with their words, those it leads first; `foot` says date, version and sources."""
    heads = [
        (_("任务"), 25),
        (_("角色、牵头"), 13),
        (_("时限与三个状态"), 20),
        (_("进展"), 17),
        (_("存在问题"), 12.5),
        (_("下一步"), 12.5),
    ]
    columns = "".join(f"<col style='width:{width}%'>" for _words, width in heads)
    header = "".join(f"<th style='{CELL}'>{escape(words)}</th>" for words, _width in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in _cells(row))}</tr>" for row in rows.itertuples())
    sign = escape(_("填报单位（盖章）：　　　　　　　　　填报日期：　　　　年　　月　　日"))
    return (
        f"<style>{STYLE}</style><div class='sheet'><h2>{escape(title)}</h2>"
        f"<table style='width:100%;table-layout:fixed'><colgroup>{columns}</colgroup>"
        f"<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{sign}</p><footer style='color:{MUTED}'>{'<br>'.join(escape(line) for line in foot)}</footer></div>"
    )


def _cells(row: pd.Series) -> list[list[str]]:
    return [
        [row.number_words, row.title],
        [row.role, row.lead_words],
        [row.due_words, row.lamp_words, row.proof_words, row.self_words],
        [],
        [],
        [],
    ]


def _cell(lines: Sequence[str]) -> str:
    return f"<td style='{CELL};break-inside:avoid'>{'<br>'.join(escape(line) for line in lines)}</td>"
