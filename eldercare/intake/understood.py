"""What a written value was understood as, or why it was not: never a guess in silence."""

from __future__ import annotations

from dataclasses import dataclass

# Full-width forms of ASCII only: a general normalisation would turn 5² into 52 and ① into 1.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])


@dataclass(frozen=True)
class Understood:
    """The text to be stored ("" for nothing) and, where a reader should know how it was taken, a note."""

    value: str
    note: str = ""


class Doubt(ValueError):
    """A value that could mean several things or nothing; `proposal` is what to write instead."""

    def __init__(self, reason: str, proposal: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.proposal = proposal


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs as ordinary ones, without invisible characters, trimmed."""
    return text.translate(_FULL_WIDTH).translate(_INVISIBLE).strip()
