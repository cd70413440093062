"""What a presenter reads: two or three sentences to say, then where they come from and how they were counted."""

from __future__ import annotations

import re

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Map
from eldercare.exhibits.talk import Talk
from eldercare.faces.layout import remarks

SENTENCES = 3
# A semicolon inside quotes or brackets does not end anything.
PARTS = re.compile(r"(?:“[^”]*”|（[^）]*）|[^；])+")
UNTIL = re.compile(r" · 数据截至 ([^·]+?)(?: · |$)")


def speech(exhibit: Exhibit) -> list[str]:
    """Two or three sentences to say aloud: the finding, part by part; what is short also names its day and what to mind."""
    parts = PARTS.findall(exhibit.spoken.rstrip("。"))
    told = [*parts[: SENTENCES - 1], *filter(None, ["；".join(parts[SENTENCES - 1 :])])]
    until = UNTIL.search(exhibit.source_line)
    more = [f"数据截至{until[1]}"] if until else []
    more += [f"要说明的是，{words}" for words in exhibit.caveats[:1]]
    more += [f"数字出自{len(exhibit.quotes)}个公开来源"] if exhibit.quotes else []
    return [f"{words}。" for words in (*told, *more[: SENTENCES - len(told)])]


def notes(exhibit: Exhibit, most: int | None = None) -> list[str]:
    """The speaker notes: what to say, at `most` so many sources with quotes, then what to mind and how it was counted."""
    lines = speech(exhibit)
    if exhibit.demo:
        lines.append("演示数据：虚构，只供试用，不是事实。")
    lines.append("来源：")
    lines.append(exhibit.source_line)
    for number, quote in enumerate(exhibit.quotes[:most], start=1):
        lines.append(f"[{number}] {quote.reference}")
        lines += [f"　　“{words}”" for words in quote.words]
        lines += [f"　　算法：{words}" for words in quote.workings]
    if most and len(exhibit.quotes) > most:
        lines.append(f"另有{len(exhibit.quotes) - most}个来源，见最后一页的备注")
    lines += [f"合并算法：{words}" for words in exhibit.workings]
    if not exhibit.quotes:
        lines.append("无")
    lines += [f"注意：{words}" for words in remarks(exhibit)]
    lines += _places(exhibit)
    lines += exhibit.confirmations
    lines += exhibit.rules
    return lines


def opening(talk: Talk) -> list[str]:
    """What to say while the cover stands."""
    return [
        f"今天说的是{talk.title}：{talk.subtitle}。",
        f"数字{talk.dated.split(' · ')[0]}，共用{len(talk.sources)}个公开来源，全部列在最后一页的备注里。",
        "没有查到的写“公开资料未载”，不等于零，也不等于没有做。",
    ]


def closing(talk: Talk) -> list[str]:
    """What to say at the end, and every source."""
    return [
        f"以上数字出自{len(talk.sources)}个公开来源，逐个列在这里，每页备注里有原文摘录。",
        "有补充或更正的，请各地注明口径和日期提供。",
        "全部来源：",
        *(f"[{place}] {quote.reference}" for place, quote in enumerate(talk.sources, start=1)),
    ]


def _places(exhibit: Exhibit) -> list[str]:
    """Every place of a map in words: on the slide only those large enough carry their name."""
    shape = exhibit.shape
    if not isinstance(shape, Map):
        return []
    if any(place.value is not None for place in shape.places):
        ranked = sorted(shape.places, key=lambda place: (place.value is None, -(place.value or 0)))
        return [
            "各地：{names}".format(
                names="、".join(f"{place.name}{place.words}" for place in ranked)
            )
        ]
    groups = {
        words: "、".join(place.name for place in shape.places if place.words == words)
        for words, _role in shape.legend
    }
    return [f"{words}：{names}" for words, names in groups.items() if names]
