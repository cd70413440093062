"""结对: who of Shanghai's districts works with whom, how far, beside what was announced; and all that is known of one pair or place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from eldercare import maps
from eldercare.exhibits import (
    TOGETHER,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    kept,
    listed,
    number_or_gap,
    parts,
)
from eldercare.exhibits.pairing import dossier, words
from eldercare.exhibits.series import lines as lines_of
from eldercare.exhibits.series import point
from eldercare.exhibits.shapes import (
    Bars,
    Cards,
    Flow,
    Lines,
    Map,
    Mark,
    Matrix,
    Path,
    Place,
    Series,
)
from eldercare.measures import STAGES, missing, quantity

ROWS = 9
UNKNOWN_SIDE = "对方未写"
NOT_NARROWED = "不随城市与平台筛选变化"
MARKS = {
    "title": "协议、结对与活动",
    "stage_title": "阶段",
    "day": "日期",
    "quiet_words": "动态",
}
OUTSIDE = {"title": MARKS["title"], "parties": "参与方", **MARKS}
CLAIMS = {
    "indicator_title": "指标",
    "value": "数值（个）",
    "qualifier": "限定词",
    "day": "日期",
    "kind_words": "性质",
    "counting_rule": "计数口径",
}
DOSSIER = {
    "part": "类别",
    "day": "日期",
    "words": "内容",
    "detail": "说明",
    "evidence": "原文摘录",
    "source_title": "来源",
}
# What stands beside the signed counts and counts something else.
APART = {
    "signed_prefectures": "{n}地市（单位不同）",
    "pilot_districts": "试点{n}区（参与）",
    "pilot_cities": "试点{n}城市（参与）",
}
SHARES = ["share_60plus", "share_65plus", "share_80plus"]


# --- all pairs ---


@kept
def matrix(facts: Facts, busiest_first: bool = False, every: bool = False) -> Exhibit:
    """District × partner: the furthest stage of each pair. The last row and column are those whose other side no source names.

    Only partners that hold a mark are columns, unless `every` is asked for; how many are not is said.
    """
    places = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.narrowed, as_of=facts.as_of)
    known = facts.ask("pair_partners", cities=facts.narrowed["cities"], as_of=facts.as_of)
    districts, partners = words.ordered(
        cells, places[places["level"] == "district"], known, busiest_first
    )
    down = {code: index for index, code in enumerate(districts["place_code"])}
    across = {code: index for index, code in enumerate(partners["place_code"])}
    marks = {
        (down[district], across[partner]): _mark(part)
        for (district, partner), part in cells.groupby(
            ["district_code", "partner_code"], sort=False
        )
        if district in down and partner in across
    }
    for row in districts[districts["counterpart_unknown"]].itertuples():
        marks[down[row.place_code], len(across)] = _unnamed(row)
    for row in partners[partners["counterpart_unknown"]].itertuples():
        marks[len(down), across[row.place_code]] = _unnamed(row)
    shape = Matrix(
        rows=(*districts["short_name"], UNKNOWN_SIDE),
        columns=(*partners["short_name"], UNKNOWN_SIDE),
        row_codes=(*down, ""),
        column_codes=(*across, ""),
        cells=marks,
        legend=tuple(
            (s.shape, s.word, f"stage:{code}") for code, s in STAGES.items() if code != "none"
        ),
        corner="上海的区",
        open_words=f"点名这两地的协议、结对与共同活动：{STAGES['none'].word}",
    )
    bare = int((~(partners["records"] > 0) & ~partners["counterpart_unknown"]).sum())
    caveats = [
        f"公开来源点名与上海各区有养老往来的{len(partners) - bare}个市（区县），其余{bare}个市未被点名"
        + ("" if every else "，不列")
        if facts.cities is None
        else "",
        "多方协议出现在它的每一格，只计一次",
        "空格与表中的空行：点名这两地的协议、结对与共同活动公开资料未载，不表示没有合作",
        "市与市之间的见下表“市县之间”",
        "公布的签约区数没有逐一列名，未被点名的区是否在内未知",
    ]
    return exhibit(
        "pair_matrix",
        TOGETHER,
        shape=shape if every or not marks else shape.marked,
        rows=words.cells_and_gaps(cells, known),
        columns={"district_name": "上海的区", "partner_label": "对方", **MARKS},
        caveats=caveats,
        **parts(words.matrix(places, cells, bool(facts.scope)), facts.scope),
    )


def _mark(part: pd.DataFrame) -> Mark:
    """The cell of a pair: its furthest stage comes first."""
    top = part.iloc[0]
    status = STAGES[top["stage"]]
    hover = "\n\n".join([*part["hover"], top["moves_hover"]])
    quiet_ = not missing(top["quiet"]) and bool(top["quiet"])
    return Mark(status.shape, status.word, f"stage:{top['stage']}", hover, quiet_)


def _unnamed(row: Any) -> Mark:
    status = STAGES["counterpart_unknown"]
    hover = f"{row.label}：{status.word}\n汇总报道点名已签约，没有写与谁签署"
    return Mark(status.shape, status.word, "stage:counterpart_unknown", hover)


@kept
def stage_map(facts: Facts) -> Exhibit:
    """Places filled by the furthest stage of their agreements, with a line for every pair; counties as points."""
    rows = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.narrowed, as_of=facts.as_of)
    counties = rows[(rows["level"] == "county") & (rows["stage"] != "none")]
    others = "、".join(f"{row.short_name}{STAGES[row.stage].word}" for row in counties.itertuples())
    pairs = cells.drop_duplicates(["district_code", "partner_code"])
    shape = Map(
        places=tuple(_place(row) for row in rows.itertuples()),
        legend=tuple((status.marked, f"stage:{stage}") for stage, status in STAGES.items()),
        heading="阶段",
        border="edge",
        tiles=tuple(facts.ask("tiles").itertuples(index=False, name=None)),
        flows=tuple(
            Flow(
                (p.district_lon, p.district_lat), (p.partner_lon, p.partner_lat), f"stage:{p.stage}"
            )
            for p in pairs.itertuples()
        ),
    )
    columns = {
        "label": "地区",
        "stage_title": "阶段",
        "partners": "已签约的对方",
        "paired_partners": "已结对",
        "other_contacts": "意向或共同活动",
        "signed_agreements": "与上海各区已签协议（份）",
        "other_agreements": "其他协议与合作（含所辖区县）",
        "events": "协作动态（条）",
        "latest_words": "最近公开动态（不计旅游专列与线路）",
    }
    caveats = [
        f"县级另有：{others}" if others else "",
        *words.beside_silence(rows),
        "只画与上海各区的往来：实线已签约或已结对，虚线意向，点线共同活动；小点为县（市、区）",
        "未被点名不表示没有往来：公布的签约、参与数没有逐一列名",
        "各地的颜色不随城市与平台筛选变化，连线随筛选变化；动态含在当地举行的",
        maps.note(),
    ]
    return exhibit(
        "place_map",
        TOGETHER,
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=caveats,
        **parts(words.status(rows)),
    )


def _place(row: Any) -> Place:
    status = STAGES[row.stage]
    sign = "" if row.stage == "none" else status.shape
    return Place(
        row.place_code,
        row.short_name,
        f"{row.short_name}\n{sign}".strip(),
        status.marked,
        f"stage:{row.stage}",
        hover=row.hover,
        spot=(row.lon, row.lat) if row.level == "county" else None,
    )


@kept
def signed(facts: Facts) -> Exhibit:
    """Districts and places that signed, and the two targets, which no line joins. What counts something else stands apart.

    地市 are another unit, and the pilots of 2019 (districts and cities) took part, which is no signature.
    """
    rows = facts.ask("signed_series", as_of=facts.as_of)
    series = lines_of(rows[rows["in_series"]], "个")
    apart = [
        point(row, APART[row.indicator_code].format(n=quantity(row.value, row.unit, row.qualifier)))
        for row in rows[rows["indicator_code"].isin(APART)].itertuples()
    ]
    beside = [Path("另计：参与或单位不同", tuple(apart), "apart", apart=True)] if apart else []
    caveats = [
        "2021年3月另一来源称14个区与“20多个地市”：只数地级市，单位不同，不与27个市（区县）连线",
        "“签署”与“对接”不是一个词，市（区县）与城市不是一个单位，不相减；是否达到目标公开资料未载",
        "2019年的空心点是首批试点（参与），不是签约，不与签约数连线",
        NOT_NARROWED,
    ]
    return exhibit(
        "signed_series",
        TOGETHER,
        shape=Lines((*series.paths, *beside), "个", by_day=True),
        rows=rows,
        columns=CLAIMS,
        caveats=caveats,
        **parts(words.signed(rows)),
    )


@kept
def participation(facts: Facts) -> Exhibit:
    """How many took part in the pilots: no signatures."""
    rows = facts.ask("participation", as_of=facts.as_of)
    columns = {"indicator_title": "指标", "value": "数值（个）", "day": "日期"}
    return listed("participation", TOGETHER, words.joined(rows), rows, columns)


@kept
def named(facts: Facts) -> Exhibit:
    """Announced numbers beside those known by name: bars of their own, a part of nothing."""
    rows = facts.ask("named_counts", as_of=facts.as_of)
    kinds = [
        ("announced", "公布", "announced"),
        ("named_in_report", "同一报道点名", "reported"),
        ("named", "各来源合计点名", "named"),
    ]
    series = tuple(
        Series(name, tuple(map(number_or_gap, rows[column])), role, gap="当时没有公布数")
        for column, name, role in kinds
    )
    columns = {
        "unit_title": "单位",
        "announced": "公布签署（个）",
        "named_in_report": "同一报道点名（个）",
        "named": "各来源合计点名（个）",
        "names": "点名的是",
        "later_names": "公布日以后签署或日期未知的",
    }
    caveats = [
        "点名的是否计入公布数，来源没有写明，所以三根柱分开，不作比例",
        f"公布日以后才签署的另列，{NOT_NARROWED}",
    ]
    return exhibit(
        "named_counts",
        TOGETHER,
        shape=Bars(tuple(rows["unit_title"]), series, "个"),
        rows=rows,
        columns=columns,
        caveats=caveats,
        **parts(words.named(rows)),
    )


def _outside(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agreements outside the matrix: those among cities and counties, and the others."""
    return words.parted(
        facts.ask(
            "other_pairs", everywhere=facts.cities is None, **facts.narrowed, as_of=facts.as_of
        )
    )


@kept
def city_pairs(facts: Facts) -> Exhibit:
    """The pairs among cities and counties."""
    rows, _others = _outside(facts)
    columns = {"city_pairs": "市县之间的对", **OUTSIDE}
    caveats = ["三方协议里的市与市之间也在此列出"]
    return listed(
        "city_pairs", TOGETHER, words.city_pairs(rows), rows, columns, caveats, scope=facts.scope
    )


@kept
def other_pairs(facts: Facts) -> Exhibit:
    """Agreements between provinces, of projects and of institutions."""
    _among, rows = _outside(facts)
    caveats = ["市县之间的见矩阵下的表；省内的与旅居的见“旅居网络”"]
    columns = {"kind": "类别", **OUTSIDE}
    return listed(
        "other_pairs", TOGETHER, words.others(rows), rows, columns, caveats, scope=facts.scope
    )


@kept
def quiet(facts: Facts) -> Exhibit:
    """Which agreements sources have been silent about for 24 months."""
    rows = facts.ask(
        "agreements_quiet", everywhere=facts.cities is None, **facts.narrowed, as_of=facts.as_of
    )
    columns = {
        "title": "协议",
        "parties": "参与方",
        "stage_title": "阶段",
        "latest_words": "最近公开动态",
        "quiet_words": "动态",
    }
    caveats = [
        "公开资料未载不等于没有往来",
        "一份协议的动态是它的签署、后续事件与文本，不含各地自己的动态",
    ]
    return listed(
        "agreements_quiet", TOGETHER, words.quiet(rows), rows, columns, caveats, scope=facts.scope
    )


@kept
def exchange(facts: Facts) -> Exhibit:
    """What each side gives and gets, where a source says so."""
    rows = facts.ask("gives_receives")
    columns = {
        "title": "协议",
        "parties": "一方",
        "gives": "提供",
        "receives": "获得",
        "day": "日期",
    }
    caveats = ["只列来源写明的", NOT_NARROWED]
    return listed("gives_receives", TOGETHER, words.exchange(rows), rows, columns, caveats)


@kept
def portability(facts: Facts) -> Exhibit:
    """Policies of using insurance elsewhere; not a count of cases."""
    rows = facts.ask("portability_routes")
    columns = {
        "origin": "参保地",
        "destination": "服务地",
        "state": "政策状态",
        "words": "内容",
        "conditions": "条件",
        "amounts": "标准",
        "day": "日期",
    }
    caveats = ["政策状态，不是结算件数；件数公开资料未载；状态为本项目所归", NOT_NARROWED]
    slide = {"origin": 1.6, "destination": 1, "state": 2, "words": 4, "day": 1.8}
    return listed(
        "portability_routes", TOGETHER, words.portability(rows), rows, columns, caveats, slide=slide
    )


@kept
def settled(facts: Facts) -> Exhibit:
    """What was settled elsewhere: nobody reported it so far."""
    rows = facts.ask("settled_cases")
    columns = {
        "origin": "参保地",
        "destination": "服务地",
        "scheme_title": "待遇",
        "day": "期间止",
        "cases_words": "结算件数（件）",
        "note": "说明",
    }
    why = "各参保地、各服务地的结算件数公开资料未载，不表示没有结算。"
    return listed("settled_cases", TOGETHER, words.settled(rows), rows, columns, why=why)


# --- one pair, or one place ---


def _records(facts: Facts, codes: Sequence[str]) -> pd.DataFrame:
    return facts.ask("agreements_of_places", places=list(codes), together=True, as_of=facts.as_of)


def _names(facts: Facts, codes: Sequence[str]) -> str:
    return " × ".join(facts.place(code).label for code in codes)


def _questions(facts: Facts, records: pd.DataFrame) -> pd.DataFrame:
    found = records["agreement_id"].tolist()
    return facts.ask("open_questions", agreements=found, as_of=facts.as_of)


@kept
def cards(facts: Facts, *codes: str) -> Exhibit:
    """Stage, agreements, latest public move and open questions of a place or of two together."""
    records, place = _records(facts, codes), None
    if len(codes) == 1:
        place = words.alone(facts.ask("place_stages", as_of=facts.as_of), list(codes))
    moves = facts.ask("latest_moves", places=list(codes), as_of=facts.as_of)
    entries = dossier.cards(records, _questions(facts, records), moves, place)
    columns = {**MARKS, "evidence": "原文摘录"}
    columns.pop("quiet_words")
    said = parts(dossier.title(_names(facts, codes), records, place))
    return exhibit(
        "pair_cards", TOGETHER, **said, shape=Cards(entries), rows=records, columns=columns
    )


@kept
def agreements(facts: Facts, *codes: str) -> list[Exhibit]:
    """Each agreement of a place or of two together, and what its sources say of it, part by part."""
    found = _records(facts, codes)["agreement_id"].tolist()
    rows = facts.ask("agreement_detail", agreements=found, as_of=facts.as_of) if found else None
    return [
        listed(f"dossier_{code}", TOGETHER, dossier.agreement(part), part, DOSSIER)
        for code, part in ([] if rows is None else rows.groupby("agreement_id", sort=False))
    ]


@kept
def records(facts: Facts, *codes: str) -> Exhibit:
    """The same in one table, for a slide."""
    known = _records(facts, codes)
    rows = facts.ask(
        "agreement_detail", agreements=known["agreement_id"].tolist(), as_of=facts.as_of
    )
    finding = dossier.pair if len(known) else dossier.title
    slide = {"part": 1, "day": 1.3, "words": 4, "detail": 3.4}
    return listed(
        "pair_records", TOGETHER, finding(_names(facts, codes), known), rows, DOSSIER, slide=slide
    )


@kept
def questions(facts: Facts, *codes: str) -> Exhibit:
    """What is still open in the records of a place or of two together."""
    rows = _questions(facts, _records(facts, codes))
    columns = {"title": MARKS["title"], "question": "问题", "detail": "说明"}
    slide = {"title": 4, "question": 2, "detail": 4}
    return listed("pair_questions", TOGETHER, dossier.questions(rows), rows, columns, slide=slide)


@kept
def known_of_places(facts: Facts, *codes: str) -> Exhibit:
    """What sources say of each side by itself."""
    rows = facts.ask("place_status", places=list(codes))
    columns = {
        "label": "地区",
        "first_pilot": "首批试点",
        "signed": "签约",
        "other_links": "其他联系",
        "note": "说明",
    }
    return listed(
        "pair_places", TOGETHER, f"{_names(facts, codes)}：公开来源里的情况", rows, columns
    )


@kept
def ages(facts: Facts, one: str, other: str) -> Exhibit | Missing:
    """Shares of three ages in two places beside the delta's."""
    both = pd.concat([facts.ask("place_standing", place=code) for code in (one, other)])
    both = both[both["measure"].isin(SHARES)]
    sides = [part for _place, part in both.groupby("short_name", sort=False)]
    if len(sides) < 2:
        return Missing("两地的老年人口占比", "至少一地没有分年龄的普查人口")
    series = [
        Series(part["short_name"].iloc[0], tuple(map(number_or_gap, part["value"])), role)
        for part, role in zip(sides, ("own", "other"), strict=True)
    ]
    series.append(Series("长三角", tuple(map(number_or_gap, sides[0]["delta_value"])), "delta"))
    shares = "，".join(f"{p['short_name'].iloc[0]}{p['value'].iloc[0]:.1f}%" for p in sides)
    columns = {"short_name": "地区", "title": "指标", "value": "数值（%）", "rank": "位次"}
    shape = Bars(tuple(sides[0]["title"]), tuple(series), "%", 1, horizontal=False)
    return exhibit(
        "pair_ages",
        TOGETHER,
        f"60岁及以上：{shares}",
        shape,
        both,
        columns,
        subtitle="占当地常住人口，第七次全国人口普查（2020年）",
    )
