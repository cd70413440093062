"""What there is to take, for readers: the catalogue, one entry of it with its parameters, and how it is asked in four tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin

import pandas as pd

from eldercare.opendata import descriptions, exhibited, offers
from eldercare.opendata.answers import Release
from eldercare.opendata.formats import FORMATS
from eldercare.opendata.parameters import Parameter
from eldercare.talks.decks import MAKERS

QUESTION, TABLE, EXHIBIT = "问题", "表", "图表"
KINDS = {"questions": QUESTION, "tables": TABLE, "exhibits": EXHIBIT}
FOLDER = "data/v1/"
# More values of a parameter than these are not listed.
FEW_VALUES = 8
ALWAYS = {"demo", "unverified"}


@lru_cache(maxsize=1)
def _entries() -> pd.DataFrame:
    told = [
        (f"{kind}/{offer.name}", KINDS[kind], offer.title)
        for kind in ("questions", "tables")
        for offer in offers.offered()[kind].values()
    ]
    told += [(f"exhibits/{key}", EXHIBIT, maker.title) for key, maker in MAKERS.items()]
    rows = pd.DataFrame(told, columns=["entry", "kind", "title"])
    return rows.assign(
        name=rows["entry"].str.partition("/")[2],
        label=rows["kind"] + "：" + rows["title"],
        link="downloads?data=" + rows["entry"],
    )


def entries() -> pd.DataFrame:
    """Everything that can be taken: entry (its address without ending), kind, title, name, label (unique), link (its page)."""
    return _entries().copy()


def found(words: str, kind: str = "") -> pd.DataFrame:
    """The entries whose title or name has all the words; of one kind where one is given."""
    rows = entries()
    rows = rows[rows["kind"] == kind] if kind else rows
    for word in words.lower().split():
        has = (rows["title"] + " " + rows["name"]).str.lower().str.contains(word, regex=False)
        rows = rows[has]
    return rows.reset_index(drop=True)


def summary() -> str:
    """How much there is, as a title."""
    counts = entries()["kind"].value_counts()
    return f"{counts[QUESTION]}个问题、{counts[TABLE]}张表、{counts[EXHIBIT]}张图表可以取用"


def addresses(entry: str) -> dict[str, str]:
    """Format → address below the server's own, with what has to be said at least."""
    kind, _slash, name = entry.partition("/")
    if kind == "exhibits":
        return {
            ending.upper(): FOLDER + descriptions.exhibit_address(name, ending)
            for ending in exhibited.ENDINGS
        }
    offer = offers.offered()[kind][name]
    titles = {"xlsx": "Excel", "csv": "CSV", "json": "JSON", "parquet": "Parquet"}
    return {
        title: FOLDER + descriptions.address(offer, ending)
        for ending, title in titles.items()
        if ending in FORMATS
    }


def asked(entry: str) -> pd.DataFrame:
    """The parameters of an entry: name, what it means, what it accepts, what holds without it."""
    kind, _slash, name = entry.partition("/")
    if kind == "exhibits":
        own = [each for each in exhibited.declared(name) if each.name not in ALWAYS]
    else:
        own = list(offers.offered()[kind][name].declared)
    columns = ["name", "meaning", "values", "without"]
    return pd.DataFrame([_line(each) for each in own], columns=columns)


def _line(each: Parameter) -> tuple[str, str, str, str]:
    values = [v for v in dict.fromkeys(each.choices().values()) if v] if each.choices else []
    accepted = {
        "boolean": "true、false",
        "date": "日期，如 2021-12-31",
        "integer": f"{each.least}—{each.most}",
        "number": f"{each.least}—{each.most}",
    }.get(each.kind, "文字")
    if values:
        few = len(values) <= FEW_VALUES
        accepted = "、".join(values) if few else f"{each.codes or each.title}，如 {values[0]}"
    several = "；可给几个，用逗号隔开" if each.many else ""
    return each.name, each.title, accepted + several, _without(each)


def _without(each: Parameter) -> str:
    if each.required:
        return "必须给"
    value = each.default() if each.default else None
    if isinstance(value, list):
        return "全部"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "不限" if value in (None, "") else str(value)


# --- how it is asked ---


def base(page: str | None) -> str:
    """The address of the server that a page was opened at, with a slash at its end; empty where it is not known."""
    return urljoin(page or "", ".")


def _curl(url: str, name: str) -> str:
    return f"curl -fsS -o {name} '{url}'"


def _python(url: str, name: str) -> str:
    if ".json" in name:
        return f'import json, urllib.request\n\nwith urllib.request.urlopen("{url}") as answer:\n    data = json.load(answer)\nprint(data["title"])'
    return f'import pandas as pd\n\nrows = pd.read_csv("{url}")\nprint(rows.head())'


def _r(url: str, name: str) -> str:
    if ".json" in name:
        return f'data <- jsonlite::fromJSON("{url}")\nprint(data$title)'
    return f'rows <- read.csv("{url}", fileEncoding = "UTF-8-BOM")\nhead(rows)'


def _excel(url: str, name: str) -> str:
    if ".json" in name:
        return f'let\n    Source = Json.Document(Web.Contents("{url}")),\n    Rows = Table.FromRecords(Source[rows])\nin\n    Rows'
    return (
        f'let\n    Source = Csv.Document(Web.Contents("{url}"),\n'
        '        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "    Rows = Table.PromoteHeaders(Source, [PromoteAllScalars = true])\nin\n    Rows"
    )


TOOLS: dict[str, Callable[[str, str], str]] = {
    "Excel": _excel,
    "Python": _python,
    "R": _r,
    "curl": _curl,
}
HINTS = {
    "Excel": "数据—获取数据—启动 Power Query 编辑器—高级编辑器，粘贴；以后点“全部刷新”取新的版本。",
    "Python": "只用 pandas（JSON 只用标准库）。",
    "R": "不用装别的包（JSON 要 jsonlite）。",
    "curl": "再取时加 -H 'If-None-Match: 上次的 ETag'，没有变就不再传。",
}


def example(entry: str, tool: str, server: str) -> str:
    """Lines to copy that take the entry with a tool; `server` is what `base` gives."""
    offered = addresses(entry)
    address = offered.get("CSV") or offered["JSON"]
    name = address.partition("?")[0].rpartition("/")[2]
    return TOOLS[tool](server + address, name)


def citation(release: Release, server: str) -> str:
    """How the data of one release is cited (GB/T 7714)."""
    return (
        f"长三角养老一体化看板. 长三角养老一体化数据[DS/OL]. 数据版本 {release.version}"
        f"（{release.id}），数据截至 {release.as_of.isoformat()}. {server}{FOLDER}index.json. CC BY 4.0."
    )
