"""The one door for words a user reads: `_()`. Chinese is the source language.

An English catalogue can be added under `locale/en/LC_MESSAGES/eldercare.mo` without touching pages.
"""

from __future__ import annotations

import gettext
import re
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
_ = gettext.translation("eldercare", LOCALE, languages=["zh_CN"], fallback=True).gettext

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(words: object) -> str:
    """Words from data, made safe to stand inside Markdown: shown as they are, never as markup.

    Line breaks become spaces; a missing value becomes an empty string.
    """
    if words is None or words != words:
        return ""
    return _MARKUP.sub(r"\\\1", " ".join(str(words).split()))
