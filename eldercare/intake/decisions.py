"""What someone decided about a written value, once for all cells of a column that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Take another value instead, leave the cell empty, leave the rows out, take it as it stands, or say what became of a home.
TAKE, BLANK, LEAVE, KEEP, EVENT = "take", "blank", "leave", "keep", "event"
ACTIONS = (TAKE, BLANK, LEAVE, KEEP, EVENT)
# Topics: what many cells have in common, whatever is written in them. Topics of the file have no field.
ADDRESS, ELSEWHERE, ABOVE, FORMULA, GROUPS, SUMS, YEARS, SHEETS, COLUMN = (
    "#address", "#elsewhere", "#above", "#formula", "#groups", "#sums", "#years", "#sheets", "#column"
)  # fmt: skip
# The name of several places, in an address without a place of its own: the name stands behind it.
SAME = "#same"
# A unit beside the numbers of a column that is not the column's: the unit stands behind it.
UNIT = "#unit"
# Words that a column of fixed words lacks in rows that need one.
MISSING = "#missing"
# A column that a form of ours lost: its title stands behind it.
GONE = "#lost"
# What holds for this file only: the next one may be laid out in another way.
OF_THE_FILE = (ABOVE, FORMULA, GROUPS, SUMS, YEARS, SHEETS, COLUMN, GONE, "#gone")


@dataclass(frozen=True)
class Decision:
    """`written` is what stands in the cells of the column `field`, or a topic. `value` is what is taken instead."""

    field: str
    written: str
    action: str
    value: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it is worth offering with the unit's next file."""
        return not self.written.startswith(OF_THE_FILE)


Decided = Mapping[tuple[str, str], Decision]


def by_cell(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decisions by column and written value; the last one on the same counts."""
    return {(decision.field, decision.written): decision for decision in decisions}
