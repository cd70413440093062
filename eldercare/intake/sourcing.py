"""Where a row comes from: its source, how far that is trusted, and the unit's own words as its quote."""

from __future__ import annotations

from eldercare.intake.cells import fields_of
from eldercare.intake.findings import Line
from eldercare.intake.forms import Form
from eldercare.intake.understood import one_line
from eldercare.releases.difference import NEW, Row

QUOTE = 200
_OFFICIAL = ("公文", "官方统计", "单位报送")


def own(line: Line, stored: Row | None) -> str:
    """The source that the file itself gives to a row, when it is another than before."""
    source = line.cells.get("source_id", "")
    return source if stored is None or source != stored["source_id"] else ""


def sourced(
    row: Row,
    kind: str,
    fields: tuple[tuple[str, str, str], ...],
    line: Line,
    form: Form,
    source: Row | None,
) -> Row:
    """The row with its source and quote. `source` is that of the whole file, for a row that names none of its own."""
    row = dict(row)
    if source:
        row["source_id"] = source["source_id"]
        if "confidence" in row:
            row["confidence"] = "official" if source["source_class"] in _OFFICIAL else "reprint"
    # The words of the former source do not prove what the new one says.
    if "quote" in row and (
        not row["quote"]
        or (kind != NEW and "quote" not in {name for name, _before, _after in fields})
    ):
        row["quote"] = _quote(kind, fields, line, form)
    return row


def _quote(kind: str, fields: tuple[tuple[str, str, str], ...], line: Line, form: Form) -> str:
    """The unit's own words for what is new in a row: heading and cell, an emptied one as such."""
    stated = {name: after for name, _before, after in fields}
    parts = []
    for column in form.columns:
        told = column.name not in (form.key, "source_id", "quote")
        if told and (kind == NEW or stated.keys() & set(fields_of(column))):
            words = line.written.get(column.title) or (
                "（空）" if stated.get(column.name) == "" else ""
            )
            parts += [f"{column.title}：{words}"] if words else []
    # Cut where it may be, it neither ends with a space nor holds a break.
    return one_line("；".join(parts)[:QUOTE]).strip()
