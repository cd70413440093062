"""Opening the file of the ledger: whole, or with a word for what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eldercare.data import durable
from eldercare.releases.ledger import structure

NAME, COPY = "ledger.sqlite", "ledger.copy.sqlite"
# Seconds. A commit takes a hundredth of one; whoever reads meanwhile has the copy, whoever writes may wait for a whole acceptance.
READ_WAIT, WRITE_WAIT = 0.5, 60.0
MISSING, DAMAGED, LOCKED, NEWER, CLOSED = "missing", "damaged", "locked", "newer", "closed"
FAULTS = {
    MISSING: "登记簿 ledger.sqlite 不见了",
    DAMAGED: "登记簿 ledger.sqlite 已损坏",
    LOCKED: "登记簿 ledger.sqlite 正被别的程序占用",
    NEWER: "登记簿 ledger.sqlite 由更新的程序写成，本程序不能改",
    CLOSED: "登记簿 ledger.sqlite 打不开（没有权限，或磁盘只读）",
}
NEEDS_A_PERSON = (MISSING, DAMAGED)

_whole: set[tuple[str, int, int, int]] = set()


class Unfit(Exception):
    """The file cannot be used; `kind` is one of `FAULTS`."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


def to_read(home: Path) -> tuple[sqlite3.Connection, str]:
    """The ledger to read from, and what is wrong: then it is the copy, or an empty one when that is unfit too."""
    path = home / NAME
    kind = ""
    try:
        if path.exists():
            return _reader(path), ""
        if not (home / COPY).exists() and (structure.old_files(home) or not _used(home)):
            return structure.fresh(home), ""
        kind = MISSING
    except (Unfit, sqlite3.Error) as error:
        kind = _kind(error)
    try:
        return _reader(home / COPY), kind
    except (Unfit, sqlite3.Error):
        return structure.empty(), kind


def _reader(path: Path) -> sqlite3.Connection:
    connection = connected(path, READ_WAIT)
    try:
        connection.execute("begin")
        require_whole(connection, path)
        if version_of(connection) == len(structure.STEPS):
            return connection
        # Of an older structure, and not to be changed by looking.
        with closing(connection):
            raised = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            raised.deserialize(connection.serialize())
            structure.raised(raised)
            return raised
    except BaseException:
        connection.close()
        raise


def connected(path: Path, wait: float) -> sqlite3.Connection:
    """A connection that makes no file and waits so many seconds for others."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
    )


def require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `Unfit` for a file that is no whole ledger; one that did not change since it was checked is not checked again."""
    (version,) = connection.execute("pragma schema_version").fetchone()
    status = path.stat()
    stamp = (str(path), status.st_ino, status.st_mtime_ns, status.st_size)
    if stamp in _whole:
        return
    (mark,) = connection.execute("pragma application_id").fetchone()
    if (
        not version
        or mark != structure.MARK
        or connection.execute("pragma integrity_check(1)").fetchone() != ("ok",)
    ):
        raise Unfit(DAMAGED)
    if version_of(connection) > len(structure.STEPS):
        raise Unfit(NEWER)
    if len(_whole) > 100:
        _whole.clear()
    _whole.add(stamp)


def version_of(connection: sqlite3.Connection) -> int:
    """How many of `structure.STEPS` a ledger has seen."""
    return connection.execute("pragma user_version").fetchone()[0]


def _used(home: Path) -> bool:
    """Whether releases or submissions lie here, which a ledger must have known of."""
    return any(
        folder.is_dir() and any(folder.iterdir())
        for folder in (home / "releases", home / "submissions")
    )


def _kind(error: Exception) -> str:
    if isinstance(error, Unfit):
        return error.kind
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LOCKED
    return DAMAGED if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) else CLOSED


@contextmanager
def refusals_in_words(home: Path) -> Iterator[None]:
    """Turns what SQLite refuses into `NotWritten`, with what to do."""
    try:
        yield
    except (Unfit, sqlite3.DatabaseError) as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise durable.NoSpace(durable.NO_SPACE) from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise durable.not_writable(home) from error
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise durable.NotWritten(f"没有写入：{FAULTS[LOCKED]}。请稍后再试。") from error
        kind = _kind(error)
        if kind in NEEDS_A_PERSON:
            words = "没有写入：{fault}。请由管理员核对后启用一个版本（页面“版本”，或 releases activate），再继续。"
            raise durable.NotWritten(words.format(fault=FAULTS[kind])) from error
        if isinstance(error, Unfit):
            raise durable.NotWritten(f"没有写入：{FAULTS[kind]}。") from error
        raise
