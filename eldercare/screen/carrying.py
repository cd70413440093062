"""What goes along from page to page: the chosen place, the shared filters, and what a page was left with.

The address of a page is its whole state. Whoever comes by the menu brings none, so it is completed before
the page is drawn; an address that asks for something of its own (a link, Back, a bookmark) is heeded as it stands.
"""

from __future__ import annotations

import re

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from eldercare import store

Address = dict[str, list[str]]

# One choice, said in two ways: `place=code`, any place, and `cities=names`, some of the 41 cities.
PLACE, CITIES = "place", "cities"
# Pages with a filter of several cities; every other page says the choice as one place.
BY_CITIES = {"institutions", "pairing", "sojourn", "timeline", "coverage"}
# A deck about one place says the choice too, and is made anew from it.
DECK = re.compile(r"(?:region|(?:province|city):(\d{6}))(?:;tiles)?")
# Filters that mean the same on every page.
SHARED = ("platform", "demo", "as_of")
# Boxes of the frame itself: Streamlit keeps them.
OF_FRAME = ("search", "elder", "release")
NOT_OWN = {PLACE, CITIES, *SHARED, *OF_FRAME}


def carry(page: str) -> None:
    """Call before a page runs: completes its address when it was just opened, and learns which place is chosen."""
    before = st.session_state.get("page_shown")
    st.session_state["page_shown"] = page
    asked = _address()
    if before == page:
        _heed(CITIES if page in BY_CITIES else PLACE, asked)
        return
    named = _named_place(asked)
    if named or CITIES in asked:
        by_cities = page in BY_CITIES if named and CITIES in asked else CITIES in asked
        _heed(CITIES if by_cities else PLACE, asked)
    if before is not None:
        # What was looked for is found or given up: its hits do not stay above the next page, but Back finds them.
        st.session_state["search"] = asked.get("search", [""])[0] if _through_history() else ""
    _complete(page, asked)


def remember(page: str) -> None:
    """Call after a page ran: what it is left with is what the menu brings back."""
    address = _address()
    kept = st.session_state.setdefault("pages_left", {})
    kept[page] = {
        name: words
        for name, words in address.items()
        if name not in NOT_OWN and not (name == "deck" and DECK.fullmatch(words[0]))
    }
    kept[""] = {name: words for name, words in address.items() if name in SHARED}


def chosen_place() -> str:
    """The code of the chosen place, "" for none."""
    return st.session_state.get("chosen_place", "")


def _address() -> Address:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _complete(page: str, asked: Address) -> None:
    """What the address lacks is added, and what another page would say in its place is taken away."""
    kept = st.session_state.get("pages_left", {})
    bare = not asked.keys() - NOT_OWN
    wanted = {**kept.get("", {}), **(kept.get(page, {}) if bare else {}), **asked}
    own, other = (CITIES, PLACE) if page in BY_CITIES else (PLACE, CITIES)
    said = _chosen_cities() if own == CITIES else [chosen_place()] * bool(chosen_place())
    if said and own not in asked:
        wanted[own] = said
    if said and other in wanted:
        del wanted[other]
    # A box keeps its value from page to page by itself; the address alone decides.
    for name in NOT_OWN - set(OF_FRAME) | kept.get(page, {}).keys():
        st.session_state.pop(name, None)
    if wanted != asked or _through_history():
        for name in asked.keys() - wanted.keys():
            del st.query_params[name]
        st.query_params.update(
            {name: words for name, words in wanted.items() if words != asked.get(name)}
        )
        # Once more as an address that was opened: what history restores would set aside what pages decide by themselves.
        st.rerun()


def _heed(said: str, asked: Address) -> None:
    """A choice that is new in the address becomes the choice of all pages."""
    known = store.ask("cities")
    if said == CITIES:
        chosen = [words for words in asked.get(CITIES, []) if words in set(known["label"])]
        if chosen != _chosen_cities():
            st.session_state["chosen_cities"] = chosen
            first = known[known["label"].isin(chosen[:1])]["place_code"]
            st.session_state["chosen_place"] = first.iloc[0] if len(first) else ""
        return
    found = store.ask("place_called", name=_named_place(asked))
    if len(found) and found["place_code"].iloc[0] != chosen_place():
        st.session_state["chosen_place"] = found["place_code"].iloc[0]
        around = known[known["place_code"] == found["city_code"].iloc[0]]
        st.session_state["chosen_cities"] = around["label"].tolist()


def _named_place(asked: Address) -> str:
    deck = DECK.fullmatch(asked.get("deck", [""])[0])
    return asked.get(PLACE, [""])[0] or (deck[1] or "" if deck else "")


def _chosen_cities() -> list[str]:
    return st.session_state.get("chosen_cities", [])


def _through_history() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation
