"""Institutions picked out of the list: one to look at, up to four to compare, by plain id in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.measures import missing, number
from eldercare.screen import filters
from eldercare.screen.finder import KEYS, Search
from eldercare.text import plain


def pick(rows: pd.DataFrame, points: pd.DataFrame, event: Any) -> None:
    """One institution by click or by keyboard, with the way to its page; a circle with a number says which cities it holds."""
    clicked = [str(point.get("customdata")) for point in event.selection.points] if event else []
    names = names_of(rows)
    box = st.selectbox(
        "查看一家（也可点选地图）",
        list(names),
        format_func=names.get,
        index=None,
        key="screen_pick",
        placeholder="选择机构",
    )
    for point in points[points["point_id"].isin(clicked)].itertuples():
        if point.institutions > 1:
            st.markdown(f"所选圆圈：{number(point.institutions)}家，{plain(point.city_names)}")
            st.button(
                "只看这些城市",
                key="screen_cities",
                on_click=_only_cities,
                args=(list(point.cities),),
            )
        else:
            _link(plain(point.label), point.institution_id)
    if box:
        _link(plain(names[box]), box)


def tray(rows: pd.DataFrame, search: Search) -> None:
    """Up to four institutions to compare; those chosen from other pages of the list stay in the link as `compare`."""
    kept = compared(_asked("compare"))
    names = {**names_of(kept[kept["demo"] == search.demo]), **names_of(rows)}
    if "screen_compare" not in st.session_state:
        st.session_state["screen_compare"] = [code for code in _asked("compare") if code in names]
    st.session_state["screen_compare"] = [
        code for code in st.session_state["screen_compare"] if code in names
    ]
    left, right = st.columns([3, 1], gap="small", vertical_alignment="bottom")
    chosen = left.multiselect(
        "放入比较（最多四家）",
        list(names),
        format_func=names.get,
        max_selections=4,
        key="screen_compare",
        placeholder="从上面的列表选择，翻页不丢",
    )
    if (kept["demo"] != search.demo).any():
        st.caption(
            "演示机构不与真实机构并列，已移出比较：{names}".format(
                names=_named(kept[kept["demo"] != search.demo])
            )
        )
    if chosen != _asked("compare"):
        st.query_params["compare"] = chosen
    if len(chosen) > 1:
        query = {
            "institution": chosen,
            **({"institutions_insured": search.insured_name} if search.insured else {}),
        }
        right.page_link(
            "institutions/compare.py", label=f"并排比较{len(chosen)}家", query_params=query
        )


def profile() -> pd.Series:
    """The institution that `?institution=` names; without one, or for nonsense, the first known by name."""
    asked = compared(_asked("institution")[:1])
    return (asked if len(asked) else compared(_first_known()[:1])).iloc[0]


def to_compare(insured: str | None) -> pd.DataFrame:
    """The institutions that `?institution=` names, at most four, all real or all fictitious; without any the first known by name."""
    asked = compared(_asked("institution"), insured)
    return (
        asked[asked["demo"] == asked["demo"].iloc[0]]
        if len(asked)
        else compared(_first_known()[:4], insured)
    )


def left_out(rows: pd.DataFrame, count: int) -> None:
    """Say which of the first `count` institutions that the address names are not among those shown, and why."""
    asked = _asked("institution")[:count]
    known = compared(asked)
    lost = [code for code in asked if code not in set(known["institution_id"])]
    others = known[~known["institution_id"].isin(rows["institution_id"])]
    if lost and known.empty:
        operators = set(lost) & _operators()
        if operators and count == 1:
            st.caption("链接所指为运营方，不是机构；现显示名录第一家")
            return
        st.caption(
            f"链接中的机构不存在，显示按名称可知的前{len(rows)}家"
            if count > 1
            else "链接中的机构不存在，显示第一家"
        )
    elif lost:
        st.caption(f"链接中有{len(lost)}家机构不存在，未显示")
    if len(others):
        st.caption(f"演示机构不与真实机构并列，未显示：{_named(others)}")


def way_back(row: pd.Series) -> None:
    """From one institution to the list, and on to a comparison with it."""
    demo = {"demo": "true"} if row["demo"] else {}
    with st.container(horizontal=True, key="screen_ways"):
        st.page_link("institutions/directory.py", label="返回机构名录", query_params=demo)
        query = {**demo, "compare": row["institution_id"]}
        st.page_link("institutions/directory.py", label="放入比较，再选几家", query_params=query)


def as_points(row: pd.Series) -> pd.DataFrame:
    """One institution as a point of the map."""
    return pd.DataFrame([row]).assign(
        point_id=row["institution_id"],
        institutions=1,
        label=row["name"],
        city_names=row["city_name"],
        hover="\n".join([row["name"], *_placed(row)]),
    )


def _placed(row: pd.Series) -> list[str]:
    """Where it is and what the point is; of a home registered elsewhere than it lies both are said."""
    if missing(row["located_in"]):
        return [row["place_words"], row["point_words"]]
    return [
        f"登记在{row['place_words']}，地址在{row['located_in']}",
        row["point_words"].replace("区县", row["located_in"]),
    ]


def titles() -> dict[str, str]:
    """The Chinese title and unit of each field of a home."""
    return {
        field.name: field.title for field in store.current().package.table("institutions").fields
    }


def compared(institutions: Sequence[str], insured: str | None = None) -> pd.DataFrame:
    """These institutions in the order given, with what the insurance of `insured` is worth there."""
    return store.ask(
        "institutions_compared",
        institutions=list(institutions),
        insured=insured,
        as_of=filters.as_of(),
    )


def names_of(rows: pd.DataFrame) -> dict[str, str]:
    """Names that tell apart: institutions may share one, so the place stands beside it."""
    return {
        row.institution_id: f"{row.name}（{row.place_words}）"
        for row in rows.itertuples(index=False)
    }


def _named(rows: pd.DataFrame) -> str:
    return plain("、".join(names_of(rows).values()))


def numbers_of(rows: pd.DataFrame) -> dict[str, int]:
    """The line of each institution in the list, for the map beside it."""
    return dict(zip(rows["institution_id"], rows["number"].tolist(), strict=True))


def _first_known() -> list[str]:
    codes = store.ask("cities")["place_code"].tolist()
    known = store.ask("institutions_known", in_delta=True, cities=codes)
    return known[known["kind"] == "institution"]["institution_id"].tolist()


def _operators() -> set[str]:
    codes = store.ask("cities")["place_code"].tolist()
    known = store.ask("institutions_known", in_delta=True, cities=codes)
    return set(known[known["kind"] == "operator"]["institution_id"])


def _asked(key: str) -> list[str]:
    return list(dict.fromkeys(st.query_params.get_all(key)))[:4]


def _link(label: str, institution: str) -> None:
    st.page_link(
        "institutions/profile.py", label=f"打开 {label}", query_params={"institution": institution}
    )


def _only_cities(names: list[str]) -> None:
    st.session_state[KEYS["city"]] = names
