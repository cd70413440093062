"""The page of pairs: the dossier of what was chosen, and the one more exhibit that a reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.exhibits import cooperation as findings
from eldercare.exhibits import cooperation_tables as tables
from eldercare.exhibits import dossier as words
from eldercare.figures import cooperation as drawn
from eldercare.screen import blocks
from eldercare.text import plain


def dossier(chosen: pd.DataFrame, places: pd.DataFrame, as_of: date) -> None:
    """All that is known of a pair or of one place (rows of `profile_places`): cards, its agreements, what is open, what sources say."""
    codes, names = chosen["place_code"].tolist(), " × ".join(chosen["label"])
    records = store.ask("agreements_of_places", places=codes, together=True, as_of=as_of)
    found = records["agreement_id"].tolist()
    unsettled, known = (
        store.ask("open_questions", agreements=found, as_of=as_of),
        store.ask("place_status", places=codes),
    )
    moves, place = (
        store.ask("latest_moves", places=codes, as_of=as_of),
        findings.alone(places, codes),
    )
    blocks.cards(words.cards(records, unsettled, moves, place))
    if found:
        with st.container(key="pair_dossier"):
            st.subheader(plain(words.title(names, records, place)), anchor=False)
            for agreement, part in words.apart(
                store.ask("agreement_detail", agreements=found, as_of=as_of)
            ):
                blocks.exhibit(
                    f"dossier_{agreement}", part, None, words.agreement(part), tables.DOSSIER
                )
        blocks.exhibit(
            "pair_questions", unsettled, None, words.questions(unsettled), tables.QUESTIONS
        )
    if len(known):
        blocks.exhibit(
            "pair_places", known, None, f"{names}：公开来源里的情况", tables.PLACE_STATUS
        )


def named(as_of: date) -> None:
    """How many are announced and how many are known by name."""
    rows = store.ask("named_counts", as_of=as_of)
    blocks.exhibit(
        "named_counts",
        rows,
        drawn.known_by_name(rows),
        findings.named(rows),
        tables.NAMED,
        tables.UNDER_NAMED,
    )


def quiet(scope: str, everywhere: bool, narrowed: Mapping[str, Any]) -> None:
    """Which agreements sources have been silent about for 24 months."""
    rows = store.ask("agreements_quiet", everywhere=everywhere, **narrowed)
    blocks.exhibit(
        "agreements_quiet",
        rows,
        None,
        scope + findings.quiet(rows),
        tables.QUIET,
        tables.UNDER_QUIET,
    )


def exchange() -> None:
    """What each side gives and gets, where a source says so."""
    rows = store.ask("gives_receives")
    blocks.exhibit(
        "gives_receives",
        rows,
        None,
        findings.exchange(rows),
        tables.EXCHANGE,
        tables.UNDER_EXCHANGE,
    )


def insurance() -> None:
    """Where long-term care insurance may be used elsewhere, and what was settled."""
    routes, settled = store.ask("portability_routes"), store.ask("settled_cases")
    blocks.exhibit(
        "portability_routes",
        routes,
        None,
        findings.portability(routes),
        tables.PORTABILITY,
        tables.UNDER_PORTABILITY,
    )
    blocks.exhibit(
        "settled_cases",
        settled,
        None,
        findings.settled(settled),
        tables.SETTLED,
        empty=tables.NO_SETTLED,
    )
