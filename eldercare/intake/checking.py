"""Reads a sheet into rows of a form, cell by cell; what is wrong is said with line, column, value, reason and proposal."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from eldercare.difference import Row
from eldercare.intake import amounts, dates, forms, parties
from eldercare.intake.context import Context
from eldercare.intake.forms import Column, Form
from eldercare.intake.reading import Formula, Refused, Sheet
from eldercare.intake.understood import Doubt, half_width
from eldercare.text import _

ERROR, WARNING = "error", "warning"
LEVELS = {ERROR: _("错误"), WARNING: _("提醒")}
HEADING_WITHIN = 20
FLAGS = {"是": "true", "有": "true", "true": "true", "1": "true", "y": "true", "否": "false", "false": "false", "0": "false", "n": "false"}


@dataclass(frozen=True)
class Finding:
    """Something about one cell, one row (`column` empty) or the file (`line` 0)."""

    level: str
    line: int
    column: str
    value: str
    reason: str
    proposal: str = ""
    field: str = ""


@dataclass
class Use:
    """How one column of the file was taken."""

    letter: str
    heading: str
    column: str
    filled: int = 0
    errors: int = 0


@dataclass
class Line:
    """One row of the file. `cells` are stored values by field; `blank` the form's columns that were there and empty."""

    number: int
    cells: Row
    blank: set[str]
    written: dict[str, str]
    good: bool = True


@dataclass
class Checked:
    form: Form
    sheet: str
    uses: list[Use]
    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == ERROR]

    def spoil(self, line: Line, finding: Finding) -> None:
        """Keep a finding; an error takes its row out of what can be accepted."""
        self.findings.append(finding)
        line.good = line.good and finding.level != ERROR


Progress = Callable[[float], None]


def check(
    sheets: list[Sheet],
    form: Form,
    context: Context,
    fixes: Mapping[tuple[int, str], str] | None = None,
    progress: Progress = lambda share: None,
    today: date | None = None,
) -> Checked:
    """What the sheets say in terms of the form. Raises `Refused` when no heading is found or one stands twice.

    `fixes` replace cells by (line, column); `progress` is told the share done.
    """
    sheet, at, used, unknown = _heading(sheets, form)
    checked = Checked(form, sheet.name, list(used.values()), [])
    known = forms.names_of(form)
    for letter, words in unknown:
        near = difflib.get_close_matches(forms.heading_key(words), known, n=1, cutoff=0.5)
        proposal = form.column(known[near[0]]).title if near else ""
        checked.findings.append(Finding(WARNING, sheet.rows[at][0], letter, words, _("不认识这一列，没有使用"), proposal))
    checked.findings += [Finding(WARNING, 0, "", "", note) for note in sheet.notes]
    reader = _Reader(form, context, today or date.today())
    rows = sheet.rows[at + 1 :]
    for done, (number, cells) in enumerate(rows):
        raw = {use.column: (cells[i] if i < len(cells) else None) for i, use in used.items()}
        raw |= {name: fix for (line, name), fix in (fixes or {}).items() if line == number}
        if all(value is None for value in raw.values()):
            continue
        checked.lines.append(reader.line(number, raw, checked))
        if done % 200 == 0:
            progress(done / len(rows))
    for use in checked.uses:
        use.filled = sum(form.column(use.column).title in line.written for line in checked.lines)
        use.errors = sum(finding.field == use.column for finding in checked.errors)
    if not checked.lines:
        raise Refused(_("表头下面没有数据"))
    progress(1.0)
    return checked


def _heading(sheets: list[Sheet], form: Form) -> tuple[Sheet, int, dict[int, Use], list[tuple[str, str]]]:
    """The one sheet with a heading, its position there, the columns in use and those not known."""
    known = forms.names_of(form)
    found = []
    for sheet in sheets:
        best: tuple[int, int] = (0, 0)
        for at, (_line, cells) in enumerate(sheet.rows[:HEADING_WITHIN]):
            hits = len({known[key] for cell in cells if isinstance(cell, str) and (key := forms.heading_key(cell)) in known})
            best = max(best, (hits, -at))
        if best[0] >= 2:
            found.append((sheet, -best[1]))
    if not found:
        titles = "、".join(form.column(name).title for name in form.needed)
        raise Refused(_("没有找到表头。前{n}行里要有一行列名，至少含：{titles}").format(n=HEADING_WITHIN, titles=titles))
    if len(found) > 1:
        raise Refused(_("有{n}个工作表都像数据表：{names}。请只留一个").format(n=len(found), names="、".join(s.name for s, _at in found)))
    sheet, at = found[0]
    line, cells = sheet.rows[at]
    used: dict[int, Use] = {}
    unknown: list[tuple[str, str]] = []
    for i, cell in enumerate(cells):
        if cell is None:
            continue
        letter, key = get_column_letter(i + 1), forms.heading_key(cell)
        if key in forms.IGNORED:
            continue
        if key not in known:
            unknown.append((letter, str(cell)[:40]))
            continue
        twice = next((use for use in used.values() if use.column == known[key]), None)
        if twice:
            raise Refused(
                _("表头重复：{a}列“{x}”和{b}列“{y}”都是“{title}”，请只留一列").format(
                    a=twice.letter, x=twice.heading, b=letter, y=str(cell)[:40], title=form.column(known[key]).title
                )
            )
        used[i] = Use(letter, str(cell).strip()[:40], known[key])
    names = {use.column for use in used.values()}
    if form.key not in names or not form.key:
        lacking = [form.column(name).title for name in form.needed if name not in names]
        if lacking:
            raise Refused(_("第{line}行的表头缺少：{titles}").format(line=line, titles="、".join(lacking)))
    return sheet, at, used, unknown


class _Reader:
    """Turns raw cells into stored values, one row at a time."""

    def __init__(self, form: Form, context: Context, today: date):
        self.form, self.context, self.today = form, context, today
        self.labels = {code: row["label"] for code, row in context.gazetteer.by_code.items()}
        self.existing = context.by_key(form.name) if form.key else {}
        self.named = {c.name: context.named(c.refers_to) for c in form.columns if c.kind == "reference"}
        self.units = {row["indicator_code"]: row["unit"] for row in context.rows("indicators")}

    def line(self, number: int, raw: dict[str, object], checked: Checked) -> Line:
        line = Line(number, {}, set(), {})
        stored = self.existing.get(str(raw.get(self.form.key) or "").strip()) if self.form.key else None
        # The date and the indicator first: whether a place existed and which unit is meant depend on them.
        order = sorted(raw, key=lambda name: {"date": 0, "indicator_code": 1}.get(name, 2))
        for name in order:
            value, column = raw[name], self.form.column(name)
            if isinstance(value, str):
                value = value.strip()
            if value is None or value == "":
                line.blank.add(name)
                continue
            line.written[column.title] = str(value.words if isinstance(value, Formula) else value)[:200]
            if stored is not None and value == self._as_filed(column, stored):
                line.cells |= {n: stored.get(n, "") for n in _fields(column)}
                continue
            try:
                note = self._take(column, value, line)
            except Doubt as doubt:
                checked.spoil(line, self._finding(ERROR, line, column, doubt.reason, doubt.proposal))
            else:
                if note:
                    checked.spoil(line, self._finding(WARNING, line, column, note))
        for column in self.form.columns:
            lacks = column.required and not line.cells.get(column.name) and (stored is None or column.name in line.blank)
            if lacks and not any(f.line == number and f.field == column.name for f in checked.findings[-len(raw) :]):
                checked.spoil(line, self._finding(ERROR, line, column, _("不能为空")))
        return line

    def _as_filed(self, column: Column, stored: Row) -> object:
        if column.kind == "parties":
            return parties.words(stored[self.form.key], self.context)
        return forms.cell_of(column, stored, self.labels)

    def _finding(self, level: str, line: Line, column: Column, reason: str, proposal: str = "") -> Finding:
        return Finding(level, line.number, column.title, line.written.get(column.title, ""), reason, proposal, column.name)

    def _take(self, column: Column, value: object, line: Line) -> str:
        """Stores what a cell says in the line and returns a note for the reader; raises `Doubt`."""
        if isinstance(value, Formula):
            result = "" if value.result is None else str(value.result)
            raise Doubt(_("单元格是公式或错误值“{words}”；请粘贴为数值").format(words=value.words), result)
        if column.kind == "amount":
            unit = self.units.get(line.cells.get("indicator_code", ""), "") if column.name == "value" else column.unit
            taken = amounts.amount(value, unit, column.whole)
            line.cells[column.name] = taken.value
            return taken.note
        if column.kind == "price":
            low, high = amounts.price_range(value)
            if {low.value, line.cells.get("price_low", low.value)} != {low.value}:
                raise Doubt(_("与“月费下限”不一致"))
            line.cells |= {"price_low": low.value, "price_high": high.value}
            return low.note or high.note
        if column.kind == "day":
            return self._take_day(column, value, line)
        if column.kind == "place":
            year = int(line.cells["date"][:4]) if line.cells.get("date") and self.form.name != "institutions" else None
            code = self.context.gazetteer.code(value, year)
            if (
                self.context.gazetteer.by_code.get(code, {}).get("level") in ("group", "region", "country")
                and self.form.name == "institutions"
            ):
                raise Doubt(_("“{text}”不是一个机构所在的地区").format(text=value))
            line.cells[column.name] = code
            return ""
        text = _text(value)
        if column.kind == "parties":
            line.cells[column.name] = "；".join(parties.parse(text, self.context.gazetteer))
        elif column.kind == "choice":
            line.cells[column.name] = _choice(text, column)
        elif column.kind == "flag":
            if text.lower() not in FLAGS:
                raise Doubt(_("“{text}”要写“是”或“否”").format(text=text))
            line.cells[column.name] = FLAGS[text.lower()]
        elif column.kind == "reference":
            line.cells[column.name] = self._reference(text, column)
        elif column.kind == "key":
            if text not in self.existing:
                raise Doubt(_("当前版本没有编号“{text}”；新增的行请把编号留空").format(text=text))
            line.cells[column.name] = text
        else:
            line.cells[column.name] = text
        return ""

    def _take_day(self, column: Column, value: object, line: Line) -> str:
        taken = dates.day(value)
        line.cells[column.name] = taken.value
        if column.name == "date" and "date_precision" in {f.name for f in self.form.table.fields}:
            line.cells |= {"date_precision": taken.precision, "date_label": "", "date_inferred": "false"}
        late = taken.value > self.today.isoformat() and taken.precision in ("day", "month", "by_date")
        return taken.note or (_("{day}晚于今天，请确认").format(day=taken.value) if late and column.name == "date" else "")

    def _reference(self, text: str, column: Column) -> str:
        keys = self.named[column.name].get(text, [])
        if len(keys) == 1:
            return keys[0]
        title = self.context.package.table(column.refers_to).title
        if keys:
            raise Doubt(_("“{text}”在{title}中有{n}条，请写编号").format(text=text, title=title, n=len(keys)), _(" 或 ").join(keys[:3]))
        near = difflib.get_close_matches(text, self.named[column.name], n=2, cutoff=0.5)
        raise Doubt(_("{title}中没有“{text}”").format(title=title, text=text), _(" 或 ").join(near))


def _fields(column: Column) -> tuple[str, ...]:
    if column.kind == "day" and column.name == "date":
        return ("date", "date_precision", "date_inferred", "date_label")
    if column.kind == "parties":
        return ()
    return ("price_low", "price_high") if column.kind == "price" else (column.name,)


def _choice(text: str, column: Column) -> str:
    if text in column.choices:
        return column.choices[text]
    if text in column.choices.values():
        return text
    near = difflib.get_close_matches(text, column.choices, n=1, cutoff=0.4)
    words = _("“{text}”不在可选的词里：{words}").format(text=text, words="、".join(column.choices))
    raise Doubt(words, near[0] if near else "")


def _text(value: object) -> str:
    if isinstance(value, bool):
        raise Doubt(_("这里要文字，单元格是“是/否”"), _("是") if value else _("否"))
    if isinstance(value, date):
        raise Doubt(_("Excel 把这一格存成了日期 {day}；请把单元格设为“文本”后重写").format(day=f"{value:%Y-%m-%d}"))
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if not isinstance(value, str):
        return str(value)
    # Line breaks inside a cell become spaces; other characters that cannot be seen go.
    words = " ".join(value.replace("\u3000", " ").split())
    return "".join(c for c in words if ord(c) >= 32 and c not in "\u200b\ufeff\u2060\xad") if words else half_width(words)
