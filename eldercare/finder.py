"""The finder's conditions: the widgets, their words in the URL, and the parameters they become.

Every filter has a choice for the unknown, and under each stands how many institutions each choice would give:
nothing drops out silently. Labels are public: they stand in links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import filters, store, tables
from eldercare.measures import number
from eldercare.text import _, plain

# Facet of `institutions_matching` and the heading of its filter. The settlement filter stands apart: it asks “insured where?” first.
FACETS = {
    "available": _("可接收床位"),
    "price": _("月费起价"),
    "type": _("机构类型"),
    "open": _("对外开放床位"),
    "size": _("总床位"),
    "ownership": _("经营性质"),
    "care": _("照护服务（任一）"),
    "medical": _("医疗服务"),
    "list": _("入选名单"),
}
SORTS = {
    _("地区次序"): "place",
    _("总床位，多到少"): "beds_total",
    _("对外开放，多到少"): "beds_open",
    _("可接收，多到少"): "beds_available",
    _("月费起价，低到高"): "price",
    _("距离，近到远"): "distance",
}
KEYS = {
    "words": "institutions_words",
    "province": "institutions_province",
    "city": "cities",
    "county": "institutions_county",
    "insured": "institutions_insured",
    "portability": "institutions_portability",
    **{facet: f"institutions_{facet}" for facet in FACETS},
}
MAP_POINTS, MAP_CELLS = 150, 10
MAP, TILES = _("地图"), _("方格图")


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
    row = st.columns([1.25, 0.95, 1.1, 1.1, 1, 1.1], gap="small")
    words = row[0].text_input(_("名称、地址或拼音"), key=KEYS["words"], bind="query-params", placeholder=_("如 护理院、cly"), max_chars=40)
    provinces = _places(row[1], _("省市"), "province", filters.places("province"), _("三省一市"))
    cities = _places(row[2], _("城市"), "city", _inside(store.ask("cities"), provinces, 2), _("全部城市"))
    homes = pd.concat([filters.places("district"), filters.places("county")])
    if cities:
        homes = homes[homes["parent_code"].isin(cities)]
    counties = _places(row[3], _("区县"), "county", _inside(homes, provinces, 2), _("全部区县"))
    insured, insured_name = insured_place(row[4])
    choices = store.ask("institution_choices")
    slots: dict[str, Any] = {}
    chosen: dict[str, list[str] | None] = {"province": provinces, "city": cities, "county": counties}
    chosen["portability"], slots["portability"] = _facet(row[5], "portability", _("异地结算"), choices, disabled=insured is None)
    active = [facet for facet in FACETS if st.session_state.get(KEYS[facet])]
    with st.expander(_("更多条件：床位、月费、类型、性质、照护、医疗、名单"), expanded=bool(active), key="screen_more"):
        columns = st.columns(3, gap="medium")
        for position, (facet, heading) in enumerate(FACETS.items()):
            chosen[facet], slots[facet] = _facet(columns[position % 3], facet, heading, choices)
    if insured is None:
        chosen["portability"] = None
    headings = {"province": _("省市"), "city": _("城市"), "county": _("区县"), "portability": _("异地结算"), **FACETS}
    spoken = [(_("文字"), words.strip())] if (words or "").strip() else []
    spoken += [(_("参保地"), insured_name)] if insured else []
    spoken += [(headings[facet], "、".join(st.session_state[KEYS[facet]])) for facet, wanted in chosen.items() if wanted is not None]
    parameters = {"demo": demo, "words": (words or "").strip(), "insured": insured, "as_of": filters.as_of(), "chosen": chosen}
    return Search(parameters, tuple(spoken), insured, insured_name), slots


def numbers_of_choices(search: Search, slots: dict[str, Any]) -> None:
    """Under each filter: how many institutions each choice gives, the other conditions as they are."""
    counted = store.ask("institution_facets", **search.parameters)
    for facet, slot in slots.items():
        rows = counted[counted["facet"] == facet]
        if facet != "portability" or search.insured:
            words = " · ".join(f"{plain(row.word)} {number(row.institutions)}" for row in rows.itertuples())
            slot.caption(words or _("没有符合其余条件的机构"))


def chips(search: Search) -> None:
    """The chosen conditions, visible, with one button that takes all of them away."""
    if search.spoken:
        left, right = st.columns([6, 1], gap="small", vertical_alignment="center")
        left.markdown(_("已选　") + "　".join(f"`{name}：{_inline(words)}`" for name, words in search.spoken))
        right.button(_("清除条件"), key="screen_clear", on_click=_clear, width="stretch")


def order(found: int) -> Order:
    """Draw sort, place of departure, rows on a page and the pager."""
    row = st.columns([1.2, 1.2, 0.8], gap="small")
    sort = row[0].selectbox(_("排序"), list(SORTS), key="institutions_sort", bind="query-params", placeholder=_("选择次序"))
    homes = pd.concat([store.ask("cities"), filters.places("district"), filters.places("county")]).dropna(subset=["lon"])
    places = homes.drop_duplicates("label").set_index("label")
    origin = row[1].selectbox(
        _("距离从何处算起"), places.index.tolist(), index=None, key="institutions_from", bind="query-params", placeholder=_("不算距离")
    )
    size = int(
        row[2].selectbox(_("每页家数"), ["10", "20", "50", "200"], key="institutions_rows", bind="query-params", placeholder=_("选择家数"))
    )
    first = filters.page_start("institutions_page", found, size)
    lon, lat = (float(places.at[origin, "lon"]), float(places.at[origin, "lat"])) if origin else (None, None)
    return Order(SORTS[sort], origin or "", lon, lat, first, size)


def columns(search: Search, order: Order) -> dict[str, str]:
    """The columns of the list on screen: settlement and distance only when they were asked for."""
    found = {
        "number": _("序号"),
        "name": _("名称"),
        "place_words": _("所在地"),
        "type": _("类型"),
        "beds_total": _("总床位"),
        "beds_open": _("对外开放"),
        "beds_available": _("可接收"),
        "price_words": _("月费（元）"),
    }
    if search.insured:
        found["portability_word"] = _("异地结算")
    if order.origin:
        found["distance_km"] = _("距离（公里）")
    return found


def export(search: Search, order: Order, found: int) -> tables.Export:
    """All institutions found, in the order shown, with every column and what was asked."""
    spoken = "；".join(f"{name}：{words}" for name, words in search.spoken) or _("无")
    more = {
        "institution_id": _("机构编号"),
        "address": _("地址"),
        "point_words": _("位置精度"),
        "ownership": _("经营性质"),
        "operator": _("运营方"),
        "residents": _("入住（人）"),
        "care_words": _("照护服务"),
        "medical": _("医疗服务"),
        "list_titles": _("入选名单"),
        "day": _("日期"),
        "source_id": _("来源编号"),
        "evidence": _("原文摘录"),
        "note": _("说明"),
    }
    return tables.Export(
        rows=lambda: store.ask("institution_rows", **search.parameters, **order.parameters(0, found)),
        count=found,
        columns={**columns(search, order), **more},
        notes=[(_("筛选条件"), spoken), *([(_("距离起点"), order.origin)] if order.origin else [])],
    )


def map_rows(points: pd.DataFrame, cities: pd.DataFrame, key: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """What the map's table holds: the points, or the cities when the tile grid is the chosen view."""
    if (st.session_state.get(f"{key}_view") or st.query_params.get(f"{key}_view")) == TILES:
        return cities, {
            "short_name": _("城市"),
            "institutions": _("机构（家）"),
            "beds": _("总床位（张）"),
            "reported": _("上报床位的机构（家）"),
        }
    return points, {"label": _("名称或家数"), "city_names": _("城市"), "institutions": _("机构（家）"), "beds": _("总床位（张）")}


def _places(column: Any, heading: str, facet: str, known: pd.DataFrame, placeholder: str) -> list[str] | None:
    labels = known["label"].tolist()
    chosen = column.multiselect(heading, labels, key=KEYS[facet], bind="query-params", placeholder=placeholder)
    return known[known["label"].isin(chosen)]["place_code"].tolist() if chosen else None


def _inside(known: pd.DataFrame, above: list[str] | None, digits: int) -> pd.DataFrame:
    return known[known["place_code"].str[:digits].isin([code[:digits] for code in above])] if above else known


def insured_place(column: Any) -> tuple[str | None, str]:
    """Where the resident is insured: one of the cities, or a county that has a policy of its own."""
    known = store.ask("insured_places")
    chosen = column.selectbox(
        _("参保地"), known["label"].tolist(), index=None, key=KEYS["insured"], bind="query-params", placeholder=_("长护险参保地")
    )
    return (known.set_index("label").at[chosen, "place_code"], chosen) if chosen else (None, "")


def _facet(column: Any, facet: str, heading: str, choices: pd.DataFrame, disabled: bool = False) -> tuple[list[str] | None, Any]:
    words = choices[choices["facet"] == facet]["word"].tolist()
    placeholder = _("先选参保地") if disabled else _("不限")
    chosen = column.multiselect(heading, words, key=KEYS[facet], bind="query-params", placeholder=placeholder, disabled=disabled)
    return chosen or None, column.empty()


def _inline(words: str) -> str:
    """Words inside a code span: nothing there is markup but the backtick."""
    return words.replace("`", "'")


def _clear() -> None:
    for facet, key in KEYS.items():
        st.session_state[key] = "" if facet == "words" else None if facet == "insured" else []
