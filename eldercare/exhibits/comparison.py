"""The grammar of comparing: value, rank, distance to province and delta, and a trend only where one can be judged.

A distance between rates is in percentage points, and the rates of province and delta are quotients of
sums, never averages. A row is one of `itertuples` on the question `place_standing`. Whether more is
better comes from the indicator dictionary (`polarity`); without a direction words say higher or lower.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits.claims import peers_words
from eldercare.measures import missing, number

# A direction needs at least this many comparable points.
POINTS_FOR_A_TREND = 3


def rank_words(row: Any) -> str:
    """第34/41位, from the highest; empty for a place without peers."""
    if missing(row.rank) or int(row.ranked) < 2:
        return ""
    return f"第{int(row.rank)}/{int(row.ranked)}位"


def rank_among(row: Any) -> str:
    """41个城市中第34位; empty for a place without peers."""
    return (
        f"{peers_words(row.peers, int(row.ranked))}中第{int(row.rank)}位" if rank_words(row) else ""
    )


def value_words(value: Any, unit: str) -> str:
    """A rate with two digits, a change with its sign."""
    if missing(value):
        return "未载"
    if unit == "个百分点":
        return f"{value:+.2f}{unit}"
    return f"{value:.2f}%" if unit == "%" else f"{number(value, 2)}{unit}"


def distance(value: Any, other: Any, name: str, unit: str, polarity: str = "none") -> str:
    """比江苏低4.87个百分点; with a direction 优于 or 不及. Empty when one of the two is unknown."""
    if missing(value) or missing(other):
        return ""
    # Of the values as they stand there, so that a reader who subtracts finds the same.
    gap = round(float(value), 2) - round(float(other), 2)
    unit = "个百分点" if unit == "%" else unit
    if f"{abs(gap):.2f}" == "0.00":
        return f"与{name}持平"
    if polarity == "none":
        word = "比{name}高{gap}{unit}" if gap > 0 else "比{name}低{gap}{unit}"
    else:
        word = (
            "优于{name}{gap}{unit}"
            if (gap > 0) == (polarity == "higher")
            else "不及{name}{gap}{unit}"
        )
    return word.format(name=name, gap=f"{abs(gap):.2f}", unit=unit)


def distances(row: Any) -> list[str]:
    """Distance to the province and to the delta, those that exist."""
    unit = row.unit
    found = [
        distance(row.value, row.province_value, row.province_name, unit, row.polarity),
        distance(row.value, row.delta_value, "长三角", unit, row.polarity),
    ]
    return [words for words in found if words]


def standing(row: Any, nearest: bool = True) -> str:
    """16.96%，41个城市中第34位，比江苏低4.87个百分点，比长三角低3.39个百分点; the province is left out unless `nearest`."""
    return "，".join(
        filter(
            None,
            [
                value_words(row.value, row.unit),
                rank_among(row),
                *(distances(row) if nearest else distances(row)[-1:]),
            ],
        )
    )


def trend(rows: pd.DataFrame) -> str:
    """The direction of the longest comparable series: only with three points or more, only where all steps agree.

    `rows` has series, date and value; points of different series are never compared, nor targets and what is derived (`kind`).
    """
    rows = rows[rows["kind"] == "actual"] if "kind" in rows else rows
    known = rows.dropna(subset=["value", "date"]).drop_duplicates(["series", "date"])
    counts = known["series"].value_counts()
    if counts.empty or counts.iloc[0] < POINTS_FOR_A_TREND:
        return f"可比的数字不足{POINTS_FOR_A_TREND}个，不判断趋势"
    part = known[known["series"] == counts.index[0]].sort_values("date")
    steps = part["value"].diff().dropna()
    words = "逐次上升" if (steps > 0).all() else "逐次下降" if (steps < 0).all() else "有升有降"
    if (steps == 0).all():
        words = "没有变化"
    # Of several series the one that is judged is named.
    named = (
        part["legend"].iloc[0].split("（")[0]
        if "legend" in part and rows["legend"].nunique() > 1
        else ""
    )
    return f"{named}{len(part)}个可比的数字{words}"
