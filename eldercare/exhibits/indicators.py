"""指标: what each indicator of a place is, what is aimed at, how it moved; and what other regions do."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits import TASKS, Exhibit, Facts, exhibit, kept, known_columns, listed, parts
from eldercare.exhibits.series import point
from eldercare.exhibits.shapes import Mark, Matrix, Panels, Path
from eldercare.measures import (
    DERIVED_KIND,
    PRESENT,
    class_of,
    day_words,
    full_quantity,
    missing,
    number,
    worked_out,
)

NOT_SET = "未规定"
# With these words a target is the least that is wanted, so what is missing is at least the difference.
AT_LEAST = ("不少于", "以上", "超过", "突破")
# What is no count of the present says so before its value.
NOT_PRESENT = {"policy": "政策：", "example": "案例：", "price": "案例：", "estimate": "测算："}
LEDGER = {
    "topic": "专题",
    "indicator_title": "指标",
    "base_words": "口径",
    "value_words": "现值",
    "value_day": "日期",
    "beside": "说明",
    "target_words": "目标",
    "gap_words": "差距",
    "trend_words": "变化",
    "reporter": "由谁报",
    "rhythm": "节奏",
    "next_due": "下次报送",
    "tasks": "相关任务",
}
LEDGER_FILE = {
    "topic": "专题",
    "indicator_title": "指标",
    "unit": "单位",
    "base": "口径",
    "value": "现值",
    "qualifier": "限定词",
    "value_text": "现值（文字）",
    "value_day": "日期",
    "beside": "说明",
    "target": "目标",
    "reading": "目标读法",
    "gap": "差距",
    "gap_words": "差距说明",
    "comparison_note": "可比性",
    "points": "可比的数",
    "change": "变化",
    "reporter": "由谁报",
    "rhythm": "节奏",
    "next_due": "下次报送",
    "tasks": "相关任务",
    "counting_rule": "计数口径",
    "evidence": "原文摘录",
}
UNDER_MATRIX = (
    "共同主题为本项目所归；空格为本看板没有摘录，不表示来源没有讲到，更不表示当地没有做",
)
# Where one colour of the grid of practices ends and the next begins.
MANY = (2, 3, 5, 8, 12)
UNBASED = "不适用"


def with_words(rows: pd.DataFrame, kept: str = "") -> pd.DataFrame:
    """The ledger (question `indicator_ledger`) with value, target, gap and trend in words.

    `kept` is what the addresses of tasks carry along ("&as_of=…").
    """

    def value(row: Any) -> str:
        kind = NOT_PRESENT.get(row.kind, "") if not missing(row.kind) else ""
        # A title that says so already is not doubled: …（案例）：案例：….
        kind = "" if kind.rstrip("：") in row.indicator_title else kind
        if not missing(row.value_text):
            return kind + row.value_text
        return (
            kind + full_quantity(row.value, row.unit, row.qualifier) + of_list(row)
            if not missing(row.value)
            else "未载"
        )

    def of_list(row: Any) -> str:
        """Which list a number is of; how a number that no source prints came about."""
        if not missing(row.list_id) and not missing(row.batch):
            return "（首批名单）" if int(row.batch) == 1 else f"（第{int(row.batch)}批名单）"
        return worked_out(row.kind)

    def day(row: Any) -> str:
        return (
            "—"
            if missing(row.date_precision)
            else day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))
        )

    def target(row: Any) -> str:
        if missing(row.target):
            return "—"
        kind = "计划" if row.target_kind == "plan" else "目标"
        if row.target_precision in ("year", "year_end"):
            kind = (
                day_words(row.target_date, row.target_precision, row.target_label).removesuffix(
                    "目标"
                )
                + kind
            )
        reading = "" if missing(row.reading) else f"（读法：{row.reading}）"
        return f"{kind}{full_quantity(row.target, row.unit, row.target_qualifier)}{reading}"

    def gap(row: Any) -> str:
        if missing(row.target):
            return "—"
        if not row.is_goal:
            return "计划数，不与现值相减"
        if missing(row.value):
            return "现值未载"
        if missing(row.gap):
            return "口径不同，不相减"
        if row.before_goal:
            return f"目标比起点多{full_quantity(row.gap, row.unit)}；此后公开资料未载"
        if row.gap <= 0:
            return "现值不低于目标数；是否完成公开资料未载"
        exact = missing(row.qualifier) and missing(row.target_qualifier)
        about = (
            ""
            if exact
            else "至少"
            if missing(row.qualifier) and row.target_qualifier in AT_LEAST
            else "约"
        )
        # A gap is as old as the value it is reckoned from.
        return f"{about}差{full_quantity(row.gap, row.unit)}（现值{day(row)}）"

    def trend(row: Any) -> str:
        if missing(row.points):
            return "—"
        return f"共{int(row.points)}个数，最早{day_words(row.first_date, row.first_precision, row.first_label, bool(row.first_inferred))}{full_quantity(row.first_value, row.unit, row.first_qualifier)}{worked_out(row.first_kind)}，{_since(row)}"

    return rows.assign(
        value_words=[value(r) for r in rows.itertuples()],
        value_day=[day(r) for r in rows.itertuples()],
        target_words=[target(r) for r in rows.itertuples()],
        gap_words=[gap(r) for r in rows.itertuples()],
        trend_words=[trend(r) for r in rows.itertuples()],
        base_words=["—" if r.base == UNBASED else r.base for r in rows.itertuples()],
        task_address=[
            "" if missing(r.task_id) else f"tasks?tasks_task={r.task_id}{kept}"
            for r in rows.itertuples()
        ],
    )


def _since(row: Any) -> str:
    """多68,300张, 少6家, 多3.2个百分点, 持平; what rests on a rounded or derived number is 约 and has no more digits than that."""
    if not row.change:
        return "持平"
    rounded = not (missing(row.qualifier) and missing(row.first_qualifier)) or (
        DERIVED_KIND in (row.kind, row.first_kind) and row.unit != "%"
    )
    amount = abs(round(float(row.change), 2))
    if rounded and amount >= 1000:
        amount = float(f"{amount:.3g}")
    unit = "个百分点" if row.unit == "%" else row.unit
    return "{about}{way}{amount}".format(
        about="约" if rounded else "",
        way="多" if row.change > 0 else "少",
        amount=full_quantity(amount, unit),
    )


def all_places(profiles: pd.DataFrame, ledgers: pd.DataFrame) -> pd.DataFrame:
    """Every place of the delta, with indicators or not, then those outside that have some: code, label, and how it is called."""
    beyond = ledgers[~ledgers["place_code"].isin(profiles["place_code"])]
    known = pd.concat([profiles, beyond], ignore_index=True)
    # A name that two places have stands with what tells them apart.
    short = known["short_name"].where(~known["label"].str.contains("（"), known["label"])
    return known.assign(called=known["called"].fillna(short) if "called" in known else short)


def ledger(rows: pd.DataFrame, place: str) -> str:
    """How many indicators a place has, how old their values are, how many have a target and a rhythm."""
    single = rows.drop_duplicates(["indicator_code", "base"])
    dated = single[single["date"].notna() & single["kind"].isin(PRESENT)]
    if single.empty:
        return f"{place}：没有公开的指标数字"
    n = single["indicator_code"].nunique()
    lines = f"按口径{len(single)}行；" if len(single) > n else ""
    aims = rows[rows["target"].notna()]
    goals, plans = (
        aims[aims["target_kind"] == kind]["indicator_code"].nunique() for kind in ("target", "plan")
    )
    rhythm = single[single["rhythm"] != NOT_SET]["indicator_code"].nunique()
    told = [
        words.format(n=k)
        for k, words in (
            (goals, "有目标的{n}个"),
            (plans, "有计划数的{n}个"),
            (rhythm, "写明节奏的{n}个"),
        )
        if k
    ]
    aimed = "，".join(told) or "所收来源没有写这些指标的目标和报送节奏"
    # The members of a group stand behind its title, which they would not fit into.
    short, bracket, members = place.partition("（")
    scope = f"{bracket}{members}，".replace("（", "").replace("）", "") if members else ""
    return f"所收{short}指标：{n}个；{scope}{lines}{_ages(dated)}{aimed}"


def _ages(rows: pd.DataFrame) -> str:
    """How many of the dated values are of which year or earlier: a count, of the year that about half of them reach."""
    if rows.empty:
        return ""
    years = rows["date"].dt.year
    year, newest, n = int(years.median()), int(years.max()), len(years)
    older = int((years <= year).sum())
    if newest == int(years.min()):
        days = {
            day_words(r.date, r.date_precision, r.date_label, bool(r.date_inferred))
            for r in rows.itertuples()
        }
        return "有日期的现值{n}个，{day}；".format(
            n=n, day=days.pop() if len(days) == 1 else f"都是{newest}年的"
        )
    if older == n:
        return f"：有日期的现值{n}个都是{newest}年或更早的"
    return f"有日期的现值{n}个，其中{older}个是{year}年或更早的；"


def gaps(rows: pd.DataFrame) -> str:
    """The gaps that may be computed, by name."""
    known = rows[rows["gap"].notna() & (rows["gap"] > 0) & ~rows["before_goal"]]
    if not (rows["target"].notna() & rows["is_goal"]).any():
        return "所收来源没有写目标，只列现值"
    if known.empty:
        return "目标提出后同口径的数未载；公开资料未载目标提出以后口径相同的数，不与目标相减"
    told = []
    for title, part in known.groupby("indicator_title", sort=False):
        gaps_ = [
            ("" if missing(r.reading) else f"按“{r.reading}”") + r.gap_words
            for r in part.itertuples()
        ]
        told.append(title + "、".join(gaps_))
    return f"目标减现值：{len(told)}个指标可算；{'；'.join(told)}"


def trends(rows: pd.DataFrame, place: str) -> str:
    """How many indicators of a place have a trend at all."""
    n, lines = rows["indicator_code"].nunique(), rows["series"].nunique()
    if not n:
        return f"{place}没有三个以上可比的数"
    by_base = f"按口径{lines}行，" if lines > n else ""
    return f"{place}{n}个指标至少有三个数；{by_base}同一指标、同一口径、同一区划"


def practices(rows: pd.DataFrame) -> str:
    """Practices by region, most first; how many of them are figures."""
    told = "、".join(f"{r.short_name}{r.practices}" for r in rows.itertuples())
    return "各地做法{n}条；{told}；其中性质为数字的{figures}条".format(
        n=number(rows["practices"].sum()), figures=number(rows["figures"].sum()), told=told
    )


def with_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Practices with number, unit and qualifier in one cell, as the source counts them."""
    words = [
        "—" if missing(r.value) else full_quantity(r.value, r.unit or "", r.qualifier)
        for r in rows.itertuples()
    ]
    return rows.assign(figure_words=words)


def chosen_practices(rows: pd.DataFrame, regions: list[str]) -> str:
    """The practices shown, by region."""
    return "{n}条做法，{themes}个共同主题；{regions}".format(
        regions="、".join(dict.fromkeys(rows.sort_values("sort_order", kind="stable")["region"]))
        or "、".join(regions),
        n=len(rows),
        themes=rows["common_theme"].nunique(),
    )


def matrix(rows: pd.DataFrame) -> str:
    """How many themes several regions share, and those that most regions share: all of them where several tie."""
    regions = rows.groupby("common_theme", sort=False)["region"].agg(list)
    count, places = int(rows["practices"].sum()), list(dict.fromkeys(rows["region"]))
    if len(places) < 2:
        return "{place}：已摘录{count}条，归入{n}个共同主题".format(
            place="".join(places) or "所选地区", count=count, n=len(regions)
        )
    shared = sorted((r for r in regions.items() if len(r[1]) > 1), key=lambda r: -len(r[1]))
    if not shared:
        return f"{count}条归入{len(regions)}个共同主题；已摘录的；各主题只涉及一地"
    most = "；".join(
        f"{theme}（{'、'.join(names)}）"
        for theme, names in shared
        if len(names) == len(shared[0][1])
    )
    return f"{count}条归入{len(regions)}个共同主题；已摘录的；{len(shared)}个涉及两地以上，涉及地方最多的是{most}"


def rhythms(rows: pd.DataFrame) -> str:
    """Which place reports which indicators how often, as its own source says."""
    if rows.empty:
        return "所收来源没有写明报送节奏"
    told = []
    for (place, subject), part in rows.groupby(["place_label", "subject"], sort=False):
        count = part["value"].iloc[0]
        amount = (
            "" if missing(count) else "（{n}）".format(n=full_quantity(count, part["unit"].iloc[0]))
        )
        told.append(f"{place}{subject}{amount}：{'、'.join(part['wording'])}")
    return f"所收来源写明的报送节奏：{len(rows)}种；{'；'.join(told)}"


@kept
def ledger_of(facts: Facts, place: str, link_end: str = "") -> pd.DataFrame:
    """The ledger of a place with its words; `link_end` as in `with_words`. Kept: whoever narrows it takes other rows, none is changed."""
    return with_words(facts.ask("indicator_ledger", place=place, as_of=facts.as_of), link_end)


@kept
def held_of(facts: Facts, place: str, topics: list[str], link_end: str = "") -> Exhibit:
    """What is on record of a place in these topics."""
    rows = ledger_of(facts, place, link_end)
    return held(rows[rows["topic"].isin(topics)])


def held(rows: pd.DataFrame) -> Exhibit:
    """The ledger `rows` with their words, one line an indicator and base; what no source sets is said once."""
    columns, unsaid = known_columns(rows, LEDGER)
    finding = "；".join(filter(None, [gaps(rows), unsaid]))
    caveats = [
        "只有同一指标、同一单位、同一口径才相减",
        "计划与目标不算现值；目标是否完成以来源为准",
        "变化只在至少有3个可比的数时写",
    ]
    more = {"links": {"tasks": "task_address"}, "file_columns": LEDGER_FILE}
    return listed("indicator_ledger", TASKS, finding, rows, columns, caveats, **more)


@kept
def lines(facts: Facts, place: str, called: str, topics: list[str]) -> Exhibit:
    """Each indicator of which three numbers or more can be compared, as a small line."""
    rows = facts.ask("indicator_trends", place=place, as_of=facts.as_of)
    rows = rows[rows["topic"].isin(topics)]
    paths = []
    for _series, part in rows.groupby("series", sort=False):
        title, base = part[["indicator_title", "base"]].iloc[0]
        name = title if base == UNBASED else f"{title}（{base}）"
        known = part.sort_values("date").itertuples()
        paths.append(Path(name, tuple(point(row) for row in known), "series:0"))
    columns = {"indicator_title": "指标", "base": "口径", "day": "日期", "amount": "数值"}
    return exhibit(
        "indicator_trends",
        TASKS,
        **parts(trends(rows, called)),
        shape=Panels(tuple(paths)),
        rows=rows,
        columns=columns,
        caveats=["纵轴从零起，各图比例尺不同"],
    )


@kept
def by_region(facts: Facts) -> Exhibit:
    """How many practices of each region are on record, by what they are."""
    rows = facts.ask("practice_regions")
    columns = {
        "short_name": "地区",
        "department": "部门",
        "practices": "做法（条）",
        "measures": "举措（条）",
        "figures": "数字（条）",
        "plans": "计划与目标（条）",
        "themes": "主题",
    }
    return listed("practice_regions", TASKS, practices(rows), rows, columns)


@kept
def reporting(facts: Facts) -> Exhibit:
    """Which rhythms of reporting a source sets."""
    rows = facts.ask("reporting_rhythms_known")
    columns = {
        "wording": "节奏",
        "subject": "所属工作",
        "reporter": "由谁报",
        "next_due": "下次报送",
    }
    columns, _unsaid = known_columns(rows, columns)
    caveats = ["一地的做法，不推及其他清单和指标"]
    return listed("reporting_rhythms", TASKS, rhythms(rows), rows, columns, caveats)


@kept
def by_theme(facts: Facts, regions: list[str], themes: list[str]) -> Exhibit:
    """Common themes × regions: how many practices; what they are opens at the pointer."""
    rows = facts.ask("practice_matrix", regions=regions, themes=themes)
    down = list(dict.fromkeys(rows["common_theme"]))
    across = list(dict.fromkeys(rows.sort_values(["sort_order", "place_code"])["region"]))
    cells = {
        (down.index(row.common_theme), across.index(row.region)): Mark(
            str(row.practices),
            row.items_,
            f"class:{class_of(row.practices, MANY)}",
            f"{row.region} {row.common_theme}\n{row.hover}",
        )
        for row in rows.rename(columns={"items": "items_"}).itertuples()
    }
    bare = ("",) * len(down), ("",) * len(across)
    open_words = "没有摘录"
    shape = Matrix(tuple(down), tuple(across), *bare, cells, (), "共同主题", open_words)
    columns = {
        "common_theme": "共同主题",
        "region": "地区",
        "practices": "做法（条）",
        "figures": "其中数字（条）",
        "items": "事项",
    }
    said = parts(f"{matrix(rows)}；空格为{open_words}")
    rest = {"shape": shape, "rows": rows, "columns": columns, "caveats": UNDER_MATRIX}
    return exhibit("practice_matrix", TASKS, **said, **rest)


@kept
def one_by_one(facts: Facts, regions: list[str], themes: list[str]) -> Exhibit:
    """The practices themselves with the words of their sources."""
    rows = with_figures(facts.ask("practices_compared", regions=regions, themes=themes))
    columns = {
        "common_theme": "共同主题",
        "region": "地区",
        "theme": "来源的主题",
        "item": "事项",
        "detail": "内容",
        "kind_title": "性质",
        "figure_words": "数字",
        "quote": "原话",
    }
    return listed("practices", TASKS, chosen_practices(rows, regions), rows, columns)
