"""QR codes, drawn here: no service is asked."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

from eldercare.exhibits.talk import Talk
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


def caption(talk: Talk) -> list[str]:
    """What stands under the code."""
    words = "扫码打开同一演示" if talk.public_url else "扫码得到标题与内容指纹"
    return [words, f"内容指纹 {talk.fingerprint}", f"版本 {talk.version}"]
