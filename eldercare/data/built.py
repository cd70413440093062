"""The built file: opened locked and read-only, and proven to hold what went into it.

DuckDB may close a file without a word when its last write found no room, and opens one that was cut off later. So a
build ends with a checkpoint and a list of what is in each table, and nobody uses a file before it was read against that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "1GB",
    "lock_configuration": "true",
}


def open_file(path: Path) -> duckdb.DuckDBPyConnection:
    """A locked read-only instance of one built file."""
    return duckdb.connect(str(path), read_only=True, config=SETTINGS)


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Ends a build: the table `contents` says how many rows each table has and what they are, and all is on disk."""
    connection.execute(
        "create table contents (name varchar primary key, rows bigint not null, fingerprint ubigint)"
    )
    connection.executemany(
        "insert into contents values (?, ?, ?)",
        [(name, *told) for name, told in _contents(connection).items()],
    )
    connection.execute("force checkpoint")


def faults(path: Path, expected: Mapping[str, int] | None = None) -> list[str]:
    """Names of the tables that are not what was built, or do not have the number of rows expected; [""] when it cannot be read."""
    try:
        with open_file(path) as connection:
            listed, found = _listed(connection), _contents(connection)
    except duckdb.Error:
        return [""]
    wrong = {name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name)}
    wrong |= {
        name
        for name, rows in (expected or {}).items()
        if name not in found or found[name][0] != rows
    }
    return sorted(wrong)


def unanswered(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the tables that do not answer with the number of rows that was built; [""] when nothing answers."""
    try:
        with connection.cursor() as cursor:
            listed = _listed(cursor)
            parts = [f"select '{name}' as name, count(*) as rows from {name}" for name in listed]
            found = dict(cursor.execute(f"{' union all '.join(parts)} order by name").fetchall())
    except duckdb.Error:
        return [""]
    return sorted(name for name, (rows, _mark) in listed.items() if found.get(name) != rows)


def _listed(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int | None]]:
    return {
        name: (rows, mark)
        for name, rows, mark in connection.execute("from contents order by name").fetchall()
    }


def _contents(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int | None]]:
    """Rows and fingerprint of every table but `contents` itself, read whole."""
    of_ours = "select table_name from duckdb_tables() where not internal and table_name <> 'contents' order by table_name"
    names = [name for (name,) in connection.execute(of_ours).fetchall()]
    parts = [
        f"select '{name}' as name, count(*) as rows, bit_xor(hash(t)) as fingerprint from {name} t"
        for name in names
    ]
    found = connection.execute(f"{' union all '.join(parts)} order by name").fetchall()
    return {name: (rows, mark) for name, rows, mark in found}
