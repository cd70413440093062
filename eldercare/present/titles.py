"""Titles of slides that are read aloud in a hall: who, what, since when. Pages have their own, shorter ones."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.findings import amount, city, claim, day, short_day, situation
from eldercare.measures import STAGES, missing, number
from eldercare.text import _

LONGEST = 22


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def message(rows: pd.DataFrame, census: pd.DataFrame) -> str:
    """What the delta's deck has to say, from the headline figures alone."""
    beds = claim(rows, "list_beds", kind="actual")
    districts, places = (claim(rows, code, kind="actual") for code in ("signed_districts", "signed_places"))
    parts = [situation.people(rows, census)]
    if districts is not None and places is not None:
        parts.append(
            _("{day}，上海{d}个区与三省{p}个市（区县）已签约").format(
                day=short_day(districts), d=amount(districts).removesuffix("个"), p=amount(places).removesuffix("个")
            )
        )
    if beds is not None:
        parts.append(_("首批异地养老机构名单床位{beds}（{day}）").format(beds=amount(beds), day=short_day(beds)))
    return "；".join(filter(None, parts)) or _("长三角养老一体化")


def newest(rows: pd.DataFrame, code: str) -> pd.Series | None:
    """The last actual number of an indicator, or None."""
    done = rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")].sort_values("date")
    return None if done.empty else done.iloc[-1]


def signed(rows: pd.DataFrame) -> str:
    """The newest signed districts beside their target; the places beside theirs with the difference of units said."""
    districts, places = newest(rows, "signed_districts"), newest(rows, "signed_places")
    goal, cities = (claim(rows, code, kind="target") for code in ("signed_districts", "signed_places"))
    parts = []
    if districts is not None:
        target = _("，目标{n}个").format(n=number(goal["value"])) if goal is not None else ""
        parts.append(_("上海{n}个区已签约（{day}{target}）").format(n=number(districts["value"]), day=short_day(districts), target=target))
    if places is not None:
        target = _("，目标写“{n}个城市”，单位不同").format(n=number(cities["value"])) if cities is not None else ""
        parts.append(
            _("三省{n}个市（区县）已签约（{day}{target}）").format(n=number(places["value"]), day=short_day(places), target=target)
        )
    return "；".join(parts) or _("已签协议：没有公开数字")


def stage_map(places: pd.DataFrame) -> str:
    """How many cities of the three provinces have any public record, and how far they are."""
    counts = places[places["level"] == "city"]["stage"].value_counts()
    parts = [_("{stage}{n}个").format(stage=STAGES[stage].word, n=counts[stage]) for stage in STAGES if stage != "none" and stage in counts]
    rest = int(counts.get("none", 0))
    return _("三省{all}个城市中{n}个有公开往来：{parts}；其余{rest}个未见公开记录").format(
        all=int(counts.sum()), n=int(counts.sum()) - rest, parts="、".join(parts) or _("无"), rest=rest
    )


def matrix(places: pd.DataFrame, cells: pd.DataFrame) -> str:
    """Signed pairs known with both sides, and the districts without a public record."""
    pairs = cells[cells["counts_as_signed"]][["district_code", "partner_code"]].drop_duplicates()
    districts = places[places["level"] == "district"]
    return _("公开来源点名到双方的已签结对{n}对；上海{all}个区中{silent}个未见公开签约记录").format(
        n=len(pairs), all=len(districts), silent=int((~districts["signed_by_name"]).sum())
    )


def named(rows: pd.DataFrame) -> str:
    """Announced beside known by name, never as a share."""
    parts = [
        _("{unit}公布签约{a}个、能查到名字的{n}个").format(unit=row.unit_title, a=number(row.announced), n=number(row.named))
        for row in rows.itertuples()
    ]
    return "；".join(parts) or _("没有公布的签约数")


def topics(rows: pd.DataFrame) -> str:
    """Which topics are complete and which are thin."""
    cities = int(rows["ranked"].iloc[0])
    full = rows[rows["known"] == cities]["topic"].tolist()
    first = _("{n}个城市都有{names}数据；").format(n=cities, names="、".join(full)) if full else ""
    return first + _("公开记录最少的是{names}").format(names=thinnest(rows))


def thinnest(rows: pd.DataFrame) -> str:
    """The three topics that fewest cities report."""
    thin = rows[rows["known"] < rows["ranked"]].sort_values("known", kind="stable").head(3)
    return "、".join(_("{topic}（{n}个城市）").format(topic=row.topic, n=row.known) for row in thin.itertuples()) or _("无")


def standing(place: Any, standings: pd.DataFrame) -> str:
    """Where a place stands among its peers, with its name."""
    words = city.compared(standings)
    return words if place.short_name in words else f"{place.short_name}{words}"


def facilities(place: Any, rows: pd.DataFrame) -> str:
    """The broadest count of beds, then how many other figures are public."""
    beds = rows[~rows["kind"].isin(["target", "plan"])].dropna(subset=["value"])
    found = [beds[beds["indicator_title"] == name] for name in city.BED_ORDER]
    first = next((part.iloc[0] for part in found if len(part)), None)
    if first is None:
        return city.facilities(place, rows)
    return _("{name}{what}{amount}（{day}）；公开的床位、机构与设施数字共{n}个").format(
        name=place.short_name, what=first["indicator_title"].split("（")[0], amount=amount(first), day=day(first), n=len(rows)
    )


def agreements(place: Any, rows: pd.DataFrame) -> str:
    """How many agreements with both sides named, since when, the newest; what else there is."""
    done = rows[rows["counts_as_signed"]]
    others = len(rows) - len(done)
    more = _("意向、点名与共同活动{n}项").format(n=others) if others else ""
    dated = done[done["date"].notna()].sort_values("date")
    if done.empty:
        return _("{name}未见点名到双方的已签协议；{more}{last}").format(name=place.short_name, more=more, last=_last(rows))
    since = _("{day}起").format(day=day(dated.iloc[0])) if len(dated) > 1 else ""
    return _("{name}{since}点名的已签协议{n}份{last}{more}").format(
        name=place.short_name, since=since, n=len(done), last=_last(done), more=_("；另有{more}").format(more=more) if more else ""
    )


def events(place: Any, rows: pd.DataFrame) -> str:
    """How many public events and the newest."""
    return _("涉及{name}的公开动态{n}条{last}").format(name=place.short_name, n=len(rows), last=_last(rows))


def others(place: Any, rows: pd.DataFrame) -> str:
    """Lists, tasks, insurance and whatever else names a place, by kind, and the newest."""
    words = "、".join(_("{part}{n}条").format(part=part, n=n) for part, n in rows["part"].value_counts(sort=False).items())
    return _("公开文件与报道点到{name}：{words}{last}").format(name=place.short_name, words=words, last=_last(rows))


def pair(names: str, records: pd.DataFrame) -> str:
    """What two places agreed, how far it came and since when."""
    dated = records[records["date"].notna()].sort_values("date")
    since = _("{day}起，").format(day=day(dated.iloc[0])) if len(dated) else ""
    top = records.iloc[0]
    return _("{names}：{since}共{n}项往来，走得最远的是“{title}”（{stage}）").format(
        names=names, since=since, n=len(records), title=_short(top["title"]), stage=top["stage_title"]
    )


def _last(rows: pd.DataFrame) -> str:
    dated = rows[rows["date"].notna()].sort_values("date")
    if dated.empty:
        return ""
    row = dated.iloc[-1]
    title = "" if missing(row["title"]) else _short(str(row["title"]))
    return _("，最近：{day}“{title}”").format(day=day(row), title=title)
