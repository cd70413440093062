"""What is said about a file: a finding about a cell, a row or the whole; the rows as they were understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field

from eldercare.intake.forms import Column, Form
from eldercare.intake.sheets import where
from eldercare.releases.difference import Row

ERROR, WARNING = "error", "warning"
LEVELS = {ERROR: "错误", WARNING: "提醒"}
# More are counted, not listed.
MOST = 50_000
# After so many rows the progress is told.
EVERY = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one cell, one row (`column` empty) or the file (`line` 0).

    `options` are what could be written instead, `certain` that the only one says exactly the same; `topic` names what a
    decision on it decides for all cells of the column.
    """

    level: str
    line: int
    column: str
    value: str
    reason: str
    options: tuple[str, ...] = ()
    field: str = ""
    certain: bool = False
    topic: str = ""

    @property
    def proposal(self) -> str:
        """All options in words."""
        return " 或 ".join(self.options)


@dataclass
class Use:
    """How one column of the file was taken."""

    letter: str
    heading: str
    column: str
    filled: int = 0
    errors: int = 0


@dataclass(slots=True)
class Line:
    """One row of the file. `cells` are stored values by field; `blank` the form's columns that were there and empty.

    `kept` are words of the file that stay beside what they were taken for, by field.
    """

    number: int
    cells: Row
    blank: Set[str]
    written: dict[str, str]
    good: bool = True
    kept: Row = field(default_factory=dict)


@dataclass
class Checked:
    """A file in terms of a form. `left` are rows that a decision leaves out: line and name."""

    form: Form
    sheets: list[str]
    uses: list[Use]
    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)
    unlisted: int = 0

    @property
    def sheet(self) -> str:
        return "、".join(self.sheets)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == ERROR]

    @property
    def waits(self) -> bool:
        """Whether something about the whole file is open: until it is decided no row of it is sure."""
        return any(finding.level == ERROR and not finding.line for finding in self.findings)

    def spoil(self, line: Line, finding: Finding) -> None:
        """Keep a finding; an error takes its row out of what can be accepted."""
        line.good = line.good and finding.level != ERROR
        self.say(finding)

    def say(self, finding: Finding) -> None:
        """Keep a finding that spoils no row."""
        if len(self.findings) < MOST:
            self.findings.append(finding)
        else:
            self.unlisted += 1

    def count_uses(self) -> None:
        """How many cells of each column hold something, and how many are in doubt."""
        filled = Counter(title for line in self.lines for title in line.written)
        doubtful = Counter(finding.field for finding in self.findings if finding.level == ERROR)
        for use in self.uses:
            use.filled, use.errors = (
                filled[self.form.column(use.column).title],
                doubtful[use.column],
            )

    def place_of(self, number: int) -> str:
        """Where a line stands, in words."""
        return where(number, self.sheets)


def finding(
    level: str,
    line: Line,
    column: Column,
    reason: str,
    options: tuple[str, ...] = (),
    **marks: object,
) -> Finding:
    """A finding about the cell of a line."""
    return Finding(
        level,
        line.number,
        column.title,
        line.written.get(column.title, ""),
        reason,
        options,
        column.name,
        **marks,
    )
