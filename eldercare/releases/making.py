"""Makes a release: beside everything else first, then whole in its place by one renaming."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from eldercare import releases
from eldercare.data import build, durable
from eldercare.releases import Release, difference, journal, ledger
from eldercare.releases.difference import Rows


def create(
    base: Path,
    tables: Mapping[str, Rows],
    *,
    kind: str,
    author: str,
    reason: str,
    reviewer: str = "",
    parent: str = "",
    repository: str = "",
    submission: str = "",
    as_of: str = "",
    package: Path | None = None,
    originals: Mapping[str, bytes] | None = None,
) -> Release:
    """A new release: `base` with some tables replaced. It is whole on disk when this returns, and not yet active.

    `package` is a datasets folder whose description replaces that of `base`. When the transaction of the caller fails, it
    is taken away again. Raises `BrokenDatasets` and `NotWritten`.
    """
    unfinished = releases.home() / f"unfinished-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with ledger.writing(releases.home()), durable.room_needed(releases.home()):
            description = _fill(
                unfinished / "datasets",
                base,
                tables,
                package or base,
                as_of,
                raise_version=bool(parent),
            )
            for name, data in (originals or {}).items():
                (unfinished / "originals").mkdir(exist_ok=True)
                (unfinished / "originals" / name).write_bytes(data)
            build.build(unfinished / "datasets", unfinished / "built")
            summary = (
                difference.counts(
                    releases.changes(releases.read(parent).datasets, unfinished / "datasets")
                )
                if parent
                else {}
            )
            meta = {
                "kind": kind,
                "created": journal.now(),
                "author": author,
                "reviewer": reviewer,
                "reason": reason,
                "parent": parent,
                "repository": repository,
                "submission": submission,
                "version": description["version"],
                "as_of": description["asOf"],
                "summary": summary,
                "files": releases.hashes(unfinished),
            }
            release = Release(id=releases.identity(meta), **meta)
            (unfinished / "release.json").write_text(
                json.dumps(asdict(release), ensure_ascii=False, indent=1), encoding="utf-8"
            )
            for path in unfinished.rglob("*"):
                if path.is_file() and path.parent.name != "built":
                    path.chmod(0o444)
            durable.sync_tree(unfinished)
            releases.store_folder().mkdir(parents=True, exist_ok=True)
            if not release.folder.exists():
                unfinished.rename(release.folder)
                ledger.on_failure(
                    releases.home(), partial(shutil.rmtree, release.folder, ignore_errors=True)
                )
            durable.sync_folder(releases.store_folder())
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return release


def snapshot(author: str, datasets: Path | None = None) -> Release:
    """The repository's datasets as a release of their own; the one that is there already when they did not change."""
    datasets = datasets or releases.repository_datasets()
    wanted = {
        f"datasets/{path}": digest
        for path, digest in releases.hashes(datasets).items()
        if _belongs(datasets, path)
    }
    for release in releases.listed():
        if (
            release.kind == releases.REPOSITORY
            and {n: d for n, d in release.files.items() if n.startswith("datasets/")} == wanted
        ):
            return release
    return create(
        datasets, {}, kind=releases.REPOSITORY, author=author, reason="仓库 datasets/ 的状态"
    )


def _fill(
    target: Path,
    base: Path,
    tables: Mapping[str, Rows],
    package: Path,
    as_of: str,
    raise_version: bool,
) -> dict[str, Any]:
    """Writes the datasets folder of a new release; a release's unchanged files are linked, never those of the repository."""
    described = (package / "datapackage.json").read_bytes()
    description = json.loads(described)
    if raise_version:
        description["version"] = next_version(description["version"])
        description["asOf"] = max(description["asOf"], as_of)
        described = (json.dumps(description, ensure_ascii=False, indent=1) + "\n").encode()
    immutable = base.parent.parent == releases.store_folder()
    target.mkdir(parents=True)
    for resource in description["resources"]:
        path = target / resource["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if resource["name"] in tables:
            path.write_bytes(
                csv_text(
                    [f["name"] for f in resource["schema"]["fields"]], tables[resource["name"]]
                ).encode()
            )
        elif immutable and (base / resource["path"]).exists():
            _same_file(base / resource["path"], path)
        else:
            # A table that is missing is for the loader to say; drawings beside the tables may be absent.
            source = next(
                (
                    folder / resource["path"]
                    for folder in (base, package)
                    if (folder / resource["path"]).exists()
                ),
                None,
            )
            if source:
                path.write_bytes(source.read_bytes())
    (target / "datapackage.json").write_bytes(described)
    return description


def _same_file(source: Path, target: Path) -> None:
    """A second name for a file that never changes; a copy where the file system knows no second names."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in durable.FULL:
            raise
        shutil.copyfile(source, target)


def next_version(version: str) -> str:
    """0.1.0 → 0.1.0+1 → 0.1.0+2: the number after + goes on from the highest of all releases here, so that none stands twice."""
    own = version.partition("+")[0]
    parts = [release.version.partition("+") for release in releases.listed()]
    return f"{own}+{1 + max((int(count) for name, _plus, count in parts if name == own and count.isdecimal()), default=0)}"


def csv_text(names: Sequence[str], table: Rows) -> str:
    """A table as the repository writes it: UTF-8, one line per row, empty text for a missing cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in table)
    return buffer.getvalue()


def _belongs(datasets: Path, path: str) -> bool:
    return path == "datapackage.json" or path in {
        resource["path"]
        for resource in json.loads((datasets / "datapackage.json").read_text(encoding="utf-8"))[
            "resources"
        ]
    }
