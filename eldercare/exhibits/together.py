"""Exhibits about cooperation: signed series, status map, matrix, portability, and the records of two places."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import maps
from eldercare.exhibits import (
    TOGETHER,
    Exhibit,
    Facts,
    Missing,
    cooperation,
    dossier,
    exhibit,
    number_or_gap,
    table,
    titles,
)
from eldercare.exhibits import cooperation_tables as headings
from eldercare.exhibits.shapes import (
    Bars,
    Cards,
    Lines,
    Map,
    Mark,
    Matrix,
    Path,
    Place,
    Point,
    Series,
)
from eldercare.measures import (
    ACCENT,
    DARK_STAGES,
    GROUND,
    INK,
    MUTED,
    PRIMARY,
    SEQUENCE,
    STAGE_FILLS,
    STAGES,
    quantity,
)

COLOURS = (PRIMARY, ACCENT, SEQUENCE[3], MUTED)
ROWS = 9
LONGEST_DAYS = 550


def signed(facts: Facts) -> Exhibit | Missing:
    """Districts and places that signed, and the two targets, which no line joins."""
    rows = facts.ask("signed_series", as_of=facts.as_of)
    rows = rows[rows["in_series"]]
    if rows.empty:
        return Missing("签约数", cooperation.signed(rows))
    columns = {
        "indicator_title": "指标",
        "value": "数值",
        "day": "日期",
        "kind_words": "性质",
        "counting_rule": "计数口径",
    }
    caveats = ["；".join(headings.UNDER_SERIES)]
    return exhibit(
        "signed",
        TOGETHER,
        cooperation.signed(rows),
        Lines(paths(rows), "个"),
        rows,
        columns,
        caveats,
    )


def paths(rows: pd.DataFrame) -> tuple[Path, ...]:
    """Claims as paths: one per legend, broken where the series changes or more than a year and a half lies between, targets apart."""
    found: list[Path] = []
    actual = rows[(rows["kind"] != "target") & rows["date"].notna()]
    for number_, (legend, part) in enumerate(actual.groupby("legend", sort=False)):
        points: list[Point] = []
        previous: Any = None
        for row in part.sort_values("date").itertuples():
            if previous is not None and (
                row.series != previous.series or (row.date - previous.date).days > LONGEST_DAYS
            ):
                middle = previous.date + (row.date - previous.date) / 2
                points.append(Point(middle.date(), None))
            points.append(
                Point(
                    row.date.date(),
                    number_or_gap(row.value),
                    quantity(row.value, row.unit, row.qualifier),
                )
            )
            previous = row
        found.append(Path(str(legend), tuple(points), COLOURS[number_ % len(COLOURS)]))
    colours = {path.name: path.colour for path in found}
    for legend, part in rows[(rows["kind"] == "target") & rows["date"].notna()].groupby(
        "legend", sort=False
    ):
        points = [
            Point(
                row.date.date(),
                number_or_gap(row.value),
                getattr(
                    row,
                    "goal",
                    f"{row.date.year}年目标{quantity(row.value, row.unit, row.qualifier)}",
                ),
            )
            for row in part.sort_values("date").itertuples()
        ]
        found.append(
            Path(f"{legend}：目标", tuple(points), colours.get(str(legend), INK), target=True)
        )
    return tuple(found)


def stage_map(facts: Facts, within: str = "") -> Exhibit | Missing:
    """Places filled by the furthest stage of their agreements."""
    rows = facts.ask("place_stages", as_of=facts.as_of)
    rows = rows[rows["place_code"].str.startswith(within)]
    if rows.empty:
        return Missing("结对状态", "与上海各区的往来：所收公开资料未载")
    found = []
    for row in rows[rows["level"] != "county"].itertuples():
        status = STAGES[row.stage]
        sign = "" if row.stage == "none" else status.shape
        ink = GROUND if row.stage in DARK_STAGES else MUTED if row.stage == "none" else INK
        found.append(
            Place(
                row.place_code,
                row.short_name,
                f"{row.short_name}\n{sign}".strip(),
                status.marked,
                STAGE_FILLS[row.stage],
                ink,
            )
        )
    legend = [(STAGES[stage].marked, STAGE_FILLS[stage]) for stage in STAGES]
    counties = rows[(rows["level"] == "county") & (rows["stage"] != "none")]
    others = "、".join(f"{row.short_name}{STAGES[row.stage].word}" for row in counties.itertuples())
    caveats = [
        f"县级另有：{others}" if others else "",
        *cooperation.beside_silence(rows),
        maps.NOTE,
    ]
    return exhibit(
        "stage_map",
        TOGETHER,
        cooperation.status(rows),
        Map(tuple(found), tuple(legend), "阶段", within, border=STAGES["none"].colour),
        rows,
        headings.PLACES,
        caveats,
    )


def matrix(facts: Facts) -> Exhibit | Missing:
    """Districts × the partners with any record; the furthest stage of a pair stands in its cell."""
    places = facts.ask("place_stages", as_of=facts.as_of)
    partners = facts.ask("pair_partners", cities=facts.everywhere["cities"], as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.everywhere, as_of=facts.as_of)
    districts = places[places["level"] == "district"]
    shown = partners[(partners["records"] > 0) | partners["counterpart_unknown"]]
    if shown.empty or districts.empty:
        return Missing("结对矩阵", "结对公开资料未载")
    down = {code: index for index, code in enumerate(districts["place_code"])}
    across = {code: index for index, code in enumerate(shown["place_code"])}
    marks: dict[tuple[int, int], Mark] = {}
    for row in cells.itertuples():
        if row.district_code in down and row.partner_code in across:
            # The furthest stage of a pair comes first.
            marks.setdefault((down[row.district_code], across[row.partner_code]), _mark(row.stage))
    unknown = len(shown)
    for code in districts.loc[districts["counterpart_unknown"], "place_code"]:
        marks[(down[code], unknown)] = _mark("counterpart_unknown")
    bottom = len(districts)
    for code in shown.loc[shown["counterpart_unknown"], "place_code"]:
        marks[(bottom, across[code])] = _mark("counterpart_unknown")
    shape = Matrix(
        rows=(*districts["short_name"], "对方未写"),
        columns=(*shown["short_name"], "未写"),
        cells=marks,
        legend=tuple(
            (STAGES[s].shape, STAGES[s].word, STAGE_FILLS[s]) for s in STAGES if s != "none"
        ),
        corner="上海的区",
        open_words="养老往来{none}".format(none=STAGES["none"].word),
    )
    rows = cooperation.cells_and_gaps(cells, partners)
    caveats = [
        f"列出公开来源点名与上海各区有养老往来的{len(shown)}个市（区县），其余{len(partners) - len(shown)}个市未被点名",
        *cooperation.beside_silence(places),
    ]
    columns = {
        "partner_label": "对方",
        "district_name": "上海的区",
        "title": "协议、结对与活动",
        "stage_title": "阶段",
        "day": "日期",
    }
    return exhibit(
        "matrix", TOGETHER, cooperation.matrix(places, cells), shape, rows, columns, caveats
    )


def _mark(stage: str) -> Mark:
    status = STAGES[stage]
    return Mark(
        status.shape, status.word, STAGE_FILLS[stage], GROUND if stage in DARK_STAGES else INK
    )


def named(facts: Facts) -> Exhibit | Missing:
    """Announced numbers beside those known by name."""
    rows = facts.ask("named_counts", as_of=facts.as_of)
    if rows.empty:
        return Missing("点名与公布", cooperation.named(rows))
    series = (
        Series("公布（个）", tuple(map(number_or_gap, rows["announced"])), SEQUENCE[2]),
        Series(
            "同一报道点名（个）", tuple(map(number_or_gap, rows["named_in_report"])), SEQUENCE[4]
        ),
        Series("各来源合计点名（个）", tuple(map(number_or_gap, rows["named"])), PRIMARY),
    )
    shape = Bars(tuple(rows["unit_title"]), series, "个", horizontal=False)
    return exhibit(
        "named",
        TOGETHER,
        cooperation.named(rows),
        shape,
        rows,
        headings.NAMED,
        ["；".join(headings.UNDER_NAMED)],
    )


def portability(facts: Facts) -> Exhibit | Missing:
    """Policies of using insurance elsewhere; not a count of cases."""
    rows = facts.ask("portability_routes")
    if rows.empty:
        return Missing("待遇异地使用", cooperation.portability(rows))
    columns = {
        "origin": "参保地",
        "destination": "服务地",
        "state": "政策状态",
        "words": "内容",
        "day": "日期",
    }
    shape = table(rows, columns, (1.6, 1, 2, 4, 1.8), ROWS)
    caveats = ["政策状态，不是件数"]
    return exhibit(
        "portability", TOGETHER, cooperation.portability(rows), shape, rows, columns, caveats
    )


def _together(facts: Facts, one: str, other: str) -> pd.DataFrame:
    return facts.ask("agreements_of_places", places=[one, other], together=True, as_of=facts.as_of)


def _names(facts: Facts, one: str, other: str) -> str:
    return f"{facts.place(one).short_name} × {facts.place(other).short_name}"


def pair_cards(facts: Facts, one: str, other: str) -> Exhibit | Missing:
    """Stage, agreements, latest public move and open questions of two places."""
    records = _together(facts, one, other)
    names = _names(facts, one, other)
    if records.empty:
        return Missing(f"{names}的往来", dossier.title(names, records))
    questions = facts.ask(
        "open_questions", agreements=records["agreement_id"].tolist(), as_of=facts.as_of
    )
    moves = facts.ask("latest_moves", places=[one, other], as_of=facts.as_of)
    entries = dossier.cards(records, questions, moves)
    columns = {
        "title": "协议、结对与活动",
        "stage_title": "阶段",
        "day": "日期",
        "evidence": "原文摘录",
    }
    return exhibit(
        "pair_cards", TOGETHER, dossier.title(names, records), Cards(entries), records, columns
    )


def pair_records(facts: Facts, one: str, other: str) -> Exhibit | Missing:
    """What the agreements of two places say, part by part."""
    records = _together(facts, one, other)
    names = _names(facts, one, other)
    if records.empty:
        return Missing(f"{names}的协议", dossier.title(names, records))
    rows = facts.ask(
        "agreement_detail", agreements=records["agreement_id"].tolist(), as_of=facts.as_of
    )
    columns = {"part": "类别", "day": "日期", "words": "内容", "detail": "说明"}
    shape = table(rows, columns, (1, 1.3, 4, 3.4), ROWS)
    finding = titles.pair(names, records)
    return exhibit(
        "pair_records", TOGETHER, finding, shape, rows, {**columns, "evidence": "原文摘录"}
    )


def pair_questions(facts: Facts, one: str, other: str) -> Exhibit | Missing:
    """What is still open in the records of two places."""
    records = _together(facts, one, other)
    found = records["agreement_id"].tolist()
    rows = (
        facts.ask("open_questions", agreements=found, as_of=facts.as_of)
        if found
        else pd.DataFrame()
    )
    if rows.empty:
        return Missing("待查的问题", "点名双方的协议公开资料未载，是否有往来待查")
    columns = headings.QUESTIONS
    return exhibit(
        "pair_questions",
        TOGETHER,
        dossier.questions(rows),
        table(rows, columns, (4, 2, 4), ROWS),
        rows,
        columns,
    )


def pair_ages(facts: Facts, one: str, other: str) -> Exhibit | Missing:
    """Shares of three ages in two places beside the delta's."""
    standings = [facts.ask("place_standing", place=code) for code in (one, other)]
    shares = [
        rows[rows["measure"].isin(["share_60plus", "share_65plus", "share_80plus"])]
        for rows in standings
    ]
    if any(rows.empty for rows in shares):
        return Missing("两地的老年人口占比", "至少一地没有分年龄的普查人口")
    both = pd.concat(shares)
    titles = tuple(shares[0]["title"])
    series = [
        Series(rows["short_name"].iloc[0], tuple(map(number_or_gap, rows["value"])), colour)
        for rows, colour in zip(shares, (PRIMARY, ACCENT), strict=True)
    ]
    series.append(
        Series("长三角", tuple(map(number_or_gap, shares[0]["delta_value"])), SEQUENCE[2])
    )
    finding = "60岁及以上占比：{words}".format(
        words="，".join(
            f"{rows['short_name'].iloc[0]}{rows['value'].iloc[0]:.2f}%" for rows in shares
        )
    )
    columns = {"short_name": "地区", "title": "指标", "value": "数值（%）", "rank": "位次"}
    return exhibit(
        "pair_ages",
        TOGETHER,
        finding,
        Bars(titles, tuple(series), "%", 1, horizontal=False),
        both,
        columns,
    )
