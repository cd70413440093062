"""When the program or the repository's datasets move on: old releases stay readable, new facts are offered, nothing switches by itself."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from eldercare import releases
from eldercare.data import build, catalogue, durable
from eldercare.releases import Release, difference, ledger, making
from eldercare.releases.difference import Change, Conflict, Rows


@dataclass(frozen=True)
class Candidate:
    """What the repository's datasets hold that the active release has not seen. `tables` are the active rows with it taken in."""

    active: Release
    base: Release
    changes: list[Change]
    conflicts: list[Conflict]
    tables: dict[str, Rows]


def candidate() -> Candidate | None:
    """The repository's changes since the state that the active release contains; None when there are none or no release is active."""
    now = releases.active()
    if now is None:
        return None
    base = releases.read(now.repository or now.id)
    theirs = releases.repository_datasets()
    if _same(base.datasets, theirs):
        return None
    package = catalogue.read_package(theirs)
    changed = releases.changes(base.datasets, theirs)
    tables: dict[str, Rows] = {}
    conflicts: list[Conflict] = []
    for table in package.tables:
        stored = releases.rows(now.datasets, table.name)
        sides = [
            _in_words_of_today(rows, table)
            for rows in (releases.rows(base.datasets, table.name), stored)
        ]
        sides.append(releases.rows(theirs, table.name))
        names = [column.name for column in table.fields]
        rows, found = (
            (sides[2], [])
            if sides[0] == sides[1]
            else difference.merged(table.name, *sides, table.primary_key)
        )
        conflicts += found
        rows = [{name: row.get(name, "") for name in names} for row in rows]
        if rows != stored:
            tables[table.name] = rows
    return Candidate(now, base, changed, conflicts, tables)


def accept(found: Candidate, who: str, reason: str, reviewer: str = "") -> Release:
    """The active release with the repository's changes, made active. Raises `Overtaken`, `BrokenDatasets`, `NotWritten`."""
    with ledger.writing(releases.home()):
        releases.require_pointer()
        releases.sweep()
        if releases.active_id() != found.active.id:
            raise releases.Overtaken(releases.overtaken_words())
        taken = making.snapshot(who)
        made = making.create(
            found.active.datasets,
            found.tables,
            kind=releases.MERGE,
            author=who,
            reviewer=reviewer,
            reason=reason,
            parent=found.active.id,
            repository=taken.id,
            as_of=found.active.as_of,
            package=taken.datasets,
        )
        return releases.activate(made.id, reviewer or who, reason, expected=found.active.id)


def readable(release: Release) -> Path:
    """A datasets folder of this release that the present program can build.

    A release older than the program may lack a table or a column: it gets them empty (a lookup as the program has it),
    and words that were replaced in today's, in the cache, and stays as it is.
    """
    program = releases.repository_datasets()
    wanted = json.loads((program / "datapackage.json").read_bytes())
    own = json.loads((release.datasets / "datapackage.json").read_bytes())
    if _shape(wanted) == _shape(own):
        return release.datasets
    target = build.BUILD_DIR / "fitted" / f"{release.id}-{_stamp(wanted)}"
    package = catalogue.read_package(program)
    if not (target / "datapackage.json").exists():
        for table in package.tables:
            names = [column.name for column in table.fields]
            has_none = table.is_lookup and not (release.datasets / table.path).exists()
            rows = _in_words_of_today(
                releases.rows(program if has_none else release.datasets, table.name), table
            )
            durable.write(target / table.path, making.csv_text(names, rows).encode())
        described = {**wanted, "version": own["version"], "asOf": own["asOf"]}
        durable.write(
            target / "datapackage.json",
            json.dumps(described, ensure_ascii=False, indent=1).encode(),
        )
    return target


def _in_words_of_today(rows: Rows, table: catalogue.Table) -> Rows:
    """The rows with the words of older releases replaced, where the table's description says by which."""
    former = {column.name: column.former_words for column in table.fields if column.former_words}
    if not former:
        return rows
    return [
        {
            **row,
            **{
                name: words.get(row.get(name, ""), row.get(name, ""))
                for name, words in former.items()
            },
        }
        for row in rows
    ]


def place(release: Release) -> tuple[Path, Path]:
    """The datasets folder of a release as the present program can build it, and the folder where it is built."""
    datasets, beside = readable(release), release.folder / "built"
    here = (beside / f"{build.content_hash(datasets)}.duckdb").exists()
    # What is missing in a home that cannot be written to is built where this program builds.
    usable = datasets == release.datasets and (
        here or os.access(beside if beside.is_dir() else release.folder, os.W_OK)
    )
    return datasets, beside if usable else build.BUILD_DIR


def conflict_words(conflict: Conflict, package: catalogue.Package) -> str:
    """One conflict in words, for a list."""
    table = package.table(conflict.table)
    return "{table} {key} {column}：当前为“{ours}”，仓库改为“{theirs}”（原为“{before}”），保留当前值".format(
        table=table.title,
        key=" ".join(conflict.key),
        column=table.field(conflict.column).title,
        ours=conflict.ours,
        theirs=conflict.theirs,
        before=conflict.before,
    )


def _same(one: Path, other: Path) -> bool:
    paths = {
        path.relative_to(folder) for folder in (one, other) for path in catalogue.data_files(folder)
    } | {Path("datapackage.json")}
    return all(
        (one / p).exists()
        and (other / p).exists()
        and (one / p).read_bytes() == (other / p).read_bytes()
        for p in paths
    )


def _shape(description: dict) -> list:
    """What the loader needs of a description: tables, columns, rules; not words about them."""
    return [
        (
            r["name"],
            r["path"],
            [(f["name"], f["type"], f.get("constraints", {})) for f in r["schema"]["fields"]],
            [r.get("rowChecks", []), r.get("tableChecks", [])],
        )
        for r in description["resources"]
        if r.get("type") == "table"
    ]


def _stamp(description: dict) -> str:
    return releases.identity({"shape": _shape(description)})
