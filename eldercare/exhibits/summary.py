"""The last word of a deck: where things stand, computed from the same questions as the slides before it."""

from __future__ import annotations

import pandas as pd

from eldercare import tables
from eldercare.exhibits import CONCLUSION, Exhibit, Facts, Missing, exhibit, kept, parts, places
from eldercare.exhibits.coverage import words as coverage
from eldercare.exhibits.pairing import words as cooperation
from eldercare.exhibits.shapes import Items
from eldercare.measures import CENSUS, missing, number


@kept
def summary(facts: Facts) -> Exhibit | Missing:
    """Five sentences: people, cooperation, the targets, of which ties nothing is on record, what can be reported next."""
    census = facts.ask("province_ageing", age=60)
    signed = facts.ask("signed_series", as_of=facts.as_of)
    places = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.narrowed, as_of=facts.as_of)
    target, known = facts.ask("bed_target"), facts.ask("coverage_topics")
    told = [
        ("现状", _state(census), census[census["level"] == "region"]),
        ("进展", _steps(signed, cells), pd.concat([signed, cells[cells["counts_as_signed"]]])),
        ("目标", _distance(signed, target), target),
        ("哪些往来公开资料未载", _silent(places), places),
        ("下一步商请提供什么", _next(known), known),
    ]
    entries = tuple((head, words) for head, words, _rows in told if words)
    if not entries:
        return Missing("小结", "没有记录")
    rows = pd.concat(
        [_rested(head, words, part) for head, words, part in told if words], ignore_index=True
    )
    columns = {"part": "部分", "words": "结论", "evidence": "依据"}
    return exhibit(
        "summary",
        CONCLUSION,
        **parts(_title(places, cells)),
        shape=Items(entries),
        rows=rows,
        columns=columns,
    )


def _title(places: pd.DataFrame, cells: pd.DataFrame) -> str:
    """The one sentence to take home."""
    cities = places[places["level"] == "city"]
    return "小结：点名双方已签约或结对的{n}对；三省{all}个城市中{known}个被公开来源点名与上海各区有养老往来".format(
        n=len(cooperation.pairs_by_name(cells)),
        all=len(cities),
        known=int((cities["stage"] != "none").sum()),
    )


def _state(census: pd.DataFrame) -> str:
    delta = census[census["level"] == "region"].dropna(subset=["value"])
    if delta.empty:
        return ""
    row = delta.iloc[0]
    change = (
        ""
        if missing(row["change"])
        else "，比2010年{how}{n:.2f}个百分点".format(
            how="高" if row["change"] > 0 else "低", n=abs(row["change"])
        )
    )
    return "{census}：长三角常住人口中60岁及以上占{share:.2f}%{change}".format(
        census=CENSUS, share=row["value"], change=change
    )


def _steps(signed: pd.DataFrame, cells: pd.DataFrame) -> str:
    return f"{cooperation.signed(signed)}；{cooperation.pairs(cells)}"


def _distance(signed: pd.DataFrame, target: pd.DataFrame) -> str:
    """What was to be reached. Of none of it a source says that it was, and different words and units are not subtracted."""
    goals = cooperation.linking(signed).removeprefix("；")
    readings = target[target["reading"].notna()].sort_values("value")
    beds = "异地养老机构名单床位的目标{readings}张两种读法".format(
        readings="或".join(map(number, readings["value"]))
    )
    told = [goals, beds if len(readings) else ""]
    return (
        "{told}；是否达到公开资料未载".format(told="；".join(filter(None, told)))
        if any(told)
        else ""
    )


def _silent(places: pd.DataFrame) -> str:
    """Who has no ties on record between Shanghai's districts and the three provinces; whoever has others is named apart."""
    districts = places[(places["level"] == "district") & ~places["signed_by_name"]]
    cities = places[(places["level"] == "city") & (places["stage"] == "none")]

    if districts.empty and cities.empty:
        return ""
    names = "、".join(districts["short_name"])
    parts = [f"上海{len(districts)}个区（{names}）的养老签约"] if len(districts) else []
    parts += [f"三省{len(cities)}个城市与上海各区的往来"] if len(cities) else []
    told = [
        "{parts}未被公开来源点名".format(parts="、".join(parts)),
        cooperation.districts_apart(places),
        *cooperation.beside_silence(places),
    ]
    return "；".join([*filter(None, told), "未被点名不等于没有"])


def _next(known: pd.DataFrame) -> str:
    thin = coverage.thinnest(known)["topic"] if len(known) else []
    return f"所收记录最少的几项里，{coverage.asked(thin)}，注明口径和日期" if len(thin) else ""


@kept
def of_place(facts: Facts, code: str) -> Exhibit | Missing:
    """A city: what its slides found, of which topics nothing is on record, and whom to ask for it.

    The topics are those of 数据覆盖, counted there in the same way.
    """
    place = facts.place(code)
    grid = facts.ask("coverage_grid", provinces=[f"{code[:2]}0000"])
    own = grid[grid["place_code"] == code]
    if own.empty:
        return Missing("小结", f"{place.short_name}不在数据覆盖的表里")
    open_ = own[own["records"] == 0]
    found = [
        ("现状", places.cards(facts, code)),
        ("床位、机构与设施", places.facilities(facts, code)),
        ("协作", places.agreements(facts, code)),
    ]
    made = [(head, part) for head, part in found if isinstance(part, Exhibit)]
    next_ = (
        f"{coverage.asked(open_['topic'], place.name)}，注明口径和日期"
        if len(open_)
        else f"各主题都有记录，可商请{place.name}民政部门核对并更新"
    )
    entries = [
        *((head, part.spoken) for head, part in made),
        *(
            [("公开资料未载", _open(facts, place.short_name, list(open_["topic"])))]
            if len(open_)
            else []
        ),
        ("下一步", next_),
    ]
    topics = own.assign(
        part=own["records"].gt(0).map({True: "有公开记录的主题", False: "公开资料未载的主题"}),
        words=own["topic"],
    )
    rows = pd.concat(
        [
            *(_rested(head, part.spoken, part.rows) for head, part in made),
            topics[["part", "words", "evidence", "source_ids"]],
            pd.DataFrame([{"part": "下一步", "words": next_, "evidence": "", "source_ids": []}]),
        ],
        ignore_index=True,
    )
    columns = {"part": "部分", "words": "结论", "evidence": "依据"}
    return exhibit(
        "place_summary",
        CONCLUSION,
        f"小结：{place.short_name}{len(own)}个主题"
        + (f"中{len(open_)}个公开资料未载" if len(open_) else "都有公开记录"),
        Items(tuple(entries)),
        rows,
        columns,
        caveats=["主题与“数据覆盖”页相同，只算写到市一级的；目标与计划不算记录", coverage.BED_RULE],
    )


def _open(facts: Facts, name: str, topics: list[str]) -> str:
    """The topics without a record of the city, and of which of them a county or district has one."""
    named = facts.ask("coverage_topics").set_index("topic")["inside_named"]
    below = [topic for topic in topics if name in str(named[topic]).split("、")]
    told = "、".join(map(coverage.whole_name, topics))
    inside = f"，其中{'、'.join(map(coverage.whole_name, below))}只见所辖区县的" if below else ""
    return f"{told}{inside}；不等于没有"


def _rested(head: str, words: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows under one sentence: what it rests on, in one form whatever question they are from."""
    named = tables.sources_named(rows)
    found = pd.DataFrame(
        {"part": head, "words": words, "evidence": rows["evidence"].tolist(), "source_ids": named}
    )
    return found[found["source_ids"].map(len) > 0].drop_duplicates(subset=["part", "evidence"])
