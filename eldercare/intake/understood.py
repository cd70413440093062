"""What a written value was understood as, or why it was not: never a guess in silence."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

Read = TypeVar("Read")
KEPT_READINGS = 10_000

# Full-width forms of ASCII only: a general normalisation would turn 5² into 52 and ① into 1.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
# Most cells hold none of them, and looking is far cheaper than replacing character by character.
_REPLACED = re.compile(f"[{re.escape(''.join(map(chr, {**_FULL_WIDTH, **_INVISIBLE})))}]")


@dataclass(frozen=True)
class Understood:
    """The text to be stored ("" for nothing) and, where a reader should know how it was taken, a note."""

    value: str
    note: str = ""


class Doubt(ValueError):
    """A value that could mean several things or nothing; `options` are what could be written instead.

    `certain`: the one option says exactly the same (a synonym, a code, an alias, a successor), so that it may be taken
    without looking. `topic` names what many cells have in common whatever is written in them: one decision serves all.
    """

    def __init__(self, reason: str, *options: str, certain: bool = False, topic: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.options = tuple(dict.fromkeys(option for option in options if option))
        self.certain = certain and len(self.options) == 1
        self.topic = topic

    @property
    def proposal(self) -> str:
        """All options in words."""
        return " 或 ".join(self.options)


def read_once(read: Callable[..., Read]) -> Callable[..., Read]:
    """The same reading, for which a value that was read lately costs nothing: a list says few things many times.

    Only for readings that depend on nothing but their arguments.
    """

    @functools.lru_cache(KEPT_READINGS, typed=True)
    def known(*written: object) -> Read | _Kept:
        try:
            return read(*written)
        except Doubt as doubt:
            return _Kept(doubt.reason, doubt.options, doubt.certain, doubt.topic)

    def reading(*written: object) -> Read:
        answer = known(*written)
        if isinstance(answer, _Kept):
            raise Doubt(answer.reason, *answer.options, certain=answer.certain, topic=answer.topic)
        return answer

    return reading


class _Kept(NamedTuple):
    """The words of a doubt: an exception that was raised would keep the whole file in memory."""

    reason: str
    options: tuple[str, ...]
    certain: bool
    topic: str


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs as ordinary ones, without invisible characters, trimmed."""
    if not text.isascii() and _REPLACED.search(text):
        text = text.translate(_FULL_WIDTH).translate(_INVISIBLE)
    return text.strip()


def one_line(text: str) -> str:
    """The text with line breaks, tabs and runs of spaces as one space, without characters that cannot be seen."""
    # Of printable characters only the ordinary space is one.
    if text.isprintable() and "  " not in text:
        return text.strip()
    words = " ".join(text.replace("\u3000", " ").split())
    return "".join(character for character in words if ord(character) >= 32).translate(_INVISIBLE)


def text_of(value: object) -> str:
    """A cell of words in one line. Raises `Doubt` for what a spreadsheet made something else of."""
    if isinstance(value, bool):
        raise Doubt("这里要文字，单元格是“是/否”", "是" if value else "否")
    if isinstance(value, date):
        raise Doubt(
            "Excel 把这一格存成了日期 {day}；请把单元格设为“文本”后重写".format(
                day=f"{value:%Y-%m-%d}"
            )
        )
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return one_line(str(value))
