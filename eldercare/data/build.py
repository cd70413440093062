"""Turns `datasets/` into one DuckDB file, or says which cell is wrong.

`python -m eldercare.data.build` builds; `--check` only validates and prints a report on the data.
The file is a cache: its name is a hash of what went in, and deleting `.build/` loses nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from eldercare.data import built, catalogue, derived, durable, outlines, validation
from eldercare.data.catalogue import DATASETS, ROOT, SQL_TYPES, Package, Table
from eldercare.data.report import report
from eldercare.data.validation import BrokenDatasets, Rows, frame, read
from eldercare.text import speak_anywhere

# Where a program folder may not be written to, an administrator names another.
BUILD_DIR = Path(os.environ.get("ELDERCARE_BUILD") or ROOT / ".build")
VIEWS = ROOT / "queries" / "views"
# Every column of every table takes a block: with the usual 256 KB a few thousand rows fill 46 MB, so 5 MB.
SMALL_BLOCKS = {"default_block_size": "16384"}


def content_hash(datasets: Path = DATASETS) -> str:
    """Sixteen hex digits that change with any dataset file or with the code that builds."""
    digest = hashlib.sha256()
    code = [
        Path(__file__),
        Path(built.__file__),
        Path(catalogue.__file__),
        Path(validation.__file__),
        *derived.code(),
        *sorted(VIEWS.glob("*.sql")),
    ]
    for path in [
        *catalogue.data_files(datasets),
        datasets / "datapackage.json",
        datasets / outlines.FILE,
        *code,
    ]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


def build(datasets: Path = DATASETS, target_dir: Path = BUILD_DIR) -> Path:
    """The DuckDB file of `datasets`, built when it is not there yet or no longer whole: what is returned was read back.

    Raises `BrokenDatasets` and `NotWritten`.
    """
    target = target_dir / f"{content_hash(datasets)}.duckdb"
    if target.exists() and not built.faults(target):
        return target
    with _room_needed(target_dir):
        if _copied(BUILD_DIR / target.name, target):
            return target
    package, rows = read(datasets)
    with _room_needed(target_dir):
        made = _made(package, rows, target)
    # A file that changed while it was read: what was loaded may be half old, half new.
    return made if content_hash(datasets) == target.stem else build(datasets, target_dir)


def _copied(source: Path, target: Path) -> bool:
    """Whether the same content was built before and could be copied: a release of what is served needs no second build."""
    if source == target or not source.exists():
        return False
    with _unfinished(target) as unfinished:
        shutil.copyfile(source, unfinished)
        if built.faults(unfinished):
            return False
        _keep(unfinished, target)
    return True


def _made(package: Package, rows: dict[str, Rows], target: Path) -> Path:
    with _unfinished(target) as unfinished:
        with duckdb.connect(str(unfinished), config=SMALL_BLOCKS) as connection:
            connection.begin()
            _load(connection, package, rows)
            derived.add_pinyin(connection, derived.spelled_before(_others(target)))
            connection.commit()
            derived.add_views(connection, VIEWS)
            derived.add_macros(connection)
            connection.execute(
                "create table release as select $hash as content_hash, $version as version, $as_of::date as as_of",
                {"hash": target.stem, "version": package.version, "as_of": package.as_of},
            )
            built.seal(connection)
        if wrong := built.faults(unfinished, {name: len(found) for name, found in rows.items()}):
            raise durable.NoSpace(
                "建好的数据库读不回来（{tables}）：磁盘空间不足或磁盘有错，没有采用。".format(
                    tables="、".join(wrong) or target.name
                )
            )
        _keep(unfinished, target)
    return target


def _others(target: Path) -> list[Path]:
    """The files that were built before, the newest first of each: beside this one, of other releases, in the usual folder."""
    releases = target.parent.parent.parent.glob("*/built/*.duckdb")
    found = [
        path
        for folder in (
            target.parent.glob("*.duckdb"),
            releases if target.parent.name == "built" else (),
            BUILD_DIR.glob("*.duckdb"),
        )
        for path in sorted(folder, key=lambda path: path.stat().st_mtime, reverse=True)
    ]
    return [path for path in dict.fromkeys(found) if path != target]


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Where a file is made that is to become `target`; what was not kept is taken away."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for abandoned in target.parent.glob("*.tmp*"):
        # Left by a build that was killed; a build takes seconds, so an hour is safe.
        if time.time() - abandoned.stat().st_mtime > 3600:
            abandoned.unlink(missing_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)
        Path(f"{unfinished}.wal").unlink(missing_ok=True)


def _keep(unfinished: Path, target: Path) -> None:
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    Path(f"{target}.wal").unlink(missing_ok=True)
    unfinished.replace(target)


@contextmanager
def _room_needed(folder: Path) -> Iterator[None]:
    """Turns what DuckDB and the system say of a full disk or a folder that cannot be written to into `NotWritten`."""
    try:
        with durable.room_needed(folder):
            yield
    except duckdb.Error as error:
        words = str(error)
        if any(
            sign in words
            for sign in ("No space left", "File too large", "Could not write", "quota")
        ):
            raise durable.NoSpace(durable.NO_SPACE) from error
        if any(
            sign in words
            for sign in ("Permission denied", "Read-only file system", "Operation not permitted")
        ):
            raise durable.not_writable(folder) from error
        raise


def _load(connection: duckdb.DuckDBPyConnection, package: Package, rows: dict[str, Rows]) -> None:
    for table in package.in_load_order():
        connection.execute(_create_statement(package, table))
        if rows[table.name]:
            connection.register("cells", frame(table, rows[table.name]))
            columns = ", ".join(
                f"cast(nullif({c.name}, '') as {SQL_TYPES[c.type]})" for c in table.fields
            )
            connection.execute(f"insert into {table.name} select {columns} from cells")
            connection.unregister("cells")


def _create_statement(package: Package, table: Table) -> str:
    """The CREATE TABLE of a package entry. Names come from the package, never from data."""
    parts = []
    for column in table.fields:
        rules = column.constraints
        part = f"{column.name} {SQL_TYPES[column.type]}"
        if column.required:
            part += " not null"
        if "enum" in rules:
            words = ", ".join("'" + word.replace("'", "''") + "'" for word in rules["enum"])
            part += f" check ({column.name} in ({words}))"
        if "minimum" in rules:
            part += f" check ({column.name} >= {rules['minimum']})"
        if "maximum" in rules:
            part += f" check ({column.name} <= {rules['maximum']})"
        parts.append(part)
    parts.append(f"primary key ({', '.join(table.primary_key)})")
    parts += [f"check (coalesce(({check.condition}), true))" for check in table.row_checks]
    parts += [
        f"foreign key ({key.column}) references {key.table} ({key.target})"
        for key in table.foreign_keys
        # DuckDB cannot insert parent and child of one table at once; `key_problems` checks those.
        if key.table != table.name
    ]
    return f"create table {table.name} ({', '.join(parts)})"


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.data.build", description="检查 datasets/ 并建成 DuckDB 文件"
    )
    parser.add_argument("--check", action="store_true", help="只检查并打印数据报告，不写文件")
    parser.add_argument("--datasets", type=Path, default=DATASETS, help="数据文件夹")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            package, rows = read(options.datasets)
            if named := [*validation.person_problems(package, rows)]:
                raise BrokenDatasets(named[: validation.MAX_PROBLEMS])
            print(report(package, rows))
        else:
            print(build(options.datasets))
    except (BrokenDatasets, durable.NotWritten) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
