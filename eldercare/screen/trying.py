"""The widgets of a trial of access: which beds, for whom, within what reach, under which assumptions; all of it in the address."""

from __future__ import annotations

import math
from urllib.parse import urlencode

import streamlit as st

from eldercare.exhibits import Facts, access
from eldercare.exhibits.access import Trial
from eldercare.screen import filters, planning
from eldercare.talks import decks

PASTED = "每行一个县（市、区）和床位数，例如：\n吴江区 500\n嘉善县 300"
LIMITED = "分用床位的老人中，没有床位数字的地区占比超过上限的，不列结果"


def trial(facts: Facts) -> tuple[Trial, list[str]]:
    """What the planner set, and what is wrong with beds that he entered."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        demo = st.session_state.get("demo") or st.query_params.get("demo") == "true"
        supplies = access.offered(facts, bool(demo))
        supply = supplies[filters.one_of("床位", "access_supply", list(supplies))]
        age = access.AGES[filters.one_of("老人", "access_age", list(access.AGES))]
        fading = st.toggle(
            "随距离递减",
            key="access_fading",
            bind="query-params",
            help="打开：时限以内越远权重越小，到时限为0（高斯）；关闭：时限以内一样算",
        )
        filters.demo()
    own, wrong = _own(facts) if supply == access.ENTERED else ((), [])
    narrow, wide, *numbers = _assumptions(supply)
    detour, speed, minutes, limit = numbers
    return Trial(supply, age, narrow, wide, detour, speed, minutes, fading, limit, own), wrong


def talk(chosen: Trial) -> dict[str, str]:
    """The way to a deck of this trial with its assumptions, an example and the method."""
    names = ("access_trial", "access_worked", "access_method")
    items = tuple(decks.Item(name, (), (chosen,)) for name in names)
    return {
        planning.TALK: f"present?{urlencode({'deck': decks.Deck(decks.OWN, chosen=items).words})}"
    }


def _own(facts: Facts) -> tuple[tuple[tuple[str, float], ...], list[str]]:
    words = st.text_area(
        "自填床位（用户输入，写在链接里）",
        key="access_own",
        bind="query-params",
        placeholder=PASTED,
        max_chars=4_000,
        height=110,
    )
    return access.entered(words or "", access.places(facts))


def _assumptions(supply: str) -> tuple[str, str, float, float, float, float]:
    """Two reaches, then detour, speed, minutes and the limit on elders of places without a figure."""
    columns = st.columns([1.7, 1.7, 1, 1, 1, 1.2], vertical_alignment="bottom", gap="small")
    names = list(access.REACHES)
    with columns[0]:
        narrow = _reach("可用范围：原来", "access_from", names, 0)
    with columns[1]:
        wide = _reach("放宽到", "access_to", names, len(names) - 1)
    with columns[2]:
        detour = _number("绕行系数", "access_detour", access.DETOUR, 0.1)
    with columns[3]:
        speed = _number("时速（公里）", "access_speed", access.SPEED, 5.0)
    with columns[4]:
        minutes = _number("时限（分钟）", "access_minutes", access.MINUTES, 5.0)
    limit = access.limit(supply)
    # All sixteen districts have homes on the list: nobody is without a figure.
    if supply != access.HOMES:
        with columns[5]:
            limit = _number("占比上限（%）", f"access_limit_{supply}", limit, 5.0, LIMITED)
    return access.REACHES[narrow], access.REACHES[wide], detour, speed, minutes, limit


def _reach(label: str, key: str, names: list[str], index: int) -> str:
    return st.selectbox(
        label, names, index=index, key=key, bind="query-params", placeholder="选择范围"
    )


def _number(label: str, key: str, default: float, step: float, help_: str | None = None) -> float:
    """Any number: what is impossible, or an empty field, is said by the trial, with the way to mend it."""
    given = st.number_input(
        label, value=default, step=step, format="%g", key=key, bind="query-params", help=help_
    )
    return math.nan if given is None else given
