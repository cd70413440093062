"""The finder's conditions: the widgets, their words in the URL, and the parameters they become.

Every filter has a choice for the unknown, and under each stands how many institutions each choice would give:
nothing drops out silently. Labels are public: they stand in links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from eldercare import maps, store, tables
from eldercare.exhibits import home_events
from eldercare.measures import number
from eldercare.screen import filters, ordering
from eldercare.text import plain

# Facet of `institutions_matching` and the heading of its filter. The settlement filter stands apart: it asks “insured where?” first.
FACETS = {
    "available": "可接收床位",
    "price": "月费起价",
    "type": "机构类型",
    "open": "对外开放床位",
    "size": "总床位",
    "ownership": "经营性质",
    "opened": "开业年份",
    "care": "照护服务（任一）",
    "medical": "医疗服务",
    "list": "入选名单",
}
SORTS = {
    "地区次序": "place",
    "总床位，多到少": "beds_total",
    "对外开放，多到少": "beds_open",
    "可接收，多到少": "beds_available",
    "月费起价，低到高": "price",
    "距离，近到远": "distance",
}
PLACES = {"province": "省市", "city": "城市", "county": "区县"}
KEYS = {
    "words": "institutions_words",
    "province": "institutions_province",
    "city": "cities",
    "county": "institutions_county",
    "insured": "institutions_insured",
    "portability": "institutions_portability",
    **{facet: f"institutions_{facet}" for facet in FACETS},
}
# Columns of the list that may be reported by nobody, and the numbers they are made of.
REPORTED = {
    "beds_open": ("beds_open",),
    "beds_available": ("beds_available",),
    "price_words": ("price_low", "price_high"),
}
# The choice of a filter for what nobody published.
UNKNOWN = "未载"
MAP_POINTS, MAP_CELLS = 150, 10


@dataclass(frozen=True)
class Search:
    """What was asked: `parameters` for every question of the finder, `spoken` as (filter, words) for people."""

    parameters: dict[str, Any]
    spoken: tuple[tuple[str, str], ...]
    insured: str | None
    insured_name: str

    @property
    def demo(self) -> bool:
        return bool(self.parameters["demo"])


@dataclass(frozen=True)
class Order:
    """How the list is sorted, from where distances count and which rows of it are shown."""

    sort: str
    origin: str
    lon: float | None
    lat: float | None
    first: int
    count: int

    def parameters(self, first: int | None = None, count: int | None = None) -> dict[str, Any]:
        return {
            "sort": self.sort,
            "from_lon": self.lon,
            "from_lat": self.lat,
            "first": self.first if first is None else first,
            "count": self.count if count is None else count,
        }


def conditions(demo: bool) -> tuple[Search, dict[str, Any]]:
    """Draw the filters; returns what was asked and, by facet, the place for the numbers of its choices."""
    row, notes = st.columns([1.25, 0.95, 1.1, 1.1, 1, 1.1], gap="small"), st.container()
    words = row[0].text_input(
        "名称、地址或拼音",
        key=KEYS["words"],
        bind="query-params",
        placeholder="如 护理院、cly",
        max_chars=40,
    )
    words = " ".join(normalize("NFKC", words or "").split())
    slots: dict[str, Any] = {}
    provinces, slots["province"] = _places(
        row[1], notes, "province", filters.places("province"), "三省一市"
    )
    cities, slots["city"] = _places(
        row[2], notes, "city", _inside(store.ask("cities"), provinces, 2), "全部城市"
    )
    homes = pd.concat([filters.places("district"), filters.places("county")])
    if cities:
        homes = homes[homes["parent_code"].isin(cities)]
    counties, slots["county"] = _places(
        row[3], notes, "county", _inside(homes, provinces, 2), "全部区县"
    )
    insured, insured_name = insured_place(row[4])
    choices = store.ask("institution_choices", demo=demo)
    chosen: dict[str, list[str] | None] = {
        "province": provinces,
        "city": cities,
        "county": counties,
    }
    chosen["portability"], slots["portability"] = _facet(
        row[5], notes, "portability", "异地结算", choices, disabled=insured is None
    )
    active = [facet for facet in FACETS if st.session_state.get(KEYS[facet])]
    with st.expander(
        "更多条件：床位、月费、类型、性质、开业、照护、医疗、名单",
        expanded=bool(active),
        key="screen_more",
    ):
        columns = st.columns(3, gap="medium")
        for position, (facet, heading) in enumerate(FACETS.items()):
            chosen[facet], slots[facet] = _facet(
                columns[position % 3], notes, facet, heading, choices
            )
    if insured is None:
        chosen["portability"] = None
    ended = store.ask("homes_ended", as_of=filters.as_of())
    ended = ended[ended["in_delta"]]
    with_ended = (
        not demo
        and len(ended) > 0
        and st.toggle(home_events.switch(ended), key="institutions_ended", bind="query-params")
    )
    headings = {**PLACES, "portability": "异地结算", **FACETS}
    spoken = [("文字", words)] if words else []
    spoken += [("参保地", insured_name)] if insured else []
    spoken += [
        (headings[facet], "、".join(st.session_state[KEYS[facet]]))
        for facet, wanted in chosen.items()
        if wanted is not None
    ]
    chosen["ended"] = ["也列出"] if with_ended else None
    parameters = {
        "demo": demo,
        "words": words,
        "insured": insured,
        "as_of": filters.as_of(),
        "chosen": chosen,
    }
    return Search(parameters, tuple(spoken), insured, insured_name), slots


def numbers_of_choices(search: Search, slots: dict[str, Any]) -> pd.DataFrame:
    """Under each filter: how many institutions each choice gives, the other conditions as they are; returns these numbers."""
    counted = store.ask("institution_facets", **search.parameters)
    for facet, slot in slots.items():
        rows = counted[counted["facet"] == facet]
        if facet != "portability" or search.insured:
            words = " · ".join(
                f"{PLACES.get(facet, '')}{plain(row.word)} {number(row.institutions)}"
                for row in rows.itertuples()
            )
            if words or facet not in PLACES:
                slot.caption(words or "没有符合其余条件的机构")
    return counted


def left_out(search: Search, counted: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Of each chosen condition the institutions that fail it only because nobody published it: its heading and their number → the address that lists them."""
    found = {}
    for facet, chosen in search.parameters["chosen"].items():
        heading = FACETS.get(facet)
        if heading is None or not chosen or UNKNOWN in chosen:
            continue
        rows = counted[(counted["facet"] == facet) & (counted["word"] == UNKNOWN)]
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        query |= {KEYS[facet]: [UNKNOWN]}
        query.pop("institutions_page", None)
        address = f"institutions?{urlencode(query, doseq=True)}"
        found |= {(heading, int(n)): address for n in rows["institutions"]}
    return found


def chips(search: Search) -> None:
    """The chosen conditions, visible, with one button that takes all of them away."""
    if search.spoken:
        left, right = st.columns([6, 1], gap="small", vertical_alignment="center")
        left.markdown(
            "已选　" + "　".join(f"`{name}：{_inline(words)}`" for name, words in search.spoken)
        )
        right.button("清除条件", key="screen_clear", on_click=_clear, width="stretch")


def order(found: int) -> Order:
    """Draw sort, place of departure, rows on a page and the pager."""
    row = st.columns([1.2, 1.2, 0.8], gap="small")
    filters.not_offered(row[0], "排序", "institutions_sort", list(SORTS))
    sort = row[0].selectbox(
        "排序", list(SORTS), key="institutions_sort", bind="query-params", placeholder="选择次序"
    )
    homes = pd.concat(
        [store.ask("cities"), filters.places("district"), filters.places("county")]
    ).dropna(subset=["lon"])
    places = homes.drop_duplicates("label").set_index("label")
    filters.not_offered(row[1], "起点", "institutions_from", places.index.tolist())
    origin = row[1].selectbox(
        "距离从何处算起",
        places.index.tolist(),
        index=None,
        key="institutions_from",
        bind="query-params",
        placeholder="不算距离",
    )
    size = int(
        row[2].selectbox(
            "每页家数",
            ["10", "20", "50", "200"],
            key="institutions_rows",
            bind="query-params",
            placeholder="选择家数",
        )
    )
    first = filters.page_start("institutions_page", found, size, "家")
    if SORTS[sort] == "distance" and origin is None:
        st.caption("按距离排序要先选“距离从何处算起”；现按地区次序")
        sort = next(iter(SORTS))
    lon, lat = (
        (float(places.at[origin, "lon"]), float(places.at[origin, "lat"]))
        if origin
        else (None, None)
    )
    return Order(SORTS[sort], origin or "", lon, lat, first, size)


def columns(search: Search, order: Order, rows: pd.DataFrame | None = None) -> dict[str, str]:
    """The columns of the list: settlement and distance only when they were asked for, and of `rows` none that no row reports."""
    found = {
        "number": "序号",
        "called": "名称",
        "place_words": "所在地",
        "type_word": "类型",
        "ownership": "经营性质",
        "beds_total": "总床位（张）",
        "beds_open": "对外开放（张）",
        "beds_available": "可接收（张）",
        "price_words": "月费（元）",
    }
    if rows is not None and len(rows):
        bare = [name for name, known in REPORTED.items() if rows[list(known)].isna().all(axis=None)]
        found = {name: words for name, words in found.items() if name not in bare}
    if search.insured:
        found["portability_word"] = "异地结算"
    if order.origin:
        found["distance_km"] = "距离（公里）"
    if search.parameters["chosen"]["ended"]:
        found["ended_words"] = "停业或合并"
    return {**found, "day": "日期"}


def rows(search: Search, order: Order, found: int) -> pd.DataFrame:
    """The institutions of the page that is shown, numbered as they stand in the whole list."""

    def ask(count: int, first: int) -> pd.DataFrame:
        return store.ask("institution_rows", **search.parameters, **order.parameters(first, count))

    shown = ordering.part(
        "institutions", columns(search, order), ask, found, order.first, order.count
    )
    return shown.assign(number=range(order.first + 1, order.first + 1 + len(shown)))


def export(search: Search, order: Order, found: int) -> tables.Export:
    """All institutions found, in the order of the list, with every column and what was asked."""
    spoken = "；".join(f"{name}：{words}" for name, words in search.spoken) or "无"
    more = {
        "institution_id": "机构编号",
        "address": "地址",
        "point_words": "位置精度",
        "operator": "运营方",
        "residents": "入住（人）",
        "care_words": "照护服务",
        "medical": "医疗服务",
        "opened": "开业日期",
        "list_titles": "入选名单",
        "source_id": "来源编号",
        "evidence": "原文摘录",
        "note": "说明",
    }
    return tables.Export(
        rows=lambda: store.ask(
            "institution_rows", **search.parameters, **order.parameters(0, found)
        ),
        count=found,
        columns={**columns(search, order), **more},
        notes=[("筛选条件", spoken), *([("距离起点", order.origin)] if order.origin else [])],
    )


def by_city(key: str) -> bool:
    """Whether the map of an exhibit stands as squares, one a city."""
    view = st.session_state.get(f"{key}_view") or st.query_params.get(f"{key}_view")
    return view == maps.SQUARES or not maps.outlined()


def _places(
    column: Any, notes: Any, facet: str, known: pd.DataFrame, placeholder: str
) -> tuple[list[str] | None, Any]:
    """The codes chosen; '' stands for the institutions of which only a larger place is known."""
    codes = {
        **dict(zip(known["label"], known["place_code"], strict=True)),
        PLACES[facet] + "未载": "",
    }
    filters.not_offered(notes, PLACES[facet], KEYS[facet], list(codes))
    chosen = column.multiselect(
        PLACES[facet], list(codes), key=KEYS[facet], bind="query-params", placeholder=placeholder
    )
    return [codes[label] for label in chosen] or None, column.empty()


def _inside(known: pd.DataFrame, above: list[str] | None, digits: int) -> pd.DataFrame:
    return (
        known[known["place_code"].str[:digits].isin([code[:digits] for code in above])]
        if above
        else known
    )


def insured_place(column: Any) -> tuple[str | None, str]:
    """Where the resident is insured: one of the cities, or a county that has a policy of its own."""
    known = store.ask("insured_places")
    filters.not_offered(column, "参保地", KEYS["insured"], known["label"].tolist())
    chosen = column.selectbox(
        "参保地",
        known["label"].tolist(),
        index=None,
        key=KEYS["insured"],
        bind="query-params",
        placeholder="长护险参保地",
    )
    return (known.set_index("label").at[chosen, "place_code"], chosen) if chosen else (None, "")


def _facet(
    column: Any, notes: Any, facet: str, heading: str, choices: pd.DataFrame, disabled: bool = False
) -> tuple[list[str] | None, Any]:
    words = choices[choices["facet"] == facet]["word"].tolist()
    placeholder = "先选参保地" if disabled else "不限"
    filters.not_offered(notes, heading, KEYS[facet], words)
    chosen = column.multiselect(
        heading,
        words,
        key=KEYS[facet],
        bind="query-params",
        placeholder=placeholder,
        disabled=disabled,
    )
    return chosen or None, column.empty()


def _inline(words: str) -> str:
    """Words inside a code span: nothing there is markup but the backtick."""
    return words.replace("`", "'")


def _clear() -> None:
    for facet, key in KEYS.items():
        st.session_state[key] = "" if facet == "words" else None if facet == "insured" else []
