"""Places as people write them: 南京, 南京市, 江苏省南京市, 江苏南京, 松江, 上海市松江区, or a code. Equal names are a doubt."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict

from eldercare.difference import Row, Rows
from eldercare.intake.understood import Doubt, half_width
from eldercare.text import _

MOST_PROPOSALS = 300
# Words for any place of a kind: what looks like them is no proposal.
_GENERIC = re.compile(r"(本|全|市|省|州|区|县)*(辖区|本级|城区|郊区|市区|区县|[市区县省])")
_SEPARATORS = re.compile(r"[\s/\\,，、·>—-]+")


class Gazetteer:
    """Every way to write a place, from the rows of `places`. Groups and regions count only by their full names."""

    def __init__(self, places: Rows):
        self.by_code = {row["place_code"]: row for row in places}
        self._named: dict[str, set[str]] = defaultdict(set)
        # Of the districts and counties outside the delta the table holds a few: a bare name may mean one that is not in it.
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._likely: dict[str, str] = {}
        for row in places:
            if _needs_parent(row):
                for name in (row["name"], row["label"]):
                    self._bare[_key(name)].add(row["place_code"])
            for name in self._ways(row):
                self._named[_key(name)].add(row["place_code"])

    def code(self, raw: object, year: int | None = None) -> str:
        """The code of the place that a cell names ("" for an empty cell). Raises `Doubt`.

        `year` is the year spoken of: a place that existed then is accepted although it is gone now.
        """
        text = half_width(f"{raw:.0f}" if isinstance(raw, float) and raw == int(raw) else str("" if raw is None else raw))
        if text in ("", "-", "—", "/"):
            return ""
        if re.fullmatch(r"[0-9]{6}(0{6})?", text):
            if text[:6] not in self.by_code:
                raise Doubt(_("没有行政区划代码“{text}”").format(text=text))
            return self._standing({text[:6]}, text, year)
        if text in self.by_code:
            return text
        found = self._named.get(_key(text), set())
        if not found and (elsewhere := self._bare.get(_key(text))):
            words = _("别处也可能有“{text}”；长三角以外的区县请写明上级").format(text=text)
            raise Doubt(words, _(" 或 ").join(self._full(code) for code in sorted(elsewhere)))
        if not found:
            raise Doubt(_("没有找到地区“{text}”").format(text=text), self._proposal(text))
        return self._standing(found, text, year)

    def _proposal(self, text: str) -> str:
        """Places with a similar name; looked for at most a few hundred times per file, for it takes milliseconds."""
        if _GENERIC.fullmatch(text):
            return ""
        if text not in self._likely and len(self._likely) < MOST_PROPOSALS:
            near = difflib.get_close_matches(_key(text)[:30], self._named, n=3, cutoff=0.5)
            labels = dict.fromkeys(self.by_code[code]["label"] for name in near for code in sorted(self._named[name]))
            self._likely[text] = _(" 或 ").join(list(labels)[:3])
        return self._likely.get(text, "")

    def label(self, code: str) -> str:
        """The unique name of a place; the code itself when it is unknown."""
        return self.by_code[code]["label"] if code in self.by_code else code

    def written(self, code: str) -> str:
        """A name that leads back to the place: its label, or with its parent where the bare name is in doubt."""
        return self._full(code) if _needs_parent(self.by_code[code]) else self.label(code)

    def within(self, code: str, places: set[str]) -> bool:
        """Whether a place is one of `places` or lies in one of them."""
        while code:
            if code in places:
                return True
            code = self.by_code.get(code, {}).get("parent_code", "")
        return False

    def _standing(self, found: set[str], text: str, year: int | None) -> str:
        standing = {code for code in found if self._exists(self.by_code[code], year)}
        if len(standing) == 1:
            return standing.pop()
        if len(standing) > 1:
            labels = sorted(self.by_code[code]["label"] for code in standing)
            raise Doubt(_("“{text}”有{n}个同名地区，请写明上级").format(text=text, n=len(standing)), _(" 或 ").join(labels))
        gone = [self.by_code[code] for code in sorted(found)]
        heirs = [self.label(code) for row in gone for code in row["successor_codes"].split(";") if code]
        words = _("“{text}”已于{year}年撤销或更名").format(text=text, year=gone[0]["valid_to_year"])
        raise Doubt(words, _(" 或 ").join(dict.fromkeys(heirs)))

    @staticmethod
    def _exists(row: Row, year: int | None) -> bool:
        return not row["valid_to_year"] or (year is not None and year <= int(row["valid_to_year"]))

    def _ways(self, row: Row) -> set[str]:
        own = {row["label"], row["name"]}
        aliases = {alias for alias in row["aliases"].split(";") if alias}
        if row["level"] in ("group", "region", "country"):
            return own | aliases
        # An alias of one character (吉, 沪) is too short to be sure of.
        ways = own | {alias for alias in aliases if len(alias) > 1}
        if row["in_delta"] == "true" or row["level"] == "province":
            # Elsewhere the table holds few places, so a bare name may mean one that is not in it.
            ways.add(row["short_name"])
        if _needs_parent(row):
            ways = {alias for alias in aliases if self._under_parent(row, alias)}
        above = self.by_code.get(row["parent_code"])
        prefixes = set()
        while above and above["level"] in ("province", "city", "district", "county"):
            here = {above["name"], above["short_name"]}
            prefixes |= {name + prefix for name in here for prefix in prefixes | {""}}
            above = self.by_code.get(above["parent_code"])
        ways |= {prefix + name for prefix in prefixes for name in (row["name"], row["short_name"])}
        return ways

    def _under_parent(self, row: Row, name: str) -> bool:
        """Whether a name begins with that of a place above."""
        while row["parent_code"] in self.by_code:
            row = self.by_code[row["parent_code"]]
            if row["level"] in ("province", "city") and name.startswith((row["name"], row["short_name"])):
                return True
        return False

    def _full(self, code: str) -> str:
        row = self.by_code[code]
        return self.by_code[row["parent_code"]]["name"] + row["name"]


def _needs_parent(row: Row) -> bool:
    return row["in_delta"] != "true" and row["level"] in ("district", "county", "town")


def _key(name: str) -> str:
    return _SEPARATORS.sub("", half_width(name)).replace("(", "（").replace(")", "）")
