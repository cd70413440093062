"""The one door for words a user reads: `_()`. Chinese is the source language.

An English catalogue can be added under `locale/en/LC_MESSAGES/eldercare.mo` without touching pages.
"""

from __future__ import annotations

import gettext
import html
import re
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
_ = gettext.translation("eldercare", LOCALE, languages=["zh_CN"], fallback=True).gettext

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
# A backslash does not stop what the front end finds in finished text: addresses become links,
# :names: icons and -> arrows. An invisible word joiner between their characters does.
_WORD_JOINER = "\u2060"
_FOUND_IN_TEXT = re.compile(r"(?<=:)(?=//|[\w+/-]+:)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=[-<>~])(?=[->=])", re.ASCII | re.IGNORECASE)


def plain(words: object) -> str:
    """Words from data, made safe to stand inside Markdown: shown as they are, never as markup.

    Line breaks become spaces; a missing value becomes an empty string.
    """
    if words is None or str(words) in ("nan", "<NA>", "NaT"):
        return ""
    inert = _FOUND_IN_TEXT.sub(_WORD_JOINER, " ".join(str(words).split()))
    return _MARKUP.sub(r"\\\1", inert)


def hover_text(words: object) -> str:
    """Lines from data as Plotly shows them in a hover: no markup of their own, one line break each."""
    return html.escape(str(words), quote=False).replace("\n", "<br>")
