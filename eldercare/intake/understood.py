"""What a written value was understood as, or why it was not: never a guess in silence."""

from __future__ import annotations

from dataclasses import dataclass

from eldercare.text import _

# Full-width forms of ASCII only: a general normalisation would turn 5² into 52 and ① into 1.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])


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
        return _(" 或 ").join(self.options)


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs as ordinary ones, without invisible characters, trimmed."""
    return text.translate(_FULL_WIDTH).translate(_INVISIBLE).strip()


def one_line(text: str) -> str:
    """The text with line breaks, tabs and runs of spaces as one space, without characters that cannot be seen."""
    words = " ".join(text.replace("\u3000", " ").split())
    return "".join(character for character in words if ord(character) >= 32).translate(_INVISIBLE)
