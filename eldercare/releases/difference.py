"""What changed between two states of a table: rows new, changed field by field, gone; and the union of two lines of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Row = dict[str, str]
Rows = list[Row]
NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs. `fields` are (column, before, after); a new row has no before, a gone row no after.

    `line` is the line of the uploaded file it comes from, 0 when there is none.
    """

    table: str
    key: tuple[str, ...]
    kind: str
    fields: tuple[tuple[str, str, str], ...]
    line: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """A name that is unique within one difference, for choosing."""
        return f"{self.table}|{'|'.join(self.key)}|{self.kind}"


@dataclass(frozen=True)
class Conflict:
    """A cell that both sides changed, each to something else; `ours` stays."""

    table: str
    key: tuple[str, ...]
    column: str
    before: str
    ours: str
    theirs: str


def of_table(table: str, before: Rows, after: Rows, key: Sequence[str]) -> list[Change]:
    """The rows of `after` that are new or differ from `before`, and those that are gone, in the order of the files."""
    old, new = _by_key(before, key), _by_key(after, key)
    found = []
    for identity, row in new.items():
        was = old.get(identity)
        if was is None:
            found.append(
                Change(
                    table,
                    identity,
                    NEW,
                    tuple((n, "", v) for n, v in row.items() if v and not n.startswith("_")),
                )
            )
            continue
        columns = [*row, *(name for name in was if name not in row)]
        fields = tuple(
            (n, was.get(n, ""), row.get(n, ""))
            for n in columns
            if was.get(n, "") != row.get(n, "") and not n.startswith("_")
        )
        if fields:
            found.append(Change(table, identity, CHANGED, fields))
    for identity, row in old.items():
        if identity not in new:
            found.append(
                Change(
                    table,
                    identity,
                    GONE,
                    tuple((n, v, "") for n, v in row.items() if v and not n.startswith("_")),
                )
            )
    return found


def counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many rows are new, changed and gone, by table."""
    counted = Counter((change.table, change.kind) for change in changes)
    tables = dict.fromkeys(table for table, _kind in counted)
    return {
        table: {kind: counted[table, kind] for kind in (NEW, CHANGED, GONE)} for table in tables
    }


def merged(
    table: str, base: Rows, ours: Rows, theirs: Rows, key: Sequence[str]
) -> tuple[Rows, list[Conflict]]:
    """`ours` with everything that `theirs` changed since `base`; where both changed one cell, ours stays and is named."""
    rows = {identity: dict(row) for identity, row in _by_key(ours, key).items()}
    was = _by_key(base, key)
    conflicts: list[Conflict] = []
    for change in of_table(table, base, theirs, key):
        mine = rows.get(change.key)
        if change.kind == NEW:
            if mine is None:
                rows[change.key] = {name: value for name, _before, value in change.fields}
                continue
            differing = [(n, "", v) for n, _b, v in change.fields if mine.get(n, "") != v]
        elif mine is None:
            differing = [] if change.kind == GONE else list(change.fields)
        elif change.kind == GONE:
            if mine == was[change.key]:
                del rows[change.key]
                continue
            differing = [(n, b, "") for n, b, _v in change.fields if mine.get(n, "") != b][:1]
        else:
            differing = []
            for name, before, after in change.fields:
                if mine.get(name, "") == before:
                    mine[name] = after
                elif mine.get(name, "") != after:
                    differing.append((name, before, after))
        conflicts += [
            Conflict(table, change.key, n, b, (mine or {}).get(n, ""), v) for n, b, v in differing
        ]
    names = list(theirs[0]) if theirs else list(ours[0]) if ours else []
    return [{name: row.get(name, "") for name in names} for row in rows.values()], conflicts


def _by_key(rows: Rows, key: Sequence[str]) -> dict[tuple[str, ...], Row]:
    return {tuple(row.get(name, "") for name in key): row for row in rows}
