"""What is said of beds: first and last figures, per thousand elders, what changed from one figure to the next. Behind the first ； stands the subtitle."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits.claims import amount, dated, day, departments, published_after
from eldercare.measures import NOT_TODAY, WAN_FROM, day_words, missing, number, quantity

# A series as a table, and what its files add.
SERIES = {
    "indicator_title": "指标",
    "day": "日期",
    "amount": "数值",
    "kind_words": "性质",
    "break_note": "口径变动",
}
DIGITS = {"value": "数值（全部位数）", "unit": "单位"}
RATIO = {
    "label": "地区",
    "bed_words": "床位",
    "day": "床位日期",
    "elder_words": "分母",
    "elders_year_words": "分母年份",
}
RATIO |= {"words": "每千人（括号内为来源另载）", "rank": "同级位次", "note": "说明"}
TARGET = {
    "indicator_title": "指标",
    "reading": "读法",
    "amount": "数值",
    "formula": "算法",
    "day": "日期",
    "kind_words": "性质",
}
GAPS = {
    "province": "省（市）",
    "with_beds": "有数字的城市",
    "only_ratio": "仅有比率",
    "without_beds": "公开资料未载的城市",
}


# Two numbers further apart are not said to go from one to the other.
LONGEST_GAP = pd.Timedelta(days=3 * 366)


NO_RATIO = "没有同时公开床位与同口径老年人口的地区；可由当地民政部门报送。"


def richest(known: pd.DataFrame) -> str:
    """The place with most figures: shown until another one is chosen."""
    return str(known.loc[known["claims"].idxmax(), "place_code"])


def bed_trend(rows: pd.DataFrame, place: str) -> str:
    """Newest and first published claim of the longest comparable series of a place; what is derived leads only where nothing else is.

    The year stands in the title: a number of beds without one reads as that of today.
    """
    actual = rows[rows["kind"] == "actual"]
    actual = rows[rows["kind"] == "derived"] if actual.empty else actual
    if actual.empty:
        return f"{place}：注明日期的床位现值未载；按所收公开资料"
    series = actual.groupby("series")["date"].nunique().sort_values(ascending=False)
    part = actual[actual["series"] == series.index[0]].sort_values("date")
    first, last = part.iloc[0], part.iloc[-1]
    what, _bracket, scope = last["indicator_title"].partition("（")
    head = f"{place}{what}：{amount(last)}（{last['date'].year}年）"
    scope = f"{scope.removesuffix('）')}，" if scope else ""
    after = published_after(rows, last)
    if len(part) < 2:
        return f"{head}；{scope}{dated(last)}，没有可比的前后数字{after}"
    # Years without a number between two of them: what was counted may have changed, and no source says.
    if len(part) == 2 and part["date"].diff().max() > LONGEST_GAP:
        before = f"{amount(first)}（{dated(first)}）"
        return f"{head}；{scope}{dated(last)}；此前{before}，其间缺数，口径是否相同未说明{after}"
    # What was reckoned may be earlier; it is drawn and does not lead.
    earliest = "最早公布" if first["kind"] == "actual" else "最早"
    return f"{head}；{scope}{dated(last)}；同口径{earliest}{amount(first)}（{dated(first)}）{after}"


def bed_target(rows: pd.DataFrame) -> str:
    """The 2021 target in its two readings; neither is declared reached."""
    readings = rows[rows["reading"].notna()].sort_values("value", ascending=False)
    start = rows[rows["kind"] == "actual"]
    if readings.empty or start.empty:
        return "2021年异地养老床位目标：所收公开资料未载"
    told = "、".join(f"按“{r.reading}”读{number(r.value)}张" for r in readings.itertuples())
    values = "或".join(number(value) for value in sorted(readings["value"]))
    return (
        f"名单床位目标：{values}张；2021年异地养老床位，{told}（按提法推算）；"
        f"起点{amount(start.iloc[0])}（{day(start.iloc[0])}首批名单），完成情况公开资料未载"
    )


def reading(row: pd.Series) -> str:
    """What a number of the target is: its day, and how it was worked out."""
    if missing(row["formula"]):
        return f"{day(row)}公布；此后新增数公开资料未载"
    return f"{day(row)}目标，{row['formula']}（按提法推算）；完成情况公开资料未载"


def trend_title(rows: pd.DataFrame, place: Any, subject: str) -> str:
    """What became of the beds of a place; of a place without figures, what is not known."""
    if rows.empty:
        return f"{place.short_name}：{subject}历年数字公开资料未载"
    return bed_trend(rows, place.short_name)


def no_series(place: Any, known: pd.DataFrame) -> str:
    """An empty series: what else is known of the place, and who could supply the figures."""
    ahead = known["kind"].isin(NOT_TODAY)
    besides = [
        _told("已载", known[~ahead]) if (~ahead).any() else "其他床位、机构与设施数字也未载。",
        # What is aimed at is no figure of today, whatever its year.
        _told("目标与计划（不是现值）", known[ahead]) if ahead.any() else "",
    ]
    return (
        f"{''.join(besides)}可商请{departments(place)}提供（总床位、机构数，注明统计口径和日期），"
        "填在下面的空白表里；公开资料未载不等于没有。"
    )


def _told(head: str, known: pd.DataFrame) -> str:
    words = [
        f"{row['indicator_title']}{amount(_per_many(row))}（{dated(row)}{_unclear(row)}）"
        for _, row in known.iterrows()
    ]
    more = f"，另{len(words) - 3}项见地方档案" if len(words) > 3 else ""
    return f"{head}：{'；'.join(words[:3])}{more}。"


def _per_many(row: pd.Series) -> pd.Series:
    """每千名老人养老床位32.5张: what the name says the unit need not say again."""
    unit = row["unit"].partition("/")[0] if row["indicator_title"].startswith("每") else row["unit"]
    return pd.Series(row.to_dict() | {"unit": unit})


def _unclear(row: pd.Series) -> str:
    return "，是否现状来源未写明" if row["kind"] == "unclear" else ""


def ratio(rows: pd.DataFrame, definition: str, denominator: str) -> str:
    """Provinces on one denominator with both years; the delta apart where they do not add up to it; cities and counties not at all."""
    known = rows[rows["level"].isin(["region", "province"])].dropna(subset=["value"])
    what = f"每千名老人的{definition}；按{denominator}"
    if known.empty:
        return f"{what}，长三角与三省一市没有可以相除的数字"
    apart = known["note"].notna()
    notes = [f"{_named(row)}{row.note}" for row in known[apart].itertuples()]
    return "{what}：{words}".format(
        what=what, words="；".join(filter(None, [_dated(known[~apart]), *notes]))
    )


def old_ratios(rows: pd.DataFrame) -> str:
    """Cities and counties with the years of each."""
    known = rows[~rows["level"].isin(["region", "province"])].dropna(subset=["value"])
    if known.empty:
        return "城市与县（市、区）：没有可以相除的数字"
    return f"城市与县（市、区）：只并列；各按自己的年份，{_dated(known)}"


def _dated(rows: pd.DataFrame) -> str:
    return "，".join(_named(row) for row in rows.itertuples())


def _named(row: Any) -> str:
    return f"{row.short_name}{row.ratio_words}（{row.years_words}{row.reckoned}）"


def moves(rows: pd.DataFrame) -> str:
    """Whether another denominator moves a rank, among the places of one level that have all four; who is added by some is named."""
    levels = rows[rows["everywhere"]].groupby("level").filter(lambda part: len(part) > 1)
    if levels.empty:
        return "四种分母不齐，不比较名次；没有两个同级、年份相近的地区四种分母都齐"
    moved = levels.loc[levels["moved"], "short_name"]
    words = "；".join(
        [
            "换分母后有名次改变" if len(moved) else "换分母后名次不变",
            f"四种分母都有的{'、'.join(levels['short_name'])}之间",
            *([f"换分母后{'、'.join(moved)}名次改变"] if len(moved) else []),
        ]
    )
    added = rows[rows["level"].isin(levels["level"]) & ~rows["everywhere"]]["short_name"]
    return words + (
        "；{names}只有部分分母，加入后同级的个数不同".format(names="、".join(added))
        if len(added)
        else ""
    )


# Figures of different sources this far apart stand side by side; nothing says that they count alike.
LONGEST_STEP_YEARS = 3


def steps(rows: pd.DataFrame, series: pd.DataFrame | None = None) -> str:
    """The newest step in words, and what was published after it (question bed_series) but counts otherwise."""
    if rows.empty:
        return "没有可以相减的两个数字；没有口径相同、先后公布的两个数字，不计算增减"
    row = rows.sort_values("date").iloc[-1]
    after = "" if series is None else published_after(series, row)
    newest = "最近两个公布的数：" if not after else ""
    return f"口径相同的最近一次增减；{newest}{step(row)}{after}"


def step(row: pd.Series) -> str:
    """养老床位2022年底16.36万张，比2021年底多5,100张（+3.2%）; what is inferred or far apart is only set side by side."""
    earlier = day_words(
        row["earlier_date"],
        row["earlier_precision"],
        row["earlier_label"],
        bool(row["earlier_inferred"]),
    )
    change = float(row["change"])
    value = quantity(row["value"], row["unit"], row["qualifier"])
    inferred = bool(row["date_inferred"]) or bool(row["earlier_inferred"])
    if inferred or row["date"].year - row["earlier_date"].year > LONGEST_STEP_YEARS:
        return "{what}{earlier}{before}、{day}{value}，{why}，只并列".format(
            what=row["indicator_title"],
            earlier=earlier,
            before=quantity(row["earlier_value"], row["unit"], row["earlier_qualifier"]),
            day=day(row),
            value=value,
            why="相隔{n}年".format(n=row["date"].year - row["earlier_date"].year)
            if not inferred
            else "有推断的年份",
        )
    rounded = _rounded(row["value"]) != _rounded(row["earlier_value"])
    about = (
        "约"
        if rounded or not (missing(row["qualifier"]) and missing(row["earlier_qualifier"]))
        else ""
    )
    change = round(change, -3) if rounded and abs(change) >= 1000 else change
    how = "持平" if change == 0 else "多{n}" if change > 0 else "少{n}"
    how = about + how.format(n=quantity(abs(change), row["unit"]))
    decimals = 0 if rounded else 1 if abs(row["percent"]) >= 0.05 else 2
    how += f"（{about}{row['percent']:+.{decimals}f}%）" if change else ""
    return "{what}{day}{value}，比{earlier}{how}{beside}".format(
        what=row["indicator_title"],
        day=day(row),
        value=value,
        earlier=earlier,
        how=how,
        beside="，两数来源不同" if len(row["source_ids"]) > 1 else "",
    )


def _rounded(value: float) -> bool:
    """Whether a count is one of whole 万, as 17万张 is: beside 16.36万张 it was rounded."""
    return value >= WAN_FROM and value % 10_000 == 0


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the step in words, and whether it is a year on year step."""
    return rows.assign(
        words=[step(row) for _index, row in rows.iterrows()],
        pace=["相邻年份" if one else "相隔一年以上，中间缺数" for one in rows["one_step"]],
    )


def caveats(rows: pd.DataFrame) -> list[str]:
    """What a hollow point is, and whether a path to the target can be drawn: it needs more than one dated milestone."""
    hollow = ["空心点为推算，不计增减"] if (rows["kind"] == "derived").any() else []
    targets = rows[rows["kind"] == "target"]
    if targets.empty:
        return hollow
    stages = int((targets.groupby("series")["date"].nunique() > 1).sum())
    path = (
        f"{stages}个目标有分年阶段值，画作虚线路径"
        if stages
        else "目标只有终点，没有分年阶段值，不画路径"
    )
    return [*hollow, path]


# Residential social-welfare units of counties: a count of its own.
WELFARE = {
    "label": "县（市、区）",
    "city": "城市",
    "units": "单位（个）",
    "beds": "床位（张）",
    "value": "每千名60岁及以上常住老人（张）",
    "day": "床位年份",
}
WELFARE_CAVEATS = (
    "2023年床位÷第七次全国人口普查（2020年）常住60岁及以上人口；普查以后区划有变的不相除；市辖区只有一部分；二手转录待核，不排位次",
    "江宁等地另有养老床位公布数，口径不同，不相比",
)


def welfare(rows: pd.DataFrame) -> str:
    """Where the most beds are; counted side by side and never added up."""
    known = rows.dropna(subset=["beds"])
    if known.empty:
        return "各县（市、区）的社会福利收养性单位：公开资料未载"
    row = known.loc[known["beds"].idxmax()]
    return "社会福利收养性床位（待核）：{n}地有数；{year}年，{n}个县（市、区）的社会福利收养性单位床位，二手转录，待核，不排位次；单个最多为{name}{beds}".format(
        n=len(known),
        year=pd.Timestamp(row["date"]).year,
        name=row["label"],
        beds=quantity(row["beds"], "张"),
    )


def welfare_ranks(rows: pd.DataFrame) -> str:
    """The highest and the lowest ratio, with the years of both its numbers."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return "没有可以相除的社会福利床位与普查人口"
    first, last = (known.loc[end] for end in (known["value"].idxmax(), known["value"].idxmin()))
    return "每千名老人社会福利床位（待核）；有数而区划可比的{n}个县（市、区），从{last}{low:.1f}张到{first}{high:.1f}张（{year}年床位÷七普（2020年）人口，二手转录，待核）".format(
        n=len(known),
        first=first["label"],
        high=first["value"],
        last=last["label"],
        low=last["value"],
        year=pd.Timestamp(first["date"]).year,
    )


def gaps(rows: pd.DataFrame) -> str:
    """How many cities have a public count of beds."""
    n = sum(len(names.split("、")) for names in rows["with_beds"] if names != "无")
    return f"所收资料有床位数字的城市：{n}个；其余只有比率或公开资料未载，不等于没有"


def welfare_missing(rows: pd.DataFrame) -> str:
    """How much of the map has a number; what has none is not none."""
    return f"图上{len(rows)}个县（市、区）有数，其余公开资料未载；圆的面积按床位，颜色按省市；点选可打开地方档案"
