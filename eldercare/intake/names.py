"""Names of homes that are likely one: the same but for widths, traditional characters, spaces, brackets, a city in front, a company's ending."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

from eldercare.intake.places import Gazetteer

_COMPANY = re.compile(r"(有限责任公司|股份有限公司|有限公司)")
_SIGNS = re.compile(r"[\s·•・‧∙．.,，、\-—_()（）\[\]【】〔〕“”\"'‘’]+")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(words: str) -> str:
    """Words without compatibility forms and traditional characters."""
    text = unicodedata.normalize("NFKC", words)
    return text if text.isascii() else _converter().convert(text)


def bare(name: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """What two ways to write a name share: with the place in front of it, and without where enough is left."""
    text = simplified(name)
    whole = _COMPANY.sub("", _SIGNS.sub("", text)).lower()
    _place, rest = gazetteer.split(whole)
    return whole, rest if len(rest) > 3 else whole
