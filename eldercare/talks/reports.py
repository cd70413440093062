"""The data report: chapters by subject for the delta or for some places, with contents, method and sources, frozen to one release.

A report is a talk whose sections are the chapters, so that Word and the workbook draw it like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean
from urllib.parse import urlencode

import pandas as pd

from eldercare import store, tables
from eldercare.exhibits import (
    Exhibit,
    Facts,
    Missing,
    ageing,
    beds,
    coverage,
    headline,
    indicators,
    institutions,
    pairing,
    places,
    sojourn,
    summary,
    table,
    tasks,
    timeline,
    units,
    wanted,
)
from eldercare.exhibits.shapes import Table
from eldercare.exhibits.talk import Talk
from eldercare.faces.native import DOCX, XLSX
from eldercare.faces.word import MOST_ROWS
from eldercare.talks import files_of, making
from eldercare.talks.decks import UnknownDeck
from eldercare.talks.files_of import File

DELTA = "YRD"
TITLE = "长三角养老数据报告"
FORMATS = (DOCX, XLSX)
MOST_PLACES, NAMED = 30, 4
# Characters that a column of a table has room for.
NARROWEST, WIDEST = 4, 20
# What paper has room for of the widest tables.
PAPER = {
    "indicator_ledger": (
        "indicator_title",
        "base_words",
        "value_words",
        "value_day",
        "target_words",
    ),
    "documents_register": ("title", "document_number", "issuer", "day", "status_title"),
}
OVERVIEW, PEOPLE, HOMES, PAIRS, SOJOURN, INSURANCE, TASKS, HISTORY, UNKNOWN = (
    "总体情况",
    "人口与老龄化",
    "机构与床位",
    "城市结对与协作",
    "旅居养老",
    "待遇异地使用",
    "任务与指标",
    "协作历程与文件",
    "公开资料未载",
)

COUNTIES = "各县（市、区）占比"

Make = Callable[..., Exhibit | Missing]
Chapters = Mapping[str, Sequence[tuple[str, Make]]]


def _ledger(facts: Facts, code: str = DELTA) -> Exhibit:
    """Each indicator of a place with value, target and what no source sets."""
    rows = facts.ask("indicator_ledger", place=code, as_of=facts.as_of)
    return indicators.held(indicators.with_words(rows))


# Of the whole delta: nothing is narrowed.
OF_DELTA: Chapters = {
    OVERVIEW: [
        ("名单、备忘录与2021年任务", headline.stands),
        ("人口、机构与床位的基本数", headline.basics),
    ],
    PEOPLE: [
        ("两次普查的变化", ageing.ten_years),
        ("各市60岁及以上占比", ageing.shares),
        ("占比最高的城市", ageing.ranking),
        ("各市80岁及以上占比", lambda facts: ageing.shares(facts, 80)),
    ],
    HOMES: [
        ("名单床位目标的两种读法", beds.targets),
        ("各省市每千名老人床位", beds.ratio),
        ("各市每千名老人床位", beds.ratio_of_cities),
        ("各市机构养老床位", beds.ranks),
        ("名单公布数与已知名称数", institutions.lists),
        ("按名称可知的机构", institutions.homes),
        ("上海登记的机构", institutions.registered),
    ],
    PAIRS: [
        ("签约数与目标", pairing.signed),
        ("点名与公布", pairing.named),
        ("结对状态", pairing.stage_map),
        ("结对矩阵", pairing.matrix),
        ("市县之间", pairing.city_pairs),
        ("省际与项目", pairing.other_pairs),
        ("近24个月动态", pairing.quiet),
    ],
    SOJOURN: [
        ("旅居协议", sojourn.agreements),
        ("各地规模", sojourn.figures),
        ("点名的旅居基地", sojourn.named_bases),
    ],
    INSURANCE: [("各地的规定", pairing.portability), ("结算记录", pairing.settled)],
    TASKS: [
        ("长三角任务", tasks.times),
        ("责任单位", units.loads),
        ("指标台账", _ledger),
        ("报送节奏", indicators.reporting),
    ],
    HISTORY: [("协作动态", timeline.latest), ("文件登记", timeline.documents)],
    UNKNOWN: [("待补充的数据", wanted.first), ("各主题有记录的城市", coverage.topics)],
}
# Of each chosen place.
OF_PLACE: Chapters = {
    OVERVIEW: [("主要数字", places.cards)],
    PEOPLE: [
        ("与省和长三角比较", places.standing),
        ("年龄结构", places.ages),
        ("历年占比", places.history),
        (COUNTIES, ageing.districts_or_counties),
    ],
    HOMES: [
        ("历年床位", beds.of_place),
        ("床位、机构与设施", places.facilities),
        ("按名称可知的机构", places.homes),
    ],
    PAIRS: [("协议", places.agreements)],
    TASKS: [("名单、任务与长护险", places.others), ("指标台账", _ledger)],
    HISTORY: [("动态", places.events)],
    UNKNOWN: [("地方小结", summary.of_place)],
}
# Of the chosen places together: what is narrowed to their cities.
OF_CITIES: Chapters = {
    PAIRS: [
        ("结对矩阵", pairing.matrix),
        ("市县之间", pairing.city_pairs),
        ("近24个月动态", pairing.quiet),
    ],
    SOJOURN: [("旅居协议", sojourn.agreements)],
    HISTORY: [("文件登记", timeline.documents)],
}


def talk(codes: Sequence[str] = (), release: str = "", as_of: date | None = None) -> Talk:
    """The report about places (codes), about the whole delta where none is named or it is among them. Raises `UnknownDeck`."""
    return list(steps(codes, release, as_of))[-1]


def steps(
    codes: Sequence[str] = (), release: str = "", as_of: date | None = None
) -> Iterator[tuple[int, int] | Talk]:
    """The same step by step, for a bar: how many exhibits are made and how many there are to be, at last the talk."""
    codes = () if DELTA in codes else tuple(dict.fromkeys(codes))
    if len(codes) > MOST_PLACES:
        raise UnknownDeck(f"一份报告至多{MOST_PLACES}个地区，收到{len(codes)}个；请分几份做")
    chosen = making.release_of(release)
    with store.frozen(chosen):
        version = tables.release()
        day = as_of or version["as_of"].date()
        parts, title = _wanted(codes, day)
    made: list[Exhibit] = []
    gaps: list[Missing] = []
    for number, (chapter, name, make) in enumerate(parts):
        yield number, len(parts)
        # Whoever steps through may ask other questions in between: the release holds inside a step alone.
        with store.frozen(chosen):
            exhibits, missing = making.made([(name, make)], day)
        made += [replace(_whole(each), section=chapter) for each in exhibits]
        gaps += [replace(each, subject=name) for each in missing]
    with store.frozen(chosen):
        if tables.release()["content_hash"] != version["content_hash"]:
            raise UnknownDeck("数据刚刚更新，报告没有做完；请再试一次")
        if gaps:
            made.append(replace(making.gaps(gaps, len(gaps)), section=UNKNOWN))
        order = {chapter: place for place, chapter in enumerate(OF_DELTA)}
        made.sort(key=lambda each: order[each.section])
        method = _method()
        known = Facts(day).ask("profile_places").set_index("place_code")["label"]
    # Where the report is made again: the same places, release and date are chosen there.
    address = {
        "report_places": [known[code] for code in codes],
        "release": version["content_hash"],
        "as_of": day.isoformat(),
    }
    yield making.of_release(
        version,
        day,
        about=title,
        title=title,
        subtitle="、".join(dict.fromkeys(each.section for each in made)),
        address=f"present?{urlencode(address, doseq=True)}",
        exhibits=tuple(making.told_apart(made)),
        method=method,
    )


def file(
    codes: Sequence[str], release: str, as_of: date | None, format_: str = DOCX
) -> Iterator[tuple[int, int] | File]:
    """The steps of a report, at last its file. Raises `UnknownDeck`, `UnusableTemplate`."""
    for step in steps(codes, release, as_of):
        if not isinstance(step, Talk):
            yield step
            continue
        name = f"{step.about}_{step.data_date:%Y%m%d}.{format_}"
        yield File(name, files_of.made(step, format_), files_of.MEDIA[format_])


def _wanted(codes: tuple[str, ...], day: date) -> tuple[list[tuple[str, str, Make]], str]:
    """What is to be made: chapter, name and a function without arguments each; and the title of the whole."""
    facts = Facts(day)
    if not codes:
        return _bound(OF_DELTA, facts), TITLE
    known = facts.ask("profile_places").set_index("place_code")
    if unknown := [code for code in codes if code not in known.index]:
        raise UnknownDeck(f"没有地区代码 {unknown[0][:20]}，或它不在长三角")
    names = [str(known.at[code, "short_name"]) for code in codes]
    several = names if len(names) <= NAMED else [*names[:NAMED]]
    called = "、".join(several) + (f"等{len(names)}地" if len(names) > NAMED else "")
    cities = tuple(dict.fromkeys(city for code in codes for city in cities_of(known, code)))
    narrowed = Facts(day, cities, None, f"{called}：")
    found = _bound(OF_CITIES, narrowed)
    for code, name in zip(codes, names, strict=True):
        head = f"{name}：" if len(codes) > 1 else ""
        found += [
            (chapter, head + title, _of(make, facts, code))
            for chapter, parts in OF_PLACE.items()
            for title, make in parts
            # Districts and counties have none within.
            if title != COUNTIES or known.at[code, "level"] in ("province", "city")
        ]
    return found, f"{called}养老数据报告"


def _bound(chapters: Chapters, facts: Facts) -> list[tuple[str, str, Make]]:
    return [
        (chapter, name, _of(make, facts))
        for chapter, parts in chapters.items()
        for name, make in parts
    ]


def _of(make: Make, facts: Facts, *codes: str) -> Make:
    return lambda: make(facts, *codes)


def cities_of(known: pd.DataFrame, code: str) -> list[str]:
    """The cities of the 41 that a place consists of or lies in; `known`: question `profile_places` by code."""
    row = known.loc[code]
    if row["level"] == "province" and code != "310000":
        return known.index[(known["parent_code"] == code) & (known["level"] == "city")].tolist()
    return [code if row["level"] in ("province", "city") else str(row["parent_code"])]


def _whole(exhibit: Exhibit) -> Exhibit:
    """A table with as many rows as paper has room for, not only those of a slide, and columns as wide as their words need."""
    shape, kept = exhibit.shape, PAPER.get(exhibit.key)
    names = {words: name for name, words in exhibit.columns.items() if not kept or name in kept}
    if not isinstance(shape, Table) or not set(shape.headings) <= set(exhibit.columns.values()):
        return exhibit
    columns = {names[words]: words for words in shape.headings if words in names}
    full = table(exhibit.rows, columns, tuple(columns), max(MOST_ROWS, len(shape.lines)))
    widths = [
        min(max(NARROWEST, fmean(map(len, cells)), max(map(len, (head, *cells))) / 2), WIDEST)
        for head, cells in zip(full.headings, zip(*full.lines, strict=True), strict=True)
    ]
    return replace(exhibit, shape=replace(full, widths=tuple(widths)))


def _method() -> tuple[str, ...]:
    """How the numbers came about, from the sources of the release and the published rules."""
    known = store.ask("sources_usage")
    classes = "、".join(
        f"{kind}{count}个" for kind, count in known["source_class"].value_counts().items()
    )
    rules = [f"{row.title}：{row.rule}" for row in store.ask("stage_rules").itertuples()]
    return (
        f"这一版本收录公开来源{len(known)}个（{classes}）。每条记录保留来源、原文摘录、日期与口径；原文摘录见同名工作簿。",
        "同一指标有几个来源说法不同的，各自保留，显示哪一条有固定规则，其余在看板“来源与口径”里并列；推算的写“推算”，目标与计划不算现状。",
        "结对与协议的阶段按公布的规则判定，不由人逐条改。"
        + "".join(f"{rule.rstrip('。')}。" for rule in rules),
        "任务的时限、公开资料所见、责任单位反馈是三件事，分开写；公开资料未载结果的，不说完成，也不说没完成。",
        "名次由高到低只是次序，不是评价。",
    )
