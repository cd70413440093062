"""What became of a home that a complete list no longer has: it closed, moved, merged or changed its name, on a day."""

from __future__ import annotations

from datetime import date

from eldercare.intake import dates, forms, wording
from eldercare.intake.context import Context
from eldercare.intake.decisions import EVENT, Decided
from eldercare.intake.understood import Doubt, one_line
from eldercare.releases.difference import NEW, Change, Row

TABLE = "institution_events"
# After these a home takes nobody in any more.
ENDS = ("closed", "merged")
# Parts of the value of a decision; no cell of one line holds this sign.
_PART = "\n"


def worded(kind: str, day: str, became: str, today: date) -> str:
    """An event as the value of a decision. Raises `Doubt` for one without a day, after `today`, or without its words."""
    day, became = one_line(day), one_line(became)
    stated = dates.day(day)
    if not stated.value:
        raise Doubt("请写变动的日期，写到知道的程度：2024年3月，或 截至2024年9月30日")
    # A month or a year that has begun may be named.
    if {"month": stated.value[:7], "year": stated.value[:4]}.get(
        stated.precision, stated.value
    ) > today.isoformat():
        raise Doubt(f"变动日期“{day}”晚于今天")
    if kind != "closed" and not became:
        raise Doubt("更名写新名称，迁址写新地址，合并写并入哪一家")
    return _PART.join((kind, day, became))


def titles(context: Context) -> dict[str, str]:
    """The kinds of events with the words for them."""
    return dict(context.package.table(TABLE).field("kind").labels)


def said(value: str, context: Context) -> str:
    """A decision on an event in words, like 停业（2024年3月）."""
    kind, day, became = value.split(_PART)
    words = f"{titles(context)[kind]}（{day}）"
    return f"{words}：{became}" if became else words


def ended(context: Context) -> dict[str, Row]:
    """The last event of every home that takes nobody in any more, by the home's number."""
    rows = sorted(
        (row for row in context.rows(TABLE) if row["kind"] in ENDS), key=lambda row: row["date"]
    )
    return {row["institution_id"]: row for row in rows}


def in_words(event: Row, context: Context) -> str:
    """A stored event, like 2024年3月停业."""
    table = context.package.table(TABLE)
    return wording.of_cell(table, "date", event, context) + titles(context)[event["kind"]]


def of_decisions(
    decided: Decided, context: Context, source: Row | None, topic: str
) -> list[tuple[Change, Row, str]]:
    """The events that decisions on missing homes state: the change, its row and its words. What is stored already is none."""
    found = []
    stored = {(row["institution_id"], row["kind"], row["date"]) for row in context.rows(TABLE)}
    for (_field, written), decision in decided.items():
        key = written.removeprefix(f"{topic} ")
        home = context.row("institutions", (key,))
        if decision.action != EVENT or not home:
            continue
        row = _row(home, decision.value, source, context)
        if (key, row["kind"], row["date"]) in stored:
            continue
        change = Change(
            TABLE,
            (f"+{key}",),
            NEW,
            tuple((name, "", value) for name, value in row.items() if value),
        )
        found.append((change, row, f"{home['name']} {said(decision.value, context)}"))
    return found


def _row(home: Row, value: str, source: Row | None, context: Context) -> Row:
    kind, day, became = value.split(_PART)
    stated = dates.day(day)
    names = [column.name for column in context.package.table(TABLE).fields]
    words = "完整名单里没有“{name}”；报送单位注明：{event}".format(
        name=home["name"], event=said(value, context)
    )
    stated_cells = {
        "date": stated.value,
        "date_precision": stated.precision,
        "quote": words,
        "source_id": (source or {}).get("source_id", ""),
    }
    row = {"institution_id": home["institution_id"], "kind": kind, "became": became, **stated_cells}
    return {**dict.fromkeys(names, ""), **forms.DEFAULTS[""], **row}
