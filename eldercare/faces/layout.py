"""Where things stand on a slide of 960 × 540 points, the same in PowerPoint and on the web page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Map, Table
from eldercare.faces.drawing import width_of, wrapped

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 42.0
TITLE_TOP, TITLE_HEIGHT = 26.0, 74.0
BODY_TOP, BODY_HEIGHT = 106.0, 352.0
BODY_WIDTH = WIDTH - 2 * MARGIN
SOURCE_TOP, SOURCE_HEIGHT = 464.0, 38.0
FOOT_TOP = 508.0
TITLE_SIZES = (28, 26, 24, 22, 20, 18)
GAP_WORDS = "未载"
SUBTITLE_SIZES = (18, 16, 14)
# Nothing on a slide is smaller: 14 of 960 points are 28 pixels on the screen of a hall.
LEAST = 14
SOURCE_SIZE, FOOT_SIZE = LEAST, LEAST
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
    """A table that fits: its text size, column widths, cells broken into lines, row heights and how many rows had no room."""

    size: float
    widths: Sequence[float]
    cells: Sequence[Sequence[Sequence[str]]]
    heights: Sequence[float]
    left_out: int


def fitted(
    table: Table, width: float, height: float, sizes: Sequence[float] = CELL_SIZES
) -> Fitted:
    """The table at the largest size that fits; at the smallest, long cells end with … and last rows may be left out."""
    whole = sum(table.widths)
    widths = [width * part / whole for part in table.widths]
    for size in sizes:
        for most in (2, 3):
            rows = [table.headings, *table.lines]
            cells = [
                [
                    wrapped(words, size, (w - PADDING) * RESERVE, most)
                    for words, w in zip(row, widths, strict=True)
                ]
                for row in rows
            ]
            heights = [max(len(lines) for lines in row) * size * LINE_HEIGHT + 8 for row in cells]
            whole_cells = all(lines[-1][-1:] != "…" for row in cells for lines in row)
            if sum(heights) <= height and (whole_cells or size == sizes[-1]):
                return Fitted(size, widths, cells, heights, 0)
    kept = 1
    while kept < len(heights) and sum(heights[: kept + 1]) <= height:
        kept += 1
    return Fitted(size, widths, cells[:kept], heights[:kept], len(cells) - kept)


def caveat_line(exhibit: Exhibit, shown: int | None = None) -> str:
    """The notes of an exhibit: gaps by name, how many rows of a table stand there, then the exhibit's own."""
    left = []
    if isinstance(exhibit.shape, Table):
        shown, there = (
            len(exhibit.shape.lines) if shown is None else shown,
            max(exhibit.shape.total, len(exhibit.shape.lines)),
        )
        left = [f"列出{shown}条，共{there}条，全部见 Excel 与数据页"] if shown < there else []
    return "；".join([*gap_words(exhibit), *left, *exhibit.caveats])


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
    """Source and notes in at most two lines under the picture."""
    size = SOURCE_SIZE
    source = exhibit.source_line
    notes = caveat_line(exhibit, shown_rows(exhibit, *picture))
    if not notes:
        return wrapped(source, size, width, 2)
    if width_of(source, size) <= width:
        return [source, *wrapped(notes, size, width, 1)]
    return wrapped(f"{source} · {notes}", size, width, 2)
