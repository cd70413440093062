"""Opens the built file and answers questions: one `.sql` file each in `queries/`.

Every question runs on its own cursor: a shared DuckDB connection hands one user's result to another.
The instance is read-only, cannot reach files and cannot be reconfigured.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duckdb
import pandas as pd

from eldercare import releases
from eldercare.data import build, built, catalogue, durable, validation
from eldercare.data.catalogue import ROOT, Package
from eldercare.keeping import Kept, fixed
from eldercare.releases import upgrades

P = ParamSpec("P")
T = TypeVar("T")
QUERIES = ROOT / "queries"

# Answers kept per build, and the most rows of one that is kept: about 20 MB.
KEPT_ANSWERS, KEPT_ROWS = 400, 2_000
# Values worked out from answers (exhibits with their drawings first of all) kept per build: about 100 kB each.
KEPT_VALUES = 600

# What is set for the whole process and changes what exhibits say; nothing else from outside may.
SETTINGS = ("ELDERCARE_MAP_APPROVAL", "ELDERCARE_MAP_OUTLINES")

# Answers are small and read cell by cell, where Arrow's strings cost half as much again.
pd.options.mode.string_storage = "python"

log = logging.getLogger(__name__)


def datasets_folder() -> Path:
    """Where the facts lie without a release: the repository's own `datasets/` unless `ELDERCARE_DATASETS` names another."""
    return releases.repository_datasets()


class Answers:
    """The answers of one build and what was worked out from them, the most recently used kept: a built file never changes, so neither do they.

    `package` describes the tables of the same build, `values` is what `kept` keeps.
    """

    def __init__(self, instance: duckdb.DuckDBPyConnection, package: Package):
        self.instance = instance
        self.package = package
        self._kept = Kept(KEPT_ANSWERS)
        self.values = Kept(KEPT_VALUES)

    def to(self, question: str, values: dict[str, Any]) -> pd.DataFrame:
        """The rows for a question; the caller may change them: they are a copy."""

        def ask() -> pd.DataFrame:
            with self.instance.cursor() as cursor:
                return cursor.execute(sql(question), values).df()

        key = f"{question} {sorted(values.items())!r}"
        found = self._kept.get(key, ask, _is_small)
        # A shallow copy leaves a dead weak reference in the kept blocks at each call, which every collection walks.
        return found.copy()

    def of_table(self, name: str) -> pd.DataFrame:
        """All rows of a table by its key; kept like the answers, so that a name is looked up in it without asking again."""

        def read() -> pd.DataFrame:
            with self.instance.cursor() as cursor:
                order = ", ".join(self.package.table(name).primary_key)
                return cursor.table(name).order(order).df()

        return self._kept.get(f"table {name}", read, _is_small).copy()


class Store:
    """The datasets as last built without a fault, rebuilt when their files change.

    Whatever keeps a new build from being made, a fault in the files or a full disk, leaves the last good one in service
    and is kept in `fault`.
    """

    def __init__(
        self, datasets: Path, build_dir: Path = build.BUILD_DIR, release: str | None = None
    ):
        self.datasets = datasets
        self.release = release
        self.build_dir = build_dir
        self.fault: Exception | None = None
        self._lock = threading.Lock()
        self._stamp: tuple[Any, ...] | None = None
        self._answers: Answers | None = None

    def refresh(self) -> None:
        """Build again if a dataset file changed. Raises `BrokenDatasets`, or what else went wrong, only when nothing was ever built."""
        if self._file_stamp() == self._stamp:
            return
        with self._lock:
            stamp = self._file_stamp()
            if stamp == self._stamp:
                return
            try:
                instance = built.open_file(build.build(self.datasets, self.build_dir))
                # The old instance is not closed here: another thread may still read from it.
                self._answers, self.fault = (
                    Answers(instance, catalogue.read_package(self.datasets)),
                    None,
                )
            except Exception as error:
                self.fault = error
                if not isinstance(error, validation.BrokenDatasets | durable.NotWritten):
                    # Not a fault that can be mended by its words alone.
                    log.exception("datasets not loaded")
                if self._answers is None:
                    raise
                log.error("datasets not loaded, the last good build stays in service:\n%s", error)
            self._stamp = stamp

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """An independent connection to the current instance, for one question."""
        return self.answers.instance.cursor()

    def unanswered(self) -> list[str]:
        """Names of the tables that do not answer with all their rows, as `built.unanswered`; what is kept in memory does not count."""
        return built.unanswered(self.answers.instance)

    @property
    def package(self) -> Package:
        """What the tables, columns and stored words of these datasets are called."""
        return self.answers.package

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        """The rows that answer `queries/<question>.sql`.

        Parameters must be exactly those the file names with `$`; a list or tuple becomes a DuckDB list.
        Raises `KeyError` for an unknown question.
        """
        values = {
            name: list(v) if isinstance(v, tuple | set) else v for name, v in parameters.items()
        }
        return self.answers.to(question, values)

    def table(self, name: str) -> pd.DataFrame:
        """The rows of one table of the package as they are stored. Raises `KeyError` for an unknown one."""
        return self.answers.of_table(self.package.table(name).name)

    @property
    def answers(self) -> Answers:
        """Those of the present build; inside of what is being kept (`kept`), of the build that it is kept for."""
        asking = _asking.get()
        if asking is not None and asking[0] is self:
            return asking[1]
        if self._answers is None:
            self.refresh()
        assert self._answers is not None
        return self._answers

    def _file_stamp(self) -> tuple[Any, ...]:
        folders = [self.datasets, self.datasets / "demo"]
        files = [
            entry
            for folder in folders
            if folder.is_dir()
            for entry in os.scandir(folder)
            if entry.name.endswith((".csv", ".json"))
        ]
        return tuple(
            sorted((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in files)
        )


LIVE = ""
KEPT_OPEN = 4
_opened: dict[str, Store] = {}
_opening = threading.Lock()
_choice: list[Callable[[], str | None]] = []
_frozen: ContextVar[str | None] = ContextVar("frozen", default=None)
# The store and the build whose value is being worked out in this thread.
_asking: ContextVar[tuple[Store, Answers] | None] = ContextVar("asking", default=None)


def choose_with(choice: Callable[[], str | None]) -> None:
    """Let `choice` say which release the caller of `current()` sees: an id, `LIVE` for the repository, None for the active one.

    Whoever knows visitors sets it once; this module knows none.
    """
    _choice[:] = [choice]


@contextmanager
def frozen(release: str) -> Iterator[Store]:
    """Inside, every question is asked of one release (`LIVE` for the repository), whatever the visitor looks at."""
    token, asking = _frozen.set(release), _asking.set(None)
    try:
        yield current()
    finally:
        _frozen.reset(token)
        _asking.reset(asking)


def current() -> Store:
    """The store that the caller sees: a frozen or chosen release, else the active one, else the repository's own datasets."""
    if asking := _asking.get():
        return asking[0]
    chosen = _frozen.get()
    if chosen is None and _choice:
        chosen = _choice[0]()
    return of(chosen if chosen is not None else releases.active_id() or LIVE)


def of(release: str) -> Store:
    """The store of one release; of the repository's own datasets for `LIVE`. Raises `KeyError` for an unknown release."""
    with _opening:
        name = release or f"{LIVE}{datasets_folder()}"
        if name not in _opened:
            _opened[name] = _store_of(release) if release else Store(datasets_folder())
        # The last one used goes to the end; the longest unused is forgotten, not closed: another thread may still read from it.
        _opened[name] = _opened.pop(name)
        for old in list(_opened)[:-KEPT_OPEN]:
            del _opened[old]
        return _opened[name]


def _store_of(identifier: str) -> Store:
    return Store(*upgrades.place(releases.read(identifier)), identifier)


# Tests and commands that move `ELDERCARE_DATASETS` or `ELDERCARE_HOME` forget what is open.
current.cache_clear = _opened.clear


def changes_of_release() -> dict[str, dict[str, int]] | None:
    """Rows new, changed and gone by table since the release before the one in use; None when there is none before."""
    identifier = current().release
    release = releases.read(identifier) if identifier else None
    return release.summary if release is not None and release.parent else None


def ask(question: str, **parameters: Any) -> pd.DataFrame:
    """`Store.ask` on the store that this process serves."""
    return current().ask(question, **parameters)


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """Keeps what `make` works out, for the build it asks and its arguments: made once however many ask, then handed to all.

    So `make` is a pure function of the build and its arguments, and nobody changes what it returns. Arguments that are rows
    cannot be told apart cheaply: then nothing is kept.
    """

    @wraps(make)
    def found(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            key = make, fixed(arguments), fixed(named), *map(os.environ.get, SETTINGS)
        except TypeError:
            return make(*arguments, **named)
        asked = current()
        answers = asked.answers

        def of_this_build() -> T:
            # A build that comes meanwhile is not mixed in, and the visitor's own choice is not asked again.
            token = _asking.set((asked, answers))
            try:
                return make(*arguments, **named)
            finally:
                _asking.reset(token)

        return answers.values.get(key, of_this_build, _is_small)

    return found


def _is_small(value: Any) -> bool:
    rows = getattr(value, "rows", value)
    return not isinstance(rows, pd.DataFrame) or len(rows) <= KEPT_ROWS


@lru_cache(maxsize=256)
def sql(question: str) -> str:
    """The text of a question file. The name is checked so that no path can be smuggled in."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", question):
        raise KeyError(question)
    path = QUERIES / f"{question}.sql"
    if not path.is_file():
        raise KeyError(question)
    return path.read_text(encoding="utf-8")
