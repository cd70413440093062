"""Pages of A4 that stand on the screen unseen and are all that is printed: a place, a comparison, the tasks of a unit."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence

import pandas as pd

from eldercare.exhibits.place_sheet import Sheet
from eldercare.faces import markup
from eldercare.measures import PRIMARY, SEQUENCE, missing

WIDTH, HEIGHT = 270, 170
PYRAMID = "男｜女　柱：2020年（深色60岁及以上）　线：2010年"
TASK, ANSWER = (
    [("任务与措施", 31), ("角色、牵头", 13), ("时限、状态、上次反馈", 20)],
    [("进展", 13), ("存在问题", 11.5), ("下一步", 11.5)],
)


def place(sheet: Sheet) -> str:
    """All that is known of one place on a page."""
    return markup.render(
        "place_sheet.html",
        title=sheet.title,
        cards=sheet.cards,
        pyramid=as_image(pyramid(sheet.ages)),
        pyramid_words=PYRAMID,
        headings=list(sheet.standings.columns),
        rows=sheet.standings.values.tolist(),
        lists=sheet.lists,
        foot=sheet.notes,
        sources=sheet.sources,
    )


def comparison(
    title: str, table: pd.DataFrame, headings: Mapping[str, str], foot: Sequence[str], mark: str
) -> str:
    """`table` has a line an item, `headings` its columns with their words; `mark` is stamped beside the title where there is one."""
    between = len(headings) - 2
    return markup.render(
        "comparison_sheet.html",
        title=title,
        widths=[14, *[70 / between] * between, 16],
        headings=headings.values(),
        rows=table[list(headings)].values.tolist(),
        foot=foot,
        mark=mark,
    )


def unit(title: str, rows: pd.DataFrame, foot: Sequence[str]) -> str:
    """`rows` are the tasks of the unit with their words, those it leads first; `foot` says date, version and sources.

    What the unit is to fill in is left blank. Nobody outside the delta is asked: their list stands as its source has it.
    """
    asked = bool(rows["in_delta"].any())
    read = [(words, width) for (words, _), width in zip(TASK, (60, 20, 20), strict=True)]
    tasks = [
        {**task, "said": [] if missing(task["self_text"]) else task["self_text"].split("\n")}
        for task in rows.to_dict("records")
    ]
    heads = TASK + ANSWER if asked else read
    return markup.render(
        "unit_sheet.html", title=title, heads=heads, tasks=tasks, asked=asked, foot=foot
    )


def pyramid(rows: pd.DataFrame) -> str:
    """A drawing as SVG: bars of 2020 and the outline of 2010 as shares of the population; "" without age groups."""
    if rows.empty:
        return ""
    groups = sorted(set(rows["age_from"]))
    step = (HEIGHT - 18) / len(groups)
    scale = (WIDTH / 2 - 24) / float(rows[["male_share", "female_share"]].to_numpy().max())
    middle, bars, outlines = WIDTH / 2 + 12, [], []
    for sex, sign in (("male", -1), ("female", 1)):
        outline = []
        for row in rows.itertuples():
            length = getattr(row, f"{sex}_share") * scale
            top = HEIGHT - 4 - step * (groups.index(row.age_from) + 1)
            if row.year == 2020:
                fill = PRIMARY if row.age_from >= 60 else SEQUENCE[2]
                bars.append((min(middle, middle + sign * length), top, length, step - 1, fill))
            else:
                outline += [(middle + sign * length, y) for y in (top + step, top)]
        outlines.append(outline)
    return markup.render(
        "pyramid.svg",
        width=WIDTH,
        height=HEIGHT,
        middle=middle,
        bars=bars,
        outlines=outlines,
        labels=[(age, HEIGHT - 5 - step * n) for n, age in enumerate(groups) if n % 4 == 0],
        words=PYRAMID,
    )


def as_image(drawing: str) -> str:
    """The address of a drawing. Streamlit takes bare SVG out of a page; as an image it stays."""
    if not drawing:
        return ""
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
