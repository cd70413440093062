"""One line for all sentences that differ only in numbers, dates and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from eldercare import store
from eldercare.data.catalogue import data_files
from eldercare.sentences import CHINESE, EVIDENCE, Sentence, bare

NUMBER = re.compile(r"(?<![A-Za-z])[+\-−]?\d[\d,]*(?:\.\d+)?")
# Hosts, and the hash that names a release.
ADDRESS = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+(?:cn|com|net|org|html?)\b[\w/.?=&-]*|(?<=版本 )[0-9a-f]{8}|(?<=（)[0-9a-f]{8}(?=）)"
)
DATE = re.compile(
    r"\d{4}[—–-]\d{4}年|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日?(?:[—–-]\d{1,2}日)?|\d{4}年\d{1,2}月|\d{4}年(?:底|末|初|以来)?|\d{1,2}月\d{1,2}日"
)
# Columns that hold names, by the sign that stands for them in a pattern.
PLACE, CELL_SIGN = "〔地〕", "〔文〕"
NAMES = {
    PLACE: ("name", "short_name", "label", "place_label"),
    "〔单位〕": ("unit", "issuer", "publisher", "department", "reporter", "operator"),
    "〔名〕": ("title", "short_title", "indicator", "heading", "theme", "common_theme", "item"),
}
OF_PLACES = ("places", "agreement_parties")
# Shorter names of other things than places are words of the language: 协议, 床位, 任务.
SHORTEST_PLACE, SHORTEST_NAME, SHORTEST_CELL = 2, 4, 12


@dataclass(frozen=True)
class Pattern:
    """`data` marks words that stand in a cell of `datasets/` as they are: quoted, not written by the program."""

    kind: str
    pattern: str
    count: int
    examples: tuple[str, ...]
    extremes: tuple[str, ...]
    where: str


class Names:
    """Names and longer cells of the data, to take them out of sentences."""

    def __init__(self) -> None:
        self.cells: set[str] = set()
        signs: dict[str, str] = {}
        for path in data_files(store.datasets_folder()):
            rows = pd.read_csv(path, dtype=str, keep_default_na=False)
            for column in rows:
                cells = {bare(cell) for cell in rows[column].unique()}
                self.cells |= cells
                shortest, sign = self._sign(path.stem, column)
                for cell in cells:
                    if len(cell) >= shortest and CHINESE.search(cell):
                        signs[cell] = min(sign, signs.get(cell, sign))
        # By their first two characters, the longest first.
        self.by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, sign in sorted(signs.items(), key=lambda item: (-len(item[0]), item[0])):
            self.by_start[name[:2]].append((name, sign))

    @staticmethod
    def _sign(table: str, column: str) -> tuple[int, str]:
        """From which length on the cells of a column are taken out, and what stands in their place."""
        for sign, columns in NAMES.items():
            if column in columns and (sign != PLACE or table in OF_PLACES):
                return SHORTEST_PLACE if sign == PLACE else SHORTEST_NAME, sign
        return SHORTEST_CELL, CELL_SIGN

    def taken_out(self, words: str) -> str:
        found, place = [], 0
        while place < len(words):
            for name, sign in self.by_start.get(words[place : place + 2], ()):
                if words.startswith(name, place):
                    found.append(sign)
                    place += len(name)
                    break
            else:
                found.append(words[place])
                place += 1
        return "".join(found)

    def pattern(self, words: str) -> str:
        """The words without numbers, dates and names; a list of names is one of them."""
        told = self.taken_out(words)
        told = ADDRESS.sub("〔址〕", told)
        told = DATE.sub("〔日〕", told)
        told = NUMBER.sub("〔数〕", told)
        return re.sub(r"(〔[^〕]+〕)(?:(?:、|,| × |；|\s)?\1)+", r"\1…", told)


def patterns(sentences: Iterable[Sentence]) -> list[Pattern]:
    """Every pattern once, sorted by kind and words. What rests on rows is quoted from the data and no sentence of ours."""
    names = Names()
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for sentence in sentences:
        if sentence.kind == EVIDENCE:
            continue
        quoted = sentence.words in names.cells
        pattern = (
            f"〔数据原文〕{sentence.exhibit}·{sentence.part}"
            if quoted
            else names.pattern(sentence.words)
        )
        found[sentence.kind, pattern].setdefault(
            sentence.words, f"{sentence.where} {sentence.exhibit}".strip()
        )
    return [_told(kind, pattern, words) for (kind, pattern), words in sorted(found.items())]


def _told(kind: str, pattern: str, words: dict[str, str]) -> Pattern:
    told = sorted(words)
    apart = dict.fromkeys([told[0], told[len(told) // 2], told[-1]])
    numbers = [
        (float(n.replace(",", "").replace("−", "-")), text)
        for text in told
        for n in NUMBER.findall(DATE.sub("", text))
    ]
    extremes = [max(told, key=len)] + ([min(numbers)[1], max(numbers)[1]] if numbers else [])
    return Pattern(
        kind,
        pattern,
        len(told),
        tuple(apart),
        tuple(dict.fromkeys(text for text in extremes if text not in apart)),
        words[told[0]],
    )
