"""Who takes part in an agreement, written in one cell: 松江区；嘉兴市；企业：某某公司."""

from __future__ import annotations

import re

from eldercare.intake.context import Context
from eldercare.intake.places import Gazetteer
from eldercare.intake.understood import Doubt
from eldercare.releases.difference import Rows

KINDS = {"企业": "enterprise", "部门": "bureau", "机构": "institution"}
LEVELS = {
    "province": "province",
    "city": "city",
    "district": "district",
    "county": "county",
    "town": "town",
    "group": "group",
}


def parse(text: str, gazetteer: Gazetteer) -> list[str]:
    """The parties one by one, places by their unique names. Raises `Doubt` for a name that is neither a place nor marked."""
    found = []
    parts = [part.strip() for part in re.split(r"[;；]", text) if part.strip()]
    for at, part in enumerate(parts):
        kind, colon, name = part.replace(":", "：").partition("：")
        if colon and kind in KINDS and name:
            found.append(f"{kind}：{name}")
            continue
        try:
            found.append(gazetteer.written(gazetteer.code(part)))
        except Doubt as doubt:
            # The others stay as they are written.
            options = doubt.options or (f"企业：{part}",)
            whole = ("；".join([*parts[:at], option, *parts[at + 1 :]]) for option in options)
            raise Doubt(f"参与方：{doubt.reason}", *whole) from None
    return found


def words(agreement: str, context: Context) -> str:
    """The parties of a stored agreement as the form writes them."""
    back = {stored: shown for shown, stored in KINDS.items()}
    names = []
    for row in context.rows("agreement_parties"):
        if row["agreement_id"] == agreement:
            mark = back.get(row["party_kind"])
            place = context.gazetteer.by_code.get(row["place_code"])
            names.append(
                f"{mark}：{row['name']}"
                if mark
                else context.gazetteer.written(row["place_code"])
                if place
                else row["name"]
            )
    return "；".join(names)


def rows(agreement: str, written: str, gazetteer: Gazetteer, names: list[str]) -> Rows:
    """Rows of `agreement_parties` for a new agreement; `names` are the columns of that table."""
    found = []
    for number, part in enumerate(filter(None, written.split("；")), start=1):
        kind, colon, name = part.partition("：")
        row = dict.fromkeys(names, "") | {
            "agreement_id": agreement,
            "party_no": str(number),
            "known": "true",
        }
        if colon:
            row |= {"name": name, "party_kind": KINDS[kind]}
        else:
            code = gazetteer.code(part)
            row |= {
                "name": gazetteer.label(code),
                "place_code": code,
                "party_kind": LEVELS.get(gazetteer.by_code[code]["level"], "unknown"),
            }
        found.append(row)
    return found
