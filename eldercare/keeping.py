"""What was worked out once is kept: the last that were asked for, each made once however many ask at the same moment.

Thirty first visitors of a page need the same pictures; without this all thirty draw them at once, and all are late.
Whatever is kept is handed to many: nobody changes it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# What one value may have beside it: its drawings in a few sizes, its foot on a few days.
BESIDE = 30


class Kept:
    """Values by key, the `most` last asked for."""

    def __init__(self, most: int):
        self.most = most
        self._values: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(
        self, key: Hashable, make: Callable[[], Any], fits: Callable[[Any], bool] = lambda _: True
    ) -> Any:
        """The value of the key, made by `make` where it is not known; others who ask meanwhile wait for the same one.

        What does not fit is handed to those who wait and not kept. Raises what `make` raises: a fault is not kept, and
        whoever waited for it tries again.
        """
        while True:
            with self._lock:
                found = self._values.get(key)
                is_new = found is None
                if is_new:
                    found = self._values[key] = Future()
                self._values.move_to_end(key)
                if len(self._values) > self.most:
                    self._values.popitem(last=False)
            if is_new:
                try:
                    value = make()
                # Whatever ends this thread, nobody may wait for it for ever.
                except BaseException as fault:
                    self._forget(key, found)
                    found.set_exception(fault)
                    raise
                if not fits(value):
                    self._forget(key, found)
                found.set_result(value)
                return value
            if found.exception() is None:
                return found.result()

    def _forget(self, key: Hashable, found: Future[Any]) -> None:
        with self._lock:
            if self._values.get(key) is found:
                del self._values[key]


def fixed(value: Any) -> Hashable:
    """An argument as part of a key: by type and value, lists and mappings by their contents. Raises `TypeError` for a table of rows."""
    if isinstance(value, list | tuple | set):
        return type(value), *map(fixed, sorted(value) if isinstance(value, set) else value)
    if isinstance(value, Mapping):
        return dict, *((name, fixed(part)) for name, part in value.items())
    hash(value)
    # 1, 1.0 and True are equal and hash alike.
    return type(value), value


def beside(make: Callable[P, T]) -> Callable[P, T]:
    """Keeps what `make` works out of its first argument, a value that never changes, with that value and for as long as it lives."""

    @wraps(make)
    def found(value: Any, *arguments: Any, **named: Any) -> Any:
        kept = value.__dict__.setdefault("_beside", Kept(BESIDE))
        key = make, fixed(arguments), fixed(named)
        return kept.get(key, lambda: make(value, *arguments, **named))

    return found
