"""The tasks of one unit as an A4 form: HTML that stands on the page unseen and is all that is printed.

What the unit is to fill in is left blank; every word passes through `html.escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from eldercare.figures.place_sheet import STYLE
from eldercare.measures import LINE, MUTED, missing

CELL = f"border:1px solid {LINE};vertical-align:top"
# The columns have fixed widths: their words wrap, unlike those of the sheet of a place.
FORM = """
@media print{
 .sheet .form{width:100%;table-layout:fixed}
 .sheet .form :is(td,th){white-space:normal;overflow-wrap:anywhere}
 .sheet .form small{font-size:7.5pt;line-height:1.35;display:block}
}
"""


def unit_sheet(title: str, rows: pd.DataFrame, foot: Sequence[str]) -> str:
    """`rows` are the tasks of the unit with their words, those it leads first; `foot` says date, version and sources."""
    heads = [
        ("任务与措施", 31),
        ("角色、牵头", 13),
        ("时限、状态、上次反馈", 20),
        ("进展", 13),
        ("存在问题", 11.5),
        ("下一步", 11.5),
    ]
    inside = bool(rows["in_delta"].any())
    if not inside:
        # Nobody outside the delta is asked: their list stands as its source has it.
        heads = [
            (words, width) for (words, _width), width in zip(heads[:3], (60, 20, 20), strict=True)
        ]
    columns = "".join(f"<col style='width:{width}%'>" for _words, width in heads)
    header = "".join(f"<th style='{CELL}'>{escape(words)}</th>" for words, _width in heads)
    body = "".join(
        f"<tr>{''.join(_cell(*cell) for cell in _cells(row)[: len(heads)])}</tr>"
        for row in rows.itertuples()
    )
    sign = (
        escape(
            "供附商请函使用，自愿填写。填写单位（盖章）：　　　　　　　　　日期：　　　　年　　月　　日"
        )
        if inside
        else ""
    )
    return (
        f"<style>{STYLE}{FORM}</style><div class='sheet'><h2>{escape(title)}</h2>"
        f"<table class='form'><colgroup>{columns}</colgroup>"
        f"<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
        f"{f'<p>{sign}</p>' if sign else ''}<footer style='color:{MUTED}'>{'<br>'.join(escape(line) for line in foot)}</footer></div>"
    )


def _cells(row: pd.Series) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Lines and small lines of each cell."""
    said = (
        []
        if missing(row.self_text)
        else [f"上次反馈：{line}" for line in row.self_text.split("\n")]
    )
    return [
        ([row.number_words, row.title], list(row.actions)),
        ([row.role, row.lead_words], []),
        (
            list(filter(None, [row.due_words, row.lamp_words, row.proof_dated, row.self_words])),
            said,
        ),
        ([], []),
        ([], []),
        ([], []),
    ]


def _cell(lines: Sequence[str], small: Sequence[str]) -> str:
    notes = "".join(f"<small>{escape(line)}</small>" for line in small)
    return f"<td style='{CELL};break-inside:avoid'>{'<br>'.join(escape(line) for line in lines)}{notes}</td>"
