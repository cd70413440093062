"""Where things stand on a slide of 960 × 540 points, the same in PowerPoint and on the web page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Map, Table
from eldercare.faces.drawing import fitting, width_of, wrapped

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 42.0
TITLE_TOP, TITLE_HEIGHT = 26.0, 74.0
BODY_TOP, BODY_HEIGHT = 106.0, 352.0
BODY_WIDTH = WIDTH - 2 * MARGIN
SOURCE_TOP, SOURCE_HEIGHT = 464.0, 38.0
FOOT_TOP = 508.0
TITLE_SIZES = (28, 26, 24, 22, 20, 18)
GAP_WORDS = "未载"
# Where label, value and note of a card begin, from its top: the closer ones where notes are long.
CARD_TOPS, CARD_GAP = ((14, 40, 96), (10, 32, 78), (6, 26, 58)), 14.0
CARD_SIZES = (38, 34, 30, 26, 22, 18)
# Lines of 14 points that fit between the picture and the foot.
FOOT_LINES = 2
# A line that breaks again would stand on the foot of the slide.
FOOT_RESERVE = 0.95
SUBTITLE_SIZES = (18, 16, 14)
# Nothing on a slide is smaller: 14 of 960 points are 28 pixels on the screen of a hall.
LEAST = 14
SOURCE_SIZE = LEAST
CELL_SIZES = (20, 18, 16, 15, LEAST)
PADDING = 12.0
# Fonts differ in width, and a line more than was reckoned pushes a table over the source line.
RESERVE = 0.9
LINE_HEIGHT = 1.25


@dataclass(frozen=True)
class Heading:
    """Text sizes of a title and of the subtitle under it, and how high the title is."""

    size: float
    under: float
    height: float


def heading(
    title: str,
    subtitle: str,
    width: float = BODY_WIDTH,
    height: float = TITLE_HEIGHT,
    largest: float = TITLE_SIZES[0],
) -> Heading:
    """The largest sizes at which title (at most two lines) and subtitle fit above the picture."""
    room, found = width * RESERVE, Heading(TITLE_SIZES[-1], SUBTITLE_SIZES[-1], 0)
    for size in (largest, *(each for each in TITLE_SIZES if each < largest)):
        lines = len(wrapped(title, size, room))
        for under in SUBTITLE_SIZES:
            below = len(wrapped(subtitle, under, room)) * under if subtitle else 0
            found = Heading(size, under, lines * size * LINE_HEIGHT)
            if lines <= 2 and found.height + below * LINE_HEIGHT <= height + 4:
                return found
    return found


@dataclass(frozen=True)
class Fitted:
    """A table that fits: its text size, column widths, cells broken into lines and row heights; rows without room are not in it."""

    size: float
    widths: Sequence[float]
    cells: Sequence[Sequence[Sequence[str]]]
    heights: Sequence[float]


def fitted(
    table: Table, width: float, height: float, sizes: Sequence[float] = CELL_SIZES
) -> Fitted:
    """The table at the largest size at which no cell is a long column of words; at the smallest, last rows may be left out."""
    whole = sum(table.widths)
    widths = [width * part / whole for part in table.widths]
    for size in sizes:
        cells = [
            [
                wrapped(words, size, (w - PADDING) * RESERVE)
                for words, w in zip(row, widths, strict=True)
            ]
            for row in (table.headings, *table.lines)
        ]
        heights = [max(map(len, row)) * size * LINE_HEIGHT + 8 for row in cells]
        if sum(heights) <= height and max(len(lines) for row in cells for lines in row) <= 3:
            return Fitted(size, widths, cells, heights)
    kept = 2
    while kept < len(heights) and sum(heights[: kept + 1]) <= height:
        kept += 1
    return Fitted(size, widths, cells[:kept], heights[:kept])


@dataclass(frozen=True)
class CardGrid:
    """How cards stand: columns, width of each, height of every row, where their words begin, sizes of their values."""

    columns: int
    width: float
    heights: Sequence[float]
    label: float
    value: float
    note: float
    sizes: Sequence[float]

    @property
    def inner(self) -> float:
        return self.width - 28


def cards(shape: Cards, width: float, height: float) -> CardGrid:
    """Equal rows where all notes fit in them; else as high as their notes need, so that none is cut."""
    count = len(shape.entries)
    columns = count if count <= 3 else 3 if count in (5, 6, 9) else 2 if count == 4 else 4
    # Upright pictures have no room for three beside each other.
    columns = min(columns, 2) if width < height else columns
    own = (width - CARD_GAP * (columns - 1)) / columns
    inner = own - 28
    lines = [len(wrapped(entry["note"], LEAST, inner * RESERVE)) for entry in shape.entries]
    longest = [max(lines[first : first + columns]) for first in range(0, count, columns)]
    (label, value, note), heights = _card_rows(longest, height - CARD_GAP * (len(longest) - 1))
    sizes = [
        min(
            fitting(e["value"] + e["unit"], inner * RESERVE, 1, CARD_SIZES),
            (note - value) / 1.3,
        )
        for e in shape.entries
    ]
    return CardGrid(columns, own, heights, label, value, note, sizes)


def _card_rows(lines: list[int], height: float) -> tuple[tuple[int, int, int], list[float]]:
    equal = min(170.0, height / len(lines))
    for tops in CARD_TOPS:
        needed = [tops[2] + count * LEAST * LINE_HEIGHT + 8 for count in lines]
        if max(needed) <= equal:
            return tops, [equal] * len(lines)
        if sum(needed) <= height:
            break
    spare = max(0.0, (height - sum(needed)) / len(lines))
    return tops, [row + spare for row in needed]


def remarks(exhibit: Exhibit, shown: int | None = None) -> list[str]:
    """The notes of an exhibit: gaps by name, how many rows of a table stand there, then the exhibit's own."""
    left = []
    if isinstance(exhibit.shape, Table):
        lines = len(exhibit.shape.lines)
        shown, there = lines if shown is None else shown, max(exhibit.shape.total, lines)
        left = [f"列出{shown}条，共{there}条，全部见 Excel 与数据页"] if shown < there else []
    return [*gap_words(exhibit), *left, *exhibit.caveats]


def caveat_line(exhibit: Exhibit) -> str:
    """All the notes of an exhibit in one line, where paper has room for them."""
    return "；".join(remarks(exhibit))


def shown_rows(
    exhibit: Exhibit, width: float = BODY_WIDTH, height: float = BODY_HEIGHT
) -> int | None:
    """How many rows of its table a slide has room for; None where there is no table."""
    shape = exhibit.shape
    return len(fitted(shape, width, height).cells) - 1 if isinstance(shape, Table) else None


def gap_words(exhibit: Exhibit) -> list[str]:
    """Which values are missing, by name: a gap in a chart must not be read as nothing there."""
    shape, what = exhibit.shape, ""
    if isinstance(shape, Bars):
        what = shape.series[0].name if len(shape.series) == 1 else ""
        names = [
            name
            for i, name in enumerate(shape.categories)
            if any(series.values[i] is None and series.gap == GAP_WORDS for series in shape.series)
        ]
    elif isinstance(shape, Map):
        names = [place.name for place in shape.places if place.words == GAP_WORDS]
    else:
        names = []
    return (
        ["{what}公开资料未载：{names}".format(what=what, names="、".join(names))] if names else []
    )


def foot_lines(
    exhibit: Exhibit,
    width: float = BODY_WIDTH,
    picture: tuple[float, float] = (BODY_WIDTH, BODY_HEIGHT),
) -> list[str]:
    """Source and notes in two lines under the picture: as many whole notes as fit; of the others it says that there are some."""
    told, width = remarks(exhibit, shown_rows(exhibit, *picture)), width * FOOT_RESERVE
    for kept in range(len(told), -1, -1):
        more = f"另{len(told) - kept}条说明见备注" if kept else "说明见备注"
        notes = "；".join([*told[:kept], *([more] if kept < len(told) else [])])
        found = _under(exhibit.source_line, notes, width)
        if len(found) <= FOOT_LINES:
            return found
    parts = exhibit.source_line.split(" · ")
    # A list of more than two lines of where it is from: its first parts, and where the rest is.
    while len(parts) > 1 and len(_under(" · ".join(parts), "其余见备注", width)) > FOOT_LINES:
        parts.pop()
    return _under(" · ".join(parts), "其余见备注", width)


def _under(source: str, notes: str, width: float) -> list[str]:
    """Two lines of their own where both are short, else one text."""
    if notes and width_of(source, SOURCE_SIZE) > width:
        return wrapped(f"{source} · {notes}", SOURCE_SIZE, width)
    return [line for part in (source, notes) if part for line in wrapped(part, SOURCE_SIZE, width)]
