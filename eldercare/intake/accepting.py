"""From a submission to a release: what it would change now, and the one step that makes it so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from eldercare import clock, releases
from eldercare.data import build
from eldercare.intake import (
    applying,
    checking,
    decisions,
    forms,
    personal,
    proposing,
    reading,
    remembered,
    returned,
    roles,
    rules,
    submissions,
)
from eldercare.intake.context import Context
from eldercare.intake.findings import ERROR, WARNING, Finding
from eldercare.intake.proposing import Proposal
from eldercare.intake.reading import Sheet
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.intake.understood import Doubt
from eldercare.releases import Release, ledger, making, upgrades
from eldercare.releases.difference import GONE, Change, Row

# Rows that a rule takes out can bring others in order again, hardly more than once.
REHEARSALS = 3
# What of the work is done when the rows are read, and when they are compared with the data; the rest rehearses acceptance.
READ, COMPARED = 0.45, 0.8


class NothingToAccept(ValueError):
    """No chosen change can be accepted; the words say why."""


@dataclass(frozen=True)
class Evaluation:
    """A submission against the data as it is now. `base` names that state, `digest` all that a reviewer was shown."""

    submission: Submission
    context: Context
    proposal: Proposal
    base: str
    digest: str

    @property
    def acceptable(self) -> list[Change]:
        """The changes whose rows have a source, and the deletions that were confirmed; the others stay a draft."""
        if self.proposal.checked.waits:
            return []
        given = self.submission.source.given or bool(self.submission.correction)
        sure = self.proposal.confirmed
        return [
            change
            for change in self.proposal.changes
            if (
                change.name in sure
                if change.kind == GONE
                else given or self.proposal.sourced[change.name]
            )
        ]


def current_context() -> Context:
    """The datasets that a new file is checked against: those of the active release, else the repository's."""
    release = releases.active()
    return Context(upgrades.readable(release) if release else releases.repository_datasets())


def evaluate(
    submission: Submission,
    progress: Callable[[float], None] = lambda share: None,
    data: bytes | None = None,
    today: date | None = None,
) -> Evaluation:
    """Checks the submission again, against the present data. Raises `Refused`.

    `data` stands in for a file that is not kept; no fact may be dated after `today` (the present day when not given).
    `progress` is told the share done, from the first row that is read to the last one that is compared.
    """
    base = state()
    context = current_context()
    form = forms.form(context.package.table(submission.table))
    if submission.correction:
        titles = [form.column(name).title for name in submission.correction]
        if any(kind := personal.in_text(words) for words in submission.correction.values()):
            raise reading.Refused(f"更正的内容里有{kind}；看板不收个人信息")
        sheets = [
            Sheet(
                "",
                [
                    (1, list(titles)),
                    (2, [value or None for value in submission.correction.values()]),
                ],
            )
        ]
    else:
        data = submission.data() if data is None else data
        sheets = returned.answers(reading.read(submission.filename, data), form)
    fixes = {(line, name): value for line, name, value in submission.fixes}
    checked = checking.check(
        sheets,
        form,
        context,
        fixes,
        lambda share: progress(READ * share),
        today,
        submission.decisions,
    )
    # A hundred thousand rows as they were written are not needed again.
    del sheets
    source = _source_row(submission, form.table.title, context)
    proposal = proposing.propose(
        checked,
        context,
        submission.complete,
        frozenset(submission.within),
        source,
        decisions.by_cell(submission.decisions),
        corrects=bool(submission.correction),
        progress=lambda share: progress(READ + (COMPARED - READ) * share),
    )
    if not submission.correction:
        rehearse(proposal, context, source)
    gone = [change.key for change in proposal.changes if change.kind == GONE]
    for key, hanging in applying.dependants(context, form.name, gone).items():
        if hanging:
            words = "、".join(f"{context.package.table(t).title}{n}条" for t, n in hanging.items())
            checked.say(Finding(WARNING, 0, "", " ".join(key), f"删除时连带删除：{words}"))
    shown = (
        submission.sha256,
        submission.source,
        submission.complete,
        submission.within,
        submission.correction,
        submission.reason,
    )
    shown += (sorted(proposal.confirmed), checked.waits)
    digest = hashlib.sha256(repr(shown).encode())
    for change in proposal.changes:
        row = sorted(proposal.rows[change.name].items())
        digest.update(
            repr((change.name, change.fields, row, proposal.sourced[change.name])).encode()
        )
    progress(1.0)
    return Evaluation(submission, context, proposal, base, digest.hexdigest())


def rehearse(proposal: Proposal, context: Context, source: Row | None) -> None:
    """Applies the changes to a copy and the loader's rules to that: what would be refused at acceptance is said now."""
    for title, reason in rules.faults_of("sources", source or {}, context):
        proposal.checked.say(Finding(ERROR, 0, title, "", f"来源的“{title}”：{reason}"))
    stand_in = source or {"source_id": rules.STAND_IN}
    for _turn in range(REHEARSALS):
        if not proposal.changes:
            return
        tables = applying.tables_after(proposal, proposal.changes, context, source)
        if source is None:
            for rows in tables.values():
                # One by one: a second copy of all rows would be held for nothing.
                for i, row in enumerate(rows):
                    rows[i] = _as_if_sourced(row)
            tables["sources"] = [
                *context.rows("sources"),
                {**dict.fromkeys(_names(context, "sources"), ""), **stand_in},
            ]
        lines = applying.lines_of(proposal, proposal.changes, tables, context)
        if not rules.rehearse(proposal.checked, context, tables, lines):
            words = "应用这些变化后，别的表里有数据对不上；请联系数据管理员"
            proposal.checked.say(Finding(ERROR, 0, "", "", words))
        if not proposal.drop_spoilt():
            return


def _as_if_sourced(row: Row) -> Row:
    """A row that will have a source once one is stated."""
    lacks = [name for name in ("source_id", "quote") if name in row and not row[name]]
    return row | dict.fromkeys(lacks, rules.STAND_IN) if lacks else row


def _names(context: Context, table: str) -> list[str]:
    return [column.name for column in context.package.table(table).fields]


def state() -> str:
    """Names the data as it is now: the active release, or the content of the repository's datasets."""
    return (
        releases.active_id() or f"repository {build.content_hash(releases.repository_datasets())}"
    )


def correct(table: str, cells: dict[str, str], reason: str, who: Person | None) -> Submission:
    """Hands in a one-cell correction once it is known to be readable and to change something. Raises `Doubt` and as `submissions.correct`."""
    roles.require_submitter(who)
    found = evaluate(submissions.unsaved("", table, correction=dict(cells)))
    for wrong in found.proposal.checked.errors:
        raise Doubt(wrong.reason, wrong.proposal)
    if not found.proposal.changes:
        raise Doubt("与现在的值相同，没有变化")
    return submissions.correct(table, cells, reason, who)


def accept(
    seen: Evaluation,
    who: Person | None,
    reason: str,
    chosen: Collection[str] | None = None,
    today: date | None = None,
) -> Release:
    """Makes the chosen changes (names; None for all with a source) a release and activates it.

    The data date of the release is never later than `today`, the day of acceptance (the present day when not given).
    Raises `Overtaken` when the data or the submission is no longer what was seen, `NotAllowed`, `NothingToAccept`,
    `BrokenDatasets` and `NotWritten`; then nothing has changed.
    """
    roles.require_reviewer(who, seen.submission.worked_on_by)
    with ledger.writing(releases.home()):
        releases.require_pointer()
        releases.sweep()
        submission = submissions.read(seen.submission.id)
        person = roles.require_reviewer(who, submission.worked_on_by)
        if submission.state != submissions.SUBMITTED:
            raise releases.Overtaken(f"这份报送现在是“{submission.state_words}”，没有再次应用。")
        if state() != seen.base:
            raise releases.Overtaken(releases.overtaken_words())
        now = evaluate(submission)
        if now.digest != seen.digest:
            raise releases.Overtaken("这份报送在您打开之后改过，请重新看一遍差异。")
        accepted = [change for change in now.acceptable if chosen is None or change.name in chosen]
        if not accepted:
            raise NothingToAccept(
                "没有可以接受的行：没有变化、都有错误，或没有写明来源（留作草稿）。"
            )
        return _apply(now, accepted, person, reason, today or clock.today())


def _apply(
    now: Evaluation, accepted: list[Change], person: Person, reason: str, today: date
) -> Release:
    submission, context, form = now.submission, now.context, now.proposal.checked.form
    parent = releases.active() or making.snapshot(person.name)
    originals, as_of = {}, ""
    if submission.correction:
        tables = applying.correction_tables(
            now.proposal, context, submission.reason, today.isoformat()
        )
        kind = releases.CORRECTION
    else:
        source = _source_row(submission, form.table.title, context)
        tables = applying.tables_after(now.proposal, accepted, context, source)
        answers = remembered.with_new(
            context,
            submission.source.unit,
            submission.table,
            submission.decisions,
            today.isoformat(),
        )
        tables |= {remembered.TABLE: answers} if answers else {}
        originals = {f"{submission.id}{submission.original.suffix}": submission.data()}
        as_of = (
            min(source["published"], today.isoformat())
            if source and source["source_class"] == "单位报送"
            else ""
        )
        kind = releases.INTAKE
    made = making.create(
        context.datasets,
        tables,
        kind=kind,
        author=submission.by,
        reviewer=person.name,
        reason=reason.strip() or submission.reason or submission.filename,
        parent=parent.id,
        repository=parent.repository or parent.id,
        submission=submission.id,
        as_of=as_of,
        originals=originals,
    )
    rest = (
        len(now.proposal.changes)
        - len(accepted)
        + sum(not line.good for line in now.proposal.checked.lines)
    )
    release = releases.activate(made.id, person.name, made.reason, expected=releases.active_id())
    submissions.close(submission, person.name, release.id, rest)
    return release


def _source_row(submission: Submission, title: str, context: Context) -> dict[str, str] | None:
    if submission.source.source_id:
        return context.by_key("sources")[submission.source.source_id]
    return submission.source.row(title) if submission.source.given else None
