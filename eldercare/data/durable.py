"""Files that are whole or not there: written aside, synced to disk, then renamed. What the disk refuses has words of its own."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
BROKEN = {
    errno.EIO,
    errno.ENODEV,
    errno.ENXIO,
    errno.ETIMEDOUT,
    *([errno.ESTALE] if hasattr(errno, "ESTALE") else []),
}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
FAULTS = {
    FileNotFoundError: "没有这个文件或文件夹",
    PermissionError: "没有权限，或文件正在别的程序里打开",
    IsADirectoryError: "这是一个文件夹，请给出文件名",
    NotADirectoryError: "路径里有一段不是文件夹",
    FileExistsError: "已有同名的文件",
}
NO_SPACE = "磁盘空间不足，没有写入；原来的版本不受影响。请腾出空间后再试。"


class NotWritten(RuntimeError):
    """Nothing was written, and what was there before is untouched; the words say why."""


class NoSpace(NotWritten):
    """The disk is full."""


class NotWritable(NotWritten):
    """This user may not write there, or the file system is read-only."""


def not_writable(folder: Path) -> NotWritable:
    """What to say when `folder` cannot be written to: which one, and what to set."""
    words = (
        "没有写入：文件夹 {folder} 不可写（没有权限，或磁盘只读）。请给运行看板的用户写权限，或设 ELDERCARE_HOME（版本与报送）、"
        "ELDERCARE_BUILD（建好的数据库）为可写的文件夹后再试。"
    )
    return NotWritable(words.format(folder=folder))


def in_words(error: OSError) -> str:
    """What to tell someone on the command line whose file cannot be read or written."""
    why = next(
        (words for kind, words in FAULTS.items() if isinstance(error, kind)), "磁盘已满或文件不可用"
    )
    return f"读写不了文件 {error.filename}：{why}"


@contextmanager
def room_needed(folder: Path) -> Iterator[None]:
    """Turns the errors of a full disk, of a folder that cannot be written to and of a disk that fails into `NotWritten`."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace(NO_SPACE) from error
        if error.errno in FORBIDDEN:
            raise not_writable(folder) from error
        if error.errno in BROKEN:
            raise NotWritten(
                f"没有写入：读写磁盘出错（{folder}）。请检查磁盘与网络盘后再试。"
            ) from error
        raise


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
    """`put`, in a folder that is made when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, data)


def put(path: Path, data: bytes) -> None:
    """The file with exactly these bytes; after a crash it holds the old bytes or the new, never a part. `OSError` names it."""
    if path.exists() and not path.is_file():
        # A device or a pipe is written to, not replaced.
        path.write_bytes(data)
        return
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        unfinished.unlink(missing_ok=True)


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
