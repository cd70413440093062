"""The shapes an exhibit can have: data alone. Each face draws each of them in the form that `faces.native` names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True)
class Cards:
    """Headline figures: label, value, unit and note each."""

    entries: Sequence[Mapping[str, str]]
    kind = "cards"

    @property
    def empty(self) -> bool:
        return not self.entries


@dataclass(frozen=True)
class Series:
    """One series over the categories; a missing value is None and stays a gap."""

    name: str
    values: Sequence[float | None]
    colour: str
    colours: Sequence[str] = ()


@dataclass(frozen=True)
class Bars:
    """Bars in the order given. `decimals` are those of the labels; values keep all their digits."""

    categories: Sequence[str]
    series: Sequence[Series]
    unit: str
    decimals: int = 0
    horizontal: bool = True
    stacked: bool = False
    kind = "bars"

    @property
    def empty(self) -> bool:
        return all(value is None for series in self.series for value in series.values)

    @property
    def labelled(self) -> bool:
        """Whether every bar has room for its value; else an axis says it."""
        return self.horizontal or len(self.categories) * len(self.series) <= 24


@dataclass(frozen=True)
class Point:
    """A claim on the time axis. `value` None breaks the line: what lies on both sides must not be joined."""

    day: date
    value: float | None
    words: str = ""

    @property
    def year(self) -> float:
        """The horizontal axis of every line chart, in years: the end of 2020 is 2020, most figures are year-end figures."""
        start, following = date(self.day.year, 1, 1), date(self.day.year + 1, 1, 1)
        return round(
            self.day.year - 1 + ((self.day - start).days + 1) / (following - start).days, 4
        )


@dataclass(frozen=True)
class Path:
    """Points of one definition on one base; a target is never joined to what was counted."""

    name: str
    points: Sequence[Point]
    colour: str
    target: bool = False

    @property
    def runs(self) -> list[list[Point]]:
        """The parts that hang together, without the empty points between them."""
        return [
            list(part)
            for known, part in groupby(self.points, key=lambda point: point.value is not None)
            if known
        ]


@dataclass(frozen=True)
class Lines:
    """Claims over time."""

    paths: Sequence[Path]
    unit: str
    decimals: int = 0
    kind = "lines"

    @property
    def empty(self) -> bool:
        return all(point.value is None for path in self.paths for point in path.points)


@dataclass(frozen=True)
class Place:
    """One place of a map: its fill, what stands on it, and the same in words for a table."""

    code: str
    name: str
    label: str
    words: str
    fill: str
    ink: str
    value: float | None = None


@dataclass(frozen=True)
class Map:
    """Filled outlines of codes that begin with `within`, one in a frame; with `tiles` (place, row, column) squares instead."""

    places: Sequence[Place]
    legend: Sequence[tuple[str, str]]
    heading: str
    within: str = ""
    highlight: str = ""
    border: str = ""
    tiles: Sequence[tuple[str, int, int]] = ()
    kind = "map"

    @property
    def empty(self) -> bool:
        return all(place.words == "未载" for place in self.places)


@dataclass(frozen=True)
class Mark:
    """What stands in a cell of a matrix."""

    sign: str
    words: str
    fill: str
    ink: str


@dataclass(frozen=True)
class Matrix:
    """Rows × columns with marks; a cell without a mark is an open one."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[int, int], Mark]
    legend: Sequence[tuple[str, str, str]]
    corner: str
    open_words: str
    kind = "matrix"

    @property
    def empty(self) -> bool:
        return not self.rows or not self.columns


@dataclass(frozen=True)
class Table:
    """Words in rows; `lines` may be more than one slide takes, and `total` rows may be more than these."""

    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    widths: Sequence[float]
    total: int = 0
    kind = "table"

    @property
    def empty(self) -> bool:
        return not self.lines


@dataclass(frozen=True)
class Timeline:
    """Dated events, newest first: day in words and what happened."""

    events: Sequence[tuple[str, str]]
    kind = "timeline"

    @property
    def empty(self) -> bool:
        return not self.events


@dataclass(frozen=True)
class Items:
    """A list to read: a short head and its words."""

    entries: Sequence[tuple[str, str]]
    kind = "list"

    @property
    def empty(self) -> bool:
        return not self.entries


Shape = Cards | Bars | Lines | Map | Matrix | Table | Timeline | Items
