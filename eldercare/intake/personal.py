"""Names and numbers of persons: what an upload must not hold, since its file is kept with the release for whoever may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openpyxl.utils import get_column_letter

from eldercare import clock
from eldercare.intake.sheets import ABOVE, Sheet
from eldercare.intake.understood import half_width

NAMED = 10
_ROLES = "负责人|联系人|法定代表人|法人代表|法人|院长|经办人|填报人|填表人|审核人|联络员|监护人|家属|责任人"
_OF = "机构|养老机构|养老院|单位|项目|公司|企业|主要|现任|运营方?|院方"
_NAMES = re.compile(rf"({_OF})?({_ROLES})(姓名)?\d?|.{{0,6}}姓名|老人名字")
_NUMBERS = re.compile(r".{0,6}(身份证|公民身份)(号|号码|证号)?|.{0,4}(手机|移动电话)(号|号码)?")
_CALLED = re.compile(r"电话|手机|联系|号码")
# Who filled in or signed a form stands below it; such lines are not taken, and hold no more than a name.
_NAME_IN_CELL = re.compile(
    r"(负责人|联系人|法定代表人|法人代表|院长|联络员|监护人|家属|姓名)\s*[:：]\s*[\u4e00-\u9fff]{2,4}"
)
_RUN = re.compile(r"[0-9](?:[ -]?[0-9Xx]){10,20}")
_MOBILE = re.compile(r"(86)?1[3-9][0-9]{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def found_in(sheets: list[Sheet]) -> list[str]:
    """Where the sheets hold names or numbers of persons, in words without them; the first few."""
    found: list[str] = []
    for sheet in sheets:
        for words in _of_sheet(sheet):
            found.append(f"{sheet.name}：{words}" if len(sheets) > 1 else words)
            if len(found) == NAMED:
                return found
    return found


def refusal(found: list[str]) -> str:
    """Why a file is not taken, and what to do."""
    words = (
        "表里有个人信息：{places}{more}。看板不收姓名、身份证号和个人手机号，原件也不留存；请删去这些列和格再上传"
        "（机构的固定电话可以留；写的是处室或岗位的，请把列名改成处室或岗位）。"
    )
    return words.format(places="；".join(found), more="……" if len(found) == NAMED else "")


def in_text(text: str) -> str:
    """What a text holds that belongs to a person, as a word for it; "" for nothing."""
    if len(text) < 5:
        return ""
    text = half_width(text)
    if ":" in text and _NAME_IN_CELL.search(text):
        return "姓名"
    if len(text) < 11:
        return ""
    for run in _RUN.findall(text):
        digits = re.sub(r"[ -]", "", run).upper()
        if _MOBILE.fullmatch(digits):
            return "手机号"
        if _is_identity(digits):
            return "身份证号"
    return ""


def _of_sheet(sheet: Sheet) -> Iterator[str]:
    headings = _headings(sheet)
    for column, (line, words) in headings.items():
        below = (
            cells[column] for number, cells in sheet.rows if number > line and column < len(cells)
        )
        if (_NAMES.fullmatch(words) or _NUMBERS.fullmatch(words)) and any(
            isinstance(cell, str | int | float) for cell in below
        ):
            yield f"{get_column_letter(column + 1)}列“{words}”"
    for line, cells in sheet.rows:
        for column, cell in enumerate(cells):
            heading = headings.get(column, (0, ""))[1]
            if isinstance(cell, str):
                kind = in_text(cell) if len(cell) > 4 else ""
            elif isinstance(cell, int | float) and cell >= 1e10:
                # A figure can look like a number to call; it is one where the heading says so.
                text = f"{cell:.0f}"
                kind = (
                    "身份证号"
                    if _is_identity(text)
                    else "手机号"
                    if _MOBILE.fullmatch(text) and _CALLED.search(heading)
                    else ""
                )
            else:
                kind = ""
            if kind:
                yield f"第{line}行{get_column_letter(column + 1)}列的{kind}"


def _headings(sheet: Sheet) -> dict[int, tuple[int, str]]:
    """The lowest words above the rows, by column: cells of the first lines that hold nothing but words."""
    found: dict[int, tuple[int, str]] = {}
    for line, cells in sheet.rows[:ABOVE]:
        if (
            all(cell is None or isinstance(cell, str) for cell in cells)
            and sum(cell is not None for cell in cells) > 1
        ):
            for column, cell in enumerate(cells):
                words = re.sub(r"\s|[*★:：]|[(（].*?[)）]", "", half_width(cell)) if cell else ""
                if words and (
                    column not in found or _NAMES.fullmatch(words) or _NUMBERS.fullmatch(words)
                ):
                    found[column] = (line, words[:20])
    return found


def _is_identity(digits: str) -> bool:
    """Eighteen digits with their check digit, or fifteen of the old kind: a region and a day of birth in the right places."""
    if len(digits) == 18 and digits[:17].isdigit():
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
        return digits[17] == _CHECK[total % 11] and _is_birthday(digits[6:14])
    return (
        len(digits) == 15
        and digits.isdigit()
        and 11 <= int(digits[:2]) <= 82
        and _is_birthday("19" + digits[6:12])
    )


def _is_birthday(words: str) -> bool:
    try:
        return (
            1890 <= date(int(words[:4]), int(words[4:6]), int(words[6:])).year <= clock.today().year
        )
    except ValueError:
        return False
