"""What is unlikely to be true: said for who hands in and who reviews, never enforced."""

from __future__ import annotations

from eldercare.intake.context import Context
from eldercare.intake.findings import WARNING, Checked, Finding, Line
from eldercare.releases.difference import Row

POPULATIONS = ("total_population", "resident_population")
# A change by this factor is a slip of the unit more often than a change.
FACTOR = 5
_AMOUNTS = ("beds_total", "beds_open", "residents", "beds_available", "price_low", "price_high")
_WITHIN_BEDS = ("residents", "beds_available")

Candidates = list[tuple[Line, Row | None, Row]]


def warn(checked: Checked, context: Context, candidates: Candidates) -> None:
    """Warnings on the lines that can be accepted."""
    if checked.form.name == "observations":
        _of_crowds(checked, context, candidates)
    if checked.form.name == "institutions":
        for line, stored, row in candidates:
            if line.good:
                _of_home(checked, line, stored, row)


def _of_home(checked: Checked, line: Line, stored: Row | None, row: Row) -> None:
    beds = _number(row["beds_total"])
    for name in _WITHIN_BEDS:
        value = _number(row[name])
        if beds is not None and value is not None and value > beds and name in line.cells:
            _say(
                checked, line, name, row[name], "比总床位（{n}张）还多".format(n=row["beds_total"])
            )
    residents, free = _number(row["residents"]), _number(row["beds_available"])
    if (
        beds is not None
        and residents is not None
        and free is not None
        and beds < residents + free
        and max(residents, free) <= beds
    ):
        _say(
            checked,
            line,
            "beds_available",
            row["beds_available"],
            "入住与可接收合计比总床位（{n}张）还多".format(n=row["beds_total"]),
        )
    for name in _AMOUNTS if stored else ():
        before, after = _number(stored[name]), _number(row[name])
        if before and after and not 1 / FACTOR < after / before < FACTOR:
            _say(checked, line, name, row[name], f"原来是{stored[name]}，变化在{FACTOR}倍以上")


def _of_crowds(checked: Checked, context: Context, candidates: Candidates) -> None:
    """More people of a kind than people in the place; a figure that is a multiple of the one before."""
    people: dict[str, float] = {}
    for row in context.rows("observations"):
        if row["indicator_code"] in POPULATIONS and row["value"] and row["shown"] == "true":
            people[row["place_code"]] = max(people.get(row["place_code"], 0), float(row["value"]))
    units = {row["indicator_code"]: row["unit"] for row in context.rows("indicators")}
    for line, stored, row in candidates:
        most = people.get(row["place_code"])
        counts = (
            units.get(row["indicator_code"]) == "人" and row["indicator_code"] not in POPULATIONS
        )
        if line.good and counts and most and row["value"] and float(row["value"]) > most:
            _say(
                checked,
                line,
                "value",
                row["value"],
                "比当地总人口（{n}人）还多，请核对单位".format(n=f"{most:.0f}"),
            )
        before, after = _number(stored["value"]) if stored else None, _number(row["value"])
        if line.good and before and after and not 1 / FACTOR < after / before < FACTOR:
            _say(
                checked,
                line,
                "value",
                row["value"],
                "原来是{before}，变化在{n}倍以上".format(before=stored["value"], n=FACTOR),
            )


def _number(words: str) -> float | None:
    return float(words) if words else None


def _say(checked: Checked, line: Line, name: str, value: str, words: str) -> None:
    title = checked.form.column(name).title
    checked.spoil(line, Finding(WARNING, line.number, title, value, words, field=name))
