"""Places as people write them: 南京, 南京市, 江苏省南京市, 江苏南京, 松江, 上海市松江区, or a code. Equal names are a doubt.

A name that other places bear too (通州区, 鼓楼区) is a doubt until what stands beside it decides. Nothing is proposed because
it is spelt alike: 成都 lies outside of the delta and is not 莲都区.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from eldercare.intake.understood import Doubt, half_width
from eldercare.releases.difference import Row, Rows

# What all places outside of the delta have in common: one decision for all of them.
OUTSIDE = "#outside"
LONGEST = 16
_GENERIC = re.compile(r"(本|全|市|省|州|区|县)*(辖区|本级|城区|郊区|市区|区县|[市区县省])")
_SEPARATORS = re.compile(r"[\s/\\,，、·>—-]+")
_ZONE = re.compile(
    r".*(高新|经开|开发|新区|新城|新站|工业园|园区|集中区|示范区|度假|港区|商务区|风景|名胜|科技城|保税|功能区|实验区|自贸|片区|管委会).*"
)
_ENDING = re.compile(r"(自治州|自治县|地区|市|区|县|州|盟|旗)$")
# A street is called 徐州街, never 徐州市街.
_WHOLE = re.compile(r"(自治州|自治县|地区|省|市|区|县|盟|旗)$")
_BELOW = ("county", "district", "zone")


@dataclass(frozen=True)
class Near:
    """The places that something beside a cell names: `what` it is (地址, 文件名), its `words`; those outside of the delta in words."""

    what: str
    words: str
    places: frozenset[str]
    elsewhere: frozenset[str]


class Gazetteer:
    """Every way to write a place, from the rows of `places`; `elsewhere` are names outside of the delta.

    Groups and regions count only by their full names.
    """

    def __init__(self, places: Rows, elsewhere: Rows = ()):
        self.by_code = {row["place_code"]: row for row in places}
        self._named: dict[str, set[str]] = defaultdict(set)
        # Of the districts and counties outside the delta the table holds a few: a bare name may mean one that is not in it.
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._counties: dict[str, dict[str, str]] = defaultdict(dict)
        self._outside: dict[str, list[str]] = defaultdict(list)
        self._outside_whole: dict[str, str] = {}
        # 通州 may be written for every place that has any ending behind it.
        self._outside_stems: dict[str, list[str]] = defaultdict(list)
        self._above: dict[str, set[str]] = {}
        for row in places:
            if _needs_parent(row):
                for name in (row["name"], row["label"]):
                    self._bare[_key(name)].add(row["place_code"])
            for name in self._ways(row):
                self._named[_key(name)].add(row["place_code"])
            if row["in_delta"] == "true" and not row["valid_to_year"]:
                self._stems[_ENDING.sub("", _key(row["name"]))].add(row["place_code"])
                if row["level"] in _BELOW:
                    self._counties[row["parent_code"]][_key(row["name"])] = row["place_code"]
        for row in elsewhere:
            above = row["city"] or (row["province"] if row["province"] != row["name"] else "")
            for name in {row["name"], row["short_name"]}:
                self._outside[_key(name)].append(above + row["name"])
            self._outside_whole.setdefault(_key(row["name"]), above + row["name"])
            self._outside_stems[_ENDING.sub("", _key(row["name"]))].append(above + row["name"])
            self._above[above + row["name"]] = {
                above + row["name"],
                row["province"] + row["city"],
                row["province"],
            }

    def code(self, raw: object, year: int | None = None) -> str:
        """The code of the place that a cell names ("" for an empty cell). Raises `Doubt`.

        `year` is the year spoken of: a place that existed then is accepted although it is gone now.
        """
        text = half_width(
            f"{raw:.0f}"
            if isinstance(raw, float) and raw == int(raw)
            else str("" if raw is None else raw)
        )
        if text in ("", "-", "—", "/"):
            return ""
        if re.fullmatch(r"[0-9]{6}(0{6})?", text):
            if text[:6] not in self.by_code:
                raise Doubt(f"没有行政区划代码“{text}”")
            return self._standing({text[:6]}, text, year)
        if text in self.by_code:
            return text
        if found := self._named.get(_key(text), set()):
            return self._standing(found, text, year)
        raise self._unknown(text)

    def _unknown(self, text: str) -> Doubt:
        """Why a name is no place of ours, with what it could be."""
        key = _key(text)
        known = [self.full(code) for code in sorted(self._bare.get(key, ()))]
        if known and key not in self._outside:
            return Doubt(f"别处也可能有“{text}”；长三角以外的区县请写明上级", *known, topic=OUTSIDE)
        if key in self._outside:
            where = "、".join(dict.fromkeys(self._outside[key]))
            return Doubt(f"“{text}”在长三角以外（{where}）", *known, topic=OUTSIDE)
        if _GENERIC.fullmatch(text):
            return Doubt(f"没有找到地区“{text}”")
        same = sorted(self._stems.get(_ENDING.sub("", key), ()))
        if same and not _ZONE.fullmatch(key):
            return Doubt(f"没有找到地区“{text}”", *(self.label(code) for code in same))
        inside, rest = self.split(text)
        if _ZONE.fullmatch(rest):
            # 滨湖新区 is not in 滨湖区: the short name of an urban district says nothing about a zone.
            inside = (
                inside if self.by_code.get(inside, {}).get("name", "")[-1:] in ("市", "县") else ""
            )
            words = "“{text}”是开发区或新区，不是行政区划；请按所在的市、县（市、区）记"
            return Doubt(words.format(text=text), self.label(inside) if inside else "")
        if inside:
            words = "“{text}”写得比县（市、区）还细；乡镇、街道请写在地址里"
            return Doubt(words.format(text=text), self.label(inside))
        if outside := self._leading_outside(key):
            return Doubt(f"“{text}”在长三角以外（{outside}）", topic=OUTSIDE)
        return Doubt(f"没有找到地区“{text}”")

    def bearers(self, text: object, year: int | None = None) -> tuple[list[str], list[str]]:
        """The places that a bare name could mean: codes, and in words those outside of the delta. Both empty when it is but one."""
        key = _key(half_width(str(text)))
        here = sorted(
            code for code in self._named.get(key, ()) if self._exists(self.by_code[code], year)
        )
        if not any(self.by_code[code]["in_delta"] == "true" for code in here):
            return ([], []) if len(here) < 2 else (here, [])
        is_whole = any(key == _key(self.by_code[code]["name"]) for code in here)
        there = [] if is_whole else self._outside_stems.get(key, [])
        there = list(dict.fromkeys([*self._outside.get(key, ()), *there]))
        return (here, there) if len(here) + len(there) > 1 else ([], [])

    def beside(self, what: str, words: str, is_address: bool = False) -> Near:
        """What a text beside a cell says of places: all that it names; of an address the one it begins with, in full (南京路)."""
        key, at = _key(words[:200]), 0
        places, elsewhere = set(), set()
        while at < len(key) and not (is_address and at):
            step = 1
            for length in range(min(len(key) - at, LONGEST), 1, -1):
                part = key[at : at + length]
                here = [c for c in self._named.get(part, ()) if self._exists(self.by_code[c], None)]
                if not here and part not in self._outside:
                    continue
                if is_address and not _WHOLE.search(part):
                    break
                if not self.bearers(part)[0]:
                    places.update(here)
                    elsewhere.update(self._outside.get(part, ()))
                step = length
                break
            at += step
        return Near(what, words, frozenset(places), frozenset(elsewhere))

    def decided(self, text: object, near: Near, year: int | None = None) -> tuple[str, str]:
        """Which bearer of a name something beside it decides for: its code, or the words of one outside; both "" for neither."""
        inside, outside = self.bearers(text, year)
        here = [
            code
            for code in inside
            if self.within(code, set(near.places))
            or any(self.within(p, {code}) for p in near.places)
        ]
        there = [words for words in outside if near.elsewhere & self._above[words]]
        if len(here) == 1 and not there:
            return here[0], ""
        return ("", there[0]) if there and not here else ("", "")

    def leading(self, text: str) -> str:
        """The place of the delta that a text begins with, the longest name that is one place only; "" for none."""
        code, rest = self.split(text)
        key = _key(text)
        return "" if code and self.bearers(key[: len(key) - len(rest)])[0] else code

    def leading_homonym(self, text: str) -> str:
        """The name of several places that a text begins with; "" where it begins with another name or none."""
        key = _key(text)
        for length in range(min(len(key), LONGEST), 1, -1):
            if key[:length] in self._named:
                return key[:length] if self.bearers(key[:length])[0] else ""
        return ""

    def split(self, text: str) -> tuple[str, str]:
        """The place of the delta that a text begins with, and what stands behind it."""
        key = _key(text)
        for length in range(min(len(key), LONGEST), 1, -1):
            named = self._named.get(key[:length])
            found = named and {code for code in named if self._exists(self.by_code[code], None)}
            if found and len(found) == 1:
                (code,) = found
                row = self.by_code[code]
                is_inside = row["in_delta"] == "true" and row["level"] in (
                    "province",
                    "city",
                    *_BELOW,
                )
                return (code, key[length:]) if is_inside else ("", key)
        return "", key

    def outside(self, text: str) -> str:
        """Where an address that begins with a place outside of the delta leads; "" for any other.

        Only whole names count: streets are called 广州路 and 中山路 everywhere.
        """
        key = _key(text)
        lengths = range(min(len(key), LONGEST), 1, -1)
        found = next(filter(None, (self._outside_whole.get(key[:n]) for n in lengths)), "")
        return "" if not found or self.leading_homonym(text) or self.leading(text) else found

    def _leading_outside(self, key: str) -> str:
        for length in range(min(len(key), LONGEST), 1, -1):
            if found := self._outside.get(key[:length]):
                return found[0]
        return ""

    def finer(self, code: str, address: str) -> str:
        """The county or district that an address names within a city (or a municipality): `code` itself for none.

        Another place of the delta that the address begins with is returned as it is: the two contradict each other.
        """
        found = self.split(address)[0]
        if found and not self.within(found, {code}) and not self.within(code, {found}):
            return found
        if found and found != code and self.within(found, {code}):
            return found
        rest = _key(address)
        for length in range(min(len(rest), LONGEST), 1, -1):
            if found and code in self._named.get(rest[:length], ()):
                rest = rest[length:]
                break
        for length in range(min(len(rest), LONGEST), 1, -1):
            if county := self._counties.get(code, {}).get(rest[:length]):
                return county
        return code

    def lowest(self, places: Set[str]) -> list[str]:
        """Those of some places that hold none of the others."""
        return [
            code
            for code in sorted(places)
            if not any(other != code and self.within(other, {code}) for other in places)
        ]

    def label(self, code: str) -> str:
        """The unique name of a place; the code itself when it is unknown."""
        return self.by_code[code]["label"] if code in self.by_code else code

    def written(self, code: str) -> str:
        """A name that leads back to the place: its label, or with its parent where the bare name is in doubt."""
        doubtful = _needs_parent(self.by_code[code]) or self.bearers(self.label(code))[0]
        return self.full(code) if doubtful else self.label(code)

    def names(self) -> dict[str, str]:
        """For every place the name that leads back to it, by its code."""
        return {code: self.written(code) for code in self.by_code}

    def city_of(self, code: str) -> str:
        """The city, or the municipality, that a place is or lies in; "" for a province or a place above."""
        while code and (row := self.by_code.get(code)):
            if row["level"] == "city" or code == "310000":
                return code
            code = row["parent_code"]
        return ""

    def is_outside(self, code: str) -> bool:
        """Whether a place of the table lies outside of the delta, or is none that lies anywhere."""
        return self.by_code[code]["in_delta"] != "true"

    def within(self, code: str, places: set[str]) -> bool:
        """Whether a place is one of `places` or lies in one of them."""
        while code:
            if code in places:
                return True
            code = self.by_code.get(code, {}).get("parent_code", "")
        return False

    def _standing(self, found: set[str], text: str, year: int | None) -> str:
        here, there = self.bearers(text, year)
        if here:
            options = sorted(self.written(code) for code in here)
            words = "、".join([*options, *(f"{words}（长三角以外）" for words in there)])
            raise Doubt(f"“{text}”不只一处：{words}；请写明上级", *options)
        standing = {code for code in found if self._exists(self.by_code[code], year)}
        if standing:
            return standing.pop()
        gone = [self.by_code[code] for code in sorted(found)]
        heirs = [
            self.label(code) for row in gone for code in row["successor_codes"].split(";") if code
        ]
        words = "“{text}”已于{year}年撤销或更名".format(text=text, year=gone[0]["valid_to_year"])
        raise Doubt(words, *heirs, certain=True)

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
            if row["level"] in ("province", "city") and name.startswith(
                (row["name"], row["short_name"])
            ):
                return True
        return False

    def full(self, code: str) -> str:
        """The name of a place behind that of the place above it."""
        row = self.by_code[code]
        return self.by_code.get(row["parent_code"], {"name": ""})["name"] + row["name"]


def _needs_parent(row: Row) -> bool:
    return row["in_delta"] != "true" and row["level"] in ("district", "county", "town")


def _key(name: str) -> str:
    """A name without separators and widths; characters that only look like others are those others."""
    return (
        unicodedata.normalize("NFKC", _SEPARATORS.sub("", half_width(name)))
        .replace("(", "（")
        .replace(")", "）")
    )
