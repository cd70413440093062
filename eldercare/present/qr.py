"""QR codes, drawn here: no service is asked."""

from __future__ import annotations

import io

import segno

from eldercare.measures import GROUND, INK
from eldercare.present.model import Talk
from eldercare.text import _


def png(words: str) -> bytes:
    """The code as a small picture."""
    buffer = io.BytesIO()
    segno.make(words, micro=False).save(buffer, kind="png", scale=8, border=3, dark=INK, light=GROUND)
    return buffer.getvalue()


def svg(words: str) -> str:
    """The code as markup for a page."""
    return segno.make(words, micro=False).svg_inline(border=3, dark=INK, light=GROUND, omitsize=True)


def caption(talk: Talk) -> list[str]:
    """What stands under the code."""
    words = _("扫码打开同一演示") if talk.public_url else _("扫码得到标题与内容指纹")
    return [words, _("内容指纹 {hash}").format(hash=talk.fingerprint), _("版本 {version}").format(version=talk.version)]
