"""待解决事项: what stands between two places and all who are named agreed to show. Nothing else of the internal list is read."""

from __future__ import annotations

from eldercare.exhibits import TOGETHER, Exhibit, Facts, kept, listed

COLUMNS = {
    "title": "事项",
    "parties": "各方",
    "resolver": "可协调的单位",
    "date": "起始",
    "agreed_on": "各方同意公开",
}


@kept
def agreed(facts: Facts, one: str, other: str) -> Exhibit | None:
    """The matters of two places that all sides agreed to show by the day; None where there is none, which says nothing."""
    rows = facts.ask("pair_obstacles", as_of=facts.as_of, places=[one, other])
    if rows.empty:
        return None
    names = " × ".join(facts.place(code).label for code in (one, other))
    finding = f"待解决事项：{len(rows)}项；{names}；所列各方都已同意公开"
    return listed("pair_obstacles", TOGETHER, finding, rows, COLUMNS)
