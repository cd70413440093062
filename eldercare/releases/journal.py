"""The append-only log of everything that was done to the data: one JSON line per action, each naming the hash of the one before.

A line that was changed or taken out later breaks the chain, and `broken` says where. The lines are kept in the ledger.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eldercare import clock
from eldercare.releases import ledger
from eldercare.releases.ledger.structure import hash_of


def entries(home: Path) -> list[dict[str, Any]]:
    """All actions, oldest first. A line of version 0.2 that a crash cut off is left out."""
    found = []
    for line in ledger.lines(home):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def add(home: Path, who: str, did: str, what: str, **details: Any) -> None:
    """Writes one action, as a part of the caller's transaction when there is one."""
    ledger.add_line(home, {"at": now(), "who": who, "did": did, "what": what, **details})


def broken(home: Path) -> list[int]:
    """The numbers of lines (from 1) whose predecessor is not the one they name."""
    lines = ledger.lines(home)
    wrong = []
    for number, line in enumerate(lines, start=1):
        try:
            named = json.loads(line).get("previous")
        except ValueError:
            wrong.append(number)
            continue
        if named != (hash_of(lines[number - 2]) if number > 1 else ""):
            wrong.append(number)
    return wrong


def now() -> str:
    """The time of the house to the second, with its offset, wherever the server stands."""
    return clock.now().isoformat(timespec="seconds")
