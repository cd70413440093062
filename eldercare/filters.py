"""The widgets that filter: fixed keys, their state in the URL, their words in Chinese.

The same key means the same filter on every page. The label of an option is what stands in the URL,
so labels are public and unique.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.text import _


def places(level: str) -> pd.DataFrame:
    """Places of one level inside the delta in house order: place_code, label, short_name, parent_code."""
    return store.ask("places_of_level", level=level)


def cities() -> list[str]:
    """Codes of the chosen cities; nothing chosen means all 41."""
    known = store.ask("cities")
    chosen = st.multiselect(_("城市"), known["label"].tolist(), key="cities", bind="query-params", placeholder=_("全部41个城市"))
    return known[known["label"].isin(chosen)]["place_code"].tolist() if chosen else known["place_code"].tolist()


def as_of() -> date:
    """The date that time statuses are computed against: `?as_of=`, else the data's own date."""
    own = store.ask("release")["as_of"].iloc[0].date()
    try:
        return date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return own


def one_of(label: str, key: str, options: list[str], default: str | None = None) -> str:
    """A choice of one among a few, in a row; the first (or `default`) unless the URL says otherwise."""
    return st.segmented_control(
        label, options, default=default or options[0], key=key, bind="query-params", required=True, label_visibility="collapsed"
    )


def place_with_data(known: pd.DataFrame, key: str) -> pd.Series:
    """One place among those that have data (label, place_code, short_name, claims); the one with most by default."""
    labels = known["label"].tolist()
    richest = int(known["claims"].to_numpy().argmax())
    chosen = st.selectbox(
        _("地区"), labels, index=richest, key=key, bind="query-params", placeholder=_("选择地区"), label_visibility="collapsed"
    )
    return known.iloc[labels.index(chosen)]


def agreement(cells: pd.DataFrame, event: Any) -> str | None:
    """The agreement to show in full: the cell that was clicked, or the same choice by keyboard."""
    labels = {
        f"{row.district_name}×{row.partner_name} {row.title}": row.agreement_id
        for row in cells.drop_duplicates("agreement_id").itertuples()
    }
    clicked = [point.get("customdata") for point in event.selection.points] if event else []
    if clicked:
        district, partner = str(clicked[0] if isinstance(clicked[0], str) else clicked[0][0]).split("|")
        found = cells[(cells["district_code"] == district) & (cells["partner_code"] == partner)]
        if not found.empty:
            return found["agreement_id"].iloc[0]
    chosen = st.selectbox(
        _("查看一份协议（也可点选上图的格子）"), list(labels), index=None, key="pairing_agreement", placeholder=_("选择协议")
    )
    return labels.get(chosen)
