"""Many letters at once: each with its workbook, by place, in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

from eldercare.files import safe
from eldercare.intake.context import Context
from eldercare.letters import check_sheet, official_letter
from eldercare.letters.requests import Request


def names(request: Request) -> tuple[str, str]:
    """What the letter and the workbook of a request are called."""
    whom = safe(request.addressee)
    return f"商请函_{whom}.docx", f"核对表_{whom}.xlsx"


def zipped(
    asked: Sequence[Request],
    context: Context,
    reply_by: date | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> bytes:
    """The letters and workbooks, a folder for each place. `progress` is told the share done."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for done, request in enumerate(asked, start=1):
            letter, workbook = names(request)
            parts = {
                letter: official_letter.request(request, workbook, reply_by),
                workbook: check_sheet.xlsx(request, context, reply_by),
            }
            for name, data in parts.items():
                day = request.as_of
                entry = zipfile.ZipInfo(
                    f"{safe(request.label)}/{name}", (day.year, day.month, day.day, 0, 0, 0)
                )
                archive.writestr(entry, data)
            progress(done / len(asked))
    return buffer.getvalue()
