"""How tables lie in sheets: a heading in up to three lines, columns without one, years as columns, and rows that are no data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from eldercare.intake import forms, said_units
from eldercare.intake.findings import Use
from eldercare.intake.forms import Form
from eldercare.intake.headings import IGNORED
from eldercare.intake.sheets import ABOVE, Refused, Sheet
from eldercare.intake.understood import half_width, one_line

MOST_LINES = 3
_SUM = re.compile(
    r".{0,6}(合计|小计|总计|共计|总数|平均)[:：]?(\(.*\))?[:：]?([0-9.,，、]+(家|所|个|张|床位?|人|名)?[,，、;；]?)*"
    r"|(其中)([:：].*|公办.*|民办.*)?|(共)([0-9]+(家|所|个|张|床位?|人|名)[,，、;；]?)+"
)
_SIGNED = re.compile(
    r"(填表|填报|制表|审核|复核|审批|经办|联系|(单位|部门)?负责)人.*|联系(电话|方式).*|电话[:：].*"
)
_FOOT = re.compile(
    r"(备注|注|说明|填表说明|填报单位|填表单位|单位\(盖?章\)|(填表|填报|制表|上报)(日期|时间))[:：].*"
)
_NUMBERED = re.compile(r"(\(?[一二三四五六七八九十]+[)、.．]|[一二三四五六七八九十]+、).*")
_YEAR = re.compile(
    r"(?:截至)?((?:19|20)[0-9]{2})(?:(?:年|[./-])(1[0-2]|0?[1-9])月?|年度?)?(末|底|年末|年底)?"
)
_UNIT = re.compile(
    r"(单位[:：])?\(?(张|床|个|人|名|家|所|元|万元|亿元|元/月|元/人·月|元/人/月|%|万人|平方米|㎡|[-—/])\)?"
)
_UNITS_COLUMN = {"单位", "计量单位", "数据单位", "指标单位"}
_ORDER = "甲乙丙丁戊己"


@dataclass
class Table:
    """Where a table lies: `at` is the position of the heading's last line; columns in use by position, others as (letter, words).

    `nameless` are columns that hold something and have no heading, `spread` those headed by what is a field of each of their
    cells (a year, an indicator, a place), by position.
    `units` are those said beside the numbers, by field; `units_at` is the column that gives one for every row.
    """

    sheet: Sheet
    at: int
    used: dict[int, Use] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    nameless: list[tuple[str, str]] = field(default_factory=list)
    spread: dict[int, tuple[str, str]] = field(default_factory=dict)
    width: int = 0
    units: dict[str, str] = field(default_factory=dict)
    units_at: int = -1

    @property
    def line(self) -> int:
        return self.sheet.rows[self.at][0]

    @property
    def columns(self) -> set[str]:
        return {use.column for use in self.used.values()}


def tables(
    sheets: list[Sheet],
    form: Form,
    named: Mapping[tuple[int, str], str],
    spread: Callable[[str], tuple[str, str] | None],
) -> list[Table]:
    """The tables of the visible sheets that have rows. Raises `Refused`.

    `named` says of columns, by (line, letter), what they are; `spread` which field the heading of a column of figures
    stands for, and what is in it.
    """
    known = forms.names_of(form)
    seen = [sheet for sheet in sheets if not sheet.hidden]
    found = [table for sheet in seen if (table := _table(sheet, form, known, named, spread))]
    if all(_lacking(table, form, False) for table in found):
        # The headings may stand in a column.
        turned = [
            table
            for sheet in map(Sheet.turn, seen)
            if sheet and (table := _table(sheet, form, known, named, spread))
        ]
        found = [table for table in turned if not _lacking(table, form, False)] or found or turned
    if not found:
        titles = "、".join(form.column(name).title for name in form.needed)
        hidden = "、".join(
            sheet.name
            for sheet in sheets
            if sheet.hidden and _table(sheet, form, known, named, spread)
        )
        if hidden:
            raise Refused(f"数据在隐藏的工作表里（{hidden}）；请取消隐藏，或确认要报的是哪一张")
        raise Refused(f"没有找到表头。前{ABOVE}行里要有一行列名，至少含：{titles}")
    filled = [table for table in found if len(table.sheet.rows) > table.at + 1]
    if not filled:
        raise Refused("表头下面没有数据")
    return filled


def hidden_tables(sheets: list[Sheet], form: Form) -> list[str]:
    """Names of hidden sheets that look like data: they are not read, and that is said."""
    known = forms.names_of(form)
    return [
        s.name
        for s in sheets
        if s.hidden
        and (table := _table(s, form, known, {}, lambda words: None))
        and len(s.rows) > table.at + 1
    ]


def _table(
    sheet: Sheet,
    form: Form,
    known: Mapping[str, str],
    named: Mapping[tuple[int, str], str],
    spread: Callable[[str], tuple[str, str] | None],
) -> Table | None:
    best: tuple[int, bool, int, int] = (0, False, 0, 0)
    for at in range(min(len(sheet.rows), ABOVE)):
        alone = 0
        for height in range(1, MOST_LINES + 1):
            words = _words(sheet, at, height, known)
            hits = len({known[key] for word in words if (key := forms.heading_key(word)) in known})
            figures = hits and any(spread(word) for word in words if word)
            # Of equals the one whose last line names columns of its own (总数, 空余 under 床位), if the first does too.
            alone = hits if height == 1 else alone
            deep = (
                height > 1
                and alone > 1
                and bool(words)
                and _names_columns(sheet.rows[at + height - 1][1], words, known)
            )
            best = max(best, (hits + bool(figures), deep, -height, -at))
    if best[0] < 2:
        return None
    height, at = -best[2], -best[3]
    table = Table(sheet, at + height - 1)
    words = _words(sheet, at, height, known)
    hit = {known[key] for word in words if (key := forms.heading_key(word)) in known}
    for i, word in enumerate(words):
        letter, key = sheet.letter(i), forms.heading_key(word)
        if not word or (key in IGNORED and key not in known):
            continue
        if key not in known:
            key = forms.heading_key(named.get((table.line, letter), ""))
        if key in known:
            _use(table, form, i, Use(letter, one_line(word)[:40], known[key]))
            if unit := said_units.split(word)[1]:
                table.units[known[key]] = unit
        elif (parts := said_units.behind(word)) and forms.heading_key(parts[0]) in known:
            name = known[forms.heading_key(parts[0])]
            _use(table, form, i, Use(letter, one_line(word)[:40], name))
            table.units[name] = parts[1]
        elif form.name == "observations" and forms.heading_key(word) in _UNITS_COLUMN:
            table.units_at = i
        elif (field_of := spread(word)) and "value" not in hit:
            table.spread[i] = field_of
        else:
            table.unknown.append((letter, one_line(word)[:40]))
    table.width = len(words)
    _find_nameless(table, form, words, known, named)
    _find_units(table, form)
    # Of several kinds (a total beside years) the most frequent; the others are columns of their own.
    kinds = Counter(name for name, _words in table.spread.values() if name not in table.columns)
    kind = kinds.most_common(1)[0][0] if kinds else ""
    for i, (name, said) in list(table.spread.items()):
        if name != kind:
            del table.spread[i]
            table.unknown.append((sheet.letter(i), said))
    return table


def _names_columns(lowest: list[object], words: list[str], known: Mapping[str, str]) -> bool:
    """Whether two cells of the last line of a heading, or more, are part of a known one."""
    own = [word for cell, word in zip(lowest, words, strict=False) if cell is not None]
    return sum(forms.heading_key(word) in known for word in own) > 1


def year_of(words: str) -> str:
    """The year, or the month, that a heading says and nothing else, as a date is written; "" for none."""
    year = _YEAR.fullmatch(half_width(words))
    if not year:
        return ""
    month = f"{int(year[2])}月" if year[2] else ""
    return f"{year[1]}年{month}{'底' if year[3] and not month else ''}"


def _find_units(table: Table, form: Form) -> None:
    """The units of the line under the headings, and of one like 单位：万人 above them, where a heading says none."""
    rows = table.sheet.rows
    below = rows[table.at + 1][1] if len(rows) > table.at + 1 else []
    if _beneath([cell for cell in below if cell is not None]):
        for i, use in table.used.items():
            if i < len(below) and (unit := said_units.alone(below[i])):
                table.units.setdefault(use.column, unit)
    above = " ".join(
        cell for _line, cells in rows[: table.at + 1] for cell in cells if isinstance(cell, str)
    )
    if unit := said_units.of_line(above):
        for column in form.columns:
            if column.kind in ("amount", "price") and said_units.fits(unit, column):
                table.units.setdefault(column.name, unit)


def _find_nameless(
    table: Table,
    form: Form,
    words: list[str],
    known: Mapping[str, str],
    named: Mapping[tuple[int, str], str],
) -> None:
    rows = table.sheet.rows[table.at + 1 :]
    widest = (
        len(words)
        if table.sheet.separated
        else max((len(cells) for _line, cells in rows), default=0)
    )
    for i in range(widest):
        if i < len(words) and words[i]:
            continue
        first = next(
            (cells[i] for _line, cells in rows if i < len(cells) and cells[i] is not None), None
        )
        if first is None:
            continue
        letter = table.sheet.letter(i)
        key = forms.heading_key(named.get((table.line, letter), ""))
        if key in known:
            _use(table, form, i, Use(letter, "", known[key]))
        elif (table.line, letter) not in named:
            table.nameless.append((letter, one_line(str(first))[:40]))


def require(table: Table, form: Form, given: bool) -> frozenset[str]:
    """The needed fields that one of the columns with unknown headings may hold. `given`: the place comes from elsewhere.

    Raises `Refused` where there is none.
    """
    lacking = _lacking(table, form, given)
    # A form of ours that lost a column is asked about.
    if len(lacking) > len(table.unknown) and not table.sheet.expected:
        titles = "、".join(form.column(name).title for name in lacking)
        raise Refused(f"第{table.line}行的表头缺少：{titles}")
    return frozenset(lacking)


def _lacking(table: Table, form: Form, given: bool) -> list[str]:
    """The fields that a table needs and has no column for."""
    if form.key in table.columns and form.key:
        return []
    named = (
        table.columns
        | ({"value", next(iter(table.spread.values()))[0]} if table.spread else set())
        | ({"place_code"} if given or "address" in table.columns else set())
    )
    return [name for name in form.needed if name not in named]


def _use(table: Table, form: Form, i: int, use: Use) -> None:
    twice = next((other for other in table.used.values() if other.column == use.column), None)
    if twice and not (
        use.column == "place_code"
        and forms.heading_key(twice.heading) != forms.heading_key(use.heading)
    ):
        words = "表头重复：{a}列“{x}”和{b}列“{y}”都是“{title}”，请只留一列"
        title = form.column(use.column).title
        raise Refused(
            words.format(a=twice.letter, x=twice.heading, b=use.letter, y=use.heading, title=title)
        )
    table.used[i] = use


def _words(sheet: Sheet, at: int, height: int, known: Mapping[str, str]) -> list[str]:
    """The heading of every column; of several lines the lowest, with the words merged over it where it needs them."""
    lines = [cells for _line, cells in sheet.rows[at : at + height]]
    if height > 1 and (
        len(lines) < height
        or not all(cell is None or isinstance(cell, str) for cells in lines[1:] for cell in cells)
    ):
        return []
    width = max(len(cells) for cells in lines)
    found, over = [], [""] * height
    for i in range(width):
        own = [
            "" if i >= len(cells) or cells[i] is None else one_line(str(cells[i]))
            for cells in lines
        ]
        for level, words in enumerate(own):
            if words:
                over[level:] = [words, *[""] * (height - level - 1)]
        parts = [words for words in over if words] if any(own) else []
        found.append(_heading(parts, known))
    return found


def _heading(parts: list[str], known: Mapping[str, str]) -> str:
    """The shortest known heading that ends with the lowest words and may begin with those above them; else all of them."""
    if not parts:
        return ""
    *upper, lowest = parts
    for count in range(len(upper) + 1):
        for above in combinations(upper, count):
            words = "".join([re.sub(r"[(（].*?[)）]$", "", part) for part in above] + [lowest])
            if forms.heading_key(words) in known:
                return words
    return "".join(parts)


def left_out(table: Table, cells: list[object], names: list[object]) -> str:
    """Why a row is no data: the word of a sum or a signature in its first cell, or of a sum in one of its `names`; else "".

    Or the headings once more, as they stand at the top of each page.
    """
    filled = [cell for cell in cells if cell is not None]
    text = _bare(filled[0]) if filled else ""
    if found := _SIGNED.fullmatch(text) or _FOOT.fullmatch(text):
        # Never the name behind it.
        return re.split(r"[:：]", found[0])[0][:5]
    if word := next(
        (
            next(filter(None, found.groups()), "")
            for cell in (*filled[:1], *names)
            if (found := _SUM.fullmatch(_bare(cell)))
        ),
        "",
    ):
        return word
    if _repeats(table, cells):
        return "表头"
    if _beneath(filled):
        return "列号或单位"
    return text[:20] if len(filled) == 1 and _NUMBERED.fullmatch(text) else ""


def _repeats(table: Table, cells: list[object]) -> bool:
    count = 0
    for i, use in table.used.items():
        if i < len(cells) and isinstance(cells[i], str):
            if cells[i].strip() != use.heading:
                return False
            count += 1
    return count > 1


def _beneath(filled: list[object]) -> bool:
    """Whether a row says under the headings in which units they are, or numbers them: 张, 人; 甲, 乙, 1, 2."""
    first = _bare(filled[0]) if filled and isinstance(filled[0], str) else str(*filled[:1])
    if not (first in {_ORDER[0], "1"} or _UNIT.fullmatch(first) or said_units.alone(first)):
        return False
    words = [_bare(cell) if isinstance(cell, str) else str(cell) for cell in filled]
    if len(words) > 1 and all(_UNIT.fullmatch(word) or said_units.alone(word) for word in words):
        return any(word not in "-—/" for word in words)
    letters = [word for word in words if word in _ORDER]
    numbers = words[len(letters) :]
    counted = [str(place) for place in range(1, len(numbers) + 1)]
    return len(words) > 2 and words == [*_ORDER[: len(letters)], *counted]


def _bare(cell: object) -> str:
    return "".join(half_width(cell).split()) if isinstance(cell, str) else ""
