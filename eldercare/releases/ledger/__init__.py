"""The steward's ledger: one SQLite file in `ELDERCARE_HOME` with the pointer, the log, the submissions and the reporting plan.

What belongs together is written in one transaction, so that a kill or a full disk leaves all of it or none. After each
a copy is put beside it. When the ledger is missing or damaged everything is read from the copy, `fault` says so, and
nothing is written until a person has confirmed what is shown (`mend`).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from eldercare.data import durable
from eldercare.releases.ledger import structure
from eldercare.releases.ledger.opening import (
    COPY,
    FAULTS,
    NAME,
    NEEDS_A_PERSON,
    WRITE_WAIT,
    Unfit,
    connected,
    refusals_in_words,
    require_whole,
    to_read,
    version_of,
)

log = logging.getLogger(__name__)
_joined = threading.local()


def begun(home: Path) -> bool:
    """Whether anything was ever kept here. Where nobody hands anything in, each question asks this and no more."""
    return home.is_dir() and any(home.iterdir())


def fault(home: Path) -> str:
    """What is wrong with the ledger, one of `FAULTS`; "" when all is well or there is none yet."""
    connection, kind = to_read(home)
    connection.close()
    return kind


def noted(home: Path, name: str) -> str | None:
    """The value kept under a name; None when there is none."""
    with _reading(home) as connection:
        found = connection.execute("select value from notes where name = ?", (name,)).fetchone()
    return found[0] if found else None


def note(home: Path, name: str, value: str) -> None:
    """Keeps a value under a name, in the place of the one before."""
    with writing(home) as connection:
        connection.execute(
            "insert into notes values (?, ?) on conflict (name) do update set value = excluded.value",
            (name, value),
        )


def lines(home: Path) -> list[str]:
    """The log, oldest first."""
    with _reading(home) as connection:
        return [line for (line,) in connection.execute("select line from log order by number")]


def add_line(home: Path, entry: dict[str, Any]) -> None:
    """Adds an action to the log, with the hash of the line before."""
    with writing(home) as connection:
        structure.add_line(connection, entry)


def records(home: Path) -> dict[str, tuple[str, str]]:
    """State and record of every submission, by number, in the order they came."""
    with _reading(home) as connection:
        return {
            number: (state, words)
            for number, state, words in connection.execute(
                "select id, state, record from submissions order by rowid"
            )
        }


def record(home: Path, number: str) -> str | None:
    """The record of one submission; None when there is none."""
    with _reading(home) as connection:
        found = connection.execute(
            "select record from submissions where id = ?", (number,)
        ).fetchone()
    return found[0] if found else None


def keep(home: Path, number: str, state: str, words: str) -> None:
    """Keeps the record of a submission, in the place of the one before."""
    with writing(home) as connection:
        connection.execute(
            "insert into submissions values (?, ?, ?) on conflict (id) do update set state = excluded.state, record = excluded.record",
            (number, state, words),
        )


@contextmanager
def writing(home: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all that is written in the block, or nothing. A block within it is a part of it.

    Others wait until it ends; readers see what was before. Raises `NotWritten`.
    """
    transactions = _transactions()
    if home in transactions:
        yield transactions[home][0]
        return
    with refusals_in_words(home):
        connection = _begun(home)
    undo: list[Callable[[], object]] = []
    transactions[home] = (connection, undo)
    try:
        with refusals_in_words(home):
            yield connection
            connection.execute("commit")
    except BaseException:
        # Which also takes the transaction back.
        connection.close()
        for step in reversed(undo):
            step()
        raise
    finally:
        del transactions[home]
        connection.close()
    _copied(home)


def on_failure(home: Path, step: Callable[[], object]) -> None:
    """Takes a file away again when the transaction of the caller fails."""
    _transactions()[home][1].append(step)


def prepared(home: Path) -> None:
    """At the start of a server: takes over a home of version 0.2, brings structure and copy up to date. Raises `NotWritten`."""
    if (home / NAME).exists() or structure.old_files(home):
        with writing(home):
            pass


def mend(home: Path) -> str:
    """Puts a ledger that is missing or damaged right, after a person looked; the damaged one is kept aside.

    Says in words what was done; "" when nothing was to be done.
    """
    with durable.room_needed(home), durable.locked(home):
        connection, kind = to_read(home)
        with closing(connection):
            if kind not in NEEDS_A_PERSON:
                return ""
            data = connection.serialize()
            _set_aside(home, "damaged", home / NAME, home / f"{NAME}-journal")
            durable.write(home / NAME, data)
    copied = (home / COPY).exists()
    return FAULTS[kind] + ("，已从副本恢复" if copied else "，没有副本，已新建")


def _transactions() -> dict[Path, tuple[sqlite3.Connection, list[Callable[[], object]]]]:
    if not hasattr(_joined, "by_home"):
        _joined.by_home = {}
    return _joined.by_home


@contextmanager
def _reading(home: Path) -> Iterator[sqlite3.Connection]:
    if home in _transactions():
        yield _transactions()[home][0]
        return
    connection, _kind = to_read(home)
    with closing(connection):
        yield connection


def _begun(home: Path) -> sqlite3.Connection:
    """The ledger with a transaction begun; made, taken over or raised to the present structure when need be."""
    path = home / NAME
    if not path.exists() or structure.old_files(home):
        with durable.room_needed(home), durable.locked(home):
            _taken_over(home)
    connection = connected(path, WRITE_WAIT)
    try:
        # What was written stays written when the power fails: the folder is synced too.
        connection.execute("pragma synchronous = extra")
        connection.execute("begin immediate")
        require_whole(connection, path)
        if (version := version_of(connection)) < len(structure.STEPS):
            with durable.room_needed(home):
                durable.write(home / f"ledger.structure-{version}.sqlite", connection.serialize())
            structure.raised(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _taken_over(home: Path) -> None:
    """A ledger where there is none yet, with what version 0.2 kept in files; those are set aside, never deleted."""
    connection, kind = to_read(home)
    with closing(connection):
        if kind:
            raise Unfit(kind)
        if not (home / NAME).exists():
            _set_aside(home, "damaged", home / f"{NAME}-journal")
            durable.write(home / NAME, connection.serialize())
    _set_aside(home, "version-0.2", *structure.old_files(home))


def _set_aside(home: Path, name: str, *paths: Path) -> None:
    """Moves files into a folder of their own, with their place below `home`."""
    folder = home / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}"
    for path in paths:
        if path.exists():
            target = folder / path.relative_to(home)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def _copied(home: Path) -> None:
    """Brings the copy up to date. That it cannot be written is no reason to undo what was: it is written the next time."""
    try:
        with durable.locked(home), closing(connected(home / NAME, WRITE_WAIT)) as connection:
            data = connection.serialize()
            path = home / COPY
            if not path.exists() or path.read_bytes() != data:
                durable.write(path, data)
    except (OSError, sqlite3.Error) as error:
        log.warning("ledger not copied: %s", error)
