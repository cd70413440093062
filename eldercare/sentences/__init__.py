"""Every sentence the product can say, with where it stands and what it rests on.

`python -m eldercare.sentences` prints the list, `--patterns` one line per pattern. Pages are opened as a browser opens them and
decks are made as a presenter makes them, so the list holds what readers see; tests walk the same list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

TITLE, LEAD, FINDING, CARD, NOTE, TRACE, CAVEAT = (
    "页面标题",
    "导语",
    "图表标题",
    "卡片",
    "卡片说明",
    "卡片来源",
    "图注",
)
SOURCE, LABEL, HOVER, CELL, HEADING = "来源行", "图中文字", "悬停", "表格", "列名"
EMPTY, LEGEND, SHEET, SCREEN, WIDGET = "空状态", "图例", "打印页", "页面文字", "控件"
EVIDENCE, SPOKEN, WORD, WORD_CELL = "依据", "备注", "Word段落", "Word表格"

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Sentence:
    """Words in one place of the product. `part` is the column, series or card they belong to; `rows` are those of their exhibit."""

    where: str
    exhibit: str
    kind: str
    part: str
    words: str
    rows: pd.DataFrame | None = field(default=None, repr=False, compare=False)

    @property
    def spoken(self) -> bool:
        """Whether it is words at all: a bare number or sign is none."""
        return bool(CHINESE.search(self.words))


def bare(words: object) -> str:
    """Words without markup of Markdown and Plotly, in one line."""
    text = re.sub(r"<br\s*/?>", "\n", str(words)).replace("\\", "").replace("\u2060", "")
    text = re.sub(r":(?:gray|small|red|orange|blue|green)\[(.*?)\]", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"</?(?:b|i|span|div|small|sub|sup)\b[^>]*>", "", text)
    text = re.sub(r"^#+ |\*\*|^- ", "", text, flags=re.MULTILINE)
    return " ⏎ ".join(
        line for line in (" ".join(part.split()) for part in text.split("\n")) if line
    )
