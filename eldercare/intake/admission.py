"""Which visits may hand a file over, and how large: those that were shown the field for it.

A file reaches the server before the page knows of it, so the server asks here first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

_AT_MOST = 5000
_lock = threading.Lock()
_visits: OrderedDict[str, int | None] = OrderedDict()


def decide(visit: str, may: bool, most: int | None = None) -> None:
    """Notes for a visit, named by its session, whether its person may hand files over now; of at most `most` bytes where that is said."""
    with _lock:
        _visits.pop(visit, None)
        if may:
            _visits[visit] = most
            if len(_visits) > _AT_MOST:
                _visits.popitem(last=False)


def is_open_to(visit: str) -> bool:
    """Whether the server takes a file from this visit."""
    with _lock:
        return visit in _visits


def most_for(visit: str) -> int | None:
    """The bytes that a file of this visit may have; None where only the server's own limit holds."""
    with _lock:
        return _visits.get(visit)
