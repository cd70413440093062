"""Reads a sheet into rows of a form, cell by cell; what is wrong is said with line, column, value, reason and proposal."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from eldercare.difference import Row
from eldercare.intake import amounts, dates, forms, layout, parties
from eldercare.intake.context import Context
from eldercare.intake.forms import Column, Form
from eldercare.intake.layout import Use
from eldercare.intake.number_formats import Masked
from eldercare.intake.sheets import Formula, Refused, Sheet
from eldercare.intake.understood import Doubt, half_width
from eldercare.text import _

ERROR, WARNING = "error", "warning"
LEVELS = {ERROR: _("错误"), WARNING: _("提醒")}
# Kinds of values that may lie ahead.
AHEAD = {"target", "plan", "policy", "estimate"}
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


@dataclass(frozen=True)
class _Above:
    """An empty cell merged with the one in line `line`, which alone holds the value."""

    line: int
    value: object


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

    `fixes` replace cells by (line, column), and name unknown columns by (line of the heading, letter); `progress` is told the
    share done. Nothing that is a fact already may be dated after `today`.
    """
    fixes = fixes or {}
    found = layout.heading(sheets, form, fixes)
    sheet = found.sheet
    checked = Checked(form, sheet.name, list(found.used.values()), [])
    known = forms.names_of(form)
    for letter, words in found.unknown:
        near = difflib.get_close_matches(forms.heading_key(words), known, n=1, cutoff=0.5)
        proposal = form.column(known[near[0]]).title if near else ""
        checked.findings.append(Finding(WARNING, found.line, letter, words, _("不认识这一列，没有使用"), proposal, letter))
    checked.findings += [Finding(WARNING, 0, "", "", note) for note in sheet.notes]
    reader = _Reader(form, context, today or date.today())
    rows, by_line = sheet.rows[found.at + 1 :], dict(sheet.rows)
    for done, (number, cells) in enumerate(rows):
        raw = {use.column: (cells[i] if i < len(cells) else None) for i, use in found.used.items()}
        raw |= {name: fix for (line, name), fix in fixes.items() if line == number}
        if word := layout.left_out(cells, [raw.get(name) for name in form.needed]):
            checked.findings.append(Finding(WARNING, number, "", word, _("这一行不是一条数据，没有读入")))
            continue
        if all(value is None for value in raw.values()):
            continue
        for i, use in found.used.items():
            if raw[use.column] is None and (top := sheet.top_of(number, i + 1)):
                above = by_line.get(top, [])
                raw[use.column] = _Above(top, above[i] if i < len(above) else None)
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
            if isinstance(value, _Above):
                words = _("这一格与第{line}行合并，Excel 只在那一行存了值；请逐行填写").format(line=value.line)
                checked.spoil(line, self._finding(ERROR, line, column, words, "" if value.value is None else str(value.value)))
                continue
            line.written[column.title] = str(
                value.words if isinstance(value, Formula) else value.number if isinstance(value, Masked) else value
            )[:200]
            if stored is not None and value == self._as_filed(column, stored):
                line.cells |= {n: stored.get(n, "") for n in fields_of(column)}
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
        self._not_ahead(line, stored, checked)
        return line

    def _not_ahead(self, line: Line, stored: Row | None, checked: Checked) -> None:
        """What is said to be so cannot be dated later than today; targets and plans can."""
        row = forms.DEFAULTS.get(self.form.name, {}) | (stored or {}) | line.cells
        day, today = line.cells.get("date", ""), self.today.isoformat()
        marks = ("date", "kind", "planned")
        same = stored is not None and all(row.get(name) == stored.get(name) for name in marks)
        if day <= today or same or row.get("kind") in AHEAD or row.get("planned") == "true":
            return
        running = {"year": day[:4] == today[:4], "month": day[:7] == today[:7]}.get(row.get("date_precision", ""), False)
        proposal = _("截至{year}年{month}月{day}日").format(year=self.today.year, month=self.today.month, day=self.today.day)
        words = _("{day}在今天（{today}）之后，不会是已有的事实；目标或计划请写明性质").format(day=day, today=today)
        checked.spoil(line, self._finding(ERROR, line, self.form.column("date"), words, proposal if running else ""))

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
        if isinstance(value, Masked):
            words = _("单元格存的是{number}，却按格式“{code}”显示；请直接写出要报的数")
            raise Doubt(words.format(number=value.number, code=value.code), value.number)
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
        return taken.note

    def _reference(self, text: str, column: Column) -> str:
        keys = self.named[column.name].get(text, [])
        if len(keys) == 1:
            return keys[0]
        title = self.context.package.table(column.refers_to).title
        if keys:
            raise Doubt(_("“{text}”在{title}中有{n}条，请写编号").format(text=text, title=title, n=len(keys)), _(" 或 ").join(keys[:3]))
        near = difflib.get_close_matches(text, self.named[column.name], n=2, cutoff=0.5)
        raise Doubt(_("{title}中没有“{text}”").format(title=title, text=text), _(" 或 ").join(near))


def fields_of(column: Column) -> tuple[str, ...]:
    """The stored fields that a column of the form speaks of."""
    if column.kind == "day" and column.name == "date":
        return ("date", "date_precision", "date_inferred", "date_label")
    if column.kind == "parties":
        return ()
    return ("price_low", "price_high") if column.kind == "price" else (column.name,)


def _choice(text: str, column: Column) -> str:
    if text in column.choices:
        return column.choices[text]
    if text in column.former:
        return column.former[text]
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
