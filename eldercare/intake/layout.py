"""How a table lies in a sheet: its heading in one line or two, and the rows below that are sums or signatures, not data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from eldercare.intake import forms
from eldercare.intake.forms import Form
from eldercare.intake.sheets import Refused, Sheet
from eldercare.intake.understood import half_width
from eldercare.text import _

HEADING_WITHIN = 20
_SUM = re.compile(r".{0,6}(合计|小计|总计|共计)[:：]?(\(.*\))?[:：]?")
_SIGNED = re.compile(r"(填表|填报|制表|审核|复核|审批|经办|联系|(单位|部门)?负责)人.*|联系(电话|方式).*|电话[:：].*")
_FOOT = re.compile(r"(备注|注|说明|填表说明|填报单位|填表单位|单位\(盖?章\)|(填表|填报|制表|上报)(日期|时间))[:：].*")


@dataclass
class Use:
    """How one column of the file was taken."""

    letter: str
    heading: str
    column: str
    filled: int = 0
    errors: int = 0


@dataclass(frozen=True)
class Heading:
    """Where the table begins: `at` is the position of the heading's last line; columns in use by position, others as (letter, words)."""

    sheet: Sheet
    at: int
    used: dict[int, Use]
    unknown: list[tuple[str, str]]

    @property
    def line(self) -> int:
        return self.sheet.rows[self.at][0]


def heading(sheets: list[Sheet], form: Form, named: Mapping[tuple[int, str], str]) -> Heading:
    """The one heading among the sheets. `named` says of unknown columns, by (line, letter), what they are. Raises `Refused`."""
    known = forms.names_of(form)
    found = []
    for sheet in sheets:
        best: tuple[int, int, int] = (0, 0, 0)
        for at in range(min(len(sheet.rows), HEADING_WITHIN)):
            for height in (1, 2):
                hits = len({known[key] for words in _words(sheet, at, height, known) if (key := forms.heading_key(words)) in known})
                best = max(best, (hits, -height, -at))
        if best[0] >= 2:
            found.append((sheet, -best[2], -best[1]))
    if not found:
        titles = "、".join(form.column(name).title for name in form.needed)
        raise Refused(_("没有找到表头。前{n}行里要有一行列名，至少含：{titles}").format(n=HEADING_WITHIN, titles=titles))
    if len(found) > 1:
        names = "、".join(sheet.name for sheet, _at, _height in found)
        raise Refused(_("有{n}个工作表都像数据表：{names}。请只留一个").format(n=len(found), names=names))
    sheet, at, height = found[0]
    made = Heading(sheet, at + height - 1, {}, [])
    for i, words in enumerate(_words(sheet, at, height, known)):
        letter, key = get_column_letter(i + 1), forms.heading_key(words)
        if not words or key in forms.IGNORED:
            continue
        if key not in known:
            key = forms.heading_key(named.get((made.line, letter), ""))
        if key in known:
            _use(made, form, i, Use(letter, words.strip()[:40], known[key]))
        else:
            made.unknown.append((letter, words[:40]))
    names = {use.column for use in made.used.values()}
    if form.key not in names or not form.key:
        lacking = [form.column(name).title for name in form.needed if name not in names]
        if lacking:
            raise Refused(_("第{line}行的表头缺少：{titles}").format(line=made.line, titles="、".join(lacking)))
    return made


def _use(made: Heading, form: Form, i: int, use: Use) -> None:
    twice = next((other for other in made.used.values() if other.column == use.column), None)
    if twice:
        words = _("表头重复：{a}列“{x}”和{b}列“{y}”都是“{title}”，请只留一列")
        title = form.column(use.column).title
        raise Refused(words.format(a=twice.letter, x=twice.heading, b=use.letter, y=use.heading, title=title))
    made.used[i] = use


def _words(sheet: Sheet, at: int, height: int, known: Mapping[str, str]) -> list[str]:
    """The heading of every column; of two lines the lower one, with the words merged over it where it needs them."""
    upper = sheet.rows[at][1]
    if height == 1:
        return ["" if cell is None else str(cell) for cell in upper]
    lower = sheet.rows[at + 1][1] if at + 1 < len(sheet.rows) else []
    if not all(cell is None or isinstance(cell, str) for cell in lower):
        return []
    found, over = [], ""
    for i in range(max(len(upper), len(lower))):
        top, below = (str(cells[i]) if i < len(cells) and cells[i] is not None else "" for cells in (upper, lower))
        over = top or over
        joined = over + below
        found.append(top if not below else below if forms.heading_key(below) in known or not over else joined)
    return found


def left_out(cells: list[object], names: list[object]) -> str:
    """Why a row is no data: the word of a sum or a signature in its first cell, or of a sum in one of its `names`; else ""."""
    first = next((cell for cell in cells if cell is not None), None)
    text = _bare(first)
    if found := _SIGNED.fullmatch(text) or _FOOT.fullmatch(text):
        # Never the name behind it.
        return re.split(r"[:：]", found[0])[0][:5]
    return next((found[1] for cell in (first, *names) if (found := _SUM.fullmatch(_bare(cell)))), "")


def _bare(cell: object) -> str:
    return re.sub(r"\s", "", half_width(cell)) if isinstance(cell, str) else ""
