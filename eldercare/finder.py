"""The finder's conditions: the widgets, their words in the URL, and the parameters they become.

Every filter has a choice for the unknown, and under each stands how many institutions each choice would give:
nothing drops out silently. Labels are public: they stand in links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import filters, store
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
MAP_POINTS, MAP_CELLS = 300, 24


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
    words = row[0].text_input(
        _("名称、地址或拼音"), key=KEYS["words"], bind="query-params", placeholder=_("如 护理院、cly"), max_chars=40
    )
    provinces = _places(row[1], _("省市"), "province", filters.places("province"), _("三省一市"))
    cities = _places(row[2], _("城市"), "city", _inside(store.ask("cities"), provinces, 2), _("全部城市"))
    homes = pd.concat([filters.places("district"), filters.places("county")])
    if cities:
        homes = homes[homes["parent_code"].isin(cities)]
    counties = _places(row[3], _("区县"), "county", _inside(homes, provinces, 2), _("全部区县"))
    insured, insured_name = _insured(row[4])
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
    sort = row[0].selectbox(_("排序"), list(SORTS), key="institutions_sort", bind="query-params")
    homes = pd.concat([store.ask("cities"), filters.places("district"), filters.places("county")]).dropna(subset=["lon"])
    places = homes.drop_duplicates("label").set_index("label")
    origin = row[1].selectbox(
        _("距离从何处算起"), places.index.tolist(), index=None, key="institutions_from", bind="query-params", placeholder=_("不算距离")
    )
    size = int(row[2].selectbox(_("每页家数"), ["10", "20", "50", "200"], key="institutions_size", bind="query-params"))
    pages = max(1, -(-found // size))
    page = 1
    if pages > 1:
        page = min(st.pagination(pages, key="institutions_page", bind="query-params", max_visible_pages=7), pages)
    lon, lat = (float(places.at[origin, "lon"]), float(places.at[origin, "lat"])) if origin else (None, None)
    return Order(SORTS[sort], origin or "", lon, lat, (page - 1) * size, size)


def picked(label: str, rows: pd.DataFrame, event: Any) -> str | None:
    """The institution to show: the point that was clicked, or the same choice by keyboard among the listed rows."""
    clicked = [str(point.get("customdata")) for point in event.selection.points] if event else []
    names = names_of(rows)
    chosen = st.selectbox(label, list(names), format_func=names.get, index=None, key="screen_pick", placeholder=_("选择机构，或点选地图"))
    return chosen or next((code for code in clicked if "|" not in code), None)


def tray(rows: pd.DataFrame) -> list[str]:
    """Up to four institutions to compare; those chosen on other pages of the list stay in the link as `compare`."""
    kept = store.ask("institutions_compared", institutions=_asked("compare"))
    names = {**names_of(kept), **names_of(rows)}
    chosen = st.multiselect(
        _("放入比较（最多四家）"),
        list(names),
        default=kept["institution_id"].tolist(),
        format_func=names.get,
        max_selections=4,
        key="screen_compare",
        placeholder=_("从上面的列表选择"),
    )
    if chosen != _asked("compare"):
        st.query_params["compare"] = chosen
    return chosen


def asked_institutions(key: str, fallback: Sequence[str] = ()) -> list[str]:
    """Institutions named in the address by their plain id, at most four; those that do not exist are left out."""
    found = store.ask("institutions_compared", institutions=_asked(key))["institution_id"].tolist()
    return found or list(fallback)


def names_of(rows: pd.DataFrame) -> dict[str, str]:
    """Names that tell apart: institutions may share one, so the place stands beside it."""
    return {row.institution_id: f"{row.name}（{row.place_words}）" for row in rows.itertuples(index=False)}


def _asked(key: str) -> list[str]:
    return list(dict.fromkeys(st.query_params.get_all(key)))[:4]


def _places(column: Any, heading: str, facet: str, known: pd.DataFrame, placeholder: str) -> list[str] | None:
    labels = known["label"].tolist()
    chosen = column.multiselect(heading, labels, key=KEYS[facet], bind="query-params", placeholder=placeholder)
    return known[known["label"].isin(chosen)]["place_code"].tolist() if chosen else None


def _inside(known: pd.DataFrame, above: list[str] | None, digits: int) -> pd.DataFrame:
    return known[known["place_code"].str[:digits].isin([code[:digits] for code in above])] if above else known


def _insured(column: Any) -> tuple[str | None, str]:
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
