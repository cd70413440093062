"""总览: what stands of the cooperation (the list, the memoranda, who moved, the work of 2021), and the basic figures of the delta."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import tables
from eldercare.exhibits import STATE, Exhibit, Facts, exhibit, kept, listed, parts, tasks
from eldercare.exhibits.claims import amount, claim, claim_traces, day, trace
from eldercare.exhibits.pairing import words as cooperation
from eldercare.exhibits.shapes import Cards
from eldercare.measures import CENSUS_SHORT, headline, quantity

CLAIMS = {
    "indicator_title": "指标",
    "amount": "数值",
    "day": "日期",
    "base": "人口口径",
    "kind_words": "性质",
}
LIST = ("list_beds", "list_institutions", "list_cities", "cross_region_beds_added", "cross_region_beds")  # fmt: skip
SIGNED = ("signed_districts", "signed_places", "signed_places_counties", "linked_districts", "linked_places")  # fmt: skip
BASIC = (
    "pop_60plus",
    "share_60plus",
    "institutions",
    "beds_eldercare",
    "beds_institution",
    "community_facilities",
)


@kept
def stands(facts: Facts) -> Exhibit:
    """Four figures, each with one note: what was reached, by which day, and that no source says more."""
    rows, later = _claims(facts)
    moved, work = facts.ask("moved_people", as_of=facts.as_of), _tasks(facts)
    entries = (_list_card(rows), _memoranda(rows, later), _moved(moved), _work(facts, work))
    told = [_of(rows, *LIST, *SIGNED), _of(later, *SIGNED), moved, *_as_claims(work)]
    return exhibit(
        "headline",
        STATE,
        **parts(the_list(rows)),
        shape=Cards(entries),
        rows=pd.concat(told, ignore_index=True),
        columns={**CLAIMS, "evidence": "原文摘录"},
    )


@kept
def age(facts: Facts) -> str:
    """How old the newest list is; empty while it is not older than three years."""
    return tables.age_words(_of(_claims(facts)[0], *LIST), facts.as_of)


@kept
def relation(facts: Facts) -> str:
    """One line for all counts of cooperation, which are of different things: what was announced, and what sources name."""
    rows, later = _claims(facts)
    places = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.narrowed, as_of=facts.as_of)
    records = facts.ask("place_records", place="YRD", as_of=facts.as_of)
    return cooperation.relation(rows, later, places, cells, records)


@kept
def basics(facts: Facts) -> Exhibit:
    """People, homes and beds of the delta: the census, what was reported and what came later, each with its day and base."""
    rows, later = _claims(facts)
    census = facts.ask("province_ageing", age=60)
    claims = _of(pd.concat([rows, later]), *BASIC)
    told = claims.assign(source_ids=[[code] for code in claims["source_id"]])
    return listed(
        "basics",
        STATE,
        basic(rows, census),
        pd.concat([*_counted(census), told], ignore_index=True),
        CLAIMS,
        ["“机构养老床位”与“养老床位”口径不同，人口各按自己的口径：只并列，不比较"],
        file_columns={**CLAIMS, "value": "数值（全部位数）", "unit": "单位", "evidence": "原文摘录"},
    )  # fmt: skip


def _claims(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        facts.ask("headline", as_of=facts.as_of),
        facts.ask("headline_later", as_of=facts.as_of),
    )


def _tasks(facts: Facts) -> pd.DataFrame:
    return tasks.delta(tasks.board(facts.ask("task_schedule", as_of=facts.as_of), facts.as_of))


def _as_claims(work: pd.DataFrame) -> list[pd.DataFrame]:
    """The tasks as rows beside claims: their value is what public sources show of them."""
    if work.empty:
        return []
    words = work.assign(
        observation_id=work["task_id"],
        indicator_title=work["title"],
        value_text=work["proof_words"],
        kind="actual",
    )
    return [
        words[["observation_id", "indicator_title", "value_text", "kind", "evidence", "source_id"]]
    ]


def _of(rows: pd.DataFrame, *indicators: str) -> pd.DataFrame:
    """The rows of these indicators, in their order."""
    return rows[rows["indicator_code"].isin(indicators)].sort_values(
        "indicator_code", key=lambda codes: codes.map(indicators.index), kind="stable"
    )


def the_list(rows: pd.DataFrame) -> str:
    """The list as it was published; then what was to be added, in both wordings. Whether it was, no source says."""
    homes, beds, cities = (
        claim(rows, code, kind="actual")
        for code in ("list_institutions", "list_beds", "list_cities")
    )
    if beds is None:
        return "首批异地养老机构名单：公开资料未载"
    told = [f"{day(beds)}公布" + ("" if cities is None else f"，{amount(cities)}城市"), _goal(rows)]
    return "；".join(
        [f"首批异地养老机构名单：{amount(homes)}、{amount(beds)}床位", *filter(None, told)]
    )


def _goal(rows: pd.DataFrame) -> str:
    added = claim(rows, "cross_region_beds_added", kind="target")
    if added is None:
        return ""
    double = rows[(rows["indicator_code"] == "cross_region_beds") & (rows["reading"] == "翻番")]
    return "{year}年计划再新推{beds}{double}，完成情况公开资料未载".format(
        year=added["date"].year,
        beds=amount(added),
        double="（另有“翻番”表述）" if len(double) else "",
    )


def basic(rows: pd.DataFrame, census: pd.DataFrame) -> str:
    """Homes and beds as reported; people by the census, whose base is known, then what was reported with its own day and base."""
    homes, beds = (claim(rows, code, kind="actual") for code in ("institutions", "beds_eldercare"))
    if beds is None or homes is None:
        return "；".join(["长三角的机构与床位：公开资料未载", *_people(rows, census)])
    return "；".join(
        [
            f"长三角：机构{amount(homes)}、床位{amount(beds)}",
            f"公开报道，{day(beds)}",
            *_people(rows, census),
        ]
    )


def _people(rows: pd.DataFrame, census: pd.DataFrame) -> list[str]:
    delta = census[census["level"] == "region"].dropna(subset=["value"])
    told = [
        f"{CENSUS_SHORT}60岁及以上常住人口{quantity(row.elders, '人')}，占{row.value:.2f}%"
        for row in delta.itertuples()
    ]
    share = claim(rows, "share_60plus")
    if share is not None:
        base = {"未注明": "口径未注明", "不适用": ""}.get(share["base"], f"{share['base']}口径")
        told.append("，".join(filter(None, [f"公开报道的{day(share)}数为{amount(share)}", base])))
    return told


def _counted(census: pd.DataFrame) -> list[pd.DataFrame]:
    """People and share of the delta in both censuses as claims."""
    delta = census[census["level"] == "region"]
    return [
        delta.assign(
            observation_id=column,
            indicator_title=what,
            value=delta[column].round(2),
            unit=unit,
            qualifier=None,
            base="常住",
            kind="derived",
            date=pd.Timestamp(year, 11, 1),
            date_precision="day",
            date_label=None,
            date_inferred=False,
        ).dropna(subset=["value"])
        for column, what, unit, year in (
            ("elders", "60岁及以上人口", "人", 2020),
            ("value", "60岁及以上人口占比", "%", 2020),
            ("elders_2010", "60岁及以上人口", "人", 2010),
            ("value_2010", "60岁及以上人口占比", "%", 2010),
        )
    ]


# --- the cards ---


def _card(label: str, row: pd.Series | None, note: str, rests_on: pd.DataFrame) -> dict[str, Any]:
    if row is None:
        return {"label": label, "value": "未载", "unit": "", "note": note or "公开资料未载"}
    digits, unit = headline(row["value"], row["unit"], row["qualifier"])
    return {
        "label": label,
        "value": digits,
        "unit": unit,
        "note": note,
        "traces": claim_traces(rests_on.drop_duplicates("observation_id")),
    }


def _list_card(rows: pd.DataFrame) -> dict[str, Any]:
    beds, homes = (claim(rows, code, kind="actual") for code in ("list_beds", "list_institutions"))
    note = "" if beds is None else f"{day(beds)}，{amount(homes)}；此后新增数公开资料未载"
    return _card("异地养老机构名单床位", beds, note, _of(rows, *LIST))


def _memoranda(rows: pd.DataFrame, later: pd.DataFrame) -> dict[str, Any]:
    """Districts and places are two counts, never one sum; the goals speak of 对接 and of cities."""
    signed, places = (
        claim(rows, code, kind="actual") for code in ("signed_districts", "signed_places")
    )
    goal = cooperation.linking(rows).removeprefix("；")
    note = "；".join(
        filter(
            None,
            [
                "" if signed is None else day(signed),
                f"{goal}，词与单位不同，不计差额" if goal else "",
            ],
        )
    )
    rests_on = pd.concat([_of(rows, *SIGNED), _of(later, *SIGNED)])
    card = _card("签署协作备忘录", signed, note, rests_on)
    if signed is None:
        return card
    bare = amount(places).removesuffix("个")
    return {**card, "value": f"{card['value']}个区", "unit": f"{bare}个市（区县）"}


def _moved(rows: pd.DataFrame) -> dict[str, Any]:
    """Nobody counts who moved; what single homes tell is no sum of it."""
    single = f"；只见单家机构的{len(rows)}个数" if len(rows) else ""
    note = f"苏浙皖养老机构里的上海老人：总数公开资料未载{single}"
    return {
        "label": "跨省入住老年人",
        "value": "未载",
        "unit": "",
        "note": note,
        "traces": claim_traces(rows),
    }


def _work(facts: Facts, rows: pd.DataFrame) -> dict[str, Any]:
    if rows.empty:
        return {
            "label": "任务清单",
            "value": "未载",
            "unit": "",
            "note": tasks.none_yet(facts.as_of),
        }
    names = rows["list_short"].unique()
    first, _comma, rest = tasks.seen(rows).partition("，")
    n, _item, what = first.partition("项")
    proofs = [
        trace(f"{row.title}：{row.proof_words}", row.evidence, row.source_ids)
        for row in rows[rows["proof"] != "none"].itertuples()
    ]
    whole = trace(
        tasks.standing(rows),
        "；".join(rows["evidence"].drop_duplicates()),
        rows["source_id"].drop_duplicates(),
    )
    return {
        "label": names[0] if len(names) == 1 else f"长三角{len(rows)}项任务",
        "value": f"{n}项",
        "unit": what,
        "note": "；".join(filter(None, [rest, tasks.dates(rows)])),
        "traces": [whole, *proofs],
    }
