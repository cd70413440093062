"""What a checked file would change in the active release: new rows, changed ones field by field, rows gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from eldercare.data.report import SAME_FIGURE
from eldercare.intake import deleting, forms, home_events, plausible, rules, sourcing, wording
from eldercare.intake.cells import companion_words
from eldercare.intake.context import Context
from eldercare.intake.decisions import Decided
from eldercare.intake.findings import ERROR, EVERY, WARNING, Checked, Finding, Line
from eldercare.intake.matching import Key, Matcher
from eldercare.releases.difference import CHANGED, GONE, NEW, Change, Row


@dataclass
class Proposal:
    """`rows` holds the full row after each change (the row before it for one that is gone), `words` its name for people.

    `sourced` says of each change whether the file itself gives it a source of its own; `confirmed` are the rows that
    someone said shall go.
    """

    checked: Checked
    changes: list[Change] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    sourced: dict[str, bool] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    unchanged: int = 0

    def drop_spoilt(self) -> bool:
        """Takes out the changes whose line turned out not to be good. Whether there were any."""
        before = len(self.changes)
        self.changes = [
            change
            for change in self.changes
            if (line := self.lines.get(change.name)) is None or line.good
        ]
        return len(self.changes) < before


def propose(
    checked: Checked,
    context: Context,
    complete: bool = False,
    within: frozenset[str] = frozenset(),
    source: Row | None = None,
    decided: Decided | None = None,
    corrects: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> Proposal:
    """The difference to `context`. Adds what only shows among rows to the findings of `checked`.

    `corrects`: a cell is put right and the row keeps its source and quote. `complete`: rows that the file lacks are gone,
    those inside the places `within` (by themselves those that it speaks of). `source` is the row of `sources` for the whole
    file, once known: what has no date of its own takes that of its source. `progress` is told the share done.
    """
    decided = decided or {}
    matcher = Matcher(checked, context, source, decided)
    filling = _Filling(checked, context, source, matcher)
    proposal = Proposal(checked)
    candidates: list[tuple[Line, Row | None, Row]] = []
    fields: dict[int, tuple[tuple[str, str, str], ...]] = {}
    for done, line in enumerate(checked.lines):
        if done % EVERY == 0:
            progress(done / len(checked.lines))
        if not line.good:
            matcher.reserve(line)
            continue
        filling.date_new_claim(line)
        stored = matcher.stored(line)
        if not line.good:
            continue
        if stored and not filling.keeps_companions(line, stored):
            continue
        row = filling.full(line, stored)
        fields[line.number] = (
            tuple((n, stored[n], row[n]) for n in row if stored[n] != row[n]) if stored else ()
        )
        if stored and not fields[line.number]:
            proposal.unchanged += 1
            continue
        if stored:
            filling.date_of_source(line, stored, row)
        kind = CHANGED if stored else NEW
        given = None if sourcing.own(line, stored) else source
        if not corrects:
            row = sourcing.sourced(row, kind, fields[line.number], line, checked.form, given)
        candidates.append((line, stored, row))
    checked.lines = [
        line
        for line in checked.lines
        if line.number not in {number for number, _name in checked.left}
    ]
    for number, name in checked.left:
        matcher.reserve_name(name, number)
    rules.check(checked, context, candidates)
    plausible.warn(checked, context, candidates)
    for line, stored, row in candidates:
        if not line.good:
            continue
        if stored is None:
            said = tuple((n, "", v) for n, v in filling.stated(row, line).items())
            change = Change(checked.form.name, (f"+{line.number}",), NEW, said, line.number)
        else:
            change = Change(
                checked.form.name, matcher.key_of(stored), CHANGED, fields[line.number], line.number
            )
        _add(proposal, context, change, row, line, bool(sourcing.own(line, stored)))
    filling.say_dates_taken_over()
    if complete:
        _take_out(proposal, context, matcher, within, decided)
        for change, row, words in (
            home_events.of_decisions(decided, context, source, deleting.CONFIRM)
            if matcher.is_homes
            else ()
        ):
            _add(proposal, context, change, row, None, False)
            proposal.words[change.name] = words
    return proposal


def _take_out(
    proposal: Proposal, context: Context, matcher: Matcher, within: frozenset[str], decided: Decided
) -> None:
    form = proposal.checked.form
    for row in deleting.gone(proposal.checked, context, matcher, within):
        key = matcher.key_of(row)
        if deleting.is_kept(key, decided):
            continue
        change = Change(form.name, key, GONE, tuple((n, v, "") for n, v in row.items() if v))
        _add(proposal, context, change, row, None, True)
        if deleting.is_confirmed(key, decided):
            proposal.confirmed.add(change.name)


def _add(
    proposal: Proposal, context: Context, change: Change, row: Row, line: Line | None, sourced: bool
) -> None:
    name, form = change.name, proposal.checked.form
    proposal.changes.append(change)
    proposal.rows[name] = row
    proposal.words[name] = (
        row.get("name")
        or row.get("title")
        or " ".join(
            filter(
                None,
                (
                    wording.of_cell(form.table, n, row, context)
                    for n in form.natural
                    if n != "source_id"
                ),
            )
        )
    )
    proposal.sourced[name] = sourced
    if line:
        proposal.lines[name] = line


class _Filling:
    """The whole row that a line stands for, with what the file need not say: defaults, dates, which claim is shown."""

    def __init__(self, checked: Checked, context: Context, source: Row | None, matcher: Matcher):
        self.checked, self.context, self.source, self.matcher = checked, context, source, matcher
        self.form = checked.form
        self.fields = [column.name for column in self.form.table.fields]
        self.taken_over = 0
        self._shown: dict[Key, Row] = {}
        self._same = (*SAME_FIGURE, "list_id")
        for row in context.rows("observations") if self.form.name == "observations" else ():
            if row["shown"] == "true":
                self._shown.setdefault(tuple(row[n] for n in self._same), row)

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
            n: v
            for n, v in (defaults | {k: v for k, v in line.cells.items() if v}).items()
            if n in self.fields
        }
        if self.form.name == "institutions":
            if not row["date"]:
                row |= _dated(self._source_of(line, None))
            level = self.context.gazetteer.by_code[row["place_code"]]["level"]
            row["location_precision"] = {
                "province": "province",
                "city": "city",
                "town": "town",
            }.get(level, "county")
        if self.form.name == "observations":
            self._complete_claim(line, row)
        return row

    def keeps_companions(self, line: Line, stored: Row) -> bool:
        """Whether the cells for rows of another table say what stands there; those rows have a table of their own to be handed in."""
        for column in self.form.columns:
            if column.kind in forms.COMPANIONS and (said := line.cells.get(column.name)):
                now = companion_words(column, stored[self.form.key], self.context)
                if said != now:
                    words = "这一条已有，“{title}”不在这里改（现在是“{now}”）：请用“{table}”表报"
                    table = self.context.package.table(
                        "agreement_parties" if column.kind == "parties" else "task_units"
                    ).title
                    self.matcher.find(
                        line, ERROR, words.format(title=column.title, now=now or "空", table=table)
                    )
        return line.good

    @staticmethod
    def stated(row: Row, line: Line) -> Row:
        """What the line itself says of a new row."""
        return {n: v for n, v in row.items() if v and n in line.cells}

    def date_new_claim(self, line: Line) -> None:
        """A new figure without a date takes that of its source; the date is part of what tells figures apart."""
        if (
            self.form.name == "observations"
            and not line.cells.get(self.form.key)
            and not line.cells.get("date")
        ):
            line.cells |= _dated(self._source_of(line, None))

    def date_of_source(self, line: Line, stored: Row, row: Row) -> None:
        """A changed institution takes over the date of its new source: the old day does not prove the new words.

        An error where that source has no date either.
        """
        source = self._source_of(line, stored)
        if (
            self.form.name != "institutions"
            or not source
            or any(row[n] != stored[n] for n in ("date", "date_precision"))
        ):
            return
        if not source["published"]:
            self.matcher.find(line, ERROR, "内容改了，来源却没有日期：请写明新内容的日期")
            return
        row |= _dated(source)
        self.taken_over += 1

    def say_dates_taken_over(self) -> None:
        if self.taken_over:
            words = f"{self.taken_over}行改了内容而没有写新的日期：接受后日期记为来源的日期"
            self.checked.say(Finding(WARNING, 0, self.form.table.field("date").title, "", words))

    def _source_of(self, line: Line, stored: Row | None) -> Row | None:
        own = sourcing.own(line, stored)
        return self.context.row("sources", (own,)) if own else self.source

    def _complete_claim(self, line: Line, row: Row) -> None:
        base = self.context.row("indicators", (row["indicator_code"],))["base"]
        if not row["base"]:
            row["base"] = "不适用" if base == "none" else "未注明"
        shown = self._shown.get(tuple(row[n] for n in self._same))
        if shown:
            row |= {
                "shown": "false",
                "shown_reason": "同地区、指标、日期已有显示值 {id}".format(
                    id=shown["observation_id"]
                ),
            }
            words = "与 {id}（{value}）并列保留，暂不作显示值".format(
                id=shown["observation_id"], value=shown["value"]
            )
            self.matcher.find(line, WARNING, words)
        else:
            # A second claim of the same file on the same thing stands beside the first.
            self._shown.setdefault(
                tuple(row[n] for n in self._same),
                row | {"observation_id": self.checked.place_of(line.number)},
            )


def _dated(source: Row | None) -> Row:
    """The date of a source as that of what it says; nothing without one."""
    if not source or not source["published"]:
        return {}
    precision = source["published_precision"] or "day"
    return {
        "date": source["published"],
        "date_precision": precision,
        "date_label": "",
        "date_inferred": "false",
    }
