"""What a presenter reads: finding, counting rules, sources with the words in them."""

from __future__ import annotations

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Map


def notes(exhibit: Exhibit) -> list[str]:
    """The speaker notes: finding, counting rules, sources with quotes."""
    lines = [exhibit.spoken]
    if exhibit.demo:
        lines.append("演示数据：虚构，只供试用，不是事实。")
    lines += exhibit.rules
    lines += [f"注意：{words}" for words in exhibit.caveats]
    lines += _places(exhibit)
    lines += exhibit.confirmations
    lines.append("来源：")
    for number, quote in enumerate(exhibit.quotes, start=1):
        lines.append(f"[{number}] {quote.reference}")
        lines += [f"　　“{words}”" for words in quote.words]
        lines += [f"　　算法：{words}" for words in quote.workings]
    lines += [f"合并算法：{words}" for words in exhibit.workings]
    if not exhibit.quotes:
        lines.append("无")
    return lines


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
