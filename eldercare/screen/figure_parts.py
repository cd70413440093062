"""口径卡 under an exhibit: the card of one of its figures, with its own files and address."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from eldercare import files, tables
from eldercare.exhibits import Exhibit, Facts, figure
from eldercare.screen import filters, taking


def address(code: str) -> str:
    """The page with the card of a figure."""
    return f"sources?{urlencode({'figure': code})}"


def show(value: Exhibit) -> None:
    """A choice of the figures that an exhibit rests on, and the card of the chosen one."""
    facts = Facts(filters.as_of())
    known = figure.choices(facts, value.rows)
    if not known:
        st.caption("这张图的数由多条数据合并算出，没有单独的口径卡；算法见“来源与引文”。")
        return
    code = st.selectbox("选择一个数", list(known), format_func=known.get, key=f"figure_{value.key}")
    card = figure.card(facts, code)
    st.table(tables.shown(card.rows, card.columns), hide_index=True, alt=card.spoken)
    name = files.named(card.spoken, tables.release()["as_of"])
    taking.paper(f"card_{value.key}", name, card)
    taking.pictures(f"card_{value.key}", name, card)
    st.markdown(f"[这张口径卡的固定地址]({address(code)})")
