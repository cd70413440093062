"""What was handed in: a draft, submitted, sent back, or closed. The record stands in the ledger, the original file beside it."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from functools import partial
from pathlib import Path

from eldercare import clock, releases
from eldercare.data import durable
from eldercare.intake import dates, forms, reading, roles
from eldercare.intake.decisions import Decision
from eldercare.intake.roles import Person
from eldercare.intake.understood import Doubt
from eldercare.releases import journal, ledger
from eldercare.releases.difference import Row

DRAFT, SUBMITTED, RETURNED, CLOSED, WITHDRAWN = (
    "draft",
    "submitted",
    "returned",
    "closed",
    "withdrawn",
)
STATES = {
    DRAFT: "草稿",
    SUBMITTED: "待审核",
    RETURNED: "已退回",
    CLOSED: "已接受",
    WITHDRAWN: "已撤回",
}
OPEN = (DRAFT, SUBMITTED, RETURNED)
WORK = ("edit", "submit")
ID = re.compile(r"[0-9]{8}-[0-9a-f]{6}")


class NotFound(LookupError):
    """No submission with this number."""


def period(stated: dates.Day) -> tuple[date, date]:
    """First and last day of what a date names: 2024年9月 is all of September, 2024年底 the last day of 2024."""
    last = date.fromisoformat(stated.value)
    first = {"month": last.replace(day=1), "year": last.replace(month=1, day=1)}
    return first.get(stated.precision, last), last


@dataclass(frozen=True)
class Source:
    """Where the rows come from: a source that is known, or a unit's own report on a day."""

    source_id: str = ""
    unit: str = ""
    day: str = ""
    title: str = ""

    @property
    def given(self) -> bool:
        return bool(self.source_id or (self.unit and self.day))

    def require_past(self, today: date) -> None:
        """Raises `Doubt` for a report whose day, or whose stated month or year, has not begun yet."""
        if not self.day:
            return
        stated = dates.day(self.day)
        if not stated.value:
            raise Doubt("请写报送日期")
        if period(stated)[0] > today:
            raise Doubt(f"报送日期“{self.day}”晚于今天")

    def row(self, form_title: str) -> Row:
        """The row of `sources` for a unit's report; the same report has the same number."""
        stated = dates.day(self.day)
        title = self.title or f"{self.unit}报送的{form_title}"
        number = hashlib.sha256("|".join((self.unit, stated.value, title)).encode()).hexdigest()[:8]
        return {
            "source_id": f"U{number}",
            "title": title,
            "publisher": self.unit,
            "source_class": "单位报送",
            "document_number": "",
            "url": "",
            "host": "",
            "linkable": "false",
            "caveat": "",
            "published": stated.value,
            "published_precision": stated.precision
            if stated.precision in ("day", "month", "year")
            else "day",
            "licence": "",
            "note": "",
        }


@dataclass(frozen=True)
class Submission:
    """`fixes` are [line, column, value], `decisions` say how written values are taken.

    `correction` holds the cells of a one-cell correction instead of a file.

    `edited_by` names everyone who edited or submitted it, `releases` what was made of it so far.
    """

    id: str
    table: str
    filename: str
    sha256: str
    by: str
    created: str
    state: str = DRAFT
    complete: bool = False
    within: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)
    fixes: tuple[tuple[int, str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    reason: str = ""
    answer: str = ""
    correction: dict[str, str] = field(default_factory=dict)
    edited_by: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()

    @property
    def worked_on_by(self) -> frozenset[str]:
        """Everyone who uploaded, edited or submitted it: they cannot review it."""
        return frozenset({self.by, *self.edited_by})

    @property
    def state_words(self) -> str:
        """The state in words; a part that is accepted is said."""
        return (
            "已接受一部分，其余待审核"
            if self.state == SUBMITTED and self.releases
            else STATES[self.state]
        )

    @property
    def folder(self) -> Path:
        return _folder() / self.id

    @property
    def original(self) -> Path:
        return self.folder / f"original{Path(self.filename).suffix.lower()}"

    def data(self) -> bytes:
        """The original file as it was handed in. Raises `Refused` when it is lost or no longer the same."""
        try:
            found = self.original.read_bytes()
        except OSError:
            raise reading.Refused(
                f"报送 {self.id} 的原件 {self.filename} 不见了或读不出来，不能检查和接受；请重新上传。"
            ) from None
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise reading.Refused(
                f"报送 {self.id} 的原件 {self.filename} 与上传时不同，不能检查和接受；请重新上传。"
            )
        return found


def start(name: str, data: bytes, table: str, who: Person | None) -> Submission:
    """A draft of an uploaded file. Raises `Refused` before anything is written."""
    person = roles.require_submitter(who)
    reading.read(name, data)
    if table not in forms.TABLES:
        raise KeyError(table)
    made = Submission(
        _new_id(), table, name, hashlib.sha256(data).hexdigest(), person.name, journal.now()
    )
    with ledger.writing(releases.home()), durable.room_needed(releases.home()):
        ledger.on_failure(releases.home(), partial(shutil.rmtree, made.folder, ignore_errors=True))
        durable.write(made.original, data)
        _save(made)
        journal.add(
            releases.home(),
            person.name,
            "upload",
            made.id,
            table=table,
            file=name,
            sha256=made.sha256,
        )
    return made


def unsaved(name: str, table: str, **values: object) -> Submission:
    """A draft that is only looked at and never written."""
    return replace(Submission("", table, name, "", "", ""), **values)


def correct(table: str, cells: dict[str, str], reason: str, who: Person | None) -> Submission:
    """A one-cell correction, submitted at once: `cells` are the identifying columns and the corrected one.

    `accepting.correct` looks at it first.
    """
    person = roles.require_submitter(who)
    if not reason.strip():
        raise ValueError("请写更正的理由。")
    made = Submission(
        _new_id(),
        table,
        "",
        "",
        person.name,
        journal.now(),
        SUBMITTED,
        reason=reason.strip(),
        correction=dict(cells),
    )
    with ledger.writing(releases.home()):
        _save(made)
        journal.add(
            releases.home(),
            person.name,
            "correct",
            made.id,
            table=table,
            cells=dict(cells),
            reason=made.reason,
        )
    return made


def read(identifier: str) -> Submission:
    """One submission. Raises `NotFound`, also for one whose record cannot be read."""
    record = ledger.record(releases.home(), identifier) if ID.fullmatch(identifier) else None
    if record is None or (found := _of(identifier, record)) is None:
        raise NotFound(identifier)
    return found


def listed(*states: str) -> list[Submission]:
    """Submissions in these states (all when none is named) whose records can be read, newest first."""
    records = list(ledger.records(releases.home()).items())
    found = [
        _of(identifier, words)
        for identifier, (state, words) in reversed(records)
        if not states or state in states
    ]
    # Of two in one second the later came last.
    return sorted(filter(None, found), key=lambda s: s.created, reverse=True)


def unreadable() -> list[str]:
    """Numbers of the submissions whose records cannot be read; they stand in no list."""
    return [
        identifier
        for identifier, (_state, words) in ledger.records(releases.home()).items()
        if _of(identifier, words) is None
    ]


def change(
    identifier: str, who: Person | None, today: date | None = None, **values: object
) -> Submission:
    """A draft or returned submission with other settings (complete, within, source, fixes, decisions, reason).

    Raises `Doubt` for a report dated after `today` (the present day).
    """
    person = roles.require_submitter(who)
    unknown = values.keys() - {"complete", "within", "source", "fixes", "decisions", "reason"}
    if unknown:
        raise ValueError(unknown)
    source = values.get("source")
    if isinstance(source, Source):
        source.require_past(today or clock.today())
    return _moved(identifier, person, (DRAFT, RETURNED), "edit", **values)


def submit(identifier: str, who: Person | None) -> Submission:
    """Hands a draft over for review."""
    return _moved(
        identifier,
        roles.require_submitter(who),
        (DRAFT, RETURNED),
        "submit",
        state=SUBMITTED,
        answer="",
    )


def withdraw(identifier: str, who: Person | None) -> Submission:
    """Takes a submission back for good; its file stays. Only those who worked on it may."""
    person = roles.require_submitter(who)
    if person.name not in read(identifier).worked_on_by:
        raise roles.NotAllowed("只有上传或修改过这份报送的人可以撤回。")
    return _moved(identifier, person, OPEN, "withdraw", state=WITHDRAWN)


def discard(identifier: str, who: Person | None) -> Submission:
    """A file that turned out not to be readable: kept, but no draft to go on with."""
    return _moved(identifier, roles.require_submitter(who), (DRAFT,), "discard", state=WITHDRAWN)


def send_back(
    identifier: str, who: Person | None, answer: str, seen: Submission | None = None
) -> Submission:
    """Returns a submission to its unit with what is to be mended. Raises `Overtaken` when it is not what was `seen`."""
    person = roles.require_reviewer(who)
    if not answer.strip():
        raise ValueError("请写退回的理由。")
    return _moved(
        identifier, person, (SUBMITTED,), "return", seen, state=RETURNED, answer=answer.strip()
    )


def finish(identifier: str, who: Person | None, seen: Submission | None = None) -> Submission:
    """Closes a submission of which a part was accepted; the rest is not taken, and its file stays. Raises as `send_back`."""
    before = read(identifier)
    person = roles.require_reviewer(who, before.worked_on_by)
    if not before.releases:
        raise ValueError("还没有接受过其中任何一行：请退回，写明理由。")
    return _moved(identifier, person, (SUBMITTED,), "finish", seen, state=CLOSED)


def close(submission: Submission, who: str, release: str, rest: int) -> Submission:
    """Marks what was accepted; with rows left over the submission stays open for them. The caller's transaction activates it."""
    closed = replace(
        submission,
        state=CLOSED if not rest else SUBMITTED,
        releases=(*submission.releases, release),
    )
    with ledger.writing(releases.home()):
        _save(closed)
        journal.add(releases.home(), who, "accept", submission.id, release=release, left_over=rest)
    return closed


def note_command_line(submission: Submission, user: str) -> None:
    """Logs that the person was named on the command line, by which user of this machine: no sign-in vouches for them."""
    journal.add(releases.home(), user, "command_line", submission.id, author=submission.by)


def _moved(
    identifier: str,
    person: Person,
    allowed: tuple[str, ...],
    did: str,
    seen: Submission | None = None,
    **values: object,
) -> Submission:
    with ledger.writing(releases.home()):
        before = read(identifier)
        if seen is not None and before != seen:
            words = "这份报送在您打开之后变了，现在是“{state}”；请重新看一遍。"
            raise releases.Overtaken(words.format(state=before.state_words))
        if before.state not in allowed:
            raise ValueError(f"这份报送现在是“{before.state_words}”，不能这样操作。")
        after = replace(before, **values)
        if did in WORK and person.name not in before.worked_on_by:
            after = replace(after, edited_by=(*before.edited_by, person.name))
        _save(after)
        journal.add(
            releases.home(),
            person.name,
            did,
            identifier,
            **{n: v for n, v in _plain(after).items() if n in values},
        )
    return after


def _of(identifier: str, record: str) -> Submission | None:
    """The submission that a record describes; None when it cannot be read."""
    try:
        raw = json.loads(record)
        known = {f.name: raw[f.name] for f in fields(Submission) if f.name in raw}
        known |= {
            "source": Source(**raw["source"]),
            "fixes": tuple((a, b, c) for a, b, c in raw["fixes"]),
        }
        known |= {"decisions": tuple(Decision(**entry) for entry in raw.get("decisions", ()))}
        known |= {name: tuple(raw.get(name, ())) for name in ("within", "edited_by", "releases")}
        found = Submission(**known)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (
        found
        if found.id == identifier and found.state in STATES and isinstance(found.created, str)
        else None
    )


def _plain(submission: Submission) -> dict[str, object]:
    return json.loads(json.dumps(asdict(submission), ensure_ascii=False))


def _save(submission: Submission) -> None:
    ledger.keep(
        releases.home(),
        submission.id,
        submission.state,
        json.dumps(asdict(submission), ensure_ascii=False),
    )


def _new_id() -> str:
    return f"{clock.today():%Y%m%d}-{secrets.token_hex(3)}"


def _folder() -> Path:
    return releases.home() / "submissions"
