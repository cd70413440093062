"""The profile of one place as one A4 page: HTML that stands on the page unseen and is all that is printed.

Every word passes through `html.escape`; the pyramid is drawn as plain shapes, so nothing waits for a script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from eldercare.measures import INK, LINE, PRIMARY, SEQUENCE

WIDTH, HEIGHT = 270, 170
STYLE = """
.sheet{display:none}
@media print{
 body:has(.sheet) :is([data-testid=stElementContainer],[data-testid=stLayoutWrapper],hr):not(:has(.sheet)){display:none}
 body:has(.sheet) [data-testid=stMainBlockContainer]{padding:0}
 .sheet{display:block;font-size:9pt;line-height:1.4}
 .sheet h2{font-size:15pt;margin:0 0 6pt}
 .sheet h3{font-size:10pt;margin:7pt 0 2pt;padding:0}
 .sheet .cards{display:grid;grid-template-columns:repeat(5,1fr);gap:5pt}
 .sheet .card{border:1px solid;padding:4pt;display:flex;flex-direction:column}
 .sheet .card b{font-size:14pt}
 .sheet .card small{font-size:8pt;padding-left:2pt}
 .sheet .card i{font-style:normal;font-size:8pt}
 .sheet .pair{display:flex;gap:10pt;margin-top:6pt;align-items:center}
 .sheet table{border-collapse:collapse;font-size:8.5pt;flex:1}
 .sheet :is(td,th){border-bottom:1px solid;padding:2pt 4pt;text-align:left;white-space:nowrap}
 .sheet .lists{columns:2;column-gap:12pt}
 .sheet h3{break-after:avoid}
 .sheet ul{margin:0;padding-left:11pt}
 .sheet li{font-size:8.5pt;margin:0;padding:0}
 .sheet footer{margin-top:6pt;font-size:7pt;line-height:1.3}
 .sheet .sources{columns:3;column-gap:8pt;font-size:6.5pt;margin-top:2pt}
}
"""


def place_sheet(
    title: str,
    cards: Sequence[Mapping[str, str]],
    standings: pd.DataFrame,
    ages: pd.DataFrame,
    lists: Mapping[str, Sequence[str]],
    foot: Sequence[str],
    sources: Sequence[str],
) -> str:
    """`standings` has the columns of its table twin; `lists` are headings with lines; `foot` says data version, `sources` are numbered."""
    boxes = "".join(
        _card(**{name: escape(entry[name]) for name in ("label", "value", "unit", "note")})
        for entry in cards
    )
    sections = "".join(_section(name, lines) for name, lines in lists.items() if lines)
    return (
        f"<style>{STYLE}</style><div class='sheet'><h2>{escape(title)}</h2><div class='cards'>{boxes}</div>"
        f"<div class='pair'>{pyramid(ages)}{_table(standings)}</div><div class='lists'>{sections}</div>"
        f"<footer>{'<br>'.join(escape(line) for line in foot)}<div class='sources'>{''.join(f'<div>{escape(s)}</div>' for s in sources)}</div>"
        "</footer></div>"
    )


def _card(label: str, value: str, unit: str, note: str) -> str:
    return f"<div class='card'><span>{label}</span><b>{value}<small>{unit}</small></b><i>{note}</i></div>"


def _section(name: str, lines: Sequence[str]) -> str:
    return f"<section><h3>{escape(name)}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul></section>"


def _table(rows: pd.DataFrame) -> str:
    heads = "".join(f"<th>{escape(str(name))}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return f"<table><tr>{heads}</tr>{body}</table>"


def pyramid(rows: pd.DataFrame) -> str:
    """Bars of 2020 and the outline of 2010 as shares of the population; nothing where there are no age groups."""
    if rows.empty:
        return ""
    groups = sorted(set(rows["age_from"]))
    step = (HEIGHT - 18) / len(groups)
    scale = (WIDTH / 2 - 24) / float(rows[["male_share", "female_share"]].to_numpy().max())
    middle, shapes = WIDTH / 2 + 12, []
    for sex, sign in (("male", -1), ("female", 1)):
        outline = []
        for row in rows.itertuples():
            length, top = (
                getattr(row, f"{sex}_share") * scale,
                HEIGHT - 4 - step * (groups.index(row.age_from) + 1),
            )
            if row.year == 2020:
                fill = PRIMARY if row.age_from >= 60 else SEQUENCE[2]
                x = middle - length if sign < 0 else middle
                shapes.append(
                    f"<rect x='{x:.1f}' y='{top:.1f}' width='{length:.1f}' height='{step - 1:.1f}' fill='{fill}'/>"
                )
            else:
                outline += [
                    f"{middle + sign * length:.1f},{top + step:.1f}",
                    f"{middle + sign * length:.1f},{top:.1f}",
                ]
        if outline:
            shapes.append(
                f"<polyline points='{' '.join(outline)}' fill='none' stroke='{INK}' stroke-width='1'/>"
            )
    labels = "".join(
        f"<text x='0' y='{HEIGHT - 5 - step * number:.1f}' font-size='8' fill='{INK}'>{age}岁</text>"
        for number, age in enumerate(groups)
        if number % 4 == 0
    )
    words = escape("男｜女　柱：2020年（深色60岁及以上）　线：2010年")
    size = f"viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}'"
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}><line x1='{middle}' x2='{middle}' y1='12' y2='{HEIGHT}' stroke='{LINE}'/>"
        f"{''.join(shapes)}{labels}<text x='{middle}' y='9' font-size='8' text-anchor='middle' fill='{INK}'>{words}</text></svg>"
    )
    # Streamlit takes bare SVG out of a page; as an image it stays.
    return f"<img alt='{words}' src='data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}'>"
