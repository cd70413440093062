"""Words in boxes as drawings: cards, lists, tables, matrices and grids, for faces without tables of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eldercare import palette
from eldercare.exhibits.shapes import Cards, Grid, Items, Matrix, Table
from eldercare.faces import layout
from eldercare.faces.drawing import (
    MIDDLE,
    RIGHT,
    Area,
    Primitive,
    Stroke,
    Words,
    box,
    lowest,
    moved,
    paragraph,
    width_of,
    wrapped,
)
from eldercare.faces.layout import LEAST, LINE_HEIGHT, PADDING, RESERVE
from eldercare.measures import INK, LINE, MUTED, PANEL, PRIMARY

ITEM_SIZES, COLUMN_GAP = (20, 18, 16, 15, LEAST), 28.0
# A column of a table is as wide as its words ask, within these widths in characters.
NARROWEST, WIDEST, WIDEST_HEAD = 2, 22, 5
# A column of no more is not narrowed; a long one can be read when it has as much.
SHORT, ENOUGH = 9.0, 11.0
# A cell of more lines is a column of words: a smaller letter reads better.
MOST_LINES = 3
# Points: a row of a grid, and the most that a row of a matrix takes.
GRID_ROW, MATRIX_ROW = 18.0, 30.0
UPRIGHT_LINE = LEAST * 1.1


def cards(shape: Cards, width: float, height: float) -> list[Primitive]:
    """Equal boxes: label, large value with unit, note."""
    made = layout.cards(shape, width, height)
    if sum(made.heights) + layout.CARD_GAP * (len(made.heights) - 1) > height:
        rows = len(made.heights)
        equal = (height - layout.CARD_GAP * (rows - 1)) / rows
        made = replace(made, heights=[equal] * rows)
    found: list[Primitive] = []
    for index, entry in enumerate(shape.entries):
        row = index // made.columns
        x = (index % made.columns) * (made.width + layout.CARD_GAP)
        y = sum(made.heights[:row]) + layout.CARD_GAP * row
        size, middle = made.sizes[index], y + made.value + made.sizes[index] * 0.625
        after = x + 14 + width_of(entry["value"], size) + size * 0.2
        under = made.heights[row] - made.note - 6
        note = _whole_parts(entry["note"], made.inner * RESERVE, under)
        found += [
            Area(box(x, y, made.width, made.heights[row]), PANEL, LINE, 1),
            paragraph(x + 14, y + made.label, [entry["label"]], 16, MUTED),
            Words(x + 14, middle, [entry["value"]], size, PRIMARY, bold=True),
            Words(after, middle + size * 0.12, [entry["unit"]], max(size * 0.5, LEAST), MUTED),
            paragraph(x + 14, y + made.note, note, LEAST),
        ]
    return found


def _whole_parts(words: str, width: float, height: float) -> list[str]:
    """The lines of a note; where it has no room, as many whole parts of it as have, and where the others are."""
    parts = words.split("；")
    for kept in range(len(parts), 0, -1):
        told = "；".join([*parts[:kept], *(["其余见原页"] if kept < len(parts) else [])])
        lines = wrapped(told, LEAST, width)
        if len(lines) * LEAST * LINE_HEIGHT <= height:
            return lines
    return ["说明见原页"]


def items(shape: Items, width: float, height: float) -> list[Primitive]:
    """A list to read: each head in bold, short words beside it, others below; in two columns where one has no room for all."""
    for columns in (1, 2) if width > height * 2 else (1,):
        own = (width - COLUMN_GAP * (columns - 1)) / columns
        for size in ITEM_SIZES:
            told = [_item(head, words, size, own) for head, words in shape.entries]
            found = _in_columns(told, own, height, size, columns)
            if found is not None:
                return found
    return _in_columns(told, own, height, size, columns, cut=True) or []


def _item(head: str, words: str, size: float, width: float) -> list[Primitive]:
    """One entry from its own top."""
    beside = width_of(head, size) + size
    title = paragraph(0, 0, [head], size, PRIMARY, bold=True)
    if beside + width_of(words, size) <= width * RESERVE:
        return [title, paragraph(beside, 0, [words], size)]
    lines = wrapped(words, size, width * RESERVE)
    return [title, paragraph(0, size * LINE_HEIGHT, lines, size)]


def _in_columns(
    told: Sequence[Sequence[Primitive]],
    width: float,
    height: float,
    size: float,
    columns: int,
    cut: bool = False,
) -> list[Primitive] | None:
    """Entries below each other, in the next column where one is full; None when they have no room, or `cut` with the number of the others."""
    found: list[Primitive] = []
    x = y = 0.0
    for place, entry in enumerate(told):
        high = lowest(entry)
        if y and y + high > height and columns > 1:
            x, y, columns = x + width + COLUMN_GAP, 0.0, columns - 1
        if y + high > height:
            left = [paragraph(x, y, [f"另有{len(told) - place}条，见原页"], size, MUTED)]
            return [*found, *left] if cut else None
        found += moved(entry, x, y)
        y += high + size * 0.6
    return found


def fitted(shape: Table, width: float, height: float) -> layout.Fitted:
    """The table as it is drawn; columns that nobody gave a width are as wide as their words ask."""
    if len(set(shape.widths)) > 1:
        return layout.fitted(shape, width, height)
    asked = [_asked(column) for column in _columns(shape)]
    for size in layout.CELL_SIZES:
        own = replace(shape, widths=_shared(asked, width / size))
        made = layout.fitted(own, width, height, (size,))
        whole = len(made.cells) > len(shape.lines)
        if whole and max(len(lines) for row in made.cells for lines in row) <= MOST_LINES:
            break
    return made


def with_room(shape: Table, width: float) -> tuple[Table, list[str]]:
    """The table with the columns that have room beside each other, and the headings of those that have none.

    Columns that say nothing go first, then the last ones.
    """
    columns = _columns(shape)
    asked = [min(_asked(column), ENOUGH) for column in columns]
    said = [any(words not in ("", "—", "未载") for words in column[1:]) for column in columns]
    order = sorted(range(len(columns)), key=lambda at: (not said[at], at))
    kept = set(order)
    while sum(asked[at] for at in kept) > width / LEAST and len(kept) > 2:
        kept.remove(order.pop())
    if len(kept) == len(columns):
        return shape, []
    there = sorted(kept)
    lines = [[line[at] for at in there] for line in shape.lines]
    headings, widths = [shape.headings[at] for at in there], [shape.widths[at] for at in there]
    left = [name for at, name in enumerate(shape.headings) if at not in kept]
    return replace(shape, headings=headings, lines=lines, widths=widths), left


def _columns(shape: Table) -> list[list[str]]:
    return [list(column) for column in zip(shape.headings, *shape.lines, strict=True)]


def _asked(column: Sequence[str]) -> float:
    """How wide the words of a column would have it, in characters; a long heading may break."""
    words = (column[0][:WIDEST_HEAD], *column[1:], "字" * NARROWEST)
    return min(max(width_of(each, 1) for each in words) / RESERVE, WIDEST) + PADDING / LEAST


def _shared(asked: Sequence[float], whole: float) -> list[float]:
    """Widths of columns: short ones have what they ask, long ones share the rest."""
    short = [each if each <= SHORT else 0.0 for each in asked]
    long = sum(each for each in asked if each > SHORT)
    left = whole - sum(short)
    if not long or left < SHORT:
        return list(asked)
    return [each if each <= SHORT else left * each / long for each in asked]


def table(shape: Table, width: float, height: float) -> list[Primitive]:
    """Rows with a quiet line below each."""
    made = fitted(shape, width, height)
    found: list[Primitive] = []
    y = 0.0
    for row, (cells, high) in enumerate(zip(made.cells, made.heights, strict=True)):
        x = 0.0
        for lines, wide in zip(cells, made.widths, strict=True):
            top = y + (high - len(lines) * made.size * LINE_HEIGHT) / 2
            ink = INK if row else MUTED
            found.append(paragraph(x + PADDING / 2, top, lines, made.size, ink, bold=not row))
            x += wide
        y += high
        found.append(Stroke([(0, y), (width, y)], LINE if row else MUTED, 0.8))
    return found


def matrix(shape: Matrix, width: float, height: float) -> list[Primitive]:
    """Rows × marked columns, signs on the ground of their role, upright names where flat ones have no room; the legend below."""
    shape = shape.marked
    legend = wrapped("　".join(f"{s} {w}" for s, w, _role in shape.legend), LEAST, width * RESERVE)
    below = len(legend) * LEAST * LINE_HEIGHT + 8
    names = max(width_of(name, LEAST) for name in (*shape.rows, shape.corner)) + 10
    names = min(names, width * 0.4)
    wide = min((width - names) / max(len(shape.columns), 1), 76.0)
    found, top = _heads(shape.columns, names, wide)
    room = height - top - below
    if room / max(len(shape.rows), 1) < LEAST + 2:
        # A row without any mark says the same as all the others of its kind.
        kept = sorted({row for row, _column in shape.cells})
        left = len(shape.rows) - len(kept)
        legend.append(f"未画出的{left}行：各格{shape.open_words}")
        cells = {(kept.index(row), at): mark for (row, at), mark in shape.cells.items()}
        shape = replace(shape, rows=[shape.rows[row] for row in kept], cells=cells)
        room -= LEAST * LINE_HEIGHT
    high = min(room / max(len(shape.rows), 1), MATRIX_ROW)
    for row, name in enumerate(shape.rows):
        y = top + row * high
        lines = wrapped(name, LEAST, names)
        found.append(Words(0, y + high / 2, lines[:1], LEAST, INK))
        for column in range(len(shape.columns)):
            mark, x = shape.cells.get((row, column)), names + column * wide
            ground = palette.colour(mark.role) if mark else palette.colour("open")
            words = f"{name} × {shape.columns[column]} {mark.words if mark else shape.open_words}"
            found.append(Area(box(x, y, wide, high), ground, LINE, 0.8, words))
            if mark:
                ink = palette.ink(mark.role)
                found.append(Words(x + wide / 2, y + high / 2, [mark.sign], LEAST, ink, MIDDLE))
    found.append(paragraph(0, top + high * len(shape.rows) + 6, legend, LEAST, MUTED))
    return found


def _heads(columns: Sequence[str], left: float, wide: float) -> tuple[list[Primitive], float]:
    """The names above columns, a character below the other where one beside the other has no room; and how high they stand."""
    flat = all(width_of(name, LEAST) + 4 <= wide for name in columns)
    lines = [[name] if flat else list(name) for name in columns]
    top = max((len(each) for each in lines), default=1) * UPRIGHT_LINE * 1.14 + 6
    found: list[Primitive] = []
    for index, each in enumerate(lines):
        # The last character stands right above its column.
        y = top - 4 - len(each) * LEAST * LINE_HEIGHT + LEAST * 0.625
        found.append(Words(left + (index + 0.5) * wide, y, each, LEAST, INK, MIDDLE))
    return found, top


def grid(shape: Grid, width: float, height: float) -> list[Primitive]:
    """Fields in the colour of their role, their words where all have room; long grids stand in parts beside each other."""
    rows = list(dict.fromkeys(cell.row for cell in shape.cells))
    columns = list(dict.fromkeys(cell.column for cell in shape.cells))
    at = {(cell.row, cell.column): cell for cell in shape.cells}
    names = max(width_of(name, LEAST) for name in rows) + 8
    upright = _heads(columns, 0, 0)[1]
    room = max(int((height - upright - 30) / GRID_ROW), 1)
    parts = -(-len(rows) // room)
    each, gap = -(-len(rows) // parts), 18.0
    wide = (width - gap * (parts - 1)) / parts - names
    wide = min(wide / len(columns), 120.0)
    worded = all(width_of(cell.words, LEAST) + 2 <= wide for cell in shape.cells)
    found: list[Primitive] = []
    for part in range(parts):
        x = part * (names + wide * len(columns) + gap)
        heads, top = _heads(columns, x + names, wide)
        found += heads
        for place, name in enumerate(rows[part * each : (part + 1) * each]):
            y = top + place * GRID_ROW
            found.append(Words(x + names - 6, y + GRID_ROW / 2, [name], LEAST, INK, RIGHT))
            for index, column in enumerate(columns):
                if (cell := at.get((name, column))) is None:
                    continue
                left, ground = x + names + index * wide, palette.colour(cell.role)
                words = f"{name} {column} {cell.words}"
                found.append(Area(box(left, y, wide, GRID_ROW), ground, LINE, 0.8, words))
                if worded:
                    middle, ink = left + wide / 2, palette.ink(cell.role)
                    found.append(Words(middle, y + GRID_ROW / 2, [cell.words], LEAST, ink, MIDDLE))
    y = top + each * GRID_ROW + 16
    return found + legend([(words, role) for words, role in shape.legend], 0, y)


def legend(entries: Sequence[tuple[str, str]], x: float, y: float) -> list[Primitive]:
    """Words beside the colour of their role, in one line."""
    found: list[Primitive] = []
    for words, role in entries:
        found += [
            Area(box(x, y - 6, 12, 12), palette.colour(role), MUTED, 0.6),
            Words(x + 18, y, [words], LEAST, INK),
        ]
        x += width_of(words, LEAST) + 40
    return found
