"""Quotes that do not hold the value they stand for: a hint for whoever edits a cell, no fault."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

# What a source may count in, and how its words say it.
SCALES = (1, 10_000, 1_000_000, 100_000_000)
SIGNS = "零一二三四五六七八九"
# The number of a report may be written 1,234 or 1 234, its digits full-width.
BETWEEN = re.compile(r"(?<=\d)[,，\s](?=\d{3})")
PLAIN = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def lacking(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The observations whose quote says their value in no way we know; values that were worked out have none to say."""
    return [row for row in rows if row["quote"] and row["value"] and not _says(row)]


def _says(row: dict[str, str]) -> bool:
    if row["kind"] == "derived" or row["formula"]:
        return True
    quote = BETWEEN.sub("", row["quote"].translate(PLAIN))
    try:
        value = Decimal(row["value"])
    except InvalidOperation:
        return True
    return any(_stands(form, quote) for form in _forms(value)) or _chinese(value, quote)


def _forms(value: Decimal) -> list[str]:
    """The digits in which a source may write a value: 46768900, 4676.89 (万), 46.7689 (million), 0.467689 (亿)."""
    found = []
    for scale in SCALES:
        digits = f"{value / scale:f}"
        found.append(digits.rstrip("0").rstrip(".") if "." in digits else digits)
    return found


def _stands(digits: str, quote: str) -> bool:
    """Whether these digits stand in the quote as a number of their own; 19.3 may be written 19.30."""
    return bool(re.search(rf"(?<![\d.]){re.escape(digits)}(?:\.?0+)?(?!\d|\.\d)", quote))


def _chinese(value: Decimal, quote: str) -> bool:
    """Small numbers in words: 三, 十二, 二十, 两; 70% may be 七成."""
    if value != value.to_integral_value() or not 0 < value < 100:
        return False
    tens, ones = divmod(int(value), 10)
    words = ("" if tens == 1 else SIGNS[tens]) + "十" if tens else ""
    words += SIGNS[ones] if ones else ""
    tenths = f"{SIGNS[tens]}成" if tens and not ones else ""
    return words in quote or (value == 2 and "两" in quote) or bool(tenths and tenths in quote)
