"""老龄化: 60+, 65+ and 80+ by city and county, and what ten years changed on equal boundaries."""

from __future__ import annotations

from eldercare.exhibits import STATE, Exhibit, Facts, exhibit, parts
from eldercare.exhibits.ageing import words
from eldercare.exhibits.shapes import Dot, Strip, Strips

SHARES = {
    "name": "地区",
    "elders": "人数（人）",
    "population": "常住人口（人）",
    "value": "占比（%）",
    "rank": "位次",
}


def spread(facts: Facts, age: int = 60) -> Exhibit:
    """Every city as a dot between the lowest and the highest, the delta as a whole among them."""
    rows = facts.ask("elder_share", age=age)
    rows = rows[rows["peers"] == "city"].dropna(subset=["value"])
    ends = {rows["value"].idxmax(), rows["value"].idxmin()} if len(rows) else set()
    dots = [
        Dot(
            row.short_name,
            float(row.value),
            "own" if row.Index in ends else "peer",
            f"{row.short_name}{row.value:.1f}%" if row.Index in ends else "",
            row.place_code,
        )
        for row in rows.itertuples()
    ]
    if len(rows):
        whole = float(rows["delta_value"].iloc[0])
        dots.append(Dot("长三角", whole, "whole", f"长三角{whole:.2f}%", "YRD"))
    return exhibit(
        "elder_share",
        STATE,
        **parts(words.spread(rows, age)),
        shape=Strips((Strip("", tuple(dots), "%"),) if dots else ()),
        rows=rows,
        columns=SHARES,
    )
