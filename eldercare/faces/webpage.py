"""A deck as one web page: opens without server and network, slides with keys, vector drawings, notes inside.

The page forbids itself every request (its own content security policy), and every word in it is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

from eldercare import palette
from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Cards, Items, Matrix, Table
from eldercare.exhibits.talk import Talk
from eldercare.faces import layout, qr, svg
from eldercare.faces.drawing import fitting
from eldercare.faces.notes import notes
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, PANEL, PRIMARY
from eldercare.tables import DEMO

HERE = Path(__file__).parent
COLOURS = {
    "ink": INK,
    "muted": MUTED,
    "line": LINE,
    "panel": PANEL,
    "ground": GROUND,
    "primary": PRIMARY,
    "accent": ACCENT,
}
# Words of the buttons, in the order in which the page shows them; `data-do` is what the script does.
BUTTONS = [
    ("back", "上页", "上一页（← 或 PageUp）"),
    ("on", "下页", "下一页（→、PageDown 或空格）"),
    ("turn", "轮播", "自动轮播（R）"),
    ("blank", "黑屏", "黑屏（B）"),
    ("notes", "备注", "在本窗口显示备注（N）"),
    ("presenter", "演讲者视图", "另开窗口：备注、下一页、时间（P）"),
    ("full", "全屏", "全屏（F），Esc 退出"),
]
WORDS = {
    "turning": "自动轮播中，每{s}秒一页",
    "paused": "轮播已暂停",
    "pause": "暂停",
    "go": "继续",
    "next": "下一页",
    "end": "已是最后一页",
    "elapsed": "已用时",
    "reset": "重新计时",
    "blocked": "浏览器拦下了新窗口，备注改在本窗口显示",
    "blanked": "黑屏中，按任意键继续",
    "black": "黑屏中",
}


def html(talk: Talk) -> bytes:
    """The whole file."""
    total = len(talk.exhibits) + 2
    slides = [
        _slide(
            talk, 1, total, "cover", talk.title, "", _cover(talk), [talk.title, talk.subtitle], []
        )
    ]
    for number, exhibit in enumerate(talk.exhibits, start=2):
        body = _body(exhibit) + (f'<p class="demo">{escape(DEMO)}</p>' if exhibit.demo else "")
        lines = layout.foot_lines(exhibit)
        slides.append(
            _slide(
                talk,
                number,
                total,
                exhibit.kind,
                exhibit.title,
                exhibit.subtitle,
                body,
                notes(exhibit),
                lines,
            )
        )
    sources = [f"[{i}] {quote.reference}" for i, quote in enumerate(talk.sources, start=1)]
    slides.append(
        _slide(
            talk,
            total,
            total,
            "closing",
            "数据与来源",
            "",
            _closing(talk, sources),
            ["全部来源", *sources],
            [],
        )
    )
    script = (HERE / "slides.js").read_text(encoding="utf-8")
    style = (
        ":root{"
        + "".join(f"--{name}:{value};" for name, value in COLOURS.items())
        + "}"
        + (HERE / "slides.css").read_text(encoding="utf-8")
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    told = "".join(f' data-{name}="{escape(words)}"' for name, words in WORDS.items())
    buttons = "".join(
        f'<button type="button" data-do="{do}" title="{escape(tip)}">{escape(words)}</button>'
        for do, words, tip in BUTTONS
    )
    page = (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<meta name="fingerprint" content="{talk.fingerprint}">\n'
        f"<title>{escape(talk.title)} · {escape(talk.dated)}</title>\n<style>{style}</style>\n</head>\n<body{told}>\n"
        f'<main aria-roledescription="{escape("演示文稿")}">\n{"".join(slides)}</main>\n'
        f'<nav aria-label="{escape("播放")}">{buttons}<output id="count" aria-live="polite"></output></nav>\n'
        f'<div id="turning" role="status" hidden><span></span> <button type="button" data-do="pause"></button></div>\n'
        f'<div id="dark" hidden></div>\n<aside id="own-notes" hidden></aside>\n<script>{script}</script>\n</body>\n</html>\n'
    )
    return page.encode("utf-8")


def _slide(
    talk: Talk,
    number: int,
    total: int,
    kind: str,
    title: str,
    subtitle: str,
    body: str,
    told: list[str],
    lines: list[str],
) -> str:
    head = layout.heading(title, subtitle)
    heading = (
        ""
        if kind == "cover"
        else f'<header><h1 style="font-size:{head.size}px">{escape(title)}</h1>'
        f'<p style="font-size:{head.under}px">{escape(subtitle)}</p></header>'
    )
    foot = "".join(f"<p>{escape(line)}</p>" for line in lines)
    written = "".join(f"<p>{escape(line)}</p>" for line in [*told, talk.dated])
    return (
        f'<section class="slide {kind}" data-kind="{kind}" aria-label="{number}/{total} {escape(title)}"><div class="stage">{heading}'
        f'<div class="body">{body}</div><div class="source">{foot}</div><footer><span>{escape(f"{talk.title} · {talk.dated}")}</span>'
        f'<span>{number} / {total}</span></footer><div class="progress"><i style="width:{100 * number / total:.1f}%"></i></div></div>'
        f'<div class="notes">{written}</div></section>\n'
    )


def _body(exhibit: Exhibit) -> str:
    shape = exhibit.shape
    if isinstance(shape, Cards):
        return _cards(shape)
    if isinstance(shape, Items):
        rows = "".join(
            f"<li><b>{escape(head)}</b>　{escape(words)}</li>" for head, words in shape.entries
        )
        return f"<ul>{rows}</ul>"
    if isinstance(shape, Table):
        return _table(shape)
    if isinstance(shape, Matrix):
        return _matrix(shape.marked)
    return svg.svg(shape, exhibit.spoken, layout.BODY_WIDTH, layout.BODY_HEIGHT)


def _cards(shape: Cards) -> str:
    count = len(shape.entries)
    columns = count if count <= 3 else 3 if count in (5, 6, 9) else 2 if count == 4 else 4
    cards = "".join(
        f'<div class="card"><p>{escape(entry["label"])}</p><p class="value" style="font-size:'
        f'{fitting(entry["value"] + entry["unit"], layout.BODY_WIDTH / columns - 42, 1, (38, 34, 30, 26, 22, 18))}px">{escape(entry["value"])}'
        f' <small>{escape(entry["unit"])}</small></p><p class="note">{escape(entry["note"])}</p></div>'
        for entry in shape.entries
    )
    return f'<div class="cards" style="grid-template-columns:repeat({columns},1fr)">{cards}</div>'


def _table(shape: Table) -> str:
    fitted = layout.fitted(shape, layout.BODY_WIDTH, layout.BODY_HEIGHT)
    head, *rows = fitted.cells
    columns = "".join(f'<col style="width:{width:.1f}px">' for width in fitted.widths)
    titles = "".join(f'<th scope="col">{escape("".join(words))}</th>' for words in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(''.join(words))}</td>" for words in row) + "</tr>"
        for row in rows
    )
    return f'<table style="font-size:{fitted.size}px"><colgroup>{columns}</colgroup><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>'


def _matrix(shape: Matrix) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in shape.columns)
    rows = []
    for down, name in enumerate(shape.rows):
        cells = []
        for across in range(len(shape.columns)):
            mark = shape.cells.get((down, across))
            words = escape(mark.words if mark else shape.open_words)
            look = (
                f' style="background:{palette.colour(mark.role)};color:{palette.ink(mark.role)}"'
                if mark
                else ""
            )
            cells.append(
                f'<td{look} title="{words}"><span aria-label="{words}">{escape(mark.sign) if mark else ""}</span></td>'
            )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>')
    legend = "　".join(f"{escape(sign)} {escape(words)}" for sign, words, _role in shape.legend)
    return (
        f'<table class="matrix"><thead><tr><th>{escape(shape.corner)}</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        f'<p class="legend">{legend}</p>'
    )


def _cover(talk: Talk) -> str:
    size = fitting(talk.title, layout.BODY_WIDTH - 60, 1, (48, 44, 40, 36, 32, 28))
    mark = f'<p class="mark">{escape("含演示数据，逐页标明")}</p>' if talk.demo else ""
    return f'<div class="title"><h1 style="font-size:{size}px">{escape(talk.title)}</h1><p>{escape(talk.subtitle)}</p><p>{escape(talk.dated)}</p>{mark}</div>'


def _closing(talk: Talk, sources: list[str]) -> str:
    shown = "".join(f"<li>{escape(line)}</li>" for line in sources[:6])
    more = f"<li>{escape(f'……共{len(sources)}个来源，全部见备注')}</li>" if len(sources) > 6 else ""
    caption = "".join(f"<p>{escape(line)}</p>" for line in qr.caption(talk))
    return f'<ol>{shown}{more}</ol><figure role="img" aria-label="{escape(talk.link)}">{qr.svg(talk.link)}<figcaption>{caption}</figcaption></figure>'
