"""Labels on a map that do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence


def fitted(
    spots: Sequence[tuple[float, float]],
    words: Sequence[str],
    weights: Sequence[float],
    letter: float,
) -> list[str]:
    """Of each label (name, line break, value) what has room: first the names, the heavier before the lighter, then the values that fit.

    `spots` are the middles in pixels, `letter` is the size of a character in pixels. What is left out reads "":
    it stands in the hover, the table and the tile grid.
    """
    shown, taken = [""] * len(words), {}
    order = sorted(range(len(words)), key=lambda index: -weights[index])
    for count in (1, 2):
        for index in order:
            lines = words[index].split("\n")[:count]
            # A digit is little more than half as wide as a Chinese character.
            wide = letter / 2 * max(len(lines[0]), 0.6 * len(lines[-1]))
            high = letter * 0.62 * count
            x, y = spots[index]
            box = (x - wide, y - high, x + wide, y + high)
            others = [other for place, other in taken.items() if place != index]
            if all(
                box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1] for o in others
            ):
                shown[index], taken[index] = "\n".join(lines), box
    return shown
