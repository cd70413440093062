"""Who reports which table when, what is in for the present window, and 无变化 with one click.

The plan is `windows.json` in `ELDERCARE_HOME`; what was reported is read from the submissions and the log.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date

from eldercare import durable, journal, releases
from eldercare.intake import forms, roles, submissions
from eldercare.intake.dates import day
from eldercare.intake.roles import Person
from eldercare.text import _

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
RHYTHMS = {"month": _("每月"), "quarter": _("每季"), "half_year": _("每半年"), "year": _("每年")}
REPORTED, UNCHANGED, WAITING, MISSING = _("已报"), _("无变化"), _("待报"), _("未报，已过截止日")


@dataclass(frozen=True)
class Duty:
    """A unit reports a table in this rhythm, until `due_day` of the month after the period."""

    unit: str
    table: str
    rhythm: str
    due_day: int


@dataclass(frozen=True)
class Window:
    """The last period that ended, and what came in for it. `found` is the submission or the log entry."""

    duty: Duty
    period: str
    first: date
    last: date
    due: date
    status: str
    found: str = ""


def plan() -> list[Duty]:
    """Every duty, in the order entered."""
    try:
        raw = json.loads((releases.home() / "windows.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Duty(**entry) for entry in raw]


def set_plan(duties: list[Duty], who: Person | None) -> None:
    """Replaces the plan. Raises `NotAllowed` and, for a duty that makes no sense, `ValueError`."""
    person = roles.require_reviewer(who, "")
    for duty in duties:
        if not duty.unit.strip() or duty.table not in forms.TABLES or duty.rhythm not in MONTHS or not 1 <= duty.due_day <= 28:
            raise ValueError(_("单位、数据表、节奏都要填，截止日在1—28之间。"))
    words = json.dumps([asdict(duty) for duty in duties], ensure_ascii=False, indent=1)
    with durable.locked(releases.home()), durable.room_needed():
        durable.write(releases.home() / "windows.json", words.encode())
        journal.add(releases.home(), person.name, "plan", _("报送计划"), duties=[asdict(duty) for duty in duties])


def windows(today: date) -> list[Window]:
    """The state of every duty on a day."""
    handed_in = [s for s in submissions.listed() if s.state != submissions.WITHDRAWN and s.source.unit and s.source.day]
    unchanged = {(e["unit"], e["table"], e["what"]): e["at"] for e in journal.entries(releases.home()) if e["did"] == "no_change"}
    found = []
    for duty in plan():
        first, last, due, period = bounds(duty, today)
        reports = [
            s.id for s in handed_in if s.source.unit == duty.unit and s.table == duty.table and first.isoformat() <= day(s.source.day).value
        ]
        noted = unchanged.get((duty.unit, duty.table, period), "")
        status = REPORTED if reports else UNCHANGED if noted else WAITING if today <= due else MISSING
        found.append(Window(duty, period, first, last, due, status, reports[0] if reports else noted))
    return found


def no_change(duty: Duty, period: str, who: Person | None) -> None:
    """Notes that a unit has nothing new for a period."""
    person = roles.require_submitter(who)
    with durable.locked(releases.home()):
        journal.add(releases.home(), person.name, "no_change", period, unit=duty.unit, table=duty.table)


def bounds(duty: Duty, today: date) -> tuple[date, date, date, str]:
    """First and last day of the last whole period before `today`, the day it is due, and its name."""
    length = MONTHS[duty.rhythm]
    index = (today.year * 12 + today.month - 1) // length * length
    start, end, after = index - length, index - 1, index
    first = date(start // 12, start % 12 + 1, 1)
    last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
    due = date(after // 12, after % 12 + 1, duty.due_day)
    number = (start % 12) // length + 1
    period = {
        "month": _("{y}年{n}月"),
        "quarter": _("{y}年第{n}季度"),
        "half_year": _("{y}年{n}半年"),
        "year": _("{y}年"),
    }[duty.rhythm].format(y=first.year, n=(_("上"), _("下"))[number - 1] if duty.rhythm == "half_year" else number)
    return first, last, due, period
