"""What a release is known by: the hash of each of its files, and of its metadata."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Stamp = tuple[tuple[str, int, int], ...]


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by path; what is built from the rest is left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        # The built file can be made again from the rest, by another version of the program too.
        if path.is_file() and name != "release.json" and not name.startswith("built/"):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def identity(meta: Mapping[str, Any]) -> str:
    """Sixteen hex digits of the SHA-256 of some metadata."""
    return hashlib.sha256(
        json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()[:16]


def stamp(folder: Path) -> Stamp:
    """Size and time of every file below a folder but what is built: it differs when a file was touched."""
    found = []
    for path, folders, names in os.walk(folder):
        if "built" in folders:
            folders.remove("built")
        for name in names:
            status = os.stat(os.path.join(path, name))  # noqa: PTH116, PTH118 - on every run of every page
            found.append((f"{path}/{name}", status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))
