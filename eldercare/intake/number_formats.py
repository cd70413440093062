"""How a spreadsheet shows a number: 0.2175 as 21.75%, 1.23 as 1.23万人. People report what they see, not what lies underneath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<digits>(?:[0#?.,]|E[+-])+)|(?P<other>.)')
_SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*')
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_SCALES = {"万": 10_000, "亿": 100_000_000}
_INNER_POINT = "·"


@dataclass(frozen=True)
class Masked:
    """A number whose format shows something else than it holds, in a way that is not sure to be understood."""

    number: str
    code: str


def shown(value: int | float, code: str) -> object:
    """The number itself where the format only lays it out; a text with the sign, word or scale that is seen; else `Masked`."""
    if code == "@" or _GENERAL.fullmatch(code):
        return value
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    masked = Masked(format(number, "f"), code[:60])
    first = _SECTION.match(_GENERAL.sub("0", code))[0]
    if re.search(r"\[[<>=]", code):
        return masked if re.search(r'[%万亿"\\!]|,+(?![0#?])', re.sub(r"\[[^\]]*\]", "", code)) else value
    before, pattern, after, percents = _parts(first)
    whole, _point, rest = pattern.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, rest))
    if percents:
        return masked if percents > 1 or before or after or thousands or _INNER_POINT in pattern else f"{_plain(number * 100)}%"
    if thousands or _INNER_POINT in pattern:
        places = len(re.findall(r"[0#?]", pattern.partition(_INNER_POINT)[2]))
        shift = 1000**thousands * 10**places
        return f"{_plain(number / shift)}{after}" if not before and _SCALES.get(after[:1]) == shift else masked
    return f"{before}{_plain(number)}{after}" if before or after else value


def _parts(section: str) -> tuple[str, str, str, int]:
    """The words before the digits, the digit pattern (a literal point in it as `_INNER_POINT`), the words behind, and the percent signs."""
    before, pattern, after, percents = "", "", "", 0
    for token in _TOKEN.finditer(section):
        if digits := token["digits"]:
            if pattern and after:
                pattern, after = pattern + (_INNER_POINT if after == "." else "/"), ""
            pattern += digits
            continue
        if token["other"] == "%":
            percents += 1
            continue
        currency = re.match(r"\$([^-\]]*)", token["bracket"] or "")
        words = token["quoted"] or token["escaped"] or token["other"] or (currency[1] if currency else "")
        if pattern:
            after += words
        else:
            before += words
    return before.strip(), pattern, after.strip(), percents


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
