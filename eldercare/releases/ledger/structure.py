"""The tables of the ledger, step by step from the first structure to the present one, and what version 0.2 kept in files instead."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from eldercare import clock

# SQLite's own field for whose file it is: an empty or foreign database is never taken for a ledger.
MARK = 0x45435245

# One entry per structure that was ever released; a new one is added, none is changed.
STEPS: list[tuple[str, ...]] = [
    (
        "create table notes (name text primary key, value text not null)",
        "create table log (number integer primary key, line text not null)",
        "create trigger log_is_never_changed before update on log begin select raise(abort, 'the log is only added to'); end",
        "create trigger log_is_never_cut before delete on log begin select raise(abort, 'the log is only added to'); end",
        "create table submissions (id text primary key, state text not null, record text not null)",
    ),
]

ACTIVE, LOG, PLAN, RECORD = "active", "log.jsonl", "windows.json", "submission.json"


def raised(connection: sqlite3.Connection) -> None:
    """Takes a ledger from its structure to the present one. The caller has begun a transaction."""
    (now,) = connection.execute("pragma user_version").fetchone()
    for step in STEPS[now:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"pragma user_version = {len(STEPS)}")
    connection.execute(f"pragma application_id = {MARK}")


def old_files(home: Path) -> list[Path]:
    """The files in which version 0.2 kept what the ledger holds."""
    return [
        path
        for path in [
            home / ACTIVE,
            home / LOG,
            home / PLAN,
            *sorted(home.glob(f"submissions/*/{RECORD}")),
        ]
        if path.exists()
    ]


def empty() -> sqlite3.Connection:
    """A ledger in memory without anything in it."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    raised(connection)
    return connection


def fresh(home: Path) -> sqlite3.Connection:
    """A ledger in memory with what version 0.2 left in `home`: each line of the log and each submission as it stands there."""
    connection = empty()
    files = {path: path.read_text(encoding="utf-8", errors="replace") for path in old_files(home)}
    for name, path in (("active", home / ACTIVE), ("plan", home / PLAN)):
        if path in files:
            connection.execute("insert into notes values (?, ?)", (name, files.pop(path).strip()))
    lines = [line for line in files.pop(home / LOG, "").split("\n") if line]
    connection.executemany("insert into log (line) values (?)", [(line,) for line in lines])
    for path, words in files.items():
        connection.execute(
            "insert into submissions values (?, ?, ?)",
            (path.parent.name, _read(words).get("state", ""), words),
        )
    _finish(connection, home)
    return connection


def _finish(connection: sqlite3.Connection, home: Path) -> None:
    """Notes an acceptance that version 0.2 was killed in the middle of: its release was active, log and submission did not say so."""
    entries = [
        _read(line) for (line,) in connection.execute("select line from log order by number")
    ]
    (active,) = connection.execute("select value from notes where name = 'active'").fetchone() or (
        "",
    )
    release = _read(_text(home / "releases" / active / "release.json")) if active else {}
    if not release:
        return
    by, at = "系统", clock.now().isoformat(timespec="seconds")
    note = {"at": at, "who": by, "reason": "上次操作在记录之前中断，补记"}
    logged = [entry.get("what") for entry in entries if entry.get("did") == "activate"]
    if logged[-1:] != [active]:
        add_line(
            connection,
            {**note, "did": "activate", "what": active, "before": logged[-1] if logged else ""},
        )
    number = release.get("submission", "")
    found = connection.execute("select record from submissions where id = ?", (number,)).fetchone()
    if found and active not in [
        entry.get("release") for entry in entries if entry.get("did") == "accept"
    ]:
        record = _read(found[0])
        # What is left of a file shows when it is checked again; a correction is a single cell.
        record |= {
            "state": "closed" if record.get("correction") else "submitted",
            "releases": [*record.get("releases", []), active],
        }
        words = json.dumps(record, ensure_ascii=False)
        connection.execute(
            "update submissions set state = ?, record = ? where id = ?",
            (record["state"], words, number),
        )
        add_line(connection, {**note, "did": "accept", "what": number, "release": active})


def add_line(connection: sqlite3.Connection, entry: dict[str, Any]) -> None:
    """Adds an action to the log, with the hash of the line before."""
    last = connection.execute("select line from log order by number desc limit 1").fetchone()
    line = json.dumps({**entry, "previous": hash_of(last[0]) if last else ""}, ensure_ascii=False)
    connection.execute("insert into log (line) values (?)", (line,))


def hash_of(line: str) -> str:
    """What the next line of the log names this one by."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _read(words: str) -> dict[str, Any]:
    """An entry; nothing when it cannot be read."""
    try:
        found = json.loads(words)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
