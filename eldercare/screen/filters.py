"""The widgets that filter: fixed keys, their state in the URL, their words in Chinese.

The same key means the same filter on every page. The label of an option is what stands in the URL,
so labels are public and unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from eldercare import store
from eldercare.exhibits import Facts, kept
from eldercare.measures import FIRST_DAY, LAST_DAY, day_words, number
from eldercare.text import plain

# So many choices are named in a title; of more their number.
SPOKEN = 3

# The label of an option stands in links that people keep. A label that was reworded stands here: parameter → former word → today's.
# A word leaves this table only when its parameter does.
FORMER_WORDS = {
    "beds_definition": {"养老床位（全口径）": "养老床位（来源未限定范围）"},
    "place_map_view": {"方格": "方格图"},
    "tasks_view": {"督办总表": "任务跟踪表"},
    "task_lamps_view": {"灯": "状态"},
    "tasks_status": {
        "■ 已到期·未见公开结果": "▽ 期限已过，结果待核",
        "□ 暂无公开证据": "□ 公开资料未载结果",
        "— 未报送": "／ 未载",
        "✕ 受阻": "✕ 推进有困难",
        "☆ 自报办结": "☆ 反馈办结",
        "⬡ 无变化": "⬠ 无变化",
        "◁ 牵头未报送": "◁ 牵头单位反馈未载",
    },
    "institutions_portability": {"可报销（是否限定机构未说明）": "有补助（是否限定机构未说明）"},
    "institutions_list": {"未见入选记录": "入选记录未载"},
    "pairing_part": {"久未见动态": "近24个月动态"},
    "institutions_ownership": {"公办公营": "公建公营", "民办": "民建民营", "未上报": "未载"},
    "institutions_province": {"省市未上报": "省市未载"},
    "cities": {"城市未上报": "城市未载"},
    "institutions_county": {"区县未上报": "区县未载"},
    **{
        f"institutions_{facet}": {"未上报": "未载"}
        for facet in ("available", "open", "price", "size", "type", "care", "medical")
    },
    "intake_table": {"任务报告": "责任单位反馈"},
}

# Each page once kept its place under a name of its own; a link says so still.
FORMER_PLACES = ("beds_place", "ledger_place", "ageing_city")


def renew() -> None:
    """Former words in the address become today's before any widget is drawn; the address is put right and read again.

    Only with a link from outside: once a widget holds a parameter its words are those that it offers.
    """
    former = [name for name in FORMER_PLACES if name in st.query_params]
    if former:
        if "place" not in st.query_params:
            st.query_params["place"] = st.query_params[former[0]]
        for name in former:
            del st.query_params[name]
        st.rerun()
    asked = {
        key: st.query_params.get_all(key) for key in FORMER_WORDS if key not in st.session_state
    }
    today = {
        key: [FORMER_WORDS[key].get(word, word) for word in words] for key, words in asked.items()
    }
    if today != asked:
        st.query_params.update({key: words for key, words in today.items() if words != asked[key]})
        st.rerun()


def not_offered(place: Any, label: str, key: str, options: list[str]) -> None:
    """Say beside a widget which words of the address it cannot heed; call it before the widget, which takes them away."""
    lost = [words for words in st.query_params.get_all(key) if words not in options]
    if lost:
        place.caption(
            "{label}：链接中的“{words}”不在选项内，未采用".format(
                label=label, words=plain("、".join(lost)[:60])
            )
        )


def places(level: str) -> pd.DataFrame:
    """Places of one level inside the delta in house order: place_code, label, short_name, parent_code."""
    return store.ask("places_of_level", level=level)


def cities() -> list[str]:
    """Codes of the chosen cities; nothing chosen means all 41."""
    known = store.ask("cities")
    _say_full_names("cities", known)
    chosen = st.multiselect(
        "城市",
        known["label"].tolist(),
        key="cities",
        bind="query-params",
        placeholder="全部41个城市",
    )
    return (
        known[known["label"].isin(chosen)]["place_code"].tolist()
        if chosen
        else known["place_code"].tolist()
    )


def _say_full_names(key: str, known: pd.DataFrame) -> None:
    """Full names in the address, which the box drops: said, with the short ones that it takes."""
    short = dict(zip(known["name"], known["label"], strict=True))
    dropped = [word for word in st.query_params.get_all(key) if short.get(word, word) != word]
    if dropped:
        words = "、".join(f"“{word}”请写“{short[word]}”" for word in dropped)
        st.caption(f"网址里的城市用简称：{plain(words)}")


def demo() -> bool:
    """Whether the fictitious list is shown instead of the real one; off unless asked for."""
    return st.toggle(
        "演示数据",
        key="demo",
        bind="query-params",
        help="虚构的名单，用来试用查找；打开后所有图表与文件都标“演示数据”，且不与真实数据相加",
    )


def as_of() -> date:
    """The date that time statuses are computed against: `?as_of=` of this page or the one before, else the data's own date."""
    own = own_day()
    try:
        asked = date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return own
    return asked if FIRST_DAY <= asked <= LAST_DAY else own


@kept
def own_day() -> date:
    """The day on which the compilation of the data ended."""
    return store.ask("release")["as_of"].iloc[0].date()


def one_of(label: str, key: str, options: list[str], default: str | None = None) -> str:
    """A choice of one among a few, in a row; the first (or `default`) unless the URL says otherwise."""
    return st.segmented_control(
        label,
        options,
        default=default or options[0],
        key=key,
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )


def linked(label: str, name: str, options: dict[str, str], default: str) -> tuple[str, str | None]:
    """One of `options` (code → unique label), chosen by `?name=code`, a short address that others can link to.

    The second value is what the address asked for in vain: "" when it asked for nothing, None when it was found.
    """
    codes = {words: code for code, words in options.items()}
    asked = st.query_params.get(name, "")
    code = asked if asked in options else codes.get(asked, default)
    box = f"{name}_box"
    # The address is the state: a link to another place wins over what was chosen before.
    st.session_state[box] = options[code]

    def follow() -> None:
        # A part of the page that runs by itself while a link opens still sends the choice of before: nobody chose it.
        context = get_script_run_ctx(suppress_warning=True)
        if context is None or not context.fragment_ids_this_run:
            st.query_params[name] = codes[st.session_state[box]]

    st.selectbox(
        label,
        list(codes),
        key=box,
        on_change=follow,
        placeholder=label,
        label_visibility="collapsed",
    )
    return code, None if asked in options or asked in codes else asked


def place(known: pd.DataFrame, default: str) -> tuple[str, str | None, pd.DataFrame]:
    """The one place that is chosen on all pages (`?place=`), among `known` (place_code, label).

    Returns its code, what the address asked for in vain (as in `linked`), and the places of that name that are not among them.
    """
    elsewhere = called("place", known)
    names = dict(zip(known["place_code"], known["label"], strict=True))
    return *linked("选择地区", "place", names, default), elsewhere


def members(key: str, known: pd.DataFrame) -> list[str]:
    """Codes of the places among `known` (place_code, label) that are chosen one by one; none until some are."""
    chosen = st.multiselect(
        "地区",
        known["label"].tolist(),
        key=key,
        bind="query-params",
        placeholder="选两个以上的区、市、县（可以输入名称）",
    )
    return known[known["label"].isin(chosen)]["place_code"].tolist()


def called(name: str, known: pd.DataFrame) -> pd.DataFrame:
    """Call before `linked`: `?name=` may be a name, short name or alias of a place among `known`, and becomes its code.

    Returns the places it names that are not among them (label, city_code, city_label).
    """
    found = store.ask("place_called", name=st.query_params.get(name, ""))
    here = found[found["place_code"].isin(known["place_code"])]
    if len(here):
        st.query_params[name] = here["place_code"].iloc[0]
        return found.iloc[:0]
    return found


def page_start(name: str, total: int, size: int, unit: str = "条") -> int:
    """The first row of the page that `?name=` asks for, with a pair of buttons to turn pages; 0 for nonsense."""
    pages = max(1, -(-total // size))
    asked = st.query_params.get(name, "1")
    current = int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= pages else 1

    def turn(step: int) -> None:
        st.query_params[name] = str(current + step)

    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key=f"screen_{name}"):
            st.button(
                "上一页", key=f"{name}_back", on_click=turn, args=(-1,), disabled=current == 1
            )
            st.button(
                "下一页", key=f"{name}_on", on_click=turn, args=(1,), disabled=current == pages
            )
            st.caption(f"第{current}/{pages}页，共{number(total)}{unit}")
    return (current - 1) * size


def several(
    label: str, key: str, options: list[str], placeholder: str, first: list[str] | None = None
) -> list[str]:
    """Some of the options, those of `first` unless the URL says otherwise; nothing chosen means all of them."""
    return some(label, key, options, placeholder, first) or options


def some(
    label: str,
    key: str,
    options: Sequence[str],
    placeholder: str,
    first: Sequence[str] | None = None,
) -> list[str]:
    """The same where nothing chosen asks for nothing."""
    default = [option for option in first or [] if option in options]
    return st.multiselect(
        label, options, default=default, key=key, bind="query-params", placeholder=placeholder
    )


def kept_as_of() -> str:
    """What an address on this page must end with so that it reckons with the same day: "&as_of=…", or nothing."""
    return f"&as_of={as_of().isoformat()}" if "as_of" in st.query_params else ""


def everywhere() -> bool:
    """Whether no city is chosen: then what belongs to a province, or lies outside the delta, counts too."""
    return not st.session_state.get("cities")


def scope(*others: str) -> str:
    """What was chosen of cities, platforms and the `others` (keys), as the beginning of a sentence that holds for it alone."""
    cities, platforms_, *more = (
        _listed(st.session_state.get(key)) for key in ("cities", "platform", *others)
    )
    words = "；".join(filter(None, [cities, f"平台“{platforms_}”" if platforms_ else "", *more]))
    return f"{words}：" if words else ""


def facts(day: date, cities: list[str], platforms: list[str], *others: str) -> Facts:
    """The questions of a page as `cities` and `platforms` leave them; its titles name them and the `others` (keys)."""
    return Facts(day, None if everywhere() else tuple(cities), tuple(platforms), scope(*others))


def looking_back() -> str:
    """What a page of a past day must say of records that bear no date; empty on the data's own date."""
    day, own = as_of(), own_day()
    return (
        "按{day}看：未注明日期的仍列出，不能判断是否在此以前。".format(day=day_words(day, "day"))
        if day < own
        else ""
    )


def _listed(chosen: Any) -> str:
    words = [chosen] if isinstance(chosen, str) else list(chosen or [])
    return (
        "、".join(words)
        if len(words) <= SPOKEN
        else "{first}等{n}项".format(first="、".join(words[:SPOKEN]), n=len(words))
    )


def platforms() -> list[str]:
    """The chosen ones of the five shared platforms of 2021 (and what fits none of them); nothing chosen means all."""
    return several(
        "共享平台", "platform", store.ask("platforms")["platform"].tolist(), "全部五个平台"
    )


def pair(districts: pd.DataFrame, partners: pd.DataFrame, charts: tuple[str, ...]) -> pd.DataFrame:
    """The places whose dossier is shown: the cell or place that was clicked in one of the charts, or the same choice by keyboard.

    A cell carries `district|partner` as customdata and sets both sides; a place on a map sets its own side.
    """
    sides = {
        "pairing_district": ("上海的区", districts),
        "pairing_partner": ("对方（三省的市、县）", partners),
    }
    for chart in charts:
        points = (st.session_state.get(chart) or {"selection": {"points": []}})["selection"][
            "points"
        ]
        clicked = [str(point["customdata"]) for point in points if point.get("customdata")]
        # A selection outlives the click; only a new one may override what was chosen below since.
        if clicked and clicked != st.session_state.get(f"{chart}_clicked"):
            for key, (_label, known) in sides.items():
                labels = known[known["place_code"].isin(clicked[0].split("|"))]["label"].tolist()
                if labels or "|" in clicked[0]:
                    st.session_state[key] = labels[0] if labels else None
            st.session_state["pair_clicked"] = True
        st.session_state[f"{chart}_clicked"] = clicked
    chosen = []
    for column, (key, (label, known)) in zip(
        st.columns(2, gap="small"), sides.items(), strict=True
    ):
        with column:
            name = st.selectbox(
                label,
                known["label"].tolist(),
                index=None,
                key=key,
                bind="query-params",
                placeholder="点选上图的格子，或在此选择",
            )
        chosen.append(known[known["label"] == name])
    return pd.concat(chosen)


def from_list(label: str, key: str, options: list[str], default: str | None = None) -> str:
    """One of many options in a box; the first (or `default`) unless the URL says otherwise."""
    return st.selectbox(
        label,
        options,
        index=options.index(default or options[0]),
        key=key,
        bind="query-params",
        placeholder=f"选择{label}",
    )


def party(known: pd.DataFrame) -> str:
    """The code of the place that must take part (label, place_code); empty when any may."""
    chosen = st.selectbox(
        "参与方",
        known["label"].tolist(),
        index=None,
        key="timeline_party",
        bind="query-params",
        placeholder="全部参与方",
    )
    return "" if chosen is None else known.set_index("label").at[chosen, "place_code"]
