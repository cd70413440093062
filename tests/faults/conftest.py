"""What a fault drill needs: a disk of a given size, a home that can be begun again, a server of its own."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.serving import ROOT

MB = 1024 * 1024


class Disk:
    """A file system of 64 MB in memory, of which so much is taken that a given number of bytes is free."""

    def __init__(self, folder: Path):
        self.folder = folder

    @contextmanager
    def with_free(self, size: int) -> Iterator[None]:
        """Inside, `size` bytes are free."""
        room = os.statvfs(self.folder)
        taken = self.folder / "taken"
        with taken.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(room.f_bavail * room.f_frsize - size, 1))
        try:
            yield
        finally:
            taken.unlink()


@pytest.fixture(scope="module")
def disk(tmp_path_factory) -> Iterator[Disk]:
    folder = tmp_path_factory.mktemp("disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk needs root: {mounted.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def read_only(tmp_path) -> Iterator[Callable[[Path], None]]:
    """Makes a folder what it is on a read-only disk; root may write anywhere else."""
    done: list[Path] = []

    def lock(folder: Path) -> None:
        for words in (
            ["mount", "--bind", folder, folder],
            ["mount", "-o", "remount,bind,ro", folder],
        ):
            ended = subprocess.run(
                [str(word) for word in words], check=False, capture_output=True, text=True
            )
            if ended.returncode:
                pytest.skip(f"a read-only disk needs root: {ended.stderr.strip()}")
            if folder not in done:
                done.append(folder)

    yield lock
    for folder in done:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def tree(tmp_path) -> Path:
    """The program as it is downloaded: no build, no history, no virtual environment."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".build", "var", "tests", "benchmarks", "__pycache__", ".*_cache"
    )
    return shutil.copytree(ROOT, tmp_path / "tree", ignore=ignored)
