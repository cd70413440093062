"""How a figure is cited and how an error in it is reported: text only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd

from eldercare.measures import day_words, missing, number
from eldercare.text import plain


def source_link(words: str, code: str) -> str:
    """Markdown for a way to a source on the page of sources; the words stay words."""
    return f"[{plain(words)}](sources?source={quote(code)})"


def reference(source: Any) -> str:
    """One source in the form of GB/T 7714; the address only where it may be linked."""
    year = (
        ""
        if missing(source.published)
        else f"，{day_words(source.published, source.published_precision)}"
    )
    number = "" if missing(source.document_number) else f"（{source.document_number}）"
    kind = "EB/OL" if source.linkable else "Z"
    address = (
        f". {source.url}"
        if source.linkable
        else (f"（{source.source_class}，{source.host}）" if not missing(source.host) else "")
    )
    return f"{source.publisher}. {source.title}{number}[{kind}]{year}{address}"


def citation(finding: str, cited: pd.DataFrame, release: pd.Series) -> str:
    """How to cite the exhibit: GB/T 7714, BibTeX and the list of its sources."""
    year = release["as_of"].year
    lines = [
        f"长三角养老一体化看板. {finding}[DS]. 数据版本 {release['version']}（{release['content_hash']}），数据截至 {release['as_of']:%Y-%m-%d}.",
        "",
        f"@misc{{eldercare_{release['content_hash'][:8]}, title={{{finding}}}, howpublished={{长三角养老一体化看板, 数据版本 {release['version']}}}, year={{{year}}}}}",
        "",
        "来源：",
        *(f"[{number}] {reference(row)}" for number, row in enumerate(cited.itertuples(), start=1)),
    ]
    return "\n".join(lines)


def correction_slip(finding: str, cited: pd.DataFrame, release: pd.Series) -> str:
    """A form for reporting an error, filled with what is known."""
    sources = "；".join(f"{row.source_id} {row.title}" for row in cited.head(5).itertuples())
    return "\n".join(
        [
            "更正单",
            f"所在图表：{finding}",
            f"数据版本：{release_words(release)}",
            f"现用来源：{sources}",
            "现在的写法：",
            "应为：",
            "依据（文件名称、发布机构、日期、原文）：",
            "单位与联系方式：",
        ]
    )


def foot(release: pd.Series, newest: pd.DataFrame) -> str:
    """Under every page: data version, when the compilation ended and, apart, how new what it holds is (question `freshness`)."""
    days = {
        row.part: day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))
        for row in newest.itertuples()
    }
    return "数据版本 {version}（{hash}），汇编止于{day}；最新的数字：{figure}，最新的养老合作动态：{event} · 均来自公开来源 · 公开资料未载不等于零".format(
        version=release["version"],
        hash=release["content_hash"][:8],
        day=day_words(release["as_of"], "day"),
        figure=days.get("figure", number(None)),
        event=days.get("event", number(None)),
    )


def release_words(release: pd.Series) -> str:
    """The data version as it stands under pages and in files; `release` is the row of the question `release`."""
    return "{version}（{hash}），数据截至 {day}".format(
        version=release["version"],
        hash=release["content_hash"][:8],
        day=f"{release['as_of']:%Y-%m-%d}",
    )
