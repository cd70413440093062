"""The shapes an exhibit can have: data and roles, never a colour.

Each face draws each of them in the form that `faces.native` names; `palette` says what a role looks like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

# As many events as a slide has room for.
SHOWN_EVENTS = 8


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
    """One series over the categories; a missing value is None and stays a gap, `gap` says why. `roles`: one for each bar.

    `labels` and `hovers` are the words of each bar on the screen, where its number alone would not say all.
    """

    name: str
    values: Sequence[float | None]
    role: str
    roles: Sequence[str] = ()
    gap: str = "未载"
    labels: Sequence[str] = ()
    hovers: Sequence[str] = ()


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
    """A claim on the time axis. `value` None breaks the line: what lies on both sides must not be joined, `words` say why.

    `hover` has every digit, the day and the source; what is `derived` is printed by no source.
    """

    day: date
    value: float | None
    words: str = ""
    hover: str = ""
    derived: bool = False

    @property
    def year(self) -> float:
        """The horizontal axis of every line chart, in years: the end of 2020 is 2020, most figures are year-end figures."""
        start, following = date(self.day.year, 1, 1), date(self.day.year + 1, 1, 1)
        return round(
            self.day.year - 1 + ((self.day - start).days + 1) / (following - start).days, 4
        )


@dataclass(frozen=True)
class Path:
    """Points of one definition on one base; a target is never joined to what was counted, points `apart` not even to each other."""

    name: str
    points: Sequence[Point]
    role: str
    target: bool = False
    apart: bool = False

    @property
    def own_words(self) -> bool:
        """Whether its points say themselves what they are, so that a legend need not."""
        return self.target or self.apart

    @property
    def runs(self) -> list[list[Point]]:
        """The parts that hang together, without the empty points between them."""
        if self.apart:
            return [[point] for point in self.points]
        return [
            list(part)
            for known, part in groupby(self.points, key=lambda point: point.value is not None)
            if known
        ]


@dataclass(frozen=True)
class Lines:
    """Claims over time; `by_day` where there are so few that the axis names the day of each."""

    paths: Sequence[Path]
    unit: str
    decimals: int = 0
    by_day: bool = False
    kind = "lines"

    @property
    def empty(self) -> bool:
        return all(point.value is None for path in self.paths for point in path.points)


@dataclass(frozen=True)
class Place:
    """One place of a map: its role, what stands on it, the same in words for a table, and all that is known for a pointer.

    One without an outline of its own has a `spot` (longitude, latitude) where it stands as a point.
    """

    code: str
    name: str
    label: str
    words: str
    role: str
    value: float | None = None
    hover: str = ""
    spot: tuple[float, float] | None = None


@dataclass(frozen=True)
class Flow:
    """A tie between two points (longitude, latitude) of a map."""

    start: tuple[float, float]
    end: tuple[float, float]
    role: str


@dataclass(frozen=True)
class Map:
    """Filled outlines of codes that begin with `within`, one in a frame; as `squares` each place stands on its own of the `tiles`.

    `legend`: words and role; `tiles`: place, row, column.
    """

    places: Sequence[Place]
    legend: Sequence[tuple[str, str]]
    heading: str
    within: str = ""
    highlight: str = ""
    border: str = ""
    tiles: Sequence[tuple[str, int, int]] = ()
    squares: bool = False
    flows: Sequence[Flow] = ()
    kind = "map"

    @property
    def empty(self) -> bool:
        return all(place.words == "未载" for place in self.places)


@dataclass(frozen=True)
class Circles:
    """Places with a spot and a number, which is the area of their circle; what is less of something is a ring. `legend`: words and role."""

    places: Sequence[Place]
    legend: Sequence[tuple[str, str]] = ()
    kind = "circles"

    @property
    def empty(self) -> bool:
        return not self.places


@dataclass(frozen=True)
class Mark:
    """What stands in a cell of a matrix; `quiet` where nothing is on record for long."""

    sign: str
    words: str
    role: str
    hover: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Matrix:
    """Rows × columns with marks; a cell without a mark is an open one, of which `open_words` hold.

    `legend`: sign, words and role. A row or column without a code stands for all that a source does not name;
    where no column has one, rows and columns are no places.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    row_codes: Sequence[str]
    column_codes: Sequence[str]
    cells: Mapping[tuple[int, int], Mark]
    legend: Sequence[tuple[str, str, str]]
    corner: str
    open_words: str
    kind = "matrix"

    @property
    def empty(self) -> bool:
        return not self.cells

    @property
    def marked(self) -> Matrix:
        """The same with those columns only that hold a mark, for faces without room for all."""
        kept = sorted({column for _row, column in self.cells})
        place = {column: index for index, column in enumerate(kept)}
        return replace(
            self,
            columns=tuple(self.columns[column] for column in kept),
            column_codes=tuple(self.column_codes[column] for column in kept),
            cells={(row, place[column]): mark for (row, column), mark in self.cells.items()},
        )


@dataclass(frozen=True)
class Cell:
    """A field of a grid: its row and column, what stands in it, all for a pointer, and the place that a click opens."""

    row: str
    column: str
    words: str
    role: str
    hover: str
    code: str


@dataclass(frozen=True)
class Grid:
    """Words in every field of rows × columns, in their order; `legend`: words and role."""

    cells: Sequence[Cell]
    legend: Sequence[tuple[str, str]]
    kind = "grid"

    @property
    def empty(self) -> bool:
        return not self.cells


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
class Event:
    """What happened or, `planned`, is to: its day if known, the day in words, its own words, its lane, all for a pointer."""

    day: date | None
    when: str
    words: str
    lane: str = ""
    planned: bool = False
    hover: str = ""
    code: str = ""


@dataclass(frozen=True)
class Timeline:
    """Dated events, seen from a day; what lies before `first` stands at the edge of an axis."""

    events: Sequence[Event]
    as_of: date
    first: date | None = None
    kind = "timeline"

    @property
    def empty(self) -> bool:
        return not self.events

    @property
    def newest(self) -> list[Event]:
        """The last that happened, newest first, for faces without room for all; of one day as they were given."""
        happened = [event for event in self.events if not event.planned]
        in_order = (
            happened if not self.first else sorted(happened, key=lambda e: e.day, reverse=True)
        )
        return in_order[:SHOWN_EVENTS]


@dataclass(frozen=True)
class Node:
    """One member of a network: what is known of it in words, its number as size, its role as the side it stands on."""

    name: str
    words: str
    value: float | None
    role: str
    hover: str = ""
    hub: bool = False


@dataclass(frozen=True)
class Network:
    """Members around their hub, on the left those of the first side, on the right those of the second: heading and role each."""

    nodes: Sequence[Node]
    sides: Sequence[tuple[str, str]]
    kind = "network"

    @property
    def empty(self) -> bool:
        return not self.nodes


@dataclass(frozen=True)
class Dot:
    """A place on a strip; those with a `label` are named on it. The code is the place that a click opens."""

    name: str
    value: float
    role: str
    label: str = ""
    code: str = ""


@dataclass(frozen=True)
class Strip:
    """Places along a line from the lowest to the highest."""

    dots: Sequence[Dot]
    unit: str
    kind = "strip"

    @property
    def empty(self) -> bool:
        return not self.dots


@dataclass(frozen=True)
class Spot:
    """A place between two measures; those farthest out are named. The code is the place that a click opens."""

    code: str
    name: str
    x: float
    y: float
    hover: str


@dataclass(frozen=True)
class Field:
    """Places between two measures, parted by the `middle` of both: titles of the axes, units, words of the four corners."""

    spots: Sequence[Spot]
    axes: tuple[str, str]
    units: tuple[str, str]
    middle: tuple[float, float]
    middle_name: str
    corners: tuple[str, str, str, str]
    kind = "field"

    @property
    def empty(self) -> bool:
        return not self.spots


@dataclass(frozen=True)
class Panels:
    """Short lines beside each other, each on its own scale from zero, its name above it."""

    paths: Sequence[Path]
    kind = "panels"

    @property
    def empty(self) -> bool:
        return not self.paths


@dataclass(frozen=True)
class Home:
    """One point of a map: how many it stands for, how exact it is, its line in the list beside it (0: none), all for a pointer."""

    code: str
    spot: tuple[float, float]
    count: int
    precision: str
    line: int = 0
    hover: str = ""


@dataclass(frozen=True)
class Homes:
    """Points on the outlines; `known`: cities of which something is known by name. By city they are `cities`."""

    spots: Sequence[Home]
    known: Sequence[str] = ()
    cities: Map | None = None
    kind = "homes"

    @property
    def empty(self) -> bool:
        return not self.spots


@dataclass(frozen=True)
class Items:
    """A list to read: a short head and its words."""

    entries: Sequence[tuple[str, str]]
    kind = "list"

    @property
    def empty(self) -> bool:
        return not self.entries


Shape = (
    Cards
    | Bars
    | Lines
    | Map
    | Matrix
    | Table
    | Timeline
    | Network
    | Panels
    | Strip
    | Field
    | Circles
    | Homes
    | Grid
    | Items
)
