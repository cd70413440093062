"""Units that stand beside numbers instead of in their cells: in a heading, a column, a line above or below the headings."""

from __future__ import annotations

import re

from eldercare.intake import amounts
from eldercare.intake.forms import Column
from eldercare.intake.understood import half_width

_UNIT = (
    r"[十百千万亿]*(?:人次|床位|平方米|平方公里|张|床|人|名|位|元|家|所|个|件|例|户|处|㎡|%)"
    r"(?:(?:/|每|·)[人床张位个]?(?:/|每|·)?[月日天年季]?度?)*|[万亿千百]"
)
_BRACKET = re.compile(rf"(.*?)\((?:单位[:：])?({_UNIT})\)")
_BEHIND = re.compile(rf"(.+?)[\s/:：,，_-]*({_UNIT})")
_LINE = re.compile(rf"(?:计量)?单位[:：]\s*({_UNIT})\)?")
_BARE = re.compile(r"[¥￥]?[0-9][0-9,]*(\.[0-9]+)?([-~—–至到][0-9][0-9,]*(\.[0-9]+)?)?")


def split(words: str) -> tuple[str, str]:
    """A heading, or the name of an indicator, without the unit in brackets behind it, and the unit; "" for none."""
    text = half_width(words).replace("（", "(").replace("）", ")")
    found = _BRACKET.fullmatch(re.sub(r"\s+", "", text))
    return (found[1], found[2]) if found else (words, "")


def behind(words: str) -> tuple[str, str]:
    """A heading with its unit behind it without brackets (床位数/张), in two; ("", "") for none."""
    found = _BEHIND.fullmatch(half_width(words))
    return (found[1], found[2]) if found else ("", "")


def alone(cell: object) -> str:
    """The unit that is all a cell says; "" for any other."""
    text = re.sub(r"\s+", "", half_width(cell)).strip("()（）") if isinstance(cell, str) else ""
    return text if re.fullmatch(_UNIT, text) else ""


def of_line(words: str) -> str:
    """The one unit that a line like 单位：万人 gives for a whole table; "" for none or several."""
    found = set(_LINE.findall(half_width(words)))
    return found.pop() if len(found) == 1 else ""


def fits(said: str, column: Column) -> bool:
    """Whether a unit said of a whole table is about a column: 百元 is about fees, and any about the values of indicators."""
    base = said.lstrip("十百千万亿").split("/")[0]
    return column.name == "value" or (bool(base) and base == column.unit.split("/")[0])


def beside(value: object, said: str, unit: str) -> object:
    """A number with the unit that was said of it, as text; the value itself where it has one or needs none."""
    if not said or isinstance(value, bool) or said in amounts.own_words(unit):
        return value
    text = re.sub(r"\s+", "", half_width(value)) if isinstance(value, str) else f"{value}"
    if not _BARE.fullmatch(text):
        return value
    return re.sub(r"[0-9][0-9,]*(\.[0-9]+)?", lambda number: number[0] + said, text)
