"""A 核对表 that came back: a submission for each of its tables that says something new, with whose reply it is."""

from __future__ import annotations

from collections.abc import Mapping

from eldercare import clock
from eldercare.intake import accepting, returned, submissions
from eldercare.intake.roles import Person
from eldercare.intake.sheets import Refused, Sheet
from eldercare.intake.submissions import Submission


def take(
    name: str, data: bytes, sheets: list[Sheet], said: Mapping[str, str], who: Person | None
) -> list[Submission]:
    """Drafts of what was answered, in the order of the workbook. Raises `Refused` where nothing was, and `Doubt` for its day."""
    source = returned.source(said)
    source.require_past(clock.today())
    told, drafts = [], []
    for table in returned.tables(sheets):
        try:
            found = accepting.evaluate(submissions.unsaved(name, table, source=source), data=data)
        except Refused as refused:
            told.append(str(refused))
            continue
        # Homes that stand as they stood are no reply.
        if found.proposal.changes or found.proposal.checked.errors:
            drafts.append(submissions.start(name, data, table, who))
            drafts[-1] = submissions.change(drafts[-1].id, who, source=source)
    if not drafts:
        raise Refused("；".join(told) or "核对表里没有填写新的内容")
    return drafts
