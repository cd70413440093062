"""The A4 sheet that a print of the page of one place shows."""

from __future__ import annotations

from eldercare.exhibits import Facts, kept, place_sheet
from eldercare.faces import sheets
from eldercare.screen import blocks


def sheet(facts: Facts, code: str) -> None:
    """One A4 page with numbered sources. The delta's also has its headline."""
    blocks.sheet(_markup(facts, code))


@kept
def _markup(facts: Facts, code: str) -> str:
    return sheets.place(place_sheet.of(facts, code))
