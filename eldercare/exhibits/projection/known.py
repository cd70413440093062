"""Both censuses of every place by cohort, and what they give for a year under one migration; sums of cities for all above a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from eldercare.exhibits import Facts
from eldercare.exhibits.projection import cohorts
from eldercare.exhibits.projection.cohorts import MIGRATIONS, Migration, People

REGION = "YRD"
BEFORE, NOW = date(2010, 11, 1), date(2020, 11, 1)
SEXES = ("male", "female")
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
    sexes: tuple[People, People]
    source_ids: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return all(people.complete for people in self.sexes)


@dataclass(frozen=True)
class Known:
    """All units in house order; places above them are sums, so that cities always add up to their province."""

    units: tuple[Unit, ...]

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
        return sum(
            cohorts.projected(people, survival, migration, age, years)
            for unit in self.parts(code)
            for people, survival in zip(unit.sexes, self.survival, strict=True)
        )

    def all_ways(self, code: str, age: int, years: float) -> dict[str, float]:
        """The same under each migration."""
        return {way: self.people(code, each, age, years) for way, each in MIGRATIONS.items()}


def known(facts: Facts) -> Known:
    """Every place with both censuses by age."""
    rows = facts.ask("projection_groups")
    return Known(tuple(_unit(part) for _code, part in rows.groupby("place_code", sort=False)))


def _unit(rows: pd.DataFrame) -> Unit:
    first: Any = next(rows.itertuples())
    ages = rows["age_from"].tolist()
    sexes = tuple(
        People(
            dict(zip(ages, rows[f"{sex}_2010"].tolist(), strict=True)),
            dict(zip(ages, rows[f"{sex}_2020"].tolist(), strict=True)),
        )
        for sex in SEXES
    )
    return Unit(
        first.place_code,
        first.short_name,
        first.level,
        first.parent_code,
        "" if pd.isna(first.boundary_note) else first.boundary_note,
        sexes,
        tuple(first.source_ids),
    )


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
