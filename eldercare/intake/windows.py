"""Who reports which table when, what is in for each period since then, and 无变化 with one click.

The plan stands in the ledger; what was reported is read from the submissions and the log.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date

from eldercare import releases
from eldercare.intake import forms, roles, submissions
from eldercare.intake.dates import day
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.intake.understood import Doubt
from eldercare.releases import journal, ledger

PLAN = "plan"
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
RHYTHMS = {"month": "每月", "quarter": "每季", "half_year": "每半年", "year": "每年"}
REPORTED, UNCHANGED, WAITING, MISSING = "已报", "无变化", "待报", "未报，已过截止日"


@dataclass(frozen=True)
class Duty:
    """A unit reports a table in this rhythm, until `due_day` of the month after the period.

    `since` is the day it began: periods that ended before are not owed. Without one only the last period is known to be.
    """

    unit: str
    table: str
    rhythm: str
    due_day: int
    since: str = ""


@dataclass(frozen=True)
class Window:
    """One period of a duty, and what came in for it. `found` is the submission or the time of the log entry."""

    duty: Duty
    period: str
    first: date
    last: date
    due: date
    status: str
    found: str = ""


def plan() -> list[Duty]:
    """Every duty, in the order entered; none when the plan cannot be read, which `fault` says."""
    try:
        return [Duty(**entry) for entry in json.loads(ledger.noted(releases.home(), PLAN) or "[]")]
    except (ValueError, TypeError):
        return []


def fault() -> str:
    """What to tell when the plan cannot be read; "" when all is well."""
    return (
        ""
        if plan() or (ledger.noted(releases.home(), PLAN) or "[]") == "[]"
        else "报送计划读不出来，按没有计划显示；重新添加即可。"
    )


def begun(unit: str, table: str, rhythm: str, due_day: int, since: str) -> Duty:
    """A duty that begins on the first day of what `since` names. Raises `Doubt` for no date."""
    stated = day(since)
    if not stated.value:
        raise Doubt("请写从哪天起")
    return Duty(unit, table, rhythm, due_day, submissions.period(stated)[0].isoformat())


def set_plan(duties: list[Duty], who: Person | None) -> None:
    """Replaces the plan. Raises `NotAllowed` and, for a duty that makes no sense, `ValueError`."""
    person = roles.require_reviewer(who)
    for duty in duties:
        if (
            not duty.unit.strip()
            or duty.table not in forms.TABLES
            or duty.rhythm not in MONTHS
            or not 1 <= duty.due_day <= 28
        ):
            raise ValueError("单位、数据表、节奏都要填，截止日在1—28之间。")
    if len({(_bare(duty.unit), duty.table) for duty in duties}) < len(duties):
        raise ValueError("这个单位的这张表已在计划里；要改节奏，请先删除原来的一条。")
    words = json.dumps([asdict(duty) for duty in duties], ensure_ascii=False, indent=1)
    home = releases.home()
    with ledger.writing(home):
        ledger.note(home, PLAN, words)
        journal.add(home, person.name, "plan", "报送计划", duties=[asdict(duty) for duty in duties])


def windows(today: date) -> list[Window]:
    """The periods of every duty on a day, newest first: the last one, and older ones that nothing came in for.

    A duty whose first period is still running shows that one. Submitted and accepted reports count, drafts and returned
    ones do not. A report counts for the period that its date names or lies in; one dated after the period but within its
    due date counts for the period before, since the one it lies in is not over.
    """
    handed_in = [
        s
        for s in submissions.listed(submissions.SUBMITTED, submissions.CLOSED)
        if s.source.unit and s.source.day
    ]
    unchanged = {
        (e["unit"], e["table"], e["what"]): e["at"]
        for e in journal.entries(releases.home())
        if e["did"] == "no_change"
    }
    found = []
    for duty in plan():
        mine = [
            s
            for s in handed_in
            if s.table == duty.table and _bare(s.source.unit) == _bare(duty.unit)
        ]
        states = [_window(duty, span, mine, unchanged, today) for span in _owed(duty, today)]
        found += [window for n, window in enumerate(states) if n == 0 or window.status == MISSING]
    return found


def _owed(duty: Duty, today: date) -> list[tuple[date, date, date, str]]:
    """The bounds of the periods that ended by `today` and after the duty began, newest first; else of the first one."""
    spans = [bounds(duty, today)]
    while duty.since and (earlier := bounds(duty, spans[-1][0]))[1].isoformat() >= duty.since:
        spans.append(earlier)
    if spans[0][1].isoformat() < duty.since:
        return [_span(duty, _start(duty, max(today, date.fromisoformat(duty.since))))]
    return spans


def _window(
    duty: Duty,
    span: tuple[date, date, date, str],
    mine: list[Submission],
    unchanged: dict[tuple[str, str, str], str],
    today: date,
) -> Window:
    first, last, due, period = span
    reports = [s.id for s in mine if _counts(s, duty, span)]
    noted = unchanged.get((duty.unit, duty.table, period), "")
    status = REPORTED if reports else UNCHANGED if noted else WAITING if today <= due else MISSING
    return Window(duty, period, first, last, due, status, reports[0] if reports else noted)


def _counts(report: Submission, duty: Duty, span: tuple[date, date, date, str]) -> bool:
    first, last, _due, _period = span
    stated = day(report.source.day)
    if not stated.value:
        return False
    begins, ends = submissions.period(stated)
    if begins < ends:
        return first <= begins and ends <= last
    before = bounds(duty, begins)
    return before == span if begins <= before[2] else first <= begins <= last


def _bare(unit: str) -> str:
    return "".join(unit.split())


def no_change(duty: Duty, period: str, who: Person | None) -> None:
    """Notes that a unit has nothing new for a period."""
    person = roles.require_submitter(who)
    journal.add(releases.home(), person.name, "no_change", period, unit=duty.unit, table=duty.table)


def bounds(duty: Duty, today: date) -> tuple[date, date, date, str]:
    """First and last day of the last whole period before `today`, the day it is due, and its name."""
    return _span(duty, _start(duty, today) - MONTHS[duty.rhythm])


def _start(duty: Duty, day_: date) -> int:
    """The month that the period around a day begins with, counted from the year 0."""
    return (day_.year * 12 + day_.month - 1) // MONTHS[duty.rhythm] * MONTHS[duty.rhythm]


def _span(duty: Duty, start: int) -> tuple[date, date, date, str]:
    length = MONTHS[duty.rhythm]
    end, after = start + length - 1, start + length
    first = date(start // 12, start % 12 + 1, 1)
    last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
    due = date(after // 12, after % 12 + 1, duty.due_day)
    number = (start % 12) // length + 1
    period = {
        "month": "{y}年{n}月",
        "quarter": "{y}年第{n}季度",
        "half_year": "{y}年{n}半年",
        "year": "{y}年",
    }[duty.rhythm].format(
        y=first.year, n=("上", "下")[number - 1] if duty.rhythm == "half_year" else number
    )
    return first, last, due, period
