"""Where a row lies: what its cell of places says, beside its address and what the sheet, the title and the file name."""

from __future__ import annotations

from collections.abc import Callable

from eldercare.intake.decisions import ADDRESS, ELSEWHERE, SAME, TAKE, Decision
from eldercare.intake.places import OUTSIDE, Gazetteer
from eldercare.intake.records import Record
from eldercare.intake.understood import Doubt, one_line, read_once
from eldercare.releases.difference import Row


class Placing:
    """Reads places of rows; `of_homes` lie in one county and have an address. `choice` is what was decided on a column's words."""

    def __init__(
        self, gazetteer: Gazetteer, of_homes: bool, choice: Callable[[str, str], Decision | None]
    ):
        self.gazetteer, self.of_homes, self._choice = gazetteer, of_homes, choice
        self._code = read_once(gazetteer.code)

    def read(
        self, field: str, value: object, record: Record, stored: Row | None, year: int | None
    ) -> tuple[str, str]:
        """The code of the place ("" for none) and a note for the reader. Raises `Doubt`."""
        gazetteer = self.gazetteer
        address = record.raw.get("address")
        address = one_line(address) if isinstance(address, str) else ""
        try:
            code, note = self._named(field, value, address, year, record, stored)
        except Doubt as doubt:
            if doubt.topic:
                self._choice(field, doubt.topic)
            raise
        if code and self.of_homes:
            if gazetteer.by_code[code]["level"] in ("group", "region", "country"):
                raise Doubt(f"“{value}”不是一个机构所在的地区")
            if gazetteer.is_outside(code) and self._choice(field, OUTSIDE) is None:
                raise Doubt(f"“{value}”在长三角以外", topic=OUTSIDE)
            where = gazetteer.outside(address)
            if where and self._choice(field, OUTSIDE) is None:
                words = f"所在地区写的是{gazetteer.label(code)}，地址却在长三角以外（{where}）"
                raise Doubt(words, topic=OUTSIDE)
            if address:
                code = self._from_address(field, code, address, value == "")
        return code, note

    def _named(
        self,
        field: str,
        value: object,
        address: str,
        year: int | None,
        record: Record,
        stored: Row | None,
    ) -> tuple[str, str]:
        """The place that a cell names, or without one its address, and how that was found. Raises `Doubt`.

        Of several places that bear the name: that of the stored row, else that which the address, the sheet, the title or
        the file names.
        """
        gazetteer = self.gazetteer
        name, topic = value, ""
        if value == "":
            name = gazetteer.leading_homonym(address)
            topic = f"{SAME} {name}"
            if not name:
                code = gazetteer.leading(address)
                if not code and (where := gazetteer.outside(address)):
                    raise Doubt(f"地址在长三角以外（{where}）", topic=OUTSIDE)
                return code, ""
            if (choice := self._choice(field, topic)) is not None:
                name = choice.value
        try:
            return self._code(name, year), ""
        except Doubt as doubt:
            inside, _outside = gazetteer.bearers(name, year)
            if not inside:
                raise
            if stored is not None and stored.get(field) in inside:
                return stored[field], ""
            for near in (gazetteer.beside("地址", address, is_address=True), *record.near):
                code, where = gazetteer.decided(name, near, year)
                by = f"“{name}”不只一处，按{near.what}“{near.words}”"
                if code:
                    return code, f"{by}记作{gazetteer.full(code)}"
                if where:
                    raise Doubt(f"{by}在长三角以外（{where}）", topic=OUTSIDE) from None
            raise Doubt(doubt.reason, *doubt.options, topic=topic) from None

    def _from_address(self, field: str, code: str, address: str, alone: bool) -> str:
        """The place of a home whose address names its county, or another place than its own column, once that is decided."""
        gazetteer = self.gazetteer
        finer = gazetteer.finer(code, address)
        same = finer == code or gazetteer.within(code, {finer})
        if same and not alone:
            return code
        topic = ADDRESS if gazetteer.within(finer, {code}) else ELSEWHERE
        choice = self._choice(field, topic)
        if choice is None:
            here, there = gazetteer.label(code), gazetteer.label(finer)
            words = {
                ADDRESS: f"没有写所在地区，地址写明了{there}"
                if alone
                else f"所在地区只写到{here}，地址写明了{there}",
                ELSEWHERE: f"所在地区写的是{here}，地址却在{there}",
            }[topic]
            raise Doubt(words, there, topic=topic)
        return finer if choice.action == TAKE else code
