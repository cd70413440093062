"""What a unit's lists were answered before: kept with the release they were accepted in, offered the next time, never taken in silence."""

from __future__ import annotations

from collections.abc import Iterable

from eldercare.difference import Rows
from eldercare.intake.context import Context
from eldercare.intake.decisions import ACTIONS, Decision

TABLE = "intake_decisions"


def of_unit(context: Context, unit: str, table: str) -> list[Decision]:
    """The decisions on the lists of a unit for a table, in the order they were first made."""
    return [
        Decision(row["column_name"], row["written"], row["action"], row["value"])
        for row in context.rows(TABLE)
        if unit and row["unit"] == unit and row["table_name"] == table and row["action"] in ACTIONS
    ]


def with_new(context: Context, unit: str, table: str, decisions: Iterable[Decision], day: str) -> Rows | None:
    """The table after these decisions; None where nothing changes. A new answer on the same words replaces the old one."""
    new = {(decision.field, decision.written): decision for decision in decisions if decision.is_kept}
    if not unit or not new:
        return None
    before = [dict(row) for row in context.rows(TABLE)]
    rows = [row for row in before if (row["unit"], row["table_name"]) != (unit, table) or (row["column_name"], row["written"]) not in new]
    rows += [
        {
            "unit": unit,
            "table_name": table,
            "column_name": decision.field,
            "written": decision.written,
            "action": decision.action,
            "value": decision.value,
            "decided_on": day,
        }
        for decision in new.values()
    ]
    return rows
