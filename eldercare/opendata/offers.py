"""What there is to take: every open table and question, with its words, its parameters and what has to be asked for by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eldercare import store
from eldercare.data import catalogue
from eldercare.data.build import VIEWS
from eldercare.data.catalogue import Table
from eldercare.data.derived import MACROS
from eldercare.opendata import parameters
from eldercare.opendata.parameters import DECLARED, DEMO, FACETS, IN_QUESTION, Parameter
from eldercare.store import QUERIES

OPEN, DEMO_ONLY, THROUGH = "open", "demo", "through "
_READS = re.compile(r"\b(?:from|join)\s+([a-z_]+)")
_ASKS = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")
# Columns of a table that its rows may be chosen by.
_CHOSEN_BY = ("string", "boolean")


@dataclass(frozen=True)
class Offer:
    """A table or a question: `kind` is tables or questions, `declared` what may be asked of it, `reads` the tables it rests on."""

    kind: str
    name: str
    title: str
    declared: tuple[Parameter, ...]
    reads: frozenset[str]

    @property
    def paged(self) -> tuple[Parameter, ...]:
        """Every parameter of its address."""
        common = (DEMO, parameters.UNVERIFIED, parameters.LIMIT, parameters.OFFSET)
        own = {each.name for each in self.declared}
        return (*self.declared, *(each for each in common if each.name not in own))

    @property
    def needed(self) -> str:
        """What an address of it must say at least, as its part behind the “?”."""
        demo = [("demo", "true")] if is_demo(self) else []
        asked = [(each.name, each.example) for each in self.declared if each.required]
        return "&".join(f"{name}={value}" for name, value in [*asked, *demo])


@lru_cache(maxsize=1)
def package() -> catalogue.Package:
    """The description of the tables that this program has: what is open is its word, whatever release is in service."""
    return catalogue.read_package()


def open_tables() -> dict[str, Table]:
    """The tables that are given as they are, by name."""
    return {t.name: t for t in package().tables if t.open_data in (OPEN, DEMO_ONLY)}


def tables() -> dict[str, Offer]:
    """The open tables by name."""
    return {
        name: Offer("tables", name, table.title, _columns(table), frozenset({name}))
        for name, table in open_tables().items()
    }


@lru_cache(maxsize=1)
def questions() -> dict[str, Offer]:
    """The open questions by name: those whose every table is open and whose every parameter is declared."""
    known = open_tables().keys()
    names = [path.stem for path in sorted(QUERIES.glob("*.sql"))]
    return {name: _question(name) for name in names if reads(name) <= known and _is_declared(name)}


def offered() -> dict[str, dict[str, Offer]]:
    return {"tables": tables(), "questions": questions()}


def is_demo(offer: Offer) -> bool:
    """Whether all of it is fictitious."""
    return offer.kind == "tables" and open_tables()[offer.name].open_data == DEMO_ONLY


def arguments(offer: Offer, values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of the question file that the values of an address mean."""
    asked = _asked(offer.name)
    found = {name: values[name] for name in asked if name in values}
    if "chosen" in asked:
        found["chosen"] = {facet.name: values[facet.name] for facet in FACETS}
        found["chosen"]["ended"] = ["也列出"] if values["ended"] else None
    return found | dict.fromkeys({"first", "start"} & set(asked), 0)


def _is_declared(name: str) -> bool:
    known = {*DECLARED, *parameters.DERIVED, "chosen", "demo"}
    return set(_asked(name)) <= known


def _question(name: str) -> Offer:
    title = store.sql(name).splitlines()[0].removeprefix("-- ")
    declared: list[Parameter] = []
    for asked in _asked(name):
        if asked == "chosen":
            declared += [*FACETS, parameters.ENDED]
        elif asked == "demo":
            declared.append(DEMO)
        elif asked not in parameters.DERIVED:
            declared.append(IN_QUESTION.get((name, asked), DECLARED[asked]))
    return Offer("questions", name, title, tuple(declared), reads(name))


def _asked(name: str) -> Sequence[str]:
    return tuple(dict.fromkeys(_ASKS.findall(_COMMENT.sub("", store.sql(name)))))


def _columns(table: Table) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(column.name, column.title, "boolean")
        if column.type == "boolean"
        else Parameter(column.name, column.title, many=True, most=200)
        for column in table.fields
        if column.type in _CHOSEN_BY and not column.name.endswith(("note", "quote", "text"))
    )


@lru_cache(maxsize=256)
def reads(name: str) -> frozenset[str]:
    """The tables of the datasets that a question reads, itself or through the rules it shares; not those that a rule guards."""
    rules = {path.stem: path for folder in (VIEWS, MACROS) for path in folder.glob("*.sql")}
    guards = {table.name: table.open_data.removeprefix(THROUGH) for table in package().tables}
    waiting, seen, found = [(name, store.sql(name))], set(), set()
    while waiting:
        rule, sql = waiting.pop()
        named = set(_READS.findall(_COMMENT.sub("", sql).lower()))
        found |= {table for table in named & guards.keys() if guards[table] != rule}
        waiting += [(r, rules[r].read_text(encoding="utf-8")) for r in named & rules.keys() - seen]
        seen |= named
    return frozenset(found)
