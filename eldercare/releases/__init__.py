"""Immutable releases of the data under `ELDERCARE_HOME` (default `var/`), and the pointer to the active one.

`python -m eldercare.releases` lists, compares, activates and rolls back. A release is a folder named by the hash of
its metadata, which names the hash of every file: nothing in it ever changes. Which one is active stands in the ledger,
so a crash leaves the old or the new release active, whole.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from eldercare.data import build, built, catalogue, durable
from eldercare.data.catalogue import DATASETS, ROOT
from eldercare.releases import difference, journal, ledger
from eldercare.releases.difference import Change, Rows
from eldercare.releases.hashing import Stamp, hashes, identity, stamp

ACTIVE = "active"
KEEP_BUILT = 12
ID = re.compile(r"[0-9a-f]{16}")
REPOSITORY, INTAKE, CORRECTION, MERGE = "repository", "intake", "correction", "merge"
KINDS = {REPOSITORY: "仓库数据", INTAKE: "数据更新", CORRECTION: "更正", MERGE: "合并仓库更新"}


class Overtaken(RuntimeError):
    """Another release became active since the caller looked."""


@dataclass(frozen=True)
class Release:
    """What is known of a release. `repository` is the id of the repository's state it contains; `files` maps paths to SHA-256."""

    id: str
    kind: str
    created: str
    author: str
    reviewer: str
    reason: str
    parent: str
    repository: str
    submission: str
    version: str
    as_of: str
    summary: dict[str, dict[str, int]]
    files: dict[str, str] = field(repr=False)

    @property
    def short(self) -> str:
        return self.id[:8]

    @property
    def folder(self) -> Path:
        return store_folder() / self.id

    @property
    def datasets(self) -> Path:
        return self.folder / "datasets"


def home() -> Path:
    """Where releases, drafts and the log lie; never inside `.build/`."""
    return Path(os.environ.get("ELDERCARE_HOME") or ROOT / "var")


def active_id() -> str | None:
    """The id of the active release; None when there is none and the repository's own datasets are served.

    When the pointer is lost or names no whole release, it is the newest that is whole: `pointer_fault` then says so on every page.
    """
    if not ledger.begun(home()):
        return None
    named = _pointed()
    if _is_whole(named) if named is not None else not _pointer_lost():
        return named
    return next((release.id for release in listed() if _is_whole(release.id)), None)


def pointer_fault() -> str:
    """What to tell everyone when the ledger, the pointer or the release it names is not as it should be; "" when all is well."""
    if not ledger.begun(home()):
        return ""
    kind, named = ledger.fault(home()), _pointed()
    lost = named is None and _pointer_lost()
    damaged = named is not None and not _is_whole(named)
    if not (kind or lost or damaged):
        return ""
    now = active_id()
    shown = f"版本 {now[:8]}" if now else "仓库数据"
    if lost or damaged:
        shown = f"现存最新的完好版本 {now[:8]}" if now else "仓库数据"
    if kind and not (kind in ledger.NEEDS_A_PERSON or lost or damaged):
        return f"{ledger.FAULTS[kind]}：现在显示的是{shown}，不能报送和接受。"
    what = [ledger.FAULTS[kind]] if kind else []
    what += ["启用的是哪个版本没有记录"] if lost else []
    what += ["启用的版本“{id}”不在这里或不完整".format(id=named[:8] or "（空）")] if damaged else []
    words = "{what}：现在显示的是{shown}。在管理员核对（releases verify）并重新启用一个版本（页面“版本”，或 releases activate）之前，不能接受报送。"
    return words.format(what="，".join(what), shown=shown)


def require_pointer() -> None:
    """Raises `NotWritten` while it is not certain which data a new release would build on: a person has to look first."""
    if fault := pointer_fault():
        raise durable.NotWritten(fault)


def _pointed() -> str | None:
    """What the pointer says, right or wrong; None when nothing was ever activated, or nobody knows what was."""
    return ledger.noted(home(), ACTIVE)


def _pointer_lost() -> bool:
    """Whether a release was active and no pointer says which: the ledger is gone, or what version 0.2 kept beside its log."""
    unknown = ledger.fault(home()) in ledger.NEEDS_A_PERSON and bool(_folders())
    return unknown or any(entry["did"] == "activate" for entry in journal.entries(home()))


def _is_whole(identifier: str) -> bool:
    """Whether each file of a release is what its id says; looked at again when a file changed."""
    try:
        folder = read(identifier).folder
    except KeyError:
        return False
    return not _faults_at(identifier, folder, stamp(folder))


@lru_cache(maxsize=64)
def _faults_at(identifier: str, _folder: Path, _stamp: Stamp) -> list[str]:
    return faults(read(identifier))


def _is_here(identifier: str) -> bool:
    try:
        return (read(identifier).datasets / "datapackage.json").is_file()
    except KeyError:
        return False


def active() -> Release | None:
    """The active release, or None."""
    identifier = active_id()
    return read(identifier) if identifier else None


def read(identifier: str) -> Release:
    """The release with this id. Raises `KeyError`, also for one whose description is missing or cut off."""
    if not ID.fullmatch(identifier):
        raise KeyError(identifier)
    try:
        raw = json.loads((store_folder() / identifier / "release.json").read_text(encoding="utf-8"))
        return Release(**{f.name: raw[f.name] for f in fields(Release)})
    except (OSError, ValueError, KeyError, TypeError):
        raise KeyError(identifier) from None


def listed() -> list[Release]:
    """All releases that can be read, newest first: by their time, and never one before the one it was made from, whatever the clock said."""
    found = {name: read(name) for name in _folders() if _is_here(name)}
    ranks: dict[str, tuple[str, int]] = {}
    for release in found.values():
        line = [release]
        while line[-1].id not in ranks and line[-1].parent in found:
            line.append(found[line[-1].parent])
        for one in reversed(line):
            time, generation = ranks.get(one.parent, ("", -1))
            ranks[one.id] = max((one.created, 0), (time, generation + 1))
    return sorted(
        found.values(), key=lambda release: (ranks[release.id], release.version), reverse=True
    )


def unreadable() -> list[str]:
    """Names of release folders without a whole description or without data."""
    return [name for name in _folders() if not _is_here(name)]


def _folders() -> list[str]:
    folder = store_folder()
    return (
        sorted(entry.name for entry in folder.iterdir() if ID.fullmatch(entry.name))
        if folder.is_dir()
        else []
    )


def find(words: str) -> Release:
    """The release whose id begins with `words` (eight digits or more). Raises `KeyError`, also for one that is not whole."""
    folder = store_folder()
    if re.fullmatch(r"[0-9a-f]{8,16}", words or "") and folder.is_dir():
        fitting = [
            entry.name
            for entry in folder.iterdir()
            if entry.name.startswith(words) and ID.fullmatch(entry.name)
        ]
        if len(fitting) == 1 and _is_whole(fitting[0]):
            return read(fitting[0])
    raise KeyError(words)


def rows(datasets: Path, table: str) -> Rows:
    """The cells of one table of a datasets folder as text; empty when the folder has no such table."""
    package = catalogue.read_package(datasets)
    path = next((datasets / t.path for t in package.tables if t.name == table), None)
    if path is None or not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def changes(before: Path, after: Path) -> list[Change]:
    """What changed between two datasets folders, table by table; files that are the same byte by byte are not read."""
    found: list[Change] = []
    old, new = catalogue.read_package(before), catalogue.read_package(after)
    names = list(dict.fromkeys([*(t.name for t in new.tables), *(t.name for t in old.tables)]))
    for name in names:
        table = next(t for t in [*new.tables, *old.tables] if t.name == name)
        paths = [
            folder / t.path
            for folder, p in ((before, old), (after, new))
            for t in p.tables
            if t.name == name
        ]
        if (
            len(paths) == 2
            and all(p.exists() for p in paths)
            and paths[0].read_bytes() == paths[1].read_bytes()
        ):
            continue
        found += difference.of_table(name, rows(before, name), rows(after, name), table.primary_key)
    return found


def repository_datasets() -> Path:
    """The datasets folder that came with the program, unless `ELDERCARE_DATASETS` names another."""
    return Path(os.environ.get("ELDERCARE_DATASETS", DATASETS))


def activate(identifier: str, who: str, reason: str, expected: str | None = "any") -> Release:
    """Makes a release the active one, for all sessions at their next run.

    With `expected` (an id, or None for no release) it raises `Overtaken` when something else is active by now. This is also
    how a person confirms what is shown when the ledger or the pointer was lost. Raises `KeyError` for a release that is not
    whole, and `NotWritten`.
    """
    from eldercare.releases import upgrades  # it stands on this module

    release = find(identifier)
    # Before anything changes: when there is no room to build it, it is not activated.
    build.build(*upgrades.place(release))
    mended = ledger.mend(home())
    with ledger.writing(home()):
        now = active_id()
        if expected != "any" and now != expected:
            raise Overtaken(overtaken_words())
        if mended:
            journal.add(home(), who, "mend", mended)
        ledger.note(home(), ACTIVE, release.id)
        journal.add(home(), who, "activate", release.id, reason=reason, before=now or "")
    _drop_old_builds()
    return release


def overtaken_words() -> str:
    """What to tell someone whose release was overtaken."""
    now = active()
    who = (
        "{author}于{time}启用了版本 {id}（{reason}）".format(
            author=now.author,
            time=now.created[:16].replace("T", " "),
            id=now.short,
            reason=now.reason,
        )
        if now
        else "已回到仓库数据"
    )
    return f"您打开之后，{who}。您的内容没有应用，也没有丢失：请看一遍与新版本的差异，再接受。"


def roll_back(who: str, reason: str) -> Release:
    """Activates the release that the active one was made from. Raises `LookupError` when there is none."""
    with ledger.writing(home()):
        require_pointer()
        now = active()
        if now is None or not now.parent:
            raise LookupError("当前版本之前没有更早的版本。")
        return activate(now.parent, who, reason, expected=now.id)


def sweep() -> None:
    """Removes what a kill left unfinished. The caller writes in the ledger, so nothing unfinished belongs to a writer at work."""
    for abandoned in [*home().glob("unfinished-*"), *home().glob(".*.tmp")]:
        shutil.rmtree(abandoned, ignore_errors=True) if abandoned.is_dir() else abandoned.unlink(
            missing_ok=True
        )


def faults(release: Release) -> list[str]:
    """Files of a release that are missing, changed or too many; empty when it is what its id says."""
    found = hashes(release.folder)
    wrong = sorted(
        name for name in {*found, *release.files} if found.get(name) != release.files.get(name)
    )
    meta = {name: value for name, value in asdict(release).items() if name != "id"}
    return wrong if identity(meta) == release.id else [*wrong, "release.json"]


def built_faults(release: Release) -> list[str]:
    """Built files of a release that do not hold, table by table, the rows of its files; they are built again when needed."""
    package = catalogue.read_package(release.datasets)
    counts = {table.name: len(rows(release.datasets, table.name)) for table in package.tables}
    paths = sorted((release.folder / "built").glob("*.duckdb"))
    return [f"built/{path.name}" for path in paths if built.faults(path, counts)]


def store_folder() -> Path:
    """The folder that holds one folder per release."""
    return home() / "releases"


def _drop_old_builds() -> None:
    """Built files are large and can be made again: only the newest few and the active one keep theirs."""
    for release in listed()[KEEP_BUILT:]:
        if release.id != active_id():
            shutil.rmtree(release.folder / "built", ignore_errors=True)
