"""Nothing is told by colour alone: in every drawing of every page and deck, what differs in colour differs in something else too."""

import re
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from test_measures import ALL_STATUSES, luminance

from eldercare.sentences import pages

# Addresses whose drawings differ from those of the bare pages.
SPECIAL = {
    "situation/city.py": [{"place": "上海市"}, {"place": "苏州市"}],
    "institutions/compare.py": [{"institutions": ["A", "B"]}],
    "tasks/progress.py": [{"tasks_view": "按单位"}],
    "cooperation/pairing.py": [{"pairing_part": "提供与获得"}],
}
# Areas that differ this much in lightness are told apart in a grey print: classes of a map stand side by side in its legend,
# bars do not.
APART = {"square": 1.15, "area": 1.15, "bar": 3}
SIGNS = {status.shape for status in ALL_STATUSES}


def several(value, count):
    """One value for each mark, whether it is given once or one by one."""
    if value is None or isinstance(value, str | int | float):
        return [value] * count
    return [*value, *[None] * (count - len(value))]


def looks(trace):
    """Each mark that is drawn: kind, colour, what else tells it, and whether words stand at it."""
    count = len(trace.x) if trace.x is not None else 0
    words = several(trace.text, count)
    if [*(trace.x if trace.x is not None else [])] == [None]:
        # An entry of the legend alone: its words may carry the sign that stands on the map.
        words = [(trace.name or " ")[0] in SIGNS]
    if trace.type == "bar":
        hatch = several(trace.marker.pattern.shape, count)
        for colour, sign, word in zip(
            several(trace.marker.color, count), hatch, words, strict=True
        ):
            yield "bar", colour, sign or "", bool(word)
        return
    if trace.fill == "toself":
        yield "area", trace.fillcolor, trace.fillpattern.shape or "", False
    mode = trace.mode or "lines+markers"
    if "lines" in mode and trace.fill in (None, "none") and trace.line.width != 0:
        yield "line", trace.line.color, trace.line.dash or "solid", any(words)
    if "markers" in mode:
        colours = several(
            trace.marker.color if trace.marker.color is not None else trace.marker.line.color, count
        )
        rims = several(trace.marker.line.color, count)
        heights = trace.y if trace.y is not None else []
        for colour, rim, sign, word, y in zip(
            colours, rims, several(trace.marker.symbol, count), words, heights, strict=True
        ):
            if not word and (y is None or y != y) and len(heights) > 1:
                continue
            yield "point", rim if colour is None else colour, sign or "circle", bool(word)


def grey(colour):
    """Lightness of `#rrggbb` or `rgba(…)` on white."""
    if colour.startswith("#"):
        return luminance(colour)
    red, green, blue, *rest = map(float, re.findall(r"[\d.]+", colour))
    opacity = rest[0] if rest else 1
    return luminance(
        "#" + "".join(f"{round(255 - (255 - part) * opacity):02x}" for part in (red, green, blue))
    )


def told_by_colour_alone(figure):
    """Pairs of colours that nothing but the colour tells apart: no shape, no dash, no hatching, no words, and as light in grey."""
    found = set()
    by_kind = defaultdict(set)
    # On a map with signs the words of each area carry its own.
    signed = any(
        sign in word
        for trace in figure.data
        for word in np.ravel(trace.text if trace.text is not None else [])
        for sign in SIGNS
    )
    for trace in figure.data:
        # On an axis of names each bar or point has its name beside it, when a trace holds one for each name.
        named = trace.type == "bar" or any(
            isinstance(value, str) for value in np.ravel(trace.y if trace.y is not None else [])
        )
        own = {(kind, colour, sign, word) for kind, colour, sign, word in looks(trace)}
        colours = {colour for _kind, colour, _sign, _word in own}
        for kind, colour, sign, word in own:
            by_kind[kind, trace.xaxis, sign].add((colour, word or (named and len(colours) > 1)))
    for (kind, _axis, sign), marks in by_kind.items():
        for (one, worded), (other, other_worded) in combinations(sorted(marks, key=str), 2):
            if kind == "area" and signed:
                continue
            if one == other or (worded and other_worded) or not one or not other:
                continue
            light, dark = sorted((grey(one), grey(other)), reverse=True)
            if (light + 0.05) / (dark + 0.05) >= APART.get(sign or kind, 100):
                continue
            found.add((kind, sign, one, other))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("script", pages.FILTERS)
def test_nothing_on_a_page_is_told_by_colour_alone(script):
    found = {}
    for query in [{}, *SPECIAL.get(script, [])]:
        for drawn in pages.exhibits(script, query):
            for view, figure in drawn.figures.items():
                if alone := told_by_colour_alone(figure):
                    found[drawn.key, view] = alone
    assert found == {}
