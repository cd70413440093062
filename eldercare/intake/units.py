"""Which units answer for a task, written in two cells: 牵头单位 市民政局, 其他责任单位 市财政局、市人社局."""

from __future__ import annotations

import re

from eldercare.intake.context import Context
from eldercare.releases.difference import Row, Rows

ROLES = ("lead", "joint")


def parse(text: str) -> list[str]:
    """The units one by one, none twice."""
    return list(
        dict.fromkeys(filter(None, (part.strip() for part in re.split(r"[;；、,，]", text))))
    )


def words(task: str, role: str, context: Context) -> str:
    """The units of a stored task in a role, as the form writes them."""
    return "、".join(
        row["unit"]
        for row in context.rows("task_units")
        if (row["task_id"], row["role"]) == (task, role)
    )


def rows(task: Row, cells: Row, names: list[str]) -> Rows:
    """Rows of `task_units` for a new task; who leads does not stand among the others too."""
    found: Rows = []
    for role in ROLES:
        for unit in parse(cells.get(role, "")):
            if unit in {row["unit"] for row in found}:
                continue
            row = {
                "task_id": task["task_id"],
                "unit_no": str(len(found) + 1),
                "unit": unit,
                "role": role,
                "role_stated": "true",
            }
            found.append(dict.fromkeys(names, "") | row | {"source_id": task["source_id"]})
    return found
