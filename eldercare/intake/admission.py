"""Which visits may hand a file over: those that were shown the field for it, because a person with the right sat there.

A file reaches the server before the page knows of it, so the server asks here first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

_AT_MOST = 5000
_lock = threading.Lock()
_visits: OrderedDict[str, None] = OrderedDict()


def decide(visit: str, may: bool) -> None:
    """Notes for a visit, named by its session, whether its person may hand files over now."""
    with _lock:
        _visits.pop(visit, None)
        if may:
            _visits[visit] = None
            if len(_visits) > _AT_MOST:
                _visits.popitem(last=False)


def is_open_to(visit: str) -> bool:
    """Whether the server takes a file from this visit."""
    with _lock:
        return visit in _visits
