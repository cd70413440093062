"""The tables after accepted changes: numbers for new rows, a source and a quote for every one, and what hangs on rows that go."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from eldercare.data.catalogue import Table
from eldercare.intake import forms, parties, units, wording
from eldercare.intake.context import Context
from eldercare.intake.findings import Line
from eldercare.intake.proposing import Proposal
from eldercare.intake.understood import Doubt
from eldercare.releases.difference import CHANGED, GONE, NEW, Change, Row, Rows

Identity = tuple[str, ...]
# The word of a list for who built and who runs a home, beside the class it was counted in.
WORDS_OF = {"ownership": "运营性质（原文）"}


def tables_after(
    proposal: Proposal, accepted: list[Change], context: Context, source: Row | None
) -> dict[str, Rows]:
    """The changed tables. `source` is the row of `sources` for changes that name none of their own."""
    form = proposal.checked.form
    tables: dict[str, Rows] = {form.name: [dict(row) for row in context.rows(form.name)]}
    key = form.table.primary_key
    places = {tuple(row[name] for name in key): i for i, row in enumerate(tables[form.name])}
    numbers = _Numbers(tables, context)
    claims = _Claims(tables, context)
    gone = {change.key for change in accepted if change.kind == GONE}
    for change in accepted:
        if change.kind == GONE:
            continue
        row = dict(proposal.rows[change.name])
        if change.kind == NEW:
            numbers.add(change.table, row)
        if (line := proposal.lines.get(change.name)) is None:
            continue
        if change.kind == NEW:
            claims.keep_words(form.name, row, line)
            _companions(tables, context, form.name, row, line)
        else:
            claims.keep(form.name, change)
            claims.keep_words(form.name, row, line)
            tables[form.name][places[change.key]] = row
    if source and source["source_id"] not in {row["source_id"] for row in context.rows("sources")}:
        tables["sources"] = [*context.rows("sources"), source]
    if gone:
        remove(tables, context, form.name, gone)
    return tables


def lines_of(
    proposal: Proposal, accepted: list[Change], tables: Mapping[str, Rows], context: Context
) -> dict[str, dict[Identity, Line]]:
    """Which line each new or changed row comes from, by table and key; rows that hang on one come from the same."""
    form = proposal.checked.form
    key = form.table.primary_key
    found = {
        change.key: proposal.lines[change.name] for change in accepted if change.kind == CHANGED
    }
    new = [
        proposal.lines[change.name]
        for change in accepted
        if change.kind == NEW and change.table == form.name
    ]
    own = tables[form.name][len(tables[form.name]) - len(new) :]
    found |= {tuple(row[name] for name in key): line for row, line in zip(own, new, strict=True)}
    by_table = {form.name: found}
    for name, rows in tables.items():
        table = context.package.table(name)
        reference = next((k.column for k in table.foreign_keys if k.table == form.name), "")
        if name != form.name and reference and len(key) == 1:
            known = {tuple(row[n] for n in table.primary_key) for row in context.rows(name)}
            by_table[name] = {
                identity: found[(row[reference],)]
                for row in rows
                if (row[reference],) in found
                and (identity := tuple(row[n] for n in table.primary_key)) not in known
            }
    return by_table


def correction_tables(
    proposal: Proposal, context: Context, reason: str, day: str
) -> dict[str, Rows]:
    """The tables after one corrected cell, with the line in `corrections` that says so. The source of the row stays."""
    (change,) = proposal.changes
    form = proposal.checked.form
    key = form.table.primary_key
    rows = [
        proposal.rows[change.name] if tuple(r[n] for n in key) == change.key else r
        for r in context.rows(form.name)
    ]
    log = [dict(row) for row in context.rows("corrections")]
    keys = series("CO", [row["correction_id"] for row in log])
    for title, before, after in wording.of_change(change, context, proposal.rows[change.name]):
        log.append(
            {
                "correction_id": next(keys),
                "corrected_on": day,
                "table_name": form.name,
                "row_id": " ".join(change.key),
                "before": f"{title}：{before or ('（空）')}",
                "after": f"{title}：{after or ('（空）')}",
                "reason": reason,
            }
        )
    return {form.name: rows, "corrections": log}


def series(prefix: str, used: Iterable[str]) -> Iterator[str]:
    """The next numbers after those used, like IN023, IN024."""
    numbers = [
        int(found[1]) for words in used if (found := re.fullmatch(rf"{prefix}([0-9]+)", words))
    ]
    return (f"{prefix}{number:03d}" for number in itertools.count(max(numbers, default=0) + 1))


class _Numbers:
    """New rows at the end of their tables, with the next number of each."""

    def __init__(self, tables: dict[str, Rows], context: Context):
        self.tables, self.context = tables, context
        self.keys: dict[str, Iterator[str]] = {}

    def add(self, table: str, row: Row) -> None:
        """Adds a row without a number to a table."""
        rows = _changeable(self.tables, self.context, table)
        key = self.context.package.table(table).primary_key
        if len(key) == 1:
            if table not in self.keys:
                self.keys[table] = series(forms.PREFIX[table], [stored[key[0]] for stored in rows])
            row[key[0]] = next(self.keys[table])
        elif key[-1] in forms.KEPT_OUT:
            # Numbered within what the row hangs on: parties of an agreement, units of a task.
            used = [
                int(stored[key[-1]])
                for stored in rows
                if all(stored[name] == row[name] for name in key[:-1])
            ]
            row[key[-1]] = str(max(used, default=0) + 1)
        rows.append(row)


class _Claims:
    """What an institution was said to have before stays as a claim, with its date and source."""

    def __init__(self, tables: dict[str, Rows], context: Context):
        self.tables, self.context = tables, context
        rows = context.rows("institution_claims")
        self.fields = [column.name for column in context.package.table("institution_claims").fields]
        self.noted = {(row["institution_id"], row["field"], row["value_text"]) for row in rows}
        self.keys = series("IC", (row["claim_id"] for row in rows))
        self.institutions = context.by_key("institutions")

    def keep(self, table: str, change: Change) -> None:
        """Adds a claim for every value of an institution that changes."""
        if table != "institutions":
            return
        was = self.institutions[change.key[0]]
        for name, before, _after in change.fields:
            column = self.context.package.table("institutions").field(name)
            bookkeeping = name in forms.KEPT_OUT or name in (
                "date",
                "source_id",
                "quote",
                "note",
                "lon",
                "lat",
            )
            if bookkeeping or not before or (was["institution_id"], name, before) in self.noted:
                continue
            claim = dict.fromkeys(self.fields, "") | {
                n: was[n] for n in self.fields if n in was and n != "note"
            }
            claim |= {
                "claim_id": next(self.keys),
                "field": name,
                "value_text": before,
                "unit": column.unit or "",
            }
            claim["value"] = before if column.type in ("integer", "number") else ""
            self._add(claim)

    def keep_words(self, table: str, row: Row, line: Line) -> None:
        """Adds a claim for every word of the file that was taken for another: what the list says, as it says it."""
        if table != "institutions":
            return
        for name, words in line.kept.items():
            title = WORDS_OF[name]
            if (row["institution_id"], title, words) not in self.noted:
                claim = dict.fromkeys(self.fields, "") | {
                    n: row[n] for n in self.fields if n in row and n != "note"
                }
                self._add(
                    claim | {"claim_id": next(self.keys), "field": title, "value_text": words}
                )

    def _add(self, claim: Row) -> None:
        _changeable(self.tables, self.context, "institution_claims").append(claim)


def _companions(
    tables: dict[str, Rows], context: Context, table: str, row: Row, line: Line
) -> None:
    if table == "agreements" and line.cells.get("parties"):
        rows = _changeable(tables, context, "agreement_parties")
        names = [column.name for column in context.package.table("agreement_parties").fields]
        rows += parties.rows(row["agreement_id"], line.cells["parties"], context.gazetteer, names)
    if table == "tasks":
        names = [column.name for column in context.package.table("task_units").fields]
        _changeable(tables, context, "task_units").extend(units.rows(row, line.cells, names))
    if table == "events":
        rows = _changeable(tables, context, "event_places")
        for role, words in (("place", row["place_text"]), ("party", row["parties"])):
            codes = dict.fromkeys(
                filter(None, (_code(part, context) for part in re.split(r"[;；、,，]", words)))
            )
            rows += [
                {"event_id": row["event_id"], "place_code": code, "role": role} for code in codes
            ]


def _code(words: str, context: Context) -> str:
    """The place that a part of a free text names; the text itself stays in any case."""
    try:
        return context.gazetteer.code(words)
    except Doubt:
        return ""


def dependants(
    context: Context, table: str, identities: Iterable[Identity]
) -> dict[Identity, Counter[str]]:
    """How many rows of other tables go with each of these rows, by table."""
    hanging: dict[str, Mapping[Identity, list[tuple[str, Identity]]]] = {}

    def going(name: str, identity: Identity) -> dict[tuple[str, Identity], None]:
        if name not in hanging:
            hanging[name] = _hanging(context, name)
        found: dict[tuple[str, Identity], None] = {}
        for row in hanging[name].get(identity, ()):
            found |= {row: None, **going(*row)}
        return found

    return {
        identity: Counter(name for name, _identity in going(table, identity) if name != table)
        for identity in identities
    }


def remove(
    tables: dict[str, Rows], context: Context, table: str, identities: Collection[Identity]
) -> None:
    """Takes rows out, with the rows that cannot stand without them; where a reference may be empty it becomes empty."""
    own = context.package.table(table)
    tables[table] = [
        row
        for row in _changeable(tables, context, table)
        if _identity_of(row, own) not in identities
    ]
    for other, column, is_bound in _references(context, table):
        present = tables[other.name] if other.name in tables else context.rows(other.name)
        hanging = {_identity_of(row, other) for row in present if (row[column],) in identities}
        if hanging and is_bound:
            remove(tables, context, other.name, hanging)
        elif hanging:
            for row in _changeable(tables, context, other.name):
                if (row[column],) in identities:
                    row[column] = ""


def _changeable(tables: dict[str, Rows], context: Context, table: str) -> Rows:
    """The rows of a table that may be written to: a copy, made once."""
    if table not in tables:
        tables[table] = [dict(row) for row in context.rows(table)]
    return tables[table]


def _hanging(context: Context, table: str) -> Mapping[Identity, list[tuple[str, Identity]]]:
    """Table and key of the rows that cannot stand without a row of this table, by its key."""
    found: dict[Identity, list[tuple[str, Identity]]] = defaultdict(list)
    for other, column, is_bound in _references(context, table):
        for row in context.rows(other.name) if is_bound else ():
            found[(row[column],)].append((other.name, _identity_of(row, other)))
    return found


def _references(context: Context, table: str) -> Iterator[tuple[Table, str, bool]]:
    """The columns of other tables that name rows of this one, and whether such a column must not be empty."""
    own = context.package.table(table)
    for other in context.package.tables:
        for key in other.foreign_keys:
            if key.table == table and (key.target,) == own.primary_key:
                yield (
                    other,
                    key.column,
                    other.field(key.column).required or key.column in other.primary_key,
                )


def _identity_of(row: Row, table: Table) -> Identity:
    return tuple(row[name] for name in table.primary_key)
