"""The A4 sheet that a print of the page of one place shows."""

from __future__ import annotations

from eldercare.exhibits import Facts, place_sheet
from eldercare.faces import sheets
from eldercare.screen import blocks


def sheet(facts: Facts, code: str) -> None:
    """One A4 page with numbered sources. The delta's also has its headline."""
    blocks.sheet(sheets.place(place_sheet.of(facts, code)))
