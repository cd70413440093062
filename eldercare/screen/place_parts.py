"""The A4 sheet that a print of the page of one place shows."""

from __future__ import annotations

from eldercare import tables
from eldercare.exhibits import Facts, city, place_sheet, places
from eldercare.exhibits import place_tables as own
from eldercare.faces import sheets
from eldercare.screen import blocks


def sheet(facts: Facts, code: str) -> None:
    """One A4 page with numbered sources. The delta's also has its headline."""
    place, cards = facts.place(code), places.cards(facts, code)
    headline = facts.ask("headline", as_of=facts.as_of)
    lists = place_sheet.lists(
        place,
        facts.ask("similar_cities", place=code, count=4),
        facts.ask("place_facilities", place=code, as_of=facts.as_of),
        places.records_of(facts, code),
        headline if code == "YRD" else headline.iloc[:0],
    )
    codes = place_sheet.sources(lists, facts.ask("age_profile", place=code))
    notes, sources = place_sheet.foot(
        tables.release(), codes, facts.ask("sources_cited", source_ids=codes)
    )
    compared = city.comparison_words(facts.ask("place_standing", place=code))
    blocks.sheet(
        sheets.place(
            blocks.said(cards)[0],
            cards.shape.entries,
            place_sheet.table(compared, own.AGAINST),
            facts.ask("age_pyramid", place=code),
            place_sheet.numbered(lists, codes),
            notes,
            sources,
        )
    )
