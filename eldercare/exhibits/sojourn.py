"""Findings of 旅居网络."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.claims import claim, day
from eldercare.exhibits.pairing import dossier
from eldercare.measures import NOT_TODAY, QUIET, full_quantity, missing, number


def network(total: pd.DataFrame) -> str:
    """How far Guangdong's network reaches, its bases, and how many of them have a name. `total`: question sojourn_total."""
    regions, bases = claim(total, "sojourn_regions"), claim(total, "sojourn_bases")
    if regions is None or bases is None:
        return "旅居养老网络：公开资料未载数字"
    return "截至{day}，含广东的{regions}个省区市签有旅居养老合作框架协议，来源点名广东示范基地{named}家；{place}{since}培育示范基地{bases}家".format(
        day=day(regions),
        regions=number(regions["value"]),
        named=number(bases["named"]),
        place=str(bases["place_label"]).partition("（")[0],
        since=day(bases),
        bases=number(bases["value"]),
    )


def members(rows: pd.DataFrame) -> str:
    """The bases by province and who gave no count."""
    counted = rows[rows["bases"].notna()].sort_values("bases", ascending=False, kind="stable")
    silent = rows[rows["counted_round"] & rows["bases"].isna()]["short_name"].tolist()
    parts = "、".join(f"{row.short_name}{number(row.bases)}" for row in counted.itertuples())
    tail = "；{names}是签约方，家数公开资料未载".format(names="、".join(silent)) if silent else ""
    return "{all}家示范基地：{parts}".format(all=number(counted["bases"].sum()), parts=parts) + tail


def named_bases(rows: pd.DataFrame) -> str:
    """The named bases by city."""
    cities = rows["city"].value_counts(sort=False)
    return f"来源点名的示范基地{len(rows)}家，都在广东{len(cities)}个市"


def triples(rows: pd.DataFrame) -> str:
    """How many groups are planned, what of them is named, and apart from them who may belong. `rows`: question lishui_slots."""
    planned, beside = rows[rows["planned"]], rows[~rows["planned"]]
    parts = []
    for role, part in planned.groupby("role_title", sort=False):
        # The plan itself may name a party without saying which group it belongs to.
        told = part["named_in_plan"].dropna().head(1).str.split("、").explode()
        names = dict.fromkeys([*part.loc[part["state"] == "known", "name"], *told[told != ""]])
        parts += (
            ["{role}{n}个（{names}）".format(role=role, n=len(names), names="、".join(names))]
            if names
            else []
        )
    signed = beside[beside["state"] == "unstated"]["group_no"].nunique()
    towns = int((beside["state"] == "likely").sum())
    likely = [f"{signed}组三方均已点名"] if signed else []
    likely += [f"{towns}个乡镇"] if towns else []
    return "丽水拟签的乡镇、县（区）民政局、企业各{all}个：点名{named}{likely}".format(
        all=planned["group_no"].nunique(),
        named="、".join(parts) or "的未载",
        likely="；另有{parts}可能属于其中，来源未写明".format(parts="、".join(likely))
        if likely
        else "",
    )


def ties(rows: pd.DataFrame) -> str:
    """The agreements outside the delta's own network by what they are, over how many provinces, and of which nothing newer is known."""
    single = rows.drop_duplicates("agreement_id")
    silent = int((single["quiet_words"] == QUIET.word).sum())
    if rows.empty:
        return "旅居与对口合作的协议：所收公开资料未载（基地与目的地另见“其他基地”）"
    return "旅居与对口合作：{kinds}，点名各方所在的省区市{p}个{tail}".format(
        kinds="、".join(dossier.kinds(single)),
        p=rows["province_code"].nunique(),
        tail=f"；其中{silent}项{QUIET.word}" if silent else "",
    )


def agreements(rows: pd.DataFrame) -> str:
    """The same as a list, with what only sums others up counted apart."""
    summed = rows["stage"] == "summary"
    return "长三角跨省协作以外的合作：{kinds}{sums}".format(
        kinds="、".join(dossier.kinds(rows[~summed])) or "所收公开资料未载",
        sums=f"；另有{int(summed.sum())}项为汇总说法，不计" if summed.any() else "",
    )


def figures(rows: pd.DataFrame) -> str:
    """How many published figures; a goal is none of what is."""
    goals = int(rows["kind"].isin(NOT_TODAY).sum())
    told = f"旅居与康养的公开数字{len(rows) - goals}个"
    return told + (f"、目标与计划{goals}个" if goals else "") + "，口径各不相同，不相加"


def bases(rows: pd.DataFrame) -> str:
    """How many other bases are named, and of how many only plans and goals are known. Two sizes of one place are one base."""
    places = rows.groupby(["category", "place_label"], sort=False)["kind_title"].agg(list)
    planned = sum(all(kind in ("规划", "目标") for kind in kinds) for kinds in places)
    return f"另有来源点名的基地与目的地{len(places)}处，其中{planned}处只有规划或目标的数字；规模不一的说法并列"


def with_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `amount`: value, unit and the source's own qualifier in one word; empty where no figure is given."""
    amounts = [
        None if missing(value) else full_quantity(value, unit, qualifier)
        for value, unit, qualifier in zip(
            rows["value"], rows["unit"], rows["qualifier"], strict=True
        )
    ]
    return rows.assign(amount=amounts)
