"""Which release a visitor sees: `?release=`, else the active one, the same for a whole run and for what is folded out later."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from eldercare import releases, store
from eldercare.text import plain

log = logging.getLogger(__name__)
# What was written in the server's log already.
_said: set[str] = set()
_PINNED = "served_release"
_NOW = "当前版本"


def _pinned() -> str | None:
    """The release this visitor's page was drawn with; None outside a visit."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get(_PINNED)


store.choose_with(_pinned)


def begin() -> None:
    """At the start of each run: decide on the release and keep to it until the next run, in fragments too."""
    words = asked = st.query_params.get("release", "")
    live = _is_repository(asked)
    unknown = asked not in ("", _NOW) and not live and _found(asked) is None
    known = releases.listed()
    if known:
        # The label stands in the URL, so it is the id and nothing else; 50 are enough to choose from.
        options = [_NOW, *dict.fromkeys(release.short for release in known[:50])]
        if asked and asked not in options and not unknown:
            options.append(asked)
        asked = st.sidebar.selectbox(
            "数据版本", options, key="release", bind="query-params", placeholder="选择版本"
        )
    now = releases.active_id() or store.LIVE
    chosen = _found(asked)
    st.session_state[_PINNED] = chosen.id if chosen else store.LIVE if live else now
    st.session_state["unknown_release"] = words if unknown else ""
    store.current().refresh()


def mark() -> None:
    """A visible line above the page when it does not show the active release."""
    if fault := releases.pointer_fault():
        if fault not in _said:
            _said.add(fault)
            log.error(fault)
        st.error(plain(fault), icon=":material/error:")
    shown, now = st.session_state.get(_PINNED), releases.active_id() or store.LIVE
    if st.session_state.get("unknown_release"):
        st.warning(
            "没有版本“{id}”，显示的是当前版本。".format(
                id=plain(st.session_state["unknown_release"])
            )
        )
    if shown and shown != now:
        release = releases.read(shown)
        words = "正在查看旧版本 **{id}**（{version}，{day}，{reason}），只读；不是当前数据。把左侧“数据版本”选回“当前版本”即可返回。"
        st.warning(
            words.format(
                id=release.short,
                version=plain(release.version),
                day=release.created[:10],
                reason=plain(release.reason),
            ),
            icon=":material/history:",
        )


def _is_repository(words: str) -> bool:
    """Whether an address names the repository's own data by the hash of its contents, as a deck made without releases does."""
    if len(words) < 8 or words == _NOW:
        return False
    return str(store.of(store.LIVE).ask("release")["content_hash"].iloc[0]).startswith(words)


def _found(words: str | None) -> releases.Release | None:
    try:
        return releases.find(words or "")
    except KeyError:
        return None
