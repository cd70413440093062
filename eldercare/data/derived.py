"""What the built file holds besides the tables and views: rules with arguments, and names spelled in Latin letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from eldercare.data import pinyin
from eldercare.data.catalogue import ROOT

MACROS = ROOT / "queries" / "macros"


def code() -> list[Path]:
    """The files that decide what is added here."""
    return [Path(__file__), Path(pinyin.__file__), *sorted(MACROS.glob("*.sql"))]


def add_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Each file of the folder, a rule several questions share, becomes a table.

    What is built never changes, so neither does its answer; as a view it was planned anew in each question, which took
    most of the time of most questions.
    """
    _add(connection, folder, lambda name, text: f"create table {name} as {text}")


def add_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Each file of `queries/macros/` becomes a table macro: a view that takes the arguments its third line names."""

    def macro(name: str, text: str) -> str:
        (line,) = (line for line in text.splitlines() if line.startswith("-- Arguments: "))
        return f"create macro {name}({line.removeprefix('-- Arguments: ')}) as table {text}"

    _add(connection, MACROS, macro)


def _add(
    connection: duckdb.DuckDBPyConnection, folder: Path, statement: Callable[[str, str], str]
) -> None:
    """Makes something of each file; of one that reads another after that one."""
    waiting = sorted(folder.glob("*.sql"))
    while waiting:
        later = []
        for path in waiting:
            try:
                connection.execute(statement(path.stem, path.read_text(encoding="utf-8")))
            except duckdb.CatalogException:
                later.append(path)
                if len(later) == len(waiting):
                    raise
        waiting = later


def add_pinyin(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `institution_pinyin` and `place_pinyin`: an index to find names without a Chinese keyboard, not a fact."""
    _add_spelled(
        connection,
        "institution",
        "institution_id",
        "select institution_id, concat_ws(' ', name, replace(aliases, ';', ' '), became) from institutions "
        "left join (select institution_id, string_agg(became, ' ' order by date, home_event_id) as became "
        "from institution_events where kind = 'renamed' group by institution_id) using (institution_id) "
        "union all select institution_id, concat_ws(' ', name, replace(aliases, ';', ' ')) from demo_institutions",
    )
    _add_spelled(
        connection,
        "place",
        "place_code",
        "select place_code, concat_ws(' ', short_name, name) from places",
    )


def _add_spelled(connection: duckdb.DuckDBPyConnection, subject: str, key: str, names: str) -> None:
    connection.execute(
        f"create table {subject}_pinyin ({key} varchar primary key, spelled varchar not null)"
    )
    rows = [
        (identifier, pinyin.spelled(words))
        for identifier, words in connection.execute(names).fetchall()
    ]
    if rows:
        connection.register(
            "spelled_names", pd.DataFrame(rows, columns=[key, "spelled"], dtype="str")
        )
        connection.execute(f"insert into {subject}_pinyin select {key}, spelled from spelled_names")
        connection.unregister("spelled_names")
