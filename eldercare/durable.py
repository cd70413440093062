"""Files that are whole or not there: written aside, synced to disk, then renamed; one writer at a time."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eldercare.text import _

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_SPACE = _("磁盘空间不足，没有写入；原来的版本不受影响。请腾出空间后再试。")


class NoSpace(RuntimeError):
    """The disk is full; what was there before is untouched."""


@contextmanager
def room_needed() -> Iterator[None]:
    """Turns the error of a full disk into `NoSpace`."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace(NO_SPACE) from error
        raise


@contextmanager
def all_or_nothing(folder: Path, *paths: Path) -> Iterator[None]:
    """When the block fails, each of these files is as it was before: replaced, appended to, or not there.

    The former files are kept under second names in `folder`, so that putting them back needs no room on a full disk.
    The caller holds the lock.
    """
    kept: dict[Path, tuple[Path, int] | None] = {}
    try:
        for path in paths:
            before = folder / f".{path.name}.{secrets.token_hex(4)}.tmp"
            if path.exists():
                os.link(path, before)
                kept[path] = (before, path.stat().st_size)
            else:
                kept[path] = None
        yield
    except BaseException:
        for path, former in kept.items():
            if former is None:
                path.unlink(missing_ok=True)
                continue
            before, size = former
            if before.stat().st_size != size:
                os.truncate(before, size)
            before.replace(path)
        raise
    finally:
        for former in kept.values():
            if former:
                former[0].unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Waits until no other process or thread holds the lock of `folder`; a killed holder frees it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+b") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        else:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_UN)
            else:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)


def write(path: Path, data: bytes) -> None:
    """The file with exactly these bytes; after a crash it holds the old bytes or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def append(path: Path, data: bytes) -> None:
    """Adds to the end of a file and waits until it is on disk; when that fails, no part of it stays."""
    before = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        if path.exists():
            os.truncate(path, before)
        raise
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Waits until every file and folder below `folder` is on disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on disk; Windows has no such call."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
