"""Claims over time as the paths of a line chart: what may be joined, what breaks a line, what is aimed at."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits.shapes import Lines, Path, Point
from eldercare.measures import DERIVED_KIND, day_words, full_quantity, missing, quantity, worked_out

# Points further apart than this are not joined: the years between are a gap, not a line.
LONGEST_STEP = pd.Timedelta(days=550)


def lines(rows: pd.DataFrame, unit: str, decimals: int = 0) -> Lines:
    """The rows of a question about claims (legend, series, kind, value and date of each) as a line chart."""
    return Lines(paths(rows), unit, decimals)


def paths(rows: pd.DataFrame) -> tuple[Path, ...]:
    """A path for each legend, broken where the series changes or too much time lies between; targets are paths of their own."""
    rows = rows[rows["date"].notna()]
    legends = list(dict.fromkeys(rows.loc[rows["kind"] != "target", "legend"]))
    rows = rows.sort_values("date", kind="stable")
    targets = rows["kind"] == "target"
    counted = [
        Path(
            str(legend),
            _joined(str(legend), rows[~targets & (rows["legend"] == legend)]),
            f"series:{rank}",
        )
        for rank, legend in enumerate(legends)
    ]
    aimed = [
        Path(
            f"目标：{part['legend'].iloc[0]}",
            tuple(_goal(row) for row in part.drop_duplicates("date").itertuples()),
            "goal",
            target=True,
        )
        for _series, part in rows[targets].groupby("series", sort=False)
    ]
    return (*counted, *aimed)


def short(legend: str) -> str:
    """养老床位 for 养老床位（全口径或来源未限定范围）: what stands in brackets is told by the legend."""
    return legend.split("（")[0]


def _joined(legend: str, part: pd.DataFrame) -> tuple[Point, ...]:
    found: list[Point] = []
    previous: Any = None
    for row in part.itertuples():
        if previous is not None:
            new = row.series != previous.series
            if new or row.date - previous.date > LONGEST_STEP:
                words = f"{short(legend)}：{_break_words(getattr(row, 'break_note', None))}"
                middle = previous.date + (row.date - previous.date) / 2
                found.append(Point(middle.date(), None, words if new else ""))
        found.append(point(row))
        previous = row
    return tuple(found)


def point(row: Any, words: str = "") -> Point:
    """One claim: its value as people write it (or the `words` given), and all that is known of it for a pointer."""
    told = words or quantity(row.value, row.unit, row.qualifier) + worked_out(row.kind)
    return Point(row.date.date(), _number(row.value), told, _hover(row), row.kind == DERIVED_KIND)


def _goal(row: Any) -> Point:
    told = f"{short(row.legend)}目标 {quantity(row.value, row.unit, row.qualifier)}"
    return Point(row.date.date(), _number(row.value), str(getattr(row, "goal", told)), _hover(row))


def _number(value: Any) -> float | None:
    return None if missing(value) else float(value)


def _hover(row: Any) -> str:
    """What is claimed with every digit, the date as precise as its source has it, and the source."""
    day = day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))
    value = full_quantity(row.value, row.unit, row.qualifier) + worked_out(row.kind)
    return f"{row.place_name} {row.indicator_title}：{value}\n{day}\n{row.source_title}"


def _break_words(note: Any) -> str:
    """A change only where the source says that the definition changed."""
    return "口径是否相同未说明" if "未说明" in str(note) else "口径变动"
