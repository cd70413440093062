"""Releases at the desk: the list, the difference between any two, back to an older one, and what the repository offers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from eldercare import releases
from eldercare.data import catalogue, durable
from eldercare.data.validation import BrokenDatasets
from eldercare.intake import merging, roles
from eldercare.intake.roles import Person
from eldercare.measures import DESK_SIGNS
from eldercare.releases import Release, difference, upgrades
from eldercare.releases.upgrades import Candidate
from eldercare.screen.desk import showing
from eldercare.text import plain

TROUBLE = (releases.Overtaken, roles.NotAllowed, BrokenDatasets, durable.NotWritten, LookupError)


def part(who: Person | None) -> None:
    """The whole part 版本."""
    showing.told()
    _offer(who)
    known, now = releases.listed(), releases.active_id()
    if not known:
        st.caption(
            "还没有建立过版本：看板直接使用仓库 datasets/，改动即时可见。第一次接受报送时，会先把它存为首个版本。"
        )
        return
    st.table(
        pd.DataFrame([_row(release, release.id == now) for release in known[: showing.ON_SCREEN]]),
        hide_index=True,
    )
    changes_between(who=who)
    if who is not None and who.reviews:
        _move(known, now, who)


def changes_between(key: str = "versions", who: Person | None = None) -> None:
    """What changed between two chosen releases: counts by table, then every change. For any page and, without `who`, any reader."""
    known = releases.listed()
    if len(known) < 2:
        st.caption(f"至少要有两个已存档的版本才能比较；已存档{len(known)}个。")
        return
    names = {_name(release): release for release in known}
    labels = list(names)
    now = next((i for i, release in enumerate(known) if release.id == releases.active_id()), 0)
    parent = next(
        (i for i, release in enumerate(known) if release.id == known[now].parent), len(known) - 1
    )
    one, two = st.columns(2)
    before = names[
        one.selectbox("从版本", labels, index=parent, key=f"{key}_before", placeholder="选择版本")
    ]
    after = names[
        two.selectbox("到版本", labels, index=now, key=f"{key}_after", placeholder="选择版本")
    ]
    package = catalogue.read_package(after.datasets)
    changes = showing.public(releases.changes(before.datasets, after.datasets), package, who)
    if changes:
        counted = difference.counts(changes)
        parts = [
            "{table}：新增{new}、修改{changed}、删除{gone}".format(
                table=plain(package.table(table).title), **kinds
            )
            for table, kinds in counted.items()
        ]
        st.markdown("；".join(parts))
    showing.differences(changes, package)


def _offer(who: Person | None) -> None:
    """The repository's datasets, when they hold something that the active release has not seen."""
    try:
        found = upgrades.candidate()
    except (BrokenDatasets, OSError, ValueError) as error:
        st.warning(f"仓库 datasets/ 有误，没有比较：{plain(error)}")
        return
    except KeyError as error:
        st.warning(
            f"当前版本来源的版本 {plain(error.args[0])} 不在这里，没有与仓库 datasets/ 比较。"
        )
        return
    if found is None:
        return
    words = f"仓库 datasets/ 有{len(found.changes)}处变化不在当前版本里（升级或手工修改）。没有自动应用。"
    with st.container(border=True):
        st.warning(words, icon=":material/upgrade:")
        package = catalogue.read_package(releases.repository_datasets())
        with st.expander("看这些变化"):
            showing.differences(showing.public(found.changes, package, who), package)
        told = showing.public(found.conflicts, package, who)
        for conflict in told[: showing.ON_SCREEN]:
            st.markdown("- " + plain(upgrades.conflict_words(conflict, package)))
        if who is not None and (who.submits or who.reviews):
            _merge(found, who)


def _merge(found: Candidate, who: Person) -> None:
    """One person asks, another merges; in the single-user mode one does both."""
    asked = merging.asked_by(found)
    if not asked and not who.own_eyes_suffice:
        if st.button("提请合并", key="desk_ask_merge", help="由另一位审核人看过差异后合并"):
            merging.ask(found, who)
            st.rerun()
    elif asked == who.name and not who.own_eyes_suffice:
        st.caption("您已提请合并，请由另一位审核人接受。")
    elif who.reviews:
        if asked:
            st.caption(f"{plain(asked)}已提请合并。")
        if st.button("合并为新版本", key="desk_merge"):
            showing.new_release(lambda: merging.accept(found, who, "合并仓库更新"), TROUBLE)


def _move(known: list[Release], now: str | None, who: Person) -> None:
    st.markdown("**启用另一个版本**　不删除任何东西，随时可以再换回来。")
    one, two, three = st.columns([2, 2, 1], vertical_alignment="bottom")
    # After the pointer was lost what is shown has to be confirmed, so it can be chosen too.
    others = {
        _name(release): release
        for release in known
        if release.id != now or releases.pointer_fault()
    }
    parent = next((r.parent for r in known if r.id == now), "")
    start = next((i for i, release in enumerate(others.values()) if release.id == parent), 0)
    if not others:
        return
    chosen = one.selectbox(
        "版本", list(others), index=start, key="desk_activate", placeholder="选择版本"
    )
    reason = two.text_input("理由", key="desk_activate_reason", placeholder="如 退回：报送有误")
    if three.button("启用", disabled=not reason.strip(), key="desk_activate_button"):
        showing.new_release(
            lambda: releases.activate(others[chosen].id, who.name, reason.strip(), expected=now),
            TROUBLE,
        )


def _name(release: Release) -> str:
    return f"{release.short} · {release.version} · {release.created[:16].replace('T', ' ')} · {release.reason}"


def _row(release: Release, is_active: bool) -> dict[str, str]:
    counted = "；".join(
        f"{t} +{k['new']} ≠{k['changed']} −{k['gone']}" for t, k in release.summary.items()
    )
    return {
        "当前": "{sign} 当前".format(sign=DESK_SIGNS["in_use"]) if is_active else "",
        "版本": f"[{release.short}](?release={release.short})",
        "编号": plain(release.version),
        "时间": plain(release.created[:16].replace("T", " ")),
        "类别": releases.KINDS[release.kind],
        "报送": plain(release.author),
        "审核": plain(release.reviewer) or "—",
        "说明": plain(release.reason),
        "变化": plain(counted) or "—",
    }
