"""Findings of the place profile: one place against its peers, and what is not known about it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.findings import amount, day
from eldercare.findings.comparison import peers_words, rank_words, standing, value_words
from eldercare.measures import STAGES, missing, points, quantity
from eldercare.text import _, plain

# The headline of a profile takes the broadest count of beds a place has.
BED_ORDER = ("养老床位（全口径或来源未限定）", "机构养老床位", "护理型床位")


def title(place: Any, standings: pd.DataFrame) -> str:
    """The place, its share and where that stands."""
    rows = standings[standings["measure"] == "share_60plus"]
    if rows.empty:
        return _("{name}：普查分年龄人口未上报").format(name=place.name)
    return _("{name}：60岁及以上占{words}").format(name=place.name, words=standing(next(rows.itertuples()), nearest=False))


def fallback(asked: str | None, place: str) -> str:
    """Why another place is shown than the address asked for; empty when it is that place."""
    if asked is None:
        return ""
    if not asked:
        return _("地址没有写明地区，先显示{place}；请在上方选择。").format(place=place)
    return _("没有“{asked}”这个地区（或不在可选范围），先显示{place}；请在上方选择。").format(asked=asked[:20], place=place)


def cards(place: Any, profile: pd.DataFrame, standings: pd.DataFrame, facilities: pd.DataFrame, records: pd.DataFrame) -> list[dict[str, str]]:
    """Five cards: three ages, beds, cooperation."""
    return [*(_age_card(age, profile, standings) for age in (60, 65, 80)), _bed_card(place, facilities), _cooperation_card(records)]


def _age_card(age: int, profile: pd.DataFrame, standings: pd.DataFrame) -> dict[str, str]:
    label = _("{age}岁及以上占比").format(age=age)
    now = profile[(profile["age"] == age) & (profile["year"] == 2020)]
    if now.empty:
        return {"label": label, "value": _("未上报"), "unit": "", "note": _("2020年普查没有这个地区的分年龄人口")}
    row = now.iloc[0]
    before = profile[(profile["age"] == age) & (profile["year"] == 2010) & profile["equal_boundaries"]]
    rank = standings[standings["measure"] == f"share_{age}plus"]
    parts = [quantity(row["elders"], _("人"))]
    if len(rank):
        parts.append(rank_words(next(rank.itertuples())))
    if len(before):
        parts.append(_("十年{change}").format(change=points(row["share"] - before["share"].iloc[0])))
    return {
        "label": label,
        "value": f"{row['share']:.2f}",
        "unit": "%",
        "note": "；".join(filter(None, parts)),
        "help": plain(_("2020年普查，常住人口口径。{words}").format(words=row["evidence"])),
    }


def _bed_card(place: Any, facilities: pd.DataFrame) -> dict[str, str]:
    row = _beds(facilities)
    if row is None:
        return {"label": _("养老床位"), "value": _("未上报"), "unit": "", "note": reporter(place)}
    digits = amount(row)
    return {
        "label": _("养老床位"),
        "value": digits.removesuffix(row["unit"]),
        "unit": row["unit"],
        "note": _("{day}，{definition}").format(day=day(row), definition=row["indicator_title"]),
        "help": plain(_("“{quote}”——{source}").format(quote=row["evidence"], source=row["source_title"])),
    }


def _beds(facilities: pd.DataFrame) -> pd.Series | None:
    actual = facilities[~facilities["kind"].isin(["target", "plan"])].dropna(subset=["value"])
    for name in BED_ORDER:
        found = actual[actual["indicator_title"] == name]
        if len(found):
            return found.iloc[0]
    return None


def reporter(place: Any) -> str:
    """Who could supply the missing figure."""
    return _("未见公开数字，可由{name}民政部门报送").format(name=place.name)


def _cooperation_card(records: pd.DataFrame) -> dict[str, str]:
    """Signed agreements; intents and joint activities are said apart, never counted as signed."""
    stages = records.loc[records["part"] == _("协议"), "stage"]
    signed = int(stages.isin(["signed", "project", "result"]).sum())
    others = [(_("意向{n}份"), int((stages == "intent").sum())), (_("共同活动{n}次"), int((stages == "joint_activity").sum()))]
    others += [(words, int((records["part"] == part).sum())) for words, part in ((_("名单{n}条"), _("名单")), (_("任务{n}项"), _("任务")))]
    note = "，".join(words.format(n=n) for words, n in others if n)
    return {
        "label": _("已签协议"),
        "value": str(signed) if signed else _("未见"),
        "unit": _("份") if signed else "",
        "note": _("另有{note}").format(note=note) if note else _("意向、共同活动、名单与任务均未见公开记录"),
    }


def with_stages(records: pd.DataFrame) -> pd.DataFrame:
    """Adds shape and word of the stage to the state of an agreement."""
    shapes = [f"{STAGES[stage].shape} " if stage in STAGES else "" for stage in records["stage"]]
    return records.assign(state=[shape + words for shape, words in zip(shapes, records["state"], strict=True)])


def compared(standings: pd.DataFrame) -> str:
    """Which measures are in the highest and which in the lowest third of the peers."""
    if standings.empty:
        return _("没有可与同级地区比较的数字")
    first = standings.iloc[0]
    if int(first["ranked"]) < 2:
        return _("全域的数字，没有同级地区可比")
    high = [row.brief for row in standings.itertuples() if row.rank <= row.ranked / 3]
    low = [row.brief for row in standings.itertuples() if row.rank > row.ranked * 2 / 3]
    words = [_("{names}居前三分之一").format(names="、".join(high)) if high else "", _("{names}居后三分之一").format(names="、".join(low)) if low else ""]
    return _("在{peers}中{words}").format(
        peers=peers_words(first["peers"], int(first["ranked"])), words="，".join(filter(None, words)) or _("各项都居中间三分之一")
    )


def comparison_words(standings: pd.DataFrame) -> pd.DataFrame:
    """Adds the words of the comparison for the table twin: value, rank, distance to province and to delta."""
    from_province = [_distance(row.value, row.province_value) for row in standings.itertuples()]
    from_delta = [_distance(row.value, row.delta_value) for row in standings.itertuples()]
    return standings.assign(
        value_words=[value_words(row.value, row.unit) for row in standings.itertuples()],
        rank_words=[rank_words(row) for row in standings.itertuples()],
        against_province=from_province,
        against_delta=from_delta,
    )


def _distance(value: Any, other: Any) -> str | None:
    return None if missing(other) else points(value - other)


def pyramid(place: Any, rows: pd.DataFrame) -> str:
    """How the share of the young and the old moved between the two censuses."""
    if rows.empty:
        return _("{name}：没有分年龄的普查人口").format(name=place.short_name)
    total = rows.assign(all=rows["male"] + rows["female"]).groupby(["year", rows["age_from"] >= 60])["all"].sum().unstack()
    shares = 100 * total[True] / total.sum(axis=1)
    if len(shares) < 2:
        return _("{name}：60岁及以上占{now:.2f}%").format(name=place.short_name, now=shares.iloc[-1])
    return _("{name}：60岁及以上从{before:.2f}%（2010年）到{now:.2f}%（2020年）").format(
        name=place.short_name, before=shares.iloc[0], now=shares.iloc[-1]
    )


def similar(place: Any, rows: pd.DataFrame) -> str:
    """The most similar cities by name."""
    return _("与{name}最像的城市：{names}").format(name=place.short_name, names="、".join(rows["short_name"]))


def facilities(place: Any, rows: pd.DataFrame) -> str:
    """What is known of beds and institutions; says what is missing."""
    if _beds(rows) is None:
        return _("{name}有{n}个机构或设施数字，床位{words}").format(name=place.short_name, n=len(rows), words=reporter(place))
    return _("{name}已公开的床位、机构与设施数字{n}个").format(name=place.short_name, n=len(rows))


def no_facilities(place: Any) -> str:
    """A place without any figure: what is missing and who could report it."""
    return _(
        "{name}的养老床位、养老机构和社区设施数字均未上报：公开来源里没有注明日期的数字。可由{name}民政部门报送（总床位、对外开放床位、机构数，注明统计口径和日期）；未上报不等于没有。"
    ).format(name=place.name)


def records(place: Any, rows: pd.DataFrame, parts: list[str]) -> str:
    """How many records of each kind stand below."""
    counts = [(part, int((rows["part"] == part).sum())) for part in parts if (rows["part"] == part).any()]
    if not counts:
        return _("{name}：{parts}均未见公开记录").format(name=place.short_name, parts="、".join(parts))
    return _("{name}：{words}").format(name=place.short_name, words="、".join(f"{part}{n}条" for part, n in counts))


def history(place: Any, rows: pd.DataFrame, trend: str) -> str:
    """The newest share on each base, and whether a trend can be judged."""
    newest = rows.sort_values("date").groupby("legend", sort=False).tail(1)
    words = "、".join(f"{row.legend}{row.value:.1f}%（{row.date.year}年）" for row in newest.itertuples())
    return _("{name}60岁及以上占比：{words}；{trend}").format(name=place.short_name, words=words, trend=trend)
