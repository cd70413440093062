"""QR codes, drawn here: no service is asked."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

from eldercare.exhibits.talk import Talk
from eldercare.faces.drawing import box
from eldercare.measures import GROUND, INK


def png(words: str) -> bytes:
    """The code as a small picture."""
    buffer = io.BytesIO()
    segno.make(words, micro=False).save(
        buffer, kind="png", scale=8, border=3, dark=INK, light=GROUND
    )
    return buffer.getvalue()


def svg(words: str) -> Markup:
    """The code as markup for a page."""
    code = segno.make(words, micro=False)
    return Markup(code.svg_inline(border=3, dark=INK, light=GROUND, omitsize=True))


def rings(words: str, side: float) -> list[list[tuple[float, float]]]:
    """The dark fields of the code as rectangles in a square of this side; its quiet margin is the empty ground around it."""
    rows = list(segno.make(words, micro=False, error="l").matrix)
    field = side / len(rows)
    found = []
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                found += box(start * field, down * field, (across - start) * field, field)
                start = None
    return found


def caption(talk: Talk) -> list[str]:
    """What stands under the code."""
    words = "扫码打开同一演示" if talk.public_url else "扫码得到标题与内容指纹"
    return [words, f"内容指纹 {talk.fingerprint}", f"版本 {talk.version}"]
