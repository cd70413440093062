"""What a planner chooses: whose migration goes on, a year, a standard, beds of his own; as words of an address, checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from eldercare.exhibits.projection.cohorts import DAMPED, MIGRATIONS, Migration
from eldercare.measures import number

YEARS = (2025, 2030, 2035, 2040)
BEDS = {"institution": "beds_institution", "eldercare": "beds_eldercare"}
BED_WORDS = {"institution": "机构养老床位", "eldercare": "养老床位（来源未限定范围）"}
RESIDENT, REGISTERED = "常住", "户籍"
# People of which ages a rate holds for, and its words; one rate is for all above 60.
BANDS = ((60, 70, "60—69岁"), (70, 80, "70—79岁"), (80, None, "80岁及以上"))
WHOLE = ((60, None, "60岁及以上"),)
# More than one bed for each person is a slip of the pen.
MOST_RATE, MOST_BEDS = 1_000, 10_000_000
_NUMBER = re.compile(r"(-?\d+(?:,\d{3})*(?:\.\d+)?)(万?)(?:张(?:/千人)?)?")


class Impossible(ValueError):
    """What was entered cannot be reckoned with; the message says what and how to mend it."""


@dataclass(frozen=True)
class Plan:
    """One scenario with its standard. `rates` are beds per 1,000 people, one for all above 60 or one for each of `BANDS`; none is preset."""

    migration: str = "damped"
    year: int = 2035
    rates: tuple[float, ...] = ()
    beds: str = "institution"
    own: float | None = None
    base: str = RESIDENT

    @property
    def moving(self) -> Migration:
        return MIGRATIONS.get(self.migration, DAMPED)

    @property
    def bands(self):
        return WHOLE if len(self.rates) == 1 else BANDS

    @property
    def standard(self) -> str:
        """每千名60岁及以上常住人口40张, or the rate of each band."""
        if len(self.rates) == 1:
            return f"每千名60岁及以上{self.base}人口{number(self.rates[0])}张"
        told = [
            f"{words}{number(rate)}张"
            for (_from, _to, words), rate in zip(BANDS, self.rates, strict=True)
        ]
        return f"每千名{self.base}人口：{'、'.join(told)}"

    @property
    def told(self) -> str:
        """What tells it from another in a list."""
        return f"{self.year}年 {self.standard}"

    @property
    def words(self) -> str:
        """The plan as it stands behind a chart in the address of a deck; `read` reads it."""
        rates = "/".join(map(_digits, self.rates))
        own = "" if self.own is None else _digits(self.own)
        return ":".join([self.migration, str(self.year), rates, self.beds, own])


def read(words: str) -> Plan:
    """The plan that an address names. Raises `Impossible`."""
    parts = words.split(":")
    if len(parts) != 5:
        raise Impossible(
            f"情景“{words[:40]}”应写成 迁移:年份:标准:床位:现有床位，例如 damped:2035:40:institution:"
        )
    migration, year, rates, beds, own = parts
    if migration not in MIGRATIONS:
        raise Impossible(f"没有“{migration[:20]}”这种迁移；可用：{'、'.join(MIGRATIONS)}")
    if year not in map(str, YEARS):
        raise Impossible(f"没有“{year[:20]}”这一年；可用：{'、'.join(map(str, YEARS))}")
    if beds not in BEDS:
        raise Impossible(f"没有“{beds[:20]}”这种床位；可用：{'、'.join(BEDS)}")
    return Plan(migration, int(year), standard(rates), beds, owned(own))


def standard(words: str) -> tuple[float, ...]:
    """One rate, or three behind strokes (60—69/70—79/80+); none where nothing was entered. Raises `Impossible`."""
    parts = [part for part in _plain(words).split("/")] if words.strip() else []
    if len(parts) not in (0, 1, 3):
        raise Impossible(
            f"标准“{words[:20]}”要么是一个数（每千名60岁及以上多少张），要么是三个数，用“/”分开（60—69岁/70—79岁/80岁及以上）"
        )
    found = tuple(_amount(part, "标准", MOST_RATE, "每千人的床位") for part in parts)
    if found and not any(found):
        raise Impossible("标准是0，算不出需要；请写大于0的数")
    return found


def owned(words: str) -> float | None:
    """Beds as a person writes them: 12,000, 1.2万张; None where nothing was entered. Raises `Impossible`."""
    return _amount(_plain(words), "现有床位", MOST_BEDS, "床位") if words.strip() else None


def _plain(words: str) -> str:
    """Full-width digits and signs as half-width ones, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def _digits(value: float) -> str:
    """A number as `_amount` reads it: never 1.7218e+06."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _amount(words: str, what: str, most: float, unit: str) -> float:
    found = _NUMBER.fullmatch(words)
    if not found:
        raise Impossible(f"{what}“{words[:20]}”不是数字；请写成 40 或 1.2万 这样的数")
    value = float(found[1].replace(",", "")) * (10_000 if found[2] else 1)
    if value < 0:
        raise Impossible(f"{what}“{words[:20]}”是负数；请写0或大于0的数")
    if value > most:
        raise Impossible(f"{what}“{words[:20]}”超过{number(most)}；请核对，{unit}不会这么多")
    return value
