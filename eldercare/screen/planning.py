"""The widgets of the planning page: migration, year, standard and beds of a scenario, all of them in the address, checked in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.exhibits.projection import plan
from eldercare.exhibits.projection.known import NAMES
from eldercare.exhibits.projection.plan import Impossible, Plan
from eldercare.screen import filters
from eldercare.talks import decks
from eldercare.text import plain

STANDARD, OWN = "每千名60岁及以上多少张", "现有床位（可不填）"
RATES = "一个数：每千名60岁及以上常住人口多少张床位；或三个使用率，用“/”分开：60—69岁/70—79岁/80岁及以上每千人多少张"
ENTERED = "不填则用公开资料里定义与地方都相同的最新的数；填了写明“用户输入”，记在链接里"
SAME, TALK = "乙：同一地区", "放进演示"


def places() -> pd.DataFrame:
    """Places that may be projected: the delta, provinces, cities and Shanghai's districts."""
    known = store.ask("profile_places")
    return known[known["level"] != "county"]


def migration(key: str) -> str:
    """The code of the migration that goes on."""
    codes = {name: code for code, name in NAMES.items()}
    return codes[filters.one_of("迁移", key, list(codes))]


def chosen(prefix: str, way: str) -> Plan:
    """Year, definition of beds, base, standard and own beds, in a row; what cannot be reckoned with is said and left out."""
    columns = st.columns([1.75, 2, 0.85, 1.35, 1.1], vertical_alignment="bottom", gap="small")
    with columns[0]:
        years = [str(year) for year in plan.YEARS]
        year = int(filters.one_of("年份", f"{prefix}_year", years, str(Plan.year)))
    codes = {words: code for code, words in plan.BED_WORDS.items()}
    with columns[1]:
        beds = codes[filters.one_of("床位口径", f"{prefix}_beds", list(codes))]
    with columns[2]:
        base = filters.one_of("标准的人口口径", f"{prefix}_base", [plan.RESIDENT, plan.REGISTERED])
    with columns[3]:
        rates = _typed(STANDARD, f"{prefix}_standard", "40 或 5/20/90", RATES)
    with columns[4]:
        own = _typed(OWN, f"{prefix}_own", "1.2万", ENTERED)
    return Plan(way, year, _read(plan.standard, rates) or (), beds, _read(plan.owned, own), base)


def other(prefix: str, known: pd.DataFrame, code: str, way: str) -> tuple[str, Plan]:
    """A second scenario with a place of its own; the same place unless one is chosen."""
    label = st.selectbox(
        "乙的地区",
        known["label"],
        index=None,
        key=f"{prefix}_place",
        bind="query-params",
        placeholder=SAME,
        label_visibility="collapsed",
        width=330,
    )
    own = known.set_index("label")["place_code"].get(label, code)
    return own, chosen(prefix, way)


def talk(name: str, places_: Sequence[str], plans: Sequence[Plan]) -> dict[str, str]:
    """The way to a deck of this one exhibit with what was chosen; none while nothing is reckoned."""
    if any(not each.rates or each.base != plan.RESIDENT for each in plans):
        return {}
    item = decks.Item(name, tuple(places_), tuple(plans))
    return {TALK: f"present?{urlencode({'deck': decks.Deck(decks.OWN, chosen=(item,)).words})}"}


def _typed(label: str, key: str, placeholder: str, help_: str) -> str:
    return (
        st.text_input(
            label, key=key, bind="query-params", placeholder=placeholder, help=help_, max_chars=40
        )
        or ""
    )


def _read(reader: Callable[[str], Any], words: str) -> Any:
    """What was typed as a value; None, and a sentence, where it is none."""
    try:
        return reader(words)
    except Impossible as fault:
        st.warning(plain(str(fault)))
        return None
