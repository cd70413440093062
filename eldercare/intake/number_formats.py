"""How a spreadsheet shows a number: 0.2175 as 21.75%, 1.23 as 1.23万人. People report what they see, not what lies underneath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<digits>(?:[0#?.,]|E[+-])+)|(?P<other>.)'
)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*')
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_SCALES = {"万": 10_000, "亿": 100_000_000}
_INNER_POINT = "·"
# Numbers of formats that mean a date in a Chinese spreadsheet program, without being spelt out in the file.
CHINESE = (
    dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"')
    | dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"')
    | {30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'}
    | dict.fromkeys((34, 55), 'h"时"mm"分"')
    | dict.fromkeys((35, 56), 'h"时"mm"分"ss"秒"')
)


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
        return (
            masked
            if re.search(r'[%万亿"\\!]|,+(?![0#?])', re.sub(r"\[[^\]]*\]", "", code))
            else value
        )
    before, pattern, after, percents = _parts(first)
    whole, _point, rest = pattern.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, rest))
    if percents:
        return (
            masked
            if percents > 1 or before or after or thousands or _INNER_POINT in pattern
            else f"{_plain(number * 100)}%"
        )
    if thousands or _INNER_POINT in pattern:
        places = len(re.findall(r"[0#?]", pattern.partition(_INNER_POINT)[2]))
        shift = 1000**thousands * 10**places
        return (
            f"{_plain(number / shift)}{after}"
            if not before and _SCALES.get(after[:1]) == shift
            else masked
        )
    return f"{before}{_plain(number)}{after}" if before or after else value


def shown_day(when: date, code: str) -> object:
    """A date as precise as its format shows it: 2021年10月 where the day is not seen; `Masked` where the year is not."""
    first = _SECTION.match(code)[0]
    signs = re.sub(r'"[^"]*"|[\\!_*].|\[[^\]]*\]', "", first).lower()
    if "g" not in signs:
        # In Chinese formats e is the year, as y is.
        signs = signs.replace("e", "y")
    if ("d" in signs and "y" in signs) or (
        "y" not in signs and "d" not in signs and "m" not in signs
    ):
        return when
    if "y" in signs:
        return f"{when.year}年{when.month}月" if "m" in signs else f"{when.year}年"
    if re.search("[hs]", signs) and "d" not in signs:
        return when
    return Masked(f"{when:%Y-%m-%d}", code[:60])


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
        words = (
            token["quoted"]
            or token["escaped"]
            or token["other"]
            or (currency[1] if currency else "")
        )
        if pattern:
            after += words
        else:
            before += words
    return before.strip(), pattern, after.strip(), percents


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
