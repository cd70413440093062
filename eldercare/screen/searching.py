"""The site search: what the data holds under some words, and what of it can be downloaded."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.measures import missing, number
from eldercare.opendata import listing
from eldercare.text import plain

# Hits of a kind that are shown.
HITS = 8


def box(place: Any) -> None:
    """The site search: one box, hits by kind, above the page while something is typed."""
    words = place.text_input(
        "搜索",
        key="search",
        bind="query-params",
        placeholder="搜索地区、机构、文件…",
        label_visibility="collapsed",
        max_chars=40,
    )
    if not (words or "").strip():
        return
    hits = _hits(words.strip())
    with st.container(border=True, key="search_results"):
        st.markdown(f"**搜索“{plain(words)}”**：找到{number(hits['of_all'].sum())}条")
        if hits.empty:
            st.caption(
                "没有找到。可以换个简称或拼音，例如“南通”“nt”“红政办函”；几个词用空格分开，都要有才算找到。"
            )
        for kind, part in hits.groupby("kind", sort=False):
            all_of_kind = part["of_kind"].iloc[0]
            shown = "共{all}条，显示前{n}条" if all_of_kind > len(part) else "共{all}条"
            titles = [
                plain(r.title) if missing(r.link) else f"[{plain(r.title)}]({r.link})"
                for r in part.itertuples()
            ]
            details = [
                f" :gray[{plain(detail[:80])}]" if detail else "" for detail in part["detail"]
            ]
            lines = [f"- {title}{detail}" for title, detail in zip(titles, details, strict=True)]
            st.markdown(
                f"**{kind}**：{shown.format(all=number(all_of_kind), n=len(part))}\n"
                + "\n".join(lines)
            )


def _hits(words: str) -> pd.DataFrame:
    """What the site has for the words, at most eight of a kind: of the data, then of what can be downloaded."""
    of_data = store.ask("search", words=words, count=HITS)
    offered = listing.found(words)
    offered = offered.assign(
        kind="可下载的" + offered["kind"],
        detail=offered["name"],
        of_kind=offered.groupby("kind")["name"].transform("count"),
    )
    found = pd.concat([of_data, offered.groupby("kind").head(HITS)], ignore_index=True)
    # Each kind counts once.
    return found.assign(of_all=found["of_kind"].where(~found["kind"].duplicated(), 0))
