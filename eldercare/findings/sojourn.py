"""Findings of 旅居网络."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import claim
from eldercare.measures import full_quantity, missing, number
from eldercare.text import _


def network(total: pd.DataFrame) -> str:
    """How far Guangdong's network reaches, its bases, and how many of them have a name. `total`: question sojourn_total."""
    regions, bases = claim(total, "sojourn_regions"), claim(total, "sojourn_bases")
    if regions is None or bases is None:
        return _("旅居养老网络：没有公开数字")
    return _("广东旅居养老网络{regions}个省市区，先签的六省区{bases}家示范基地，有名称的{named}家").format(
        regions=number(regions["value"]), bases=number(bases["value"]), named=number(bases["named"])
    )


def members(rows: pd.DataFrame) -> str:
    """The bases by province and who gave no count."""
    counted = rows[rows["bases"].notna()].sort_values("bases", ascending=False, kind="stable")
    silent = rows[rows["counted_round"] & rows["bases"].isna()]["short_name"].tolist()
    parts = "、".join(f"{row.short_name}{number(row.bases)}" for row in counted.itertuples())
    tail = _("；{names}签约而未公布基地数").format(names="、".join(silent)) if silent else ""
    return _("{all}家示范基地：{parts}").format(all=number(counted["bases"].sum()), parts=parts) + tail


def named_bases(rows: pd.DataFrame) -> str:
    """The named bases by city."""
    cities = rows["city"].value_counts(sort=False)
    return _("{n}家有名称，都在广东{cities}个市").format(n=len(rows), cities=len(cities))


def triples(rows: pd.DataFrame) -> str:
    """How many groups are planned, what of them is named, and apart from them who may belong. `rows`: question lishui_slots."""
    planned, beside = rows[rows["planned"]], rows[~rows["planned"]]
    named = planned[planned["state"] == "known"]
    parts = [f"{role}{n}" + _("个") for role, n in named["role_title"].value_counts(sort=False).items()]
    signed = beside[beside["state"] == "unstated"]["group_no"].nunique()
    towns = int((beside["state"] == "likely").sum())
    likely = [_("{n}组三方已签").format(n=signed)] if signed else []
    likely += [_("{n}个乡镇").format(n=towns)] if towns else []
    return _("丽水拟签{all}组：点名{named}；{likely}其余未见点名").format(
        all=planned["group_no"].nunique(),
        named="、".join(parts) or _("0个"),
        likely=_("另有{parts}可能属于其中，来源未写明；").format(parts="、".join(likely)) if likely else "",
    )


def ties(rows: pd.DataFrame) -> str:
    """How many agreements outside the delta's own network, over how many provinces."""
    return _("旅居与对口合作{n}份，涉及{p}个省区市；近24个月有公开动态的{m}份").format(
        n=rows["agreement_id"].nunique(),
        p=rows["province_code"].nunique(),
        m=rows[rows["quiet_words"] == _("有")]["agreement_id"].nunique(),
    )


def agreements(rows: pd.DataFrame) -> str:
    """The same as a list, with what only sums others up counted apart."""
    summed = int((rows["stage"] == "summary").sum())
    return _("长三角网络以外{n}份协议与合作，另有{s}行只是汇总，不计").format(n=len(rows) - summed, s=summed)


def figures(rows: pd.DataFrame) -> str:
    """How many published figures, from how many places."""
    return _("各地公布的旅居规模{n}个数字，口径各不相同，不相加").format(n=len(rows))


def bases(rows: pd.DataFrame) -> str:
    """How many other bases have a name."""
    return _("另有{n}处有名称的基地与目的地，规模不一的说法并列").format(n=rows["name"].nunique())


def with_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `amount`: value, unit and the source's own qualifier in one word; empty where no figure is given."""
    amounts = [
        None if missing(value) else full_quantity(value, unit, qualifier)
        for value, unit, qualifier in zip(rows["value"], rows["unit"], rows["qualifier"], strict=True)
    ]
    return rows.assign(amount=amounts)
