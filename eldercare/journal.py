"""The append-only log of everything that was done to the data: one JSON line per action, each naming the hash of the one before.

A line that was changed or taken out later breaks the chain, and `broken` says where.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from eldercare import durable

NAME = "log.jsonl"


def entries(home: Path) -> list[dict[str, Any]]:
    """All actions, oldest first. A last line cut off by a crash is left out."""
    found = []
    for line in _lines(home):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def add(home: Path, who: str, did: str, what: str, **details: Any) -> dict[str, Any]:
    """Writes one action; it is on disk when this returns. The caller holds the lock of `home`."""
    home.mkdir(parents=True, exist_ok=True)
    lines = _lines(home)
    entry = {
        "at": now(),
        "who": who,
        "did": did,
        "what": what,
        **details,
        "previous": _hash(lines[-1]) if lines else "",
    }
    path = home / NAME
    torn = path.exists() and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
    words = json.dumps(entry, ensure_ascii=False)
    with durable.room_needed():
        durable.append(path, (("\n" if torn else "") + words + "\n").encode())
    return entry


def broken(home: Path) -> list[int]:
    """The numbers of lines (from 1) whose predecessor is not the one they name."""
    lines = _lines(home)
    wrong = []
    for number, line in enumerate(lines, start=1):
        try:
            named = json.loads(line).get("previous")
        except ValueError:
            wrong.append(number)
            continue
        if named != (_hash(lines[number - 2]) if number > 1 else ""):
            wrong.append(number)
    return wrong


def now() -> str:
    """Local time to the second, with its offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _lines(home: Path) -> list[str]:
    path = home / NAME
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line]


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:16]
