"""What a checked file would change in the active release: new rows, changed ones field by field, rows gone; and likely duplicates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from eldercare.difference import CHANGED, GONE, NEW, Change, Row
from eldercare.intake import forms, rules, wording
from eldercare.intake.checking import ERROR, WARNING, Checked, Finding, Line
from eldercare.intake.context import Context
from eldercare.text import _

STAND_IN = "?"
_COMPANY = re.compile(r"(有限责任公司|股份有限公司|有限公司|\(.*?\)|（.*?）|\s)")


@dataclass
class Proposal:
    """`rows` holds the full row after each change (the row before it for one that is gone), `words` its name for people.

    `sourced` says of each change whether the file itself gives it a source of its own.
    """

    checked: Checked
    changes: list[Change] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    sourced: dict[str, bool] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    unchanged: int = 0


def propose(
    checked: Checked, context: Context, complete: bool = False, within: frozenset[str] = frozenset(), source: Row | None = None
) -> Proposal:
    """The difference to `context`. Adds what only shows among rows to the findings of `checked`.

    `complete`: rows that the file lacks are gone, those inside the places `within` when given. `source` is the row of
    `sources` for the whole file, once known: what has no date of its own takes that of its source.
    """
    matcher = _Matcher(checked, context, source)
    proposal = Proposal(checked)
    candidates: list[tuple[Line, Row | None, Row]] = []
    for line in checked.lines:
        if not line.good:
            matcher.reserve(line)
            continue
        matcher.date_new_claim(line)
        stored = matcher.stored(line)
        if line.good:
            candidates.append((line, stored, matcher.full(line, stored)))
    rules.check(checked, context, candidates)
    taken_over = 0
    for line, stored, row in candidates:
        if not line.good:
            continue
        if stored is None:
            matcher.warn_of_likeness(line)
            change = Change(
                checked.form.name,
                (f"+{line.number}",),
                NEW,
                tuple((n, "", v) for n, v in row.items() if v and n in line.cells),
                line.number,
            )
        else:
            fields = tuple((n, stored[n], row[n]) for n in row if stored[n] != row[n])
            if not fields:
                proposal.unchanged += 1
                continue
            if matcher.date_of_source(line, stored, row):
                taken_over += 1
            if not line.good:
                continue
            change = Change(checked.form.name, _key(checked, stored), CHANGED, fields, line.number)
        _add(proposal, context, change, row, line, bool(_own_source(line, stored)))
    if taken_over:
        words = _("{n}行改了内容而没有写新的日期：接受后日期记为来源的日期").format(n=taken_over)
        checked.findings.append(Finding(WARNING, 0, checked.form.table.field("date").title, "", words))
    if complete:
        for row in context.rows(checked.form.name):
            inside = not within or context.gazetteer.within(row.get("place_code", ""), set(within))
            if inside and _key(checked, row) not in matcher.seen:
                fields = tuple((n, v, "") for n, v in row.items() if v)
                _add(proposal, context, Change(checked.form.name, _key(checked, row), GONE, fields), row, None, True)
    return proposal


def _add(proposal: Proposal, context: Context, change: Change, row: Row, line: Line | None, sourced: bool) -> None:
    proposal.changes.append(change)
    proposal.rows[change.name] = row
    form = proposal.checked.form
    proposal.words[change.name] = (
        row.get("name")
        or row.get("title")
        or " ".join(filter(None, (wording.of_cell(form.table, n, row, context) for n in form.natural if n != "source_id")))
    )
    proposal.sourced[change.name] = sourced
    if line:
        proposal.lines[change.name] = line


def _own_source(line: Line, stored: Row | None) -> str:
    """The source that the file itself gives to a row, when it is another than before."""
    own = line.cells.get("source_id", "")
    return own if stored is None or own != stored["source_id"] else ""


def _key(checked: Checked, row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in checked.form.table.primary_key)


class _Matcher:
    """Finds the stored row that a line of the file speaks of."""

    def __init__(self, checked: Checked, context: Context, source: Row | None):
        self.checked, self.context, self.source = checked, context, source
        self.form = checked.form
        self.fields = [column.name for column in self.form.table.fields]
        stored = context.rows(self.form.name)
        self.by_key = {_key(checked, row): row for row in stored}
        self.natural: dict[tuple[str, ...], Row] = {}
        for row in stored:
            self.natural.setdefault(self._natural(row), row)
        self.names = {_bare(row["name"]): row for row in stored} if self.form.name == "institutions" else {}
        self.aliases = {alias: row for row in stored for alias in row.get("aliases", "").split(";") if alias}
        self.seen: dict[tuple[str, ...], int] = {}
        self.new: dict[tuple[str, ...], int] = {}

    def stored(self, line: Line) -> Row | None:
        """The stored row of a line, or None for a new one. A second line for the same row is an error."""
        row = self._stored(line)
        if row is not None:
            key, known = _key(self.checked, row), self.seen
        else:
            key, known = self._natural(line.cells), self.new
        if key in known:
            self._find(line, ERROR, _("与第{n}行是同一条，请只留一行").format(n=known[key]))
        known.setdefault(key, line.number)
        return row

    def reserve(self, line: Line) -> None:
        """A line with errors still stands for its stored row: that row is not gone."""
        row = self._stored(line)
        if row is not None:
            self.seen.setdefault(_key(self.checked, row), line.number)

    def _stored(self, line: Line) -> Row | None:
        if self.form.key and line.cells.get(self.form.key):
            return self.by_key[(line.cells[self.form.key],)]
        found = self.natural.get(self._natural(line.cells))
        if found is not None and line.good and self.form.key:
            words = _("没有编号，按{by}对应到 {key}").format(by="、".join(self._titles()), key=found[self.form.key])
            self._find(line, WARNING, words)
        return found

    def full(self, line: Line, stored: Row | None) -> Row:
        """The whole row as it would stand. A blank cell empties a value only in a row named by its number."""
        if stored is not None:
            numbered = bool(self.form.key and line.cells.get(self.form.key))
            emptied = {name: "" for name in line.blank if numbered and stored.get(name)}
            row = {**stored, **emptied, **{n: v for n, v in line.cells.items() if n in self.fields}}
            if "date" in emptied and "date_precision" in row:
                row |= {"date_precision": "undated", "date_label": ""}
            return row
        defaults = forms.DEFAULTS[""] | forms.DEFAULTS.get(self.form.name, {})
        row = dict.fromkeys(self.fields, "") | {
            n: v for n, v in (defaults | {k: v for k, v in line.cells.items() if v}).items() if n in self.fields
        }
        if self.form.name == "institutions":
            if not row["date"]:
                row |= _dated(self._source_of(line, None))
            level = self.context.gazetteer.by_code[row["place_code"]]["level"]
            row["location_precision"] = {"province": "province", "city": "city", "town": "town"}.get(level, "county")
        if self.form.name == "observations":
            self._complete_claim(line, row)
        return row

    def date_new_claim(self, line: Line) -> None:
        """A new figure without a date takes that of its source; the date is part of what tells figures apart."""
        if self.form.name == "observations" and not line.cells.get(self.form.key) and not line.cells.get("date"):
            line.cells |= _dated(self._source_of(line, None))

    def date_of_source(self, line: Line, stored: Row, row: Row) -> bool:
        """Whether a changed institution takes over the date of its new source: the old day does not prove the new words.

        An error where that source has no date either.
        """
        source = self._source_of(line, stored)
        if self.form.name != "institutions" or not source or any(row[n] != stored[n] for n in ("date", "date_precision")):
            return False
        if not source["published"]:
            self._find(line, ERROR, _("内容改了，来源却没有日期：请写明新内容的日期"))
            return False
        row |= _dated(source)
        return True

    def _source_of(self, line: Line, stored: Row | None) -> Row | None:
        own = _own_source(line, stored)
        return self.context.by_key("sources")[own] if own else self.source

    def _complete_claim(self, line: Line, row: Row) -> None:
        base = self.context.by_key("indicators")[row["indicator_code"]]["base"]
        if not row["base"]:
            row["base"] = "不适用" if base == "none" else "未注明"
        same = ("place_code", "indicator_code", "date", "base", "boundary_year", "kind", "reading")
        shown = next((r for r in self.context.rows("observations") if r["shown"] == "true" and all(r[n] == row[n] for n in same)), None)
        if shown:
            row |= {"shown": "false", "shown_reason": _("同地区、指标、日期已有显示值 {id}").format(id=shown["observation_id"])}
            self._find(
                line, WARNING, _("与 {id}（{value}）并列保留，暂不作显示值").format(id=shown["observation_id"], value=shown["value"])
            )

    def warn_of_likeness(self, line: Line) -> None:
        """An institution that is new here but has the name or alias of one that is known."""
        if self.form.name != "institutions":
            return
        name = line.cells["name"]
        like = self.names.get(_bare(name)) or self.aliases.get(name)
        if like is not None:
            place = self.context.gazetteer.label(like["place_code"])
            words = _("可能与 {id} {name}（{place}）重复；若是同一家，请填它的编号")
            self._find(line, WARNING, words.format(id=like["institution_id"], name=like["name"], place=place), like["institution_id"])

    def _natural(self, row: Row) -> tuple[str, ...]:
        source = row.get("source_id") or (self.source or {}).get("source_id") or STAND_IN
        return tuple(source if n == "source_id" else re.sub(r"\s", "", row.get(n) or self._default(n)) for n in self.form.natural)

    def _default(self, name: str) -> str:
        return forms.DEFAULTS.get(self.form.name, {}).get(name, "")

    def _titles(self) -> list[str]:
        return [self.form.table.field(name).title for name in self.form.natural]

    def _find(self, line: Line, level: str, reason: str, proposal: str = "") -> None:
        said = line.cells.get("name") or line.cells.get("title", "")
        self.checked.spoil(line, Finding(level, line.number, "", said, reason, (proposal,) if proposal else ()))


def _dated(source: Row | None) -> Row:
    """The date of a source as that of what it says; nothing without one."""
    if not source or not source["published"]:
        return {}
    precision = source["published_precision"] or "day"
    return {"date": source["published"], "date_precision": precision, "date_label": "", "date_inferred": "false"}


def _bare(name: str) -> str:
    return _COMPANY.sub("", name)
