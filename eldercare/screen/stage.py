"""The widgets of the forum page: which deck, its files, its small file. The deck in the address is the only state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import urljoin, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from eldercare import maps, store
from eldercare.exhibits.talk import Talk
from eldercare.faces import qr
from eldercare.faces.native import DOCX, HTML, PPTX, XLSX
from eldercare.intake import admission
from eldercare.measures import number
from eldercare.screen import carrying, filters
from eldercare.talks import decks, files_of, making
from eldercare.talks.decks import (
    AUDIENCES,
    CITY,
    GROUP,
    MAKERS,
    OWN,
    PAIR,
    PROVINCE,
    Deck,
    Item,
    UnknownDeck,
)
from eldercare.text import plain

WORDS = {
    PPTX: "PowerPoint（可编辑）",
    DOCX: "Word 简报",
    XLSX: "Excel 工作簿",
    HTML: "单个网页（断网可用）",
}
FIRST = {
    PROVINCE: ("310000",),
    CITY: ("310000",),
    PAIR: ("310117", "330400"),
    GROUP: ("310118", "320509", "330421"),
}
SCREEN = 600
ADDRESS, SAVE, LOAD = "固定地址", "保存这份演示", "打开演示文件"
# A saved deck is a few hundred bytes: nobody needs a right to hand that over.
DECK_BYTES = 64 * 1024


def deck() -> tuple[Deck, Talk]:
    """The deck that the address names, ready; a fault is said in words and the delta's deck shown instead."""
    try:
        wanted = decks.parse(
            st.query_params.get("deck") or _about(carrying.chosen_place()),
            store.current().release or "",
            filters.as_of().isoformat(),
        )
        tied, talk = making.ready(wanted)
        return tied, making.reached(talk, st.context.url or "")
    except UnknownDeck as fault:
        st.warning(plain(str(fault)))
        return making.ready(Deck(decks.REGION, release=store.current().release or ""))


def _about(code: str) -> str:
    """The deck of the place that is chosen on all pages: its own, or that of its city; the delta's while none is."""
    known = store.ask("profile_places").set_index("place_code")
    level = known["level"].get(code, "region")
    if level == "region":
        return decks.REGION
    if level == "province" and code != "310000":
        return f"{PROVINCE}:{code}"
    return f"{CITY}:{code if level in ('province', 'city') else known.at[code, 'parent_code']}"


def choose(shown: Deck) -> None:
    """Audience, and what belongs to it. Choosing writes the address; what stands there is what the boxes show."""
    words = {label: name for name, label in AUDIENCES.items()}
    st.session_state["stage_audience"] = AUDIENCES[shown.audience]

    def audience() -> None:
        name = words[st.session_state["stage_audience"] or AUDIENCES[shown.audience]]
        _write(Deck(name, FIRST.get(name, ()), shown.items if name == OWN else ()))

    left, right = st.columns([2.3, 2], gap="medium", vertical_alignment="bottom")
    with left:
        st.segmented_control(
            "给谁看", list(words), key="stage_audience", on_change=audience, required=True
        )
    with right:
        if shown.audience in (PROVINCE, CITY):
            known = (
                filters.places("province") if shown.audience == PROVINCE else store.ask("cities")
            )
            _place(
                "地区",
                "stage_place",
                known,
                shown.places[0],
                lambda code: Deck(shown.audience, (code,)),
            )
        elif shown.audience == PAIR:
            _pair(shown)
        elif shown.audience == GROUP:
            _group(shown)
        elif shown.audience == OWN:
            _own(shown)


def _write(chosen: Deck) -> None:
    st.query_params["deck"] = replace(chosen, tiles=bool(st.session_state.get("stage_tiles"))).words
    if chosen.audience in (PROVINCE, CITY):
        st.query_params["place"] = chosen.places[0]
    elif chosen.audience == decks.REGION:
        st.query_params["place"] = "YRD"


def _place(label: str, key: str, known, code: str, then) -> None:
    labels = dict(zip(known["label"], known["place_code"], strict=True))
    names = {place: words for words, place in labels.items()}
    st.session_state[key] = names.get(code, next(iter(labels)))
    st.selectbox(
        label,
        list(labels),
        key=key,
        on_change=lambda: _write(then(labels[st.session_state[key]])),
        placeholder=label,
    )


def _pair(shown: Deck) -> None:
    known = store.ask("profile_places")
    one, other = shown.places
    left, right = st.columns(2, gap="small")
    with left:
        _place(
            "一方",
            "stage_one",
            known[known["place_code"] != other],
            one,
            lambda code: Deck(PAIR, (code, other)),
        )
    with right:
        _place(
            "另一方",
            "stage_other",
            known[known["place_code"] != one],
            other,
            lambda code: Deck(PAIR, (one, code)),
        )


def _group(shown: Deck) -> None:
    """Members one by one; a group of fewer than two is none, so the last two stay."""
    known = store.ask("profile_places")
    labels = dict(zip(known["place_code"], known["label"], strict=True))
    codes = {label: code for code, label in labels.items()}
    st.session_state["stage_members"] = [labels[code] for code in shown.places]

    def follow() -> None:
        chosen = tuple(codes[label] for label in st.session_state["stage_members"])
        if len(chosen) >= 2:
            _write(Deck(GROUP, chosen))

    st.multiselect(
        "组合的地区",
        list(codes),
        key="stage_members",
        on_change=follow,
        placeholder="选两个以上的区、市、县",
        max_selections=decks.LARGEST,
    )


def _own(shown: Deck) -> None:
    """Exhibits in the order in which they are chosen; those about a place name it."""
    known = store.ask("profile_places")
    names = dict(zip(known["place_code"], known["short_name"], strict=True))
    left, right = st.columns([1, 2.6], gap="small")
    with left:
        about = st.selectbox(
            "地方图表用哪个地区",
            known["label"],
            index=None,
            key="stage_about",
            placeholder="选择地区",
        )
    code = known.set_index("label").at[about, "place_code"] if about else None
    plain_ = {name: maker for name, maker in MAKERS.items() if not maker.plans}
    offered = [Item(name) for name, maker in plain_.items() if maker.places == 0]
    offered += [Item(name, (code,)) for name, maker in plain_.items() if maker.places == 1 and code]

    def label(item: Item) -> str:
        return "：".join(
            [
                MAKERS[item.exhibit].title,
                *filter(None, [" × ".join(names.get(c, c) for c in item.places)]),
                # Two of one chart are told apart by what was chosen for them.
                *(each.told for each in item.plans),
            ]
        )

    items = {label(item): item for item in [*shown.chosen, *offered]}
    st.session_state["stage_items"] = [label(item) for item in shown.chosen]

    def follow() -> None:
        # An empty deck cannot be shown: the last exhibit stays.
        if chosen := tuple(items[words] for words in st.session_state["stage_items"]):
            _write(Deck(OWN, chosen=chosen))

    with right:
        st.multiselect(
            "图表（按选的次序放映）",
            list(items),
            key="stage_items",
            on_change=follow,
            placeholder="选择图表",
            max_selections=decks.MOST,
        )


def play(shown: Deck, talk: Talk) -> None:
    """What is done with a deck stands above the slides themselves: show it, take it along."""
    # The cover says what the heading of this page says already: the first finding is what is shown first.
    # Beside this page, wherever the dashboard stands on its host.
    address = f"{urlsplit(urljoin(st.context.url or '/', 'slides')).path}?{shown.query}#2"
    columns = st.columns([1.15, 1, 1, 1, 1.1], gap="small")
    columns[0].link_button(
        "放映（新窗口，F 全屏）", address, type="primary", key="stage_play", width="stretch"
    )
    for column, (format_, words) in zip(columns[1:], WORDS.items(), strict=True):
        _file(column, words, shown, talk, format_)
    if maps.approval() and any(exhibit.kind == "map" for exhibit in talk.exhibits):
        st.session_state["stage_tiles"] = shown.tiles
        with st.container(horizontal=True, vertical_alignment="center"):
            st.toggle("不含地图（改用方格）", key="stage_tiles", on_change=lambda: _write(shown))
            st.caption(f"地图为行政区划示意，{plain(maps.mark())}。")
    # The address holds only a deck that was read and understood, never the visitor's own words.
    st.iframe(address, height=SCREEN, alt="演示画面")


def _file(column: DeltaGenerator, words: str, shown: Deck, talk: Talk, format_: str) -> None:
    """A button that makes a file at the click; why there can be none where there can be none."""
    if fault := files_of.refusal(format_):
        column.button(words, disabled=True, key=f"stage_{format_}", width="stretch")
        st.warning(plain(fault))
        return
    column.download_button(
        words,
        partial(files_of.made, talk, format_),
        making.file_name(talk, shown, format_),
        files_of.MEDIA[format_],
        key=f"stage_{format_}",
        on_click="ignore",
        width="stretch",
    )


def again(shown: Deck, talk: Talk) -> None:
    """How to come back to the same deck: its address, its code for a phone, the small file that repeats it."""
    # Only what is asked for is drawn: the uploader and the code box bring English words of Streamlit's own.
    view = st.pills(
        "以后再用", [ADDRESS, SAVE, LOAD], key="stage_more", label_visibility="collapsed"
    )
    if view == ADDRESS:
        _address(talk)
    elif view == SAVE:
        name = making.file_name(talk, shown, "json")
        st.download_button(
            "演示文件（.json）", shown.to_json(), name, key="stage_json", on_click="ignore"
        )
    elif view == LOAD:
        if visit := get_script_run_ctx(suppress_warning=True):
            admission.decide(visit.session_id, True, DECK_BYTES)
        given = st.file_uploader(
            "选一个演示文件（.json）", type="json", key="stage_file", max_upload_size=1
        )
        if given is not None:
            _open(given.getvalue())


def _address(talk: Talk) -> None:
    """The whole address of the view, as the setting names the server or as the visitor reached it, and its code."""
    address = talk.link if talk.public_url else urljoin(st.context.url or "/", talk.address)
    st.write("同一版本、同一日期，数字不变。手机或另一块屏幕打开同一地址即可。")
    st.code(address, language=None, wrap_lines=True)
    if urlsplit(address).hostname in making.THIS_MACHINE:
        st.caption(
            "这是本机地址，别的设备打不开：用这台机器在网络里的地址打开本页，或请管理员设对外地址（ELDERCARE_PUBLIC_URL）。"
        )
    else:
        words = "扫码打开同一演示"
        st.image(qr.png(address), caption=words, alt=words, width=180)


def _open(content: bytes) -> None:
    try:
        read = decks.from_json(content)
    except UnknownDeck as fault:
        st.warning(plain(str(fault)))
        return
    if st.button(f"放映这份：{plain(read.words[:60])}", key="stage_open"):
        st.query_params.from_dict(read.parameters)
        st.rerun()


def contents(talk: Talk) -> None:
    """What the deck holds, in words: also for those who cannot see the slides."""
    with st.expander(f"目录与备注（{number(len(talk.exhibits))}张）"):
        for place, exhibit in enumerate(talk.exhibits, start=2):
            st.markdown(
                f"{place}. **{plain(exhibit.spoken)}**  \n:gray[{plain(exhibit.source_line)}]"
            )
