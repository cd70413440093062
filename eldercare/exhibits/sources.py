"""来源: every source with what rests on it, every indicator with all its claims, every correction."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import pandas as pd

from eldercare.exhibits import GAPS, Exhibit, listed
from eldercare.exhibits.claims import quotable
from eldercare.measures import IN_USE, day_words, missing, number

LEAD = "每个来源支持了什么，每个指标怎样定义、有哪些不同来源数据，为什么显示其中一条。"
# From the strongest to the weakest.
SOURCE_CLASSES = (
    "公文",
    "官方统计",
    "单位报送",
    "官网信息",
    "媒体",
    "转载",
    "二手",
    "推算",
    "演示",
)
RESTING = {
    "kind": "类别",
    "place": "地区",
    "title": "内容",
    "words": "数值或说明",
    "day": "日期",
    "quote_words": "原文摘录",
}
USAGE = {
    "source_id": "编号",
    "title": "标题",
    "publisher": "发布机构",
    "source_class": "类别",
    "published_words": "发布",
    "rests": "支持的内容",
}
CLAIMS = {
    "place": "地区",
    "day": "日期",
    "base": "口径",
    "value_words": "数值",
    "state": "显示",
    "reason": "理由或断点",
    "source_words": "来源",
}
CORRECTIONS = {
    "day": "更正日期",
    "table_words": "数据表",
    "row_id": "记录",
    "before": "更正前",
    "after": "更正后",
    "reason": "理由",
}


# --- exhibits; `rows` are one page of a list ---


def rests_on(source: pd.Series, rows: pd.DataFrame, count: int) -> Exhibit:
    """What rests on one source, of `count` rows in all."""
    notes = source_notes(source)
    return listed(
        "source_rows",
        GAPS,
        resting(source, count),
        rows,
        RESTING,
        notes,
        why="；".join(notes),
    )


def usage(sources_: pd.DataFrame, rows: pd.DataFrame, chosen: str, length: int) -> Exhibit:
    """The sources of the `chosen` class; `length` is that of a page."""
    return listed(
        "sources_usage",
        GAPS,
        of_class(sources_, chosen),
        rows,
        USAGE,
        of_page(len(sources_), length),
        links={"title": "address"},
    )


def disputed(
    indicator: pd.Series, rows: pd.DataFrame, first: pd.DataFrame, competing: bool, length: int
) -> Exhibit:
    """The claims of an indicator: what each source says, which one is shown and why. `first`: the first row, for the counts."""
    return listed(
        "indicator_claims",
        GAPS,
        claims(indicator, first, competing),
        with_states(rows),
        CLAIMS,
        [definition(indicator), *of_page(total(first), length)],
        why=definition(indicator),
    )


def corrected(rows: pd.DataFrame, changes: Mapping[str, Mapping[str, int]] | None) -> Exhibit:
    """Every correction, and what the release in use changed."""
    changed = version_change(changes)
    return listed(
        "corrections",
        GAPS,
        f"数据更正；{changed}",
        rows,
        CORRECTIONS,
        why=f"{changed}；{corrections(rows)}",
    )


# --- words ---


def classes(rows: pd.DataFrame) -> list[str]:
    """The classes of source that occur, the strongest first."""
    present = set(rows["source_class"])
    return [word for word in SOURCE_CLASSES if word in present] + sorted(
        present - set(SOURCE_CLASSES)
    )


def sources(rows: pd.DataFrame) -> str:
    """How many sources support something, of which classes; those that only lie beside, like the fictitious list, do not count."""
    rows = rows[(rows["source_class"] != "演示") & (rows["total"] > 0)]
    official = int(rows["source_class"].isin(["公文", "官方统计"]).sum())
    return "{n}个来源支持{all}条记录；其中公文与官方统计{official}个".format(
        n=number(len(rows)), all=number(rows["total"].sum()), official=official
    )


def total(rows: pd.DataFrame) -> int:
    """How many rows there are beyond the page that was asked for."""
    return int(rows["total"].iloc[0]) if len(rows) else 0


def resting(source: pd.Series, total: int) -> str:
    """What rests on one source."""
    return (
        "来源支持{n}条记录；“{title}”".format(title=quotable(source["title"]), n=number(total))
        if total
        else "没有记录由它支持，仅作参考；“{title}”".format(title=quotable(source["title"]))
    )


def source_notes(source: pd.Series) -> list[str]:
    """What else is known of a source: class, number, address and how it was read."""
    parts = [
        source["source_class"],
        source["publisher"],
        source["document_number"],
        source["url"] if source["linkable"] else source["host"],
        source["note"],
    ]
    return [str(part) for part in parts if not missing(part)]


def with_addresses(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the date as words and the address of each source on the page of sources."""
    return rows.assign(
        published_words=[
            day_words(row.published, row.published_precision) for row in rows.itertuples()
        ],
        address=[f"sources?source={quote(code)}" for code in rows["source_id"]],
    )


def of_class(rows: pd.DataFrame, chosen: str) -> str:
    """How many sources are listed and how many of them support nothing yet."""
    bare = int((rows["total"] == 0).sum())
    told = f"；{bare}个没有记录由它支持" if bare else ""
    return f"来源清单（{chosen}）：{len(rows)}个{told}"


def of_page(total_: int, length: int) -> list[str]:
    """Where a list is turned page by page, the sources under it are those of the page."""
    return ["来源与日期只算本页各行"] if total_ > length else []


def definition(indicator: pd.Series) -> str:
    """Definition, counting rule and direction of an indicator."""
    direction = {"higher": "高为好", "lower": "低为好", "none": "不作评价"}[indicator["polarity"]]
    return "定义：{definition} 计数口径：{rule} 方向：{direction}".format(
        definition=indicator["definition"], rule=indicator["counting_rule"], direction=direction
    )


def with_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Claims with the words of their state: shown among rivals, shown, or why not."""
    words = {
        "in_use": f"{IN_USE} 显示",
        "shown": "显示",
        "doubtful": "存疑，不显示",
        "kept": "备查，不显示",
    }
    return rows.assign(state=rows["state"].map(words))


def claims(indicator: pd.Series, rows: pd.DataFrame, competing: bool) -> str:
    """How many claims an indicator has, and for how many places and days they differ in their source; `rows` are one page of them."""
    total_ = total(rows)
    if competing and total_:
        return "{places}处有不同来源数据；{title}，共{n}条，显示的标{sign}".format(
            sign=IN_USE,
            title=indicator["title"],
            places=number(rows["contested_in_all"].iloc[0]),
            n=number(total_),
        )
    if competing:
        doubtful = int(indicator["doubtful"])
        beside = f"（另有{doubtful}条存疑，不显示）" if doubtful else ""
        return "没有不同来源数据；{title}：同地、同口径、日期相近的没有{beside}".format(
            title=indicator["title"], beside=beside
        )
    return "{n}条数据；{title}，其中{beside}条不作显示值".format(
        title=indicator["title"], n=number(total_), beside=int(indicator["beside"])
    )


def corrections(rows: pd.DataFrame) -> str:
    """The newest correction, or that there is none yet."""
    if rows.empty:
        return "还没有更正：自第一版数据以来没有改动过已公布的数字"
    return "最近一次更正：{day:%Y年%m月%d日}，{reason}".format(
        day=rows["date"].iloc[0], reason=rows["reason"].iloc[0]
    )


def version_change(counts: Mapping[str, Mapping[str, int]] | None) -> str:
    """What the release in use changed against the one before, by table; None when there is none before."""
    if counts is None:
        return "本版以前没有已发布的版本"
    kinds = {"new": "新增{n}", "changed": "修改{n}", "gone": "删除{n}"}
    words = [
        name
        + "、".join(words.format(n=found[kind]) for kind, words in kinds.items() if found[kind])
        for name, found in counts.items()
    ]
    return "与上一版本相比：{words}".format(words="，".join(words) or "数据没有变化")
