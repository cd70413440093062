"""Which stored row a line of the file speaks of: by number, by name and place, by likeness after a question."""

from __future__ import annotations

from collections import defaultdict

from eldercare.intake import forms, home_events, names
from eldercare.intake.context import Context
from eldercare.intake.decisions import KEEP, LEAVE, TAKE, Decided
from eldercare.intake.findings import ERROR, WARNING, Checked, Finding, Line
from eldercare.releases.difference import Row

STAND_IN = "?"
# Decisions on a likeness go by the name and place of the line.
LIKE = "institution_id"
Key = tuple[str, ...]


def as_asked(name: str, place: str, context: Context) -> str:
    """How the question whether a home of the list is a stored one names it; its answer is found by these words."""
    return f"{name}（{context.gazetteer.label(place)}）"


class Matcher:
    """Finds the stored row of each line; remembers which stored rows the file speaks of."""

    def __init__(self, checked: Checked, context: Context, source: Row | None, decided: Decided):
        self.checked, self.context, self.source, self.decided = checked, context, source, decided
        self.form = checked.form
        stored = context.rows(self.form.name)
        self.by_key = {self.key_of(row): row for row in stored}
        self.natural: dict[Key, Row] = {}
        for row in stored:
            self.natural.setdefault(self.natural_of(row), row)
        self.seen: dict[Key, int] = {}
        self.new: dict[Key, int] = {}
        self.is_homes = self.form.name == "institutions"
        self.ended = home_events.ended(context) if self.is_homes else {}
        self._whole: dict[str, list[Row]] = defaultdict(list)
        self._rest: dict[str, list[Row]] = defaultdict(list)
        self._lines: dict[str, Line] = {}
        for row in stored if self.is_homes else ():
            self._remember(row)
        self.unmatched: list[int] = []

    def key_of(self, row: Row) -> Key:
        return tuple(row[name] for name in self.form.table.primary_key)

    def natural_of(self, row: Row) -> Key:
        """What makes a row the same thing where the file gives no number."""
        source = row.get("source_id") or (self.source or {}).get("source_id") or STAND_IN
        default = forms.DEFAULTS.get(self.form.name, {})
        return tuple(
            source if n == "source_id" else "".join((row.get(n) or default.get(n, "")).split())
            for n in self.form.natural
        )

    def stored(self, line: Line) -> Row | None:
        """The stored row of a line, or None for a new one. A second line for the same row is an error."""
        row = self._stored(line)
        if row is None and self.is_homes and self.natural_of(line.cells) not in self.new:
            row = self._alike(line)
        if not line.good:
            self.reserve(line)
            return None
        key, known = (
            (self.key_of(row), self.seen)
            if row is not None
            else (self.natural_of(line.cells), self.new)
        )
        if key in known:
            words = f"与{self.checked.place_of(known[key])}是同一条，请只留一行"
            self.find(line, ERROR, words)
        known.setdefault(key, line.number)
        if row is not None and self.is_homes and (event := self.ended.get(row["institution_id"])):
            self.find(
                line,
                WARNING,
                f"记录为{home_events.in_words(event, self.context)}，又在表里：请核对",
            )
        return row

    def reserve(self, line: Line) -> None:
        """A line that cannot be taken still stands for its stored row; one that stands for none known might stand for any."""
        row = self._stored(line)
        named = (
            line.cells.get("name") or line.written.get(self.form.column("name").title, "")
            if self.is_homes
            else ""
        )
        rows = [row] if row is not None else self.named(named)
        for found in rows:
            self.seen.setdefault(self.key_of(found), line.number)
        if not rows:
            self.unmatched.append(line.number)

    def reserve_name(self, name: str, number: int) -> None:
        """A row that was left out by a decision keeps the homes of its name from being gone."""
        for found in self.named(name) if self.is_homes else ():
            self.seen.setdefault(self.key_of(found), number)

    def named(self, name: str) -> list[Row]:
        """The stored homes that a name could be written for, wherever they are."""
        if not name or not self.is_homes:
            return []
        whole, rest = names.bare(name, self.context.gazetteer)
        return [
            *{
                self.key_of(row): row
                for row in (*self._whole.get(whole, ()), *self._rest.get(rest, ()))
            }.values()
        ]

    def _stored(self, line: Line) -> Row | None:
        if self.form.key and line.cells.get(self.form.key):
            return self.by_key[(line.cells[self.form.key],)]
        if not all(
            line.cells.get(name) or name in forms.DEFAULTS.get(self.form.name, {})
            for name in self.form.natural[:2]
        ):
            return None
        found = self.natural.get(self.natural_of(line.cells))
        if found is not None and line.good and self.form.key:
            titles = "、".join(self.form.table.field(name).title for name in self.form.natural)
            self.find(line, WARNING, f"没有编号，按{titles}对应到 {found[self.form.key]}")
        return found

    def _alike(self, line: Line) -> Row | None:
        """The stored home that a decision says this one is; a question where a name is only written in another way."""
        name, place = line.cells.get("name", ""), line.cells.get("place_code", "")
        if not name or not place:
            return None
        written = as_asked(name, place, self.context)
        choice = self.decided.get((LIKE, written))
        if choice is not None and choice.action == TAKE and (choice.value,) in self.by_key:
            return self.by_key[(choice.value,)]
        if choice is not None and choice.action == LEAVE:
            line.good = False
            self.checked.left.append((line.number, name))
            return None
        whole, rest = names.bare(name, self.context.gazetteer)
        near, far = self._candidates(line, place, whole, rest)
        twin = self._lines.setdefault(f"{rest}|{place}", line)
        if choice is not None and choice.action == KEEP:
            return None
        if near:
            like = "、".join(
                f"{row['institution_id']} {row['name']}（{self.context.gazetteer.label(row['place_code'])}）"
                for row in near
            )
            reason = f"和已有的{like}只差写法，可能是同一家"
            self._ask(line, written, reason, tuple(row["institution_id"] for row in near))
        elif twin is not line:
            words = "和{place}的“{name}”只差写法，可能是同一家".format(
                place=self.checked.place_of(twin.number), name=twin.cells["name"]
            )
            self._ask(line, written, words, ())
        elif far:
            row = far[0]
            words = "可能与 {id} {name}（{place}）重复；若是同一家，请填它的编号"
            place_words = self.context.gazetteer.label(row["place_code"])
            self.find(
                line,
                WARNING,
                words.format(id=row["institution_id"], name=row["name"], place=place_words),
                row["institution_id"],
            )
        return None

    def _candidates(
        self, line: Line, place: str, whole: str, rest: str
    ) -> tuple[list[Row], list[Row]]:
        """Stored homes whose name is written alike: those around the same place, and those elsewhere with the same whole name."""
        gazetteer = self.context.gazetteer
        near: dict[Key, Row] = {}
        far: list[Row] = []
        for row in (*self._whole.get(whole, ()), *self._rest.get(rest, ())):
            other = row["place_code"]
            same = gazetteer.within(place, {other}) or gazetteer.within(other, {place})
            city = gazetteer.city_of(place)
            if same or (
                row in self._whole.get(whole, ()) and city and city == gazetteer.city_of(other)
            ):
                near.setdefault(self.key_of(row), row)
            elif row in self._whole.get(whole, ()):
                far.append(row)
        return [
            row
            for key, row in near.items()
            if key not in self.seen or self.seen[key] == line.number
        ], far

    def _remember(self, row: Row) -> None:
        for name in filter(None, (row["name"], *row.get("aliases", "").split(";"))):
            whole, rest = names.bare(name, self.context.gazetteer)
            self._whole[whole].append(row)
            self._rest[rest].append(row)

    def _ask(self, line: Line, written: str, reason: str, options: tuple[str, ...]) -> None:
        self.checked.spoil(
            line,
            Finding(
                ERROR,
                line.number,
                self.form.table.field("name").title,
                written,
                reason,
                options,
                LIKE,
            ),
        )

    def find(self, line: Line, level: str, reason: str, proposal: str = "") -> None:
        said = line.cells.get("name") or line.cells.get("title", "")
        self.checked.spoil(
            line, Finding(level, line.number, "", said, reason, (proposal,) if proposal else ())
        )
