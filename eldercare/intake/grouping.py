"""Rows between the records of a list: places that head a group of them, with their counts or without, and sums without a word."""

from __future__ import annotations

import re

from eldercare.intake.forms import Form
from eldercare.intake.layout import Table
from eldercare.intake.places import Gazetteer
from eldercare.intake.understood import Doubt, half_width

_NUMBER = r"[0-9〇零一二三四五六七八九十百千两]+(?:[.,，][0-9]+)*"
_COUNT = (
    rf"(共|计|共计|总共|合计|床位)?{_NUMBER}(余|多)?(家|所|个|张|床|名|人)(养老)?(机构|床位|床)?"
)
# 二、 before a place, (12家), 共3家300张 and 养老机构名单 behind it.
_BESIDE = re.compile(
    r"^\(?([一二三四五六七八九十]+|[0-9]{1,2})[)、.．]|\(.*\)$|[:：]$|(养老)?(服务)?(机构)?(名单|一览表|名录|明细表?)$|(养老)?(服务)?机构$"
    rf"|(?<=.)[:：,，、;；—-]*{_COUNT}$"
)
_BRACKETS = re.compile(r"[【\[〔《<](.+)[】\]〕》>]")
_COUNTED = re.compile(rf"\(?(第?{_NUMBER}[)、.．]?|{_COUNT})\)?|{_COUNT}[,，、;；]?{_COUNT}")
_SUMMED = re.compile(r"合计|小计|总计|共计")
_COUNT_BEGINS = set(
    " \u30000123456789０１２３４５６７８９〇零一二三四五六七八九十百千两（(第共计总合床.,，%-—/\ufeff\u200b\xa0\n\t"
)
# 城南片区 is a place that no table knows.
_AREA = re.compile(r".{1,12}(区|片|镇|乡|街道|新城|县|市)")


class Groups:
    """Finds the rows of a table that head a group, in forms whose rows have a place."""

    def __init__(self, gazetteer: Gazetteer, form: Form):
        self.gazetteer = gazetteer
        self.has_places = "place_code" in form.needed
        self.has_names = "name" in form.needed

    def named(self, words: str) -> str:
        """The place that a heading names and nothing else; a name of several places as it is written; "" for none."""
        words = bare(words)
        if self.gazetteer.bearers(words)[0]:
            return words
        try:
            code = self.gazetteer.code(words)
        except Doubt:
            return ""
        return "" if not code or self.gazetteer.is_outside(code) else self.gazetteer.written(code)

    def head(self, table: Table, cells: list[object]) -> str:
        """The place that a row heads, like 二、昆山市（12家）, also with numbers in other cells; "" for any other row."""
        worded = []
        for i, cell in enumerate(cells if self.has_places else ()):
            if cell is not None and _is_worded(cell):
                worded.append((i, cell))
                if len(worded) > 1:
                    return ""
        if not worded or not isinstance(worded[0][1], str):
            return ""
        ((at, words),) = worded
        column = table.used[at].column if at in table.used else ""
        alone = sum(cell is not None for cell in cells) == 1
        if column == "place_code" or not (alone or (self.has_names and column in ("", "name"))):
            return ""
        known = self.named(words)
        is_area = alone and "place_code" not in table.columns and _AREA.fullmatch(bare(words))
        return known or (bare(words) if is_area else "")

    def is_of_another(self, cells: list[object], group: str) -> bool:
        """Whether a row of a sum names another place than the group it ends: whose the rows around it are is not sure."""
        words = next((cell for cell in cells if isinstance(cell, str)), "")
        place = self.named(_SUMMED.split(bare(words))[0]) if group and words else ""
        return bool(place) and place != group

    def is_sum(self, table: Table, cells: list[object], raw: dict[str, object]) -> bool:
        """Whether a row holds numbers, no name and no other word but its place: a sum, or a home whose name was left out."""
        if not self.has_names or raw.get("name") is not None:
            return False
        worded = [i for i, cell in enumerate(cells) if _is_worded(cell)]
        others = [i for i in worded if i not in table.used or table.used[i].column != "place_code"]
        return not others and any(isinstance(cell, int | float | str) for cell in cells)


def bare(words: str) -> str:
    """A heading without its number, brackets, counts and colon."""
    text = half_width(words).replace("（", "(").replace("）", ")")
    while (shorter := _BRACKETS.sub(r"\1", _BESIDE.sub("", text)).strip()) != text:
        text = shorter
    return text


def _is_worded(cell: object) -> bool:
    if not isinstance(cell, str):
        return cell is not None and not isinstance(cell, int | float)
    if cell[0] not in _COUNT_BEGINS:
        return True
    text = half_width(cell).replace("（", "(").replace("）", ")").replace(" ", "")
    return not (_COUNTED.fullmatch(text) or re.fullmatch(r"[0-9.,%\-—/]*", text))
