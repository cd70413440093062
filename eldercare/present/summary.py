"""The last word of the delta's deck: where things stand, computed from the same questions as the slides before it."""

from __future__ import annotations

import pandas as pd

from eldercare import tables
from eldercare.findings import claim, short_day
from eldercare.measures import CENSUS, missing, number
from eldercare.present import titles
from eldercare.present.exhibits import CONCLUSION, Facts, exhibit
from eldercare.present.model import Exhibit, Items, Missing
from eldercare.text import _

NAMED = 6


def summary(facts: Facts) -> Exhibit | Missing:
    """Five sentences: people, cooperation, the distance to the targets, who has no public record, what can be reported next."""
    census = facts.ask("province_ageing", age=60)
    signed = facts.ask("signed_series", as_of=facts.as_of)
    places = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.everywhere, as_of=facts.as_of)
    target, known = facts.ask("bed_target"), facts.ask("coverage_topics")
    told = [
        (_("现状"), _state(census), census[census["level"] == "region"]),
        (_("走到哪一步"), _steps(signed, cells), pd.concat([signed, cells[cells["counts_as_signed"]]])),
        (_("离目标"), _distance(signed, target), target),
        (_("谁还没有公开记录"), _silent(places), places),
        (_("下一步能报什么"), _next(known), known),
    ]
    entries = tuple((head, words) for head, words, _rows in told if words)
    if not entries:
        return Missing(_("小结"), _("没有记录"))
    rows = pd.concat([_rested(head, words, part) for head, words, part in told if words], ignore_index=True)
    columns = {"part": _("部分"), "words": _("结论"), "evidence": _("依据")}
    return exhibit("summary", CONCLUSION, _title(places, cells), Items(entries), rows, columns)


def _title(places: pd.DataFrame, cells: pd.DataFrame) -> str:
    """The one sentence to take home."""
    cities = places[places["level"] == "city"]
    return _("小结：公开能查到双方的已签结对{n}对，三省{all}个城市中{bare}个未见公开记录").format(
        n=_pairs(cells), all=len(cities), bare=int((cities["stage"] == "none").sum())
    )


def _pairs(cells: pd.DataFrame) -> int:
    return len(cells[cells["counts_as_signed"]][["district_code", "partner_code"]].drop_duplicates())


def _state(census: pd.DataFrame) -> str:
    delta = census[census["level"] == "region"].dropna(subset=["value"])
    if delta.empty:
        return ""
    row = delta.iloc[0]
    change = (
        ""
        if missing(row["change"])
        else _("，比2010年{how}{n:.2f}个百分点").format(how=_("高") if row["change"] > 0 else _("低"), n=abs(row["change"]))
    )
    return _("{census}：长三角常住人口中60岁及以上占{share:.2f}%{change}").format(census=CENSUS, share=row["value"], change=change)


def _steps(signed: pd.DataFrame, cells: pd.DataFrame) -> str:
    parts = []
    for code, words in (("signed_districts", _("上海{n}个区（{day}）")), ("signed_places", _("三省{n}个市（区县）（{day}）"))):
        last = titles.newest(signed, code)
        parts += [words.format(n=number(last["value"]), day=short_day(last))] if last is not None else []
    announced = _("公布已签约的有{parts}；").format(parts="、".join(parts)) if parts else ""
    return announced + _("公开来源点名到双方的已签结对{n}对").format(n=_pairs(cells))


def _distance(signed: pd.DataFrame, target: pd.DataFrame) -> str:
    parts = []
    last = titles.newest(signed, "signed_districts")
    goal = claim(signed, "signed_districts", kind="target")
    if last is not None and goal is not None:
        short = max(0, goal["value"] - last["value"])
        parts.append(
            _("签约的区目标{goal}个，按{day}的数还差{short}个").format(goal=number(goal["value"]), day=short_day(last), short=number(short))
        )
    readings = target[target["reading"].notna()].sort_values("value")
    if len(readings):
        parts.append(
            _("异地床位目标{readings}张两种读法，是否达到未见公开来源").format(readings=_("或").join(map(number, readings["value"])))
        )
    return "；".join(parts)


def _silent(places: pd.DataFrame) -> str:
    districts = places[(places["level"] == "district") & ~places["signed_by_name"]]["short_name"].tolist()
    cities = places[(places["level"] == "city") & (places["stage"] == "none")]["short_name"].tolist()

    def some(names: list[str]) -> str:
        return "、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")

    parts = [_("上海{n}个区（{names}）").format(n=len(districts), names=some(districts))] if districts else []
    parts += [_("三省{n}个城市（{names}）").format(n=len(cities), names=some(cities))] if cities else []
    return _("{parts}；未见公开记录不等于没有").format(parts="、".join(parts)) if parts else ""


def _next(known: pd.DataFrame) -> str:
    return _("公开记录最少的{names}，可由各地民政部门先报，注明口径和日期").format(names=titles.thinnest(known)) if len(known) else ""


def _rested(head: str, words: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows under one sentence: what it rests on, in one form whatever question they are from."""
    named = tables.sources_named(rows)
    found = pd.DataFrame({"part": head, "words": words, "evidence": rows["evidence"].tolist(), "source_ids": named})
    return found[found["source_ids"].map(len) > 0].drop_duplicates(subset=["part", "evidence"])
