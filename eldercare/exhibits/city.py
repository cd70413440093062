"""What is said of one place: against its peers, and what is not known about it. Behind the first ； stands the subtitle."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from eldercare.exhibits import TITLE_LENGTH, place_records
from eldercare.exhibits.ageing.words import ten_years
from eldercare.exhibits.claims import (
    amount,
    claim_traces,
    dated,
    day,
    departments,
    peers_words,
    trace,
)
from eldercare.exhibits.comparison import rank_among, rank_words, standing, value_words
from eldercare.exhibits.pairing import dossier
from eldercare.measures import (
    AIMED,
    CENSUS,
    CENSUS_SHORT,
    LAMPS,
    NOT_TODAY,
    QUIET,
    STAGES,
    day_words,
    headline,
    missing,
    points,
    quantity,
)
from eldercare.text import plain

DISTANCE = "距离：年龄结构、人口规模（对数）、城镇人口占比三方面标准化后的均方根，越小越相近"
NO_RECORDS = "公开资料未载不等于没有；有公开来源的可用任一图表下的“报告错误”告知。"
BY_NAME = "点到本地或所辖区县的协议、结对、意向与共同活动；报道的“上海区＋三省市（区县）”签署数是另一种计数，见总览与城市结对"
AGES = {
    "age_words": "年龄",
    "year_words": "普查",
    "elders": "人数（人）",
    "share": "占比（%）",
    "boundary_note": "区划",
}

# A card names this many of its records and sources; the tables below name all.
SOURCES_NAMED = 4

WELFARE = ("welfare_units", "welfare_beds")

# The headline of a profile takes the broadest count of beds a place has.
BED_ORDER = (
    "养老床位（全口径或来源未限定）",
    "机构养老床位",
    "护理型床位",
    "各种社会福利收养性单位床位",
)


def caveats(as_of: date, compiled: date) -> list[str]:
    """What is counted here; on a day before the compilation also what is left out."""
    early = (
        ["按{day}看：此后的、未注明日期的不列".format(day=day_words(as_of, "day"))]
        if as_of < compiled
        else []
    )
    return [BY_NAME, *early]


def title(place: Any, standings: pd.DataFrame) -> str:
    """The place, its share and where that stands."""
    rows = standings[standings["measure"] == "share_60plus"]
    if rows.empty:
        return f"{place.name}：普查分年龄人口公开资料未载"
    row = next(rows.itertuples())
    told = standing(row, nearest=False)
    return f"{place.name}：七普60岁及以上占{row.value:.2f}%；{CENSUS}，60岁及以上常住人口占{told}"


def fallback(asked: str | None, place: str, elsewhere: pd.DataFrame) -> str:
    """Why another place is shown than the address asked for, as Markdown; empty when it is that place.

    `elsewhere` are places of that name without a profile (question `place_called`): said to exist, with the way to their city.
    """
    if asked is None:
        return ""
    if not asked:
        return f"地址没有写明地区，先显示{plain(place)}；请在上方选择。"
    if elsewhere.empty:
        return f"没有“{plain(asked[:20])}”这个地区，先显示{plain(place)}；请在上方选择。"
    row = elsewhere.iloc[0]
    city = (
        ""
        if missing(row["city_code"])
        else f"[{plain(row['city_label'])}](city?place={row['city_code']})"
    )
    within = f"它属于{city}，可看该市的档案；" if city else ""
    return "本页不含{name}；{within}先显示{place}。".format(
        name=plain(row["label"]), within=within, place=plain(place)
    )


def cards(
    place: Any,
    profile: pd.DataFrame,
    standings: pd.DataFrame,
    facilities: pd.DataFrame,
    records: pd.DataFrame,
    moves: pd.DataFrame,
) -> list[dict[str, Any]]:
    """Five cards: three ages, beds, cooperation; each with what its numbers rest on."""
    return [
        *(_age_card(age, profile, standings) for age in (60, 65, 80)),
        _bed_card(place, facilities),
        _cooperation_card(records, moves),
    ]


def _age_card(age: int, profile: pd.DataFrame, standings: pd.DataFrame) -> dict[str, Any]:
    label = f"{age}岁及以上占比"
    now = profile[(profile["age"] == age) & (profile["year"] == 2020)]
    if now.empty:
        return {
            "label": label,
            "value": "未载",
            "unit": "",
            "note": f"{CENSUS}没有这个地区的分年龄人口",
        }
    row = now.iloc[0]
    before = profile[(profile["age"] == age) & (profile["year"] == 2010)]
    own = standings[standings["measure"] == f"share_{age}plus"]
    rank = rank_among(next(own.itertuples())) if len(own) else ""
    parts = [quantity(row["elders"], "人"), rank]
    words = "{share:.2f}%，{parts}，{census}常住人口".format(
        share=row["share"], parts="，".join(filter(None, parts)), census=CENSUS_SHORT
    )
    traces = [trace(words, row["evidence"], [row["source_id"]])]
    for _i, earlier in before.iterrows():
        told = "2010年{share:.2f}%".format(share=earlier["share"])
        if earlier["equal_boundaries"]:
            change = "十年{change}".format(change=points(row["share"] - earlier["share"]))
            parts.append(change)
        else:
            change = "{boundaries}，只并列".format(boundaries=earlier["boundary_note"])
            parts.append(f"{told}（{change}）")
        traces.append(trace(f"{told}，{change}", earlier["evidence"], [earlier["source_id"]]))
    return {
        "label": label,
        "value": f"{row['share']:.2f}",
        "unit": "%",
        "note": "；".join(filter(None, parts)),
        "traces": traces,
    }


def _bed_card(place: Any, facilities: pd.DataFrame) -> dict[str, Any]:
    row = _beds(facilities)
    if row is None:
        return {"label": "养老床位", "value": "未载", "unit": "", "note": reporter(place)}
    digits, unit = headline(row["value"], row["unit"], row["qualifier"])
    beside = "" if missing(row["beside"]) else row["beside"]
    return {
        "label": row["indicator_title"].split("（")[0].removeprefix("各种"),
        "value": digits,
        "unit": unit,
        "note": "；".join(
            filter(
                None,
                [
                    "{day}，{definition}".format(day=day(row), definition=row["indicator_title"]),
                    beside,
                ],
            )
        ),
        "traces": claim_traces(facilities[facilities["topic"] == "床位"]),
    }


def _beds(facilities: pd.DataFrame) -> pd.Series | None:
    actual = facilities[~facilities["kind"].isin(NOT_TODAY)].dropna(subset=["value"])
    for name in BED_ORDER:
        found = actual[actual["indicator_title"] == name]
        if len(found):
            return found.iloc[0]
    return None


def reporter(place: Any) -> str:
    """Who could supply the missing figure."""
    return f"公开资料未载{_by_name(place)}，可商请{departments(place)}提供"


def _by_name(place: Any) -> str:
    """Homes that are known by name stand apart: they are no total, nor is nothing known."""
    homes = getattr(place, "homes", 0)
    return f"（按名称可知的{homes}家养老机构另列）" if homes else ""


def _cooperation_card(records: pd.DataFrame, moves: pd.DataFrame) -> dict[str, Any]:
    """Signed agreements; all else is said apart by its own word and never counted as signed. `moves`: question latest_moves."""
    signed = records["counts_as_signed"].astype("bool")
    others = [
        ("汇总报道点名已签约而对方未写{n}次", records["stage"] == "counterpart_unknown"),
        ("结对{n}项", records["stage"] == "paired"),
        ("意向或拟议{n}项", records["stage"] == "intent"),
        ("共同活动{n}项", records["stage"] == "joint_activity"),
    ]
    counted = [
        (words.format(n=int(which.sum())), records[which]) for words, which in others if which.any()
    ]
    counted += [
        (words, records[which])
        for part in ("名单", "任务", "成果")
        for words, which in place_records.kinds(part, records)
        if which.any()
    ]
    beside = list(filter(None, [dossier.unspecific(records[signed])]))
    own = (
        [("，".join([f"点名的已签协议{int(signed.sum())}份", *beside]), records[signed])]
        if signed.any()
        else []
    )
    note = [
        *beside,
        "另有{note}".format(note="，".join(words for words, _rows in counted))
        if counted
        else "所收公开资料未见点到本地的结对、意向、共同活动、名单与任务",
    ]
    traces = [
        trace(words, _titles(rows), rows["source_id"].value_counts().index[:SOURCES_NAMED])
        for words, rows in own + counted
    ]
    move = moves.iloc[0]
    if not missing(move["latest_words"]):
        quiet = f"，{move['quiet_words']}" if move["quiet_words"] == QUIET.word else ""
        note.append(
            "最近公开动态（不计旅游专列与线路）{day}{quiet}".format(
                day=move["latest_words"], quiet=quiet
            )
        )
        traces.append(trace(note[-1], move["evidence"], list(move["source_ids"])))
    return {
        "label": "点名的已签协议",
        "value": str(int(signed.sum())) if signed.any() else "未载",
        "unit": "份" if signed.any() else "",
        "note": "；".join(note),
        "traces": traces,
    }


def _titles(rows: pd.DataFrame) -> str:
    """The first few by name; all of them stand in the tables below."""
    more = f"等{len(rows)}条，全部见下表" if len(rows) > SOURCES_NAMED else ""
    return "；".join(rows["title"].head(SOURCES_NAMED)) + more


def with_stages(records: pd.DataFrame) -> pd.DataFrame:
    """Adds shape and word of the stage to the state of an agreement."""
    shapes = [f"{STAGES[stage].shape} " if stage in STAGES else "" for stage in records["stage"]]
    words = [shape + state for shape, state in zip(shapes, records["state"], strict=True)]
    # Without a record the column would else become one of numbers, and words are searched in it.
    return records.assign(state=pd.Series(words, index=records.index, dtype="str"))


def with_lamps(records: pd.DataFrame, schedule: pd.DataFrame) -> pd.DataFrame:
    """Adds the lamp of each task (question `task_schedule`) before its time limit; lists from outside the delta carry none of ours."""
    schedule = schedule[schedule["in_delta"]]
    lamps = {
        task: LAMPS[status].marked
        for task, status in zip(schedule["task_id"], schedule["time_status"], strict=True)
    }
    own = records["part"] == "任务"
    words = [
        place_records.with_limit(lamps[task], state) if task in lamps else state
        for task, state in zip(records["id"], records["state"], strict=True)
    ]
    return records.assign(
        state=records["state"].mask(own, pd.Series(words, index=records.index, dtype="str"))
    )


def compared(standings: pd.DataFrame) -> str:
    """Each measure with its place in the order from the highest; an age share is no performance, so no place is called good."""
    if standings.empty:
        return "没有可与同级地区比较的数字"
    first = standings.iloc[0]
    if int(first["ranked"]) < 2:
        known = sorted(zip(first["peer_values"], first["peer_names"], strict=True))
        return "{census}{what}：三省一市从{low}{low_value:.1f}%到{high}{high_value:.1f}%".format(
            census=CENSUS_SHORT,
            what=first["title"],
            low=known[0][1],
            low_value=known[0][0],
            high=known[-1][1],
            high_value=known[-1][0],
        )
    told = [
        f"{row.title}{value_words(row.value, row.unit)}（第{int(row.rank)}位）"
        for row in standings.itertuples()
        if int(row.ranked) == int(first["ranked"])
    ]
    return "{census}，在{peers}中由高到低：{told}".format(
        census=CENSUS_SHORT,
        peers=peers_words(first["peers"], int(first["ranked"])),
        told="，".join(told),
    )


def ranked(place: Any, standings: pd.DataFrame) -> str:
    """Where the share of elders stands in the order; then each measure with its place (`compared`)."""
    if standings.empty:
        return f"{place.short_name}：与同级地区比较未载；{compared(standings)}"
    first = next(standings.itertuples())
    # Of how many it is the place: 第28位 of what is no sentence.
    head, ranked = f"{place.short_name}{first.title}：", int(first.ranked)
    if ranked < 2:
        rank = value_words(first.value, first.unit)
    elif len(head + rank_among(first)) <= TITLE_LENGTH:
        rank = rank_among(first)
    else:
        rank = f"{ranked}个中第{int(first.rank)}位"
    return f"{head}{rank}；{compared(standings)}"


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
    return None if missing(value) or missing(other) else f"{round(value, 2) - round(other, 2):+.2f}"


def pyramid(place: Any, rows: pd.DataFrame) -> str:
    """How the share of the young and the old moved between the two censuses."""
    if rows.empty:
        return f"{place.short_name}：没有分年龄的普查人口"
    total = (
        rows.assign(all=rows["male"] + rows["female"])
        .groupby(["year", rows["age_from"] >= 60])["all"]
        .sum()
        .unstack()
    )
    shares = 100 * total[True] / total.sum(axis=1)
    if len(shares) < 2:
        return (
            f"{place.short_name}60岁及以上：{shares.iloc[-1]:.2f}%；60岁及以上常住人口占比，2020年"
        )
    before, now = (f"{shares.iloc[end]:.2f}%" for end in (0, -1))
    rise = ten_years(shares.iloc[0], shares.iloc[-1])
    return f"{place.short_name}60岁及以上占比：十年{rise}；60岁及以上常住人口占比：2010年{before}，2020年{now}"


def bounds(rows: pd.DataFrame) -> str:
    """On which bounds both censuses are told; what could not be moved is said."""
    notes = [note for note in rows["boundary_note"].dropna().unique() if "未调整" in note]
    return "；".join(["两年均按2020年区划", *notes])


def similar(place: Any, rows: pd.DataFrame) -> str:
    """The most similar cities by name."""
    names = "、".join(rows["short_name"])
    return (
        f"与{place.short_name}相近：{names}；按年龄结构、人口规模、城镇人口占比（七普）相近的城市"
    )


def facilities(place: Any, rows: pd.DataFrame) -> str:
    """What is known of beds and institutions; says what is missing."""
    if rows.empty:
        return f"{place.short_name}：床位与机构总数未载；所收公开资料未载{_by_name(place)}"
    welfare = rows["indicator_code"].isin(WELFARE)
    own = rows[~welfare]
    first = _beds(own)
    if first is not None:
        what = first["indicator_title"].split("（")[0]
        beside = f"，另有各种社会福利收养性单位{int(welfare.sum())}项" if welfare.any() else ""
        return (
            f"{place.short_name}{what}{amount(first)}{_of_year(first)}；{dated(first)}；"
            f"有公开数的床位、机构与设施指标共{figures_counted(own)}{beside}"
        )
    total = "养老床位总数" if welfare.any() else "床位总数"
    head = f"{place.short_name}：{total}公开资料未载；"
    # What one home has, or asks, is no figure of the place.
    single, priced = own["indicator_code"].str.startswith("single_home"), own["kind"] == "price"
    now = ~own["kind"].isin(NOT_TODAY)
    if not now.any() and not welfare.any():
        return f"{head}床位、机构与设施只有{_beside(own)}；床位总数{reporter(place)}"
    counts = own[now & ~single & ~priced]["topic"].value_counts(sort=False)
    told = [f"{topic}指标{n}项" for topic, n in counts.items()]
    told += [
        words.format(n=int(which.sum()))
        for which, words in ((single & now, "单家机构床位{n}项"), (priced, "收费案例{n}项"))
        if which.any()
    ]
    # All units for residential welfare, those for children among them: no beds for elders.
    told += ["各种社会福利收养性单位及其床位（不是养老床位）"] if welfare.any() else []
    words = "、".join(told)
    every = "都" if counts.sum() > 1 else ""
    only = f"，{every}是比率或单项" if list(counts.index) == ["床位"] and not welfare.any() else ""
    only += f"（另有{_beside(own)}）" if not now.all() else ""
    return f"{head}有公开数的：{words}{only}；{total}{reporter(place)}"


def _of_year(row: pd.Series) -> str:
    """The year behind a number in a title, which would else read as that of today."""
    return "" if missing(row["date"]) else f"（{row['date'].year}年）"


def figures_counted(rows: pd.DataFrame) -> str:
    """How many figures there are; what is aimed at is no figure of today and stands apart."""
    now = ~rows["kind"].isin(NOT_TODAY)
    return f"{int(now.sum())}项" + ("" if now.all() else f"（另有{_beside(rows)}）")


def _beside(rows: pd.DataFrame) -> str:
    """What stands beside the figures of today: targets, and what may be one by the words of its source."""
    counted = (("目标{n}项", AIMED), ("目标还是现状未写明的{n}项", ["unclear"]))
    return "、".join(
        words.format(n=n) for words, kinds in counted if (n := int(rows["kind"].isin(kinds).sum()))
    )


def no_facilities(place: Any) -> str:
    """A place without any figure: what is missing and who could report it."""
    total = "总数" if getattr(place, "homes", 0) else "数字"
    # Its counties may have figures; they stand in their own files and are not summed to it.
    inside = "，所辖县（市、区）的数字见各自档案，不加总" if place.level == "city" else ""
    return (
        f"{place.name}的养老床位、养老机构和社区设施{total}均未载："
        f"所收公开资料里未见写到{place.name}本级、注明日期的{total}{inside}{_by_name(place)}。"
        f"可商请{departments(place)}提供（总床位、对外开放床位、机构数，注明统计口径和日期）；公开资料未载不等于没有。"
    )


def records(place: Any, rows: pd.DataFrame, parts: list[str]) -> str:
    """How many records of each kind stand below; a plan is no event, and of agreements only those signed are called so."""
    own = rows[rows["part"].isin(parts)]
    told = [words for part in parts for words in place_records.told(part, own[own["part"] == part])]
    if not told:
        # What an agreement brings along is a move of the place too: here it is only said that nothing else is known.
        names = ["其他动态" if part == "动态" else part for part in parts]
        return "点到{name}的{parts}，所收公开资料未载".format(
            name=place.short_name, parts="、".join(names)
        )
    return "{name}：{words}".format(name=place.short_name, words="、".join(told))


def _former_area(row: pd.Series) -> list[str]:
    """What a number counted before the place took its present bounds; it is no number of the place of today."""
    return (
        [] if missing(row["break_note"]) or "前的" not in row["break_note"] else [row["break_note"]]
    )


def history(place: Any, rows: pd.DataFrame, trend: str) -> str:
    """The newest share on each base, and whether a trend can be judged."""
    newest = rows.sort_values("date").groupby("legend", sort=False).tail(1)
    bases = ["口径未注明" if base == "未注明" else base for base in newest["legend"]]
    words = "、".join(
        f"{base}{amount(row)}（{'，'.join([dated(row), *_former_area(row)])}）"
        for base, (_i, row) in zip(bases, newest.iterrows(), strict=True)
    )
    return f"{place.short_name}60岁及以上占比：各口径分列；{words}；{trend}"
