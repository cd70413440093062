"""Requests for data that went out, came back or were settled, written down as a file like any other: filed, reviewed, released."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import openpyxl

from eldercare import files
from eldercare.intake import accepting, forms, submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source, Submission

TABLE, FILE = "data_requests", "商请登记.xlsx"


def register(rows: Iterable[Mapping[str, str]], source: Source, who: Person | None) -> Submission:
    """Hands in rows of `data_requests`, by field and as people write them; a row with a number changes that request.

    Raises `Refused`, `Doubt`, `NotAllowed` and `ValueError`, each with what is wrong.
    """
    form = forms.form(accepting.current_context().package.table(TABLE))
    told = list(rows)
    names = list(dict.fromkeys(name for row in told for name in row))
    book = openpyxl.Workbook()
    for number, name in enumerate(names, start=1):
        files.write_cell(book.active.cell(1, number), form.column(name).title)
        for line, row in enumerate(told, start=2):
            files.write_cell(book.active.cell(line, number), row.get(name) or None)
    buffer = io.BytesIO()
    book.save(buffer)
    looked_at = accepting.evaluate(
        submissions.unsaved(FILE, TABLE, source=source), data=buffer.getvalue()
    )
    if errors := looked_at.proposal.checked.errors:
        raise ValueError(errors[0].reason)
    if not looked_at.acceptable:
        raise ValueError("与现在的登记相同，没有变化")
    draft = submissions.start(FILE, buffer.getvalue(), TABLE, who)
    submissions.change(draft.id, who, source=source)
    return submissions.submit(draft.id, who)
