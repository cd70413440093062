"""What the built file holds besides the tables and views: rules with arguments, and names spelled in Latin letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd

from eldercare.data import built, pinyin
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


def spelled_before(built_files: Iterable[Path]) -> dict[str, str]:
    """Names and how they are spelled, as the first of these files that was spelled by the same rules has them: most of a list stays."""
    for path in built_files:
        with suppress(duckdb.Error), built.open_file(path) as connection:
            (rules,) = connection.execute(
                "select comment from duckdb_tables() where table_name = 'institution_pinyin'"
            ).fetchone() or (None,)
            if rules == _rules():
                return dict(
                    connection.execute(
                        "select words, spelled from institution_pinyin union all select words, spelled from place_pinyin"
                    ).fetchall()
                )
    return {}


def _rules() -> str:
    """What decides how a name is spelled."""
    return f"{sha256(Path(pinyin.__file__).read_bytes()).hexdigest()} {version('pypinyin')}"


def add_pinyin(connection: duckdb.DuckDBPyConnection, known: Mapping[str, str]) -> None:
    """The tables `institution_pinyin` and `place_pinyin`: an index to find names without a Chinese keyboard, not a fact.

    Only names that are not among the `known` ones are spelled: spelling is the most of the work of a large list.
    """
    _add_spelled(
        connection,
        known,
        "institution",
        "institution_id",
        "select institution_id, concat_ws(' ', name, replace(aliases, ';', ' '), became) from institutions "
        "left join (select institution_id, string_agg(became, ' ' order by date, home_event_id) as became "
        "from institution_events where kind = 'renamed' group by institution_id) using (institution_id) "
        "union all select institution_id, concat_ws(' ', name, replace(aliases, ';', ' ')) from demo_institutions",
    )
    _add_spelled(
        connection,
        known,
        "place",
        "place_code",
        "select place_code, concat_ws(' ', short_name, name) from places",
    )


def _add_spelled(
    connection: duckdb.DuckDBPyConnection,
    known: Mapping[str, str],
    subject: str,
    key: str,
    names: str,
) -> None:
    connection.execute(
        f"create table {subject}_pinyin ({key} varchar primary key, words varchar not null, spelled varchar not null)"
    )
    connection.execute(f"comment on table {subject}_pinyin is '{_rules()}'")
    rows = [
        (identifier, words, known.get(words) or pinyin.spelled(words))
        for identifier, words in connection.execute(names).fetchall()
    ]
    if rows:
        columns = [key, "words", "spelled"]
        connection.register("spelled_names", pd.DataFrame(rows, columns=columns, dtype="str"))
        connection.execute(f"insert into {subject}_pinyin select * from spelled_names")
        connection.unregister("spelled_names")
