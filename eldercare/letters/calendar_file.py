"""Days that lie ahead as a calendar file (RFC 5545): a task with its list, never a day that its list does not give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from eldercare.measures import missing

LONGEST = 75


@dataclass(frozen=True)
class Due:
    """One day: `key` is unique and stays the same, so that a calendar that reads the file again changes and does not add."""

    key: str
    day: date
    title: str
    about: str


def due(rows: pd.DataFrame, as_of: date) -> list[Due]:
    """The tasks (`tasks.board`) that fall due after a day: on the day that was revised where one was, as the list words it."""
    found = []
    for row in rows.itertuples():
        day = row.due if missing(row.revised_due) else row.revised_due
        if row.in_delta and not missing(day) and day.date() > as_of:
            about = f"{row.list_title}；时限：{row.due_words}；{row.who}"
            found.append(Due(row.task_id, day.date(), f"{row.number_words} {row.title}", about))
    return found


def ics(days: Iterable[Due], as_of: date) -> bytes:
    """The file. `as_of`, the day of the data, is when it was made: the same days are the same file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//长三角养老一体化看板//任务时限//ZH",
        "CALSCALE:GREGORIAN",
    ]
    for each in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(each.key)}@eldercare",
            f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(each.title)}",
            f"DESCRIPTION:{_text(each.about)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(
        f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)
    ).encode()


def _text(words: str) -> str:
    """Words from data as the value of a property: no sign of them ends it or begins another."""
    shown = "".join(sign if sign.isprintable() or sign in "\n\r\t" else "" for sign in words)
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        shown = shown.replace(sign, written)
    return "\\n".join(" ".join(line.split()) for line in shown.splitlines())


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets, no character torn apart; each but the first begins with a space."""
    pieces, now = [], ""
    for sign in line:
        if len((now + sign).encode()) > LONGEST:
            pieces.append(now)
            now = " "
        now += sign
    return [*pieces, now]
