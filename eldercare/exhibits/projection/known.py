"""Both censuses of every place by cohort, and what they give for a year under one migration; sums of cities for all above a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from eldercare.exhibits import Facts
from eldercare.exhibits.projection import cohorts
from eldercare.exhibits.projection.cohorts import MIGRATIONS, Migration, People

REGION = "YRD"
BEFORE, NOW = date(2010, 11, 1), date(2020, 11, 1)
# Columns of the question: those of a unit in the order of its fields, then those of each group.
COLUMNS = (
    "place_code",
    "short_name",
    "level",
    "parent_code",
    "boundary_note",
    "source_ids",
    "age_from",
    "male_2010",
    "female_2010",
    "male_2020",
    "female_2020",
)
OF_UNIT = range(6)
# What stands in the address of a deck and in a table, in the order in which they are drawn.
NAMES = {code: migration.name for code, migration in MIGRATIONS.items()}
DISTRICT = "district"
BASIS = "推算：Hamilton–Perry 队列变化率，2010、2020年两次人口普查分年龄表（2020年区划）"


@dataclass(frozen=True)
class Unit:
    """A city, Shanghai or one of its districts: what is projected by its own ratios."""

    code: str
    name: str
    level: str
    parent: str
    note: str
    source_ids: tuple[str, ...]
    sexes: tuple[People, People]

    @property
    def complete(self) -> bool:
        return all(people.complete for people in self.sexes)


class Known:
    """All units in house order; places above them are sums, so that cities always add up to their province.

    What was reckoned once is kept: it changes only with the censuses.
    """

    def __init__(self, units: Sequence[Unit]):
        self.units = units
        self._kept: dict[tuple[str, str, int, float], float] = {}

    @cached_property
    def survival(self) -> tuple[dict[int, float], dict[int, float]]:
        """Of men and of women: the ratio of the delta as a whole, districts counted once, within Shanghai."""
        whole = [unit for unit in self.units if unit.level != DISTRICT and unit.complete]
        men, women = zip(*(unit.sexes for unit in whole), strict=True)
        return cohorts.staying(men), cohorts.staying(women)

    def parts(self, code: str) -> Sequence[Unit]:
        """The units that a place consists of: itself, the cities of a province, all of the delta."""
        own = [unit for unit in self.units if unit.code == code]
        return own or [
            unit
            for unit in self.units
            if unit.level != DISTRICT and (code == REGION or unit.parent == code)
        ]

    def lacking(self, code: str) -> str:
        """Why a place cannot be projected; empty when it can."""
        parts = self.parts(code)
        if not parts:
            return "没有2010、2020年两次普查同一区划的分年龄人口"
        bare = "、".join(unit.name for unit in parts if not unit.complete)
        return f"{bare}的40岁及以上各五岁组在两次普查里不全或为0，算不出比率" if bare else ""

    def sources(self, code: str) -> list[str]:
        """What the numbers of a place rest on, the newer census first."""
        return sorted(
            {source for unit in self.parts(code) for source in unit.source_ids}, reverse=True
        )

    def counted(self, code: str, age: int, now: bool = True) -> float:
        """Residents of an age and above in the census of 2020, or that of 2010."""
        return sum(
            cohorts.upward(people.now if now else people.before, age)
            for unit in self.parts(code)
            for people in unit.sexes
        )

    def people(self, code: str, migration: Migration, age: int, years: float) -> float:
        """Residents of an age and above so many years after the census of 2020."""
        asked = (code, migration.name, age, years)
        if asked not in self._kept:
            self._kept[asked] = sum(
                cohorts.projected(people, survival, migration, age, years)
                for unit in self.parts(code)
                for people, survival in zip(unit.sexes, self.survival, strict=True)
            )
        return self._kept[asked]

    def all_ways(self, code: str, age: int, years: float) -> dict[str, float]:
        """The same under each migration."""
        return {way: self.people(code, each, age, years) for way, each in MIGRATIONS.items()}


def known(facts: Facts) -> Known:
    """Every place with both censuses by age; the same value as long as the censuses are the same."""
    rows = facts.ask("projection_groups").fillna({"boundary_note": ""})
    rows["source_ids"] = rows["source_ids"].map(tuple)
    return _known(tuple(zip(*(rows[name].tolist() for name in COLUMNS), strict=True)))


@lru_cache(maxsize=4)
def _known(rows: tuple[tuple[Any, ...], ...]) -> Known:
    return Known(tuple(_unit(list(part)) for _unit_, part in groupby(rows, itemgetter(*OF_UNIT))))


def _unit(rows: list[tuple[Any, ...]]) -> Unit:
    """One place from its rows, a group each."""
    ages, *counts = list(zip(*rows, strict=True))[len(OF_UNIT) :]
    men_before, women_before, men, women = (dict(zip(ages, each, strict=True)) for each in counts)
    return Unit(*rows[0][: len(OF_UNIT)], (People(men_before, men), People(women_before, women)))


def amount(value: float, unit: str) -> str:
    """One number of a scenario: no more digits than it bears (422万人, 31.4万人, 2.31万张, 812张)."""
    scale, words, digits = _scale(value)
    return f"{value / scale:,.{digits}f}{words}{unit}"


def span(values: Sequence[float], unit: str) -> str:
    """The lowest to the highest of several scenarios: 397—466万人; one word where they do not differ in its digits."""
    low, high = min(values), max(values)
    scale, words, digits = _scale(high)
    ends = [f"{value / scale:,.{digits}f}" for value in (low, high)]
    return f"约{ends[1]}{words}{unit}" if ends[0] == ends[1] else f"{'—'.join(ends)}{words}{unit}"


def _scale(value: float) -> tuple[float, str, int]:
    if value >= 5e7:
        return 1e8, "亿", 2
    if value >= 1_000:
        return 1e4, "万", 0 if value >= 1e6 else 1 if value >= 1e5 else 2
    return 1, "", 0
