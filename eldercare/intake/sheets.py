"""What a file becomes before anyone asks what it means: sheets of cells, or a refusal."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 5_000


class Refused(ValueError):
    """The file is not taken at all; the words say why and what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula. `result` is what the spreadsheet program last computed."""

    words: str
    result: object = None


@dataclass
class Sheet:
    """One sheet: (line as the spreadsheet shows it, cells), rows without any content left out.

    `merged` are the cells merged downwards: (first line, last line) by column, counted from 1.
    """

    name: str
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def top_of(self, line: int, column: int) -> int:
        """The line that holds the value of a cell merged with those above; 0 for any other cell."""
        spans = self.merged.get(column, [])
        at = bisect.bisect_left(spans, (line, 0)) - 1
        return spans[at][0] if at >= 0 and spans[at][1] >= line else 0
