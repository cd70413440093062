"""What a file becomes before anyone asks what it means: sheets of cells, or a refusal."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

MAX_BYTES = 20 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
# Titles and headings above the rows do not count as rows.
ABOVE = 20
_CONSTANT = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')


class Refused(ValueError):
    """The file is not taken at all; the words say why and what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula. `result` is what the spreadsheet program last computed."""

    words: str
    result: object = None


# What a spreadsheet shows, and writes into a text file, where a formula found no value.
FAILED = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}


@dataclass(frozen=True)
class Failed:
    """A cell that shows an error value like #N/A: a look-up that found nothing."""

    words: str


@dataclass
class Sheet:
    """One sheet: (line as the spreadsheet shows it, cells), rows without any content left out.

    `merged` are the cells merged downwards: (first line, last line) by column, counted from 1. `separated`: the cells come
    from a text file, where a row with more cells than headings has lost its order. `file` is the name of the file, without
    its ending. `expected` are the fields that the sheet was sent out with, where it is a form of ours. `turned`: the headings stood in a column, one record in each of the others; these are the lines of the fields.
    """

    name: str
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    hidden: bool = False
    separated: bool = False
    file: str = ""
    turned: tuple[int, ...] = ()
    expected: tuple[str, ...] = ()

    def turn(self) -> Sheet | None:
        """The sheet with its columns as rows; None where it has too many rows to be one with its headings in a column."""
        fields = [row for row in self.rows if sum(cell is not None for cell in row[1]) > 1]
        wide = max((len(cells) for _line, cells in fields), default=0)
        if wide < 2 or len(fields) > MAX_COLUMNS:
            return None
        # A line of one cell is a title: it stays above.
        titles = [(0, cells) for line, cells in self.rows if line < fields[0][0]]
        rows = [
            (i + 1, [cells[i] if i < len(cells) else None for _line, cells in fields])
            for i in range(wide)
        ]
        filled = [row for row in rows if any(cell is not None for cell in row[1])]
        lines = tuple(line for line, _cells in fields)
        return Sheet(self.name, titles + filled, self.notes, file=self.file, turned=lines)

    def letter(self, i: int) -> str:
        """What names the field at a position: the letter of its column, or its line where the sheet was turned."""
        return f"第{self.turned[i]}行" if self.turned else get_column_letter(i + 1)

    def number(self, line: int, sheet: int) -> int:
        """The number of the record in a line, by itself the `sheet`th of a file."""
        return numbered(self.turned[0], sheet, line) if self.turned else numbered(line, sheet)

    def top_of(self, line: int, column: int) -> int:
        """The line that holds the value of a cell merged with those above; 0 for any other cell."""
        spans = self.merged.get(column, [])
        at = bisect.bisect_left(spans, (line, 0)) - 1
        return spans[at][0] if at >= 0 and spans[at][1] >= line else 0


# A line is named by one number: that of the row, and above it which column of years and which sheet it comes from.
_COLUMN, _SHEET = 10**7, 10**10


def numbered(line: int, sheet: int = 0, column: int = 0) -> int:
    """The number of a line: its own in the first sheet; `column` counts from 1 where one row becomes several lines."""
    return line + column * _COLUMN + sheet * _SHEET


def is_plain(number: int) -> bool:
    """Whether a number is that of a row in the first sheet, which holds one record."""
    return number < _COLUMN


def where(number: int, sheets: list[str]) -> str:
    """Where a line stands, in words."""
    sheet, rest = divmod(number, _SHEET)
    column, line = divmod(rest, _COLUMN)
    words = f"第{line}行"
    if column:
        words = f"第{line}行{get_column_letter(column)}列"
    return f"“{sheets[sheet]}”{words}" if sheet and sheet < len(sheets) else words


def constant(formula: str) -> str | None:
    """The text inside ="…", which programs write to keep a number or a name as it is; None for a formula that computes."""
    found = _CONSTANT.fullmatch(formula)
    return found[1].replace('""', '"') if found else None
