"""Hamilton–Perry on five-year groups: the arithmetic alone, in persons and years, for anyone to check.

A group is called by its lowest age: 40 is 40–44, and 85 is open, 85 and above. `Counts` are persons of one sex by group.
A cohort-change ratio holds for ten years, the time between two censuses, and is called by the age that is reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, DECADE = 5, 10
OPEN = 85
GROUPS = tuple(range(40, OPEN + 1, WIDTH))
REACHED = tuple(age for age in GROUPS if age - DECADE in GROUPS)
# Above this age ten years on stand in the open group: these groups are one cohort.
JOINED = OPEN - DECADE

Counts = Mapping[int, float]
Ratios = Mapping[int, float]


@dataclass(frozen=True)
class Migration:
    """How much of what a place's ratio has over survival goes on: a share for each of the two decades."""

    name: str
    shares: tuple[float, float]


CONTINUED = Migration("迁移延续", (1.0, 1.0))
DAMPED = Migration("迁移减半", (0.5, 0.25))
NONE = Migration("不计迁移", (0.0, 0.0))
MIGRATIONS = {"damped": DAMPED, "continued": CONTINUED, "none": NONE}


@dataclass(frozen=True)
class People:
    """One sex of one place in both censuses, on the same bounds."""

    before: Counts
    now: Counts

    @property
    def complete(self) -> bool:
        """Whether every group is there and none is empty: a ratio over nobody is none."""
        return all(counts.get(age, 0) > 0 for counts in (self.before, self.now) for age in GROUPS)


def ratios(people: People) -> dict[int, float]:
    """Persons of the second census over the same cohort ten years before; of the open group over all aged 75 and above."""
    closed = {age: people.now[age] / people.before[age - DECADE] for age in REACHED[:-1]}
    return {**closed, OPEN: people.now[OPEN] / upward(people.before, JOINED)}


def staying(everywhere: Sequence[People]) -> dict[int, float]:
    """Survival as the ratio of all places together, at most 1: what moves between them cancels out, what comes from outside does not."""
    whole = People(
        {age: sum(each.before[age] for each in everywhere) for age in GROUPS},
        {age: sum(each.now[age] for each in everywhere) for age in GROUPS},
    )
    return {age: min(1.0, ratio) for age, ratio in ratios(whole).items()}


def toward(own: Ratios, survival: Ratios, share: float) -> dict[int, float]:
    """The ratios of a place with only a share of what they have above (or below) survival."""
    return {age: survival[age] + share * (own[age] - survival[age]) for age in own}


def upward(counts: Counts, age: int) -> float:
    """All of the groups from an age on."""
    return sum(persons for group, persons in counts.items() if group >= age)


def decade_on(counts: Counts, ratio: Ratios) -> dict[int, float]:
    """The same cohorts ten years later."""
    reached = [age for age in REACHED if age != OPEN and age - DECADE in counts]
    closed = {age: counts[age - DECADE] * ratio[age] for age in reached}
    return {**closed, OPEN: upward(counts, JOINED) * ratio[OPEN]}


def above(counts: Counts, ratio: Ratios, age: int, years: float) -> float:
    """Persons of an age and above after `years` (0 to 10), cohort by cohort: each changes by its ratio to the power years / 10.

    After 5 years that is the geometric mean of the cohort's size before and after the decade. A group that is only partly
    beyond the age counts by its part, as if its people were spread evenly over its five years.
    """
    total = 0.0
    for group, persons in counts.items():
        part = min(1.0, max(0.0, (group + WIDTH + years - age) / WIDTH))
        total += persons * part * ratio[min(group + DECADE, OPEN)] ** (years / DECADE)
    return total


def projected(
    people: People, survival: Ratios, migration: Migration, age: int, years: float
) -> float:
    """Persons of an age (60 to 80) and above so many years (0 to 20) after the second census."""
    own = ratios(people)
    first, second = (toward(own, survival, share) for share in migration.shares)
    if years <= DECADE:
        return above(people.now, first, age, years)
    return above(decade_on(people.now, first), second, age, years - DECADE)
