"""Lists of which a page shows a part: a head of their table sorts all of their rows, not only those shown.

Tables that are shown whole are sorted in the browser (`sorting.js`). Both read the same words of the address:
`?order=KEY.heading`, with a "-" before the heading from the highest or newest down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.measures import missing

# Columns of words, and those that hold what the words say.
VALUES = {
    "called": "name",
    "day": "date",
    "published_words": "published",
    "value_words": "value",
    "price_words": "price_low",
    "rests": "total",
}
# What a question says where there is nothing: last, whichever way the list goes.
NOTHING = {"", "—", "／", "未载", "公开资料未载"}


def part(
    key: str,
    columns: Mapping[str, str],
    ask: Callable[[int, int], pd.DataFrame],
    total: int,
    start: int,
    count: int,
) -> pd.DataFrame:
    """`count` rows from `start` on, in the order that the address asks for; `ask(count, start)` reads rows of the list as it stands."""
    order = asked(key, columns)
    if order is None:
        return ask(count, start)
    return in_order(ask(total, 0), *order).iloc[start : start + count]


def asked(key: str, columns: Mapping[str, str]) -> tuple[str, bool] | None:
    """The column that `?order=` names for this exhibit, and whether it goes down; None for no order or nonsense."""
    owner, _dot, heading = st.query_params.get("order", "").partition(".")
    headings = {words: column for column, words in columns.items()}
    column = headings.get(heading.removeprefix("-")) if owner == key else None
    return None if column is None else (column, heading.startswith("-"))


def in_order(rows: pd.DataFrame, column: str, down: bool) -> pd.DataFrame:
    """The rows by the true values of a column, words as they are spoken; what is missing comes last, equals stay as they stood."""
    value = VALUES.get(column, column)
    values = rows[value if value in rows else column].reset_index(drop=True)
    if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_datetime64_any_dtype(
        values
    ):
        values = _spoken(values)
    places = values.sort_values(ascending=not down, na_position="last", kind="stable").index
    return rows.iloc[places]


def _spoken(values: pd.Series) -> pd.Series:
    words = [None if _is_nothing(word) else str(word) for word in values]
    known = store.ask("words_in_order", texts=sorted({word for word in words if word}))
    place = dict(zip(known["word"], known["place"], strict=True))
    return pd.Series([place.get(word) for word in words], dtype="float64")


def _is_nothing(word: Any) -> bool:
    return missing(word) or str(word).strip() in NOTHING
