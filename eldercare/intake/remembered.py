"""What a unit's lists were answered before: kept with the release they were accepted in, offered the next time, never taken in silence."""

from __future__ import annotations

from collections.abc import Iterable

from eldercare import releases
from eldercare.intake import roles
from eldercare.intake.context import Context
from eldercare.intake.decisions import ACTIONS, TAKE, Decision
from eldercare.intake.roles import Person
from eldercare.releases import Release, ledger, making, upgrades
from eldercare.releases.difference import Row, Rows

TABLE = "intake_decisions"


def of_unit(context: Context, unit: str, table: str) -> list[Decision]:
    """The decisions on the lists of a unit for a table, in the order they were first made."""
    return [
        decision_of(row)
        for row in context.rows(TABLE)
        if unit and row["unit"] == unit and row["table_name"] == table and row["action"] in ACTIONS
    ]


def decision_of(row: Row) -> Decision:
    """The decision that a row of the table keeps."""
    return Decision(row["column_name"], row["written"], row["action"], row["value"])


def with_new(
    context: Context, unit: str, table: str, decisions: Iterable[Decision], day: str
) -> Rows | None:
    """The table after these decisions; None where nothing changes. A new answer on the same words replaces the old one."""
    new = {
        (decision.field, decision.written): decision for decision in decisions if decision.is_kept
    }
    if not unit or not new:
        return None
    rows = [
        row
        for row in context.rows(TABLE)
        if (row["unit"], row["table_name"]) != (unit, table)
        or (row["column_name"], row["written"]) not in new
    ]
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


def replace(row: Row, by: Decision | None, who: Person | None, reason: str, day: str) -> Release:
    """Writes another answer in the place of a remembered one, or forgets it (None): a release of its own, which is activated.

    Raises `NotAllowed`, `ValueError` without a reason or a value, and `Overtaken` when the answer is no longer there.
    """
    person = roles.require_reviewer(who)
    if not reason.strip():
        raise ValueError("请写理由。")
    if by is not None and by.action == TAKE and not by.value.strip():
        raise ValueError("请写改为什么。")
    with ledger.writing(releases.home()):
        releases.require_pointer()
        now = releases.active()
        rows = releases.rows(upgrades.readable(now), TABLE) if now else []
        if now is None or row not in rows:
            raise releases.Overtaken("这条回答已在别处改过，请重新看一遍。")
        new = (
            {
                **row,
                "action": by.action,
                "value": by.value.strip() if by.action == TAKE else "",
                "decided_on": day,
            }
            if by
            else None
        )
        left = [new if other == row else other for other in rows if new or other != row]
        made = making.create(
            upgrades.readable(now),
            {TABLE: left},
            kind=releases.CORRECTION,
            author=person.name,
            reviewer=person.name,
            reason=reason.strip(),
            parent=now.id,
            repository=now.repository or now.id,
        )
        return releases.activate(made.id, person.name, made.reason, expected=now.id)
