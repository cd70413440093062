"""What a planner sets for a trial: which beds, for whom, within what reach, and how he takes people to travel. Nothing of it is a fact."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from eldercare.exhibits.projection.plan import Impossible
from eldercare.measures import quantity

HOMES, WELFARE, ENTERED, FILED, DEMO = (
    "beds_total",
    "welfare_beds",
    "entered",
    "filed_beds",
    "demo_beds",
)
# One kind of supply each; nothing adds two of them.
SUPPLIES = {
    HOMES: "上海养老机构床位",
    WELFARE: "县域社会福利床位",
    ENTERED: "自填床位",
    FILED: "单位报送的机构床位",
    DEMO: "演示名单床位",
}
AGES = {"60岁及以上": 60, "80岁及以上": 80}
REACHES = {
    "本县（市、区）": "place",
    "本市": "city",
    "本市与结对地区": "paired",
    "全部收录地区": "all",
}
# Suggestions to begin with, not findings: each stands on the page and in the link.
DETOUR, SPEED, MINUTES, LIMIT = 1.3, 40.0, 60.0, 50.0
# The pairs across water are known up to 400 km: farther than the fastest goes in the longest time.
FASTEST, LONGEST, MOST_ROUNDABOUT = 120, 180, 5
MOST_BEDS, MOST_PLACES = 1_000_000, 100
NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
OWN = re.compile(r"(?P<place>\d{6})=(?P<beds>\d{1,7})")
LINE = re.compile(r"(?P<place>.+?)[\s,，:：]+(?P<beds>[+\-−－]?\d[\d,，]*(?:\.\d+)?)\s*张?")


@dataclass(frozen=True)
class Trial:
    """One run: a kind of supply, the age of those it is for, two reaches to compare, assumptions on the way, a limit in percent.

    `own`: place code and beds of what a reader entered, for that kind of supply only.
    """

    supply: str = HOMES
    age: int = 60
    narrow: str = "place"
    wide: str = "all"
    detour: float = DETOUR
    speed: float = SPEED
    minutes: float = MINUTES
    fading: bool = False
    limit: float = LIMIT
    own: tuple[tuple[str, float], ...] = field(default=())

    @property
    def parameters(self) -> dict[str, Any]:
        """As the questions name them."""
        return {
            "measure": self.supply,
            "age": self.age,
            "wide": self.wide,
            "detour": float(self.detour),
            "speed": float(self.speed),
            "minutes": float(self.minutes),
            "decay": self.fading,
            "own": [f"{code}:{beds:g}" for code, beds in self.own],
        }

    @property
    def assumed(self) -> str:
        """The assumptions in one breath."""
        how = "随距离递减" if self.fading else "不递减"
        return f"假设绕行{self.detour:g}倍、时速{self.speed:g}公里、{self.minutes:g}分钟以内、{how}"

    @property
    def reaches(self) -> str:
        words = {code: name for name, code in REACHES.items()}
        return f"{words[self.narrow]}→{words[self.wide]}"

    @property
    def told(self) -> str:
        """What tells it from another in a list."""
        return f"{SUPPLIES[self.supply]}，{self.age}岁及以上，{self.reaches}，{self.assumed}"

    @property
    def words(self) -> str:
        """The trial as it stands behind a chart in the address of a deck; `read` reads it."""
        own = "+".join(f"{code}={beds:g}" for code, beds in self.own)
        numbers = (f"{n:g}" for n in (self.detour, self.speed, self.minutes, self.limit))
        fading = str(int(self.fading))
        return ":".join([self.supply, str(self.age), self.narrow, self.wide, *numbers, fading, own])

    @property
    def problem(self) -> str:
        """Why this cannot be reckoned and how to mend it, "" where it can."""
        order = list(REACHES.values())
        numbers = (self.detour, self.speed, self.minutes, self.limit)
        if not all(math.isfinite(number) for number in numbers):
            return "绕行系数、时速、时限和上限要填数字。"
        if not 1 <= self.detour <= MOST_ROUNDABOUT:
            return f"绕行系数要在1至{MOST_ROUNDABOUT}之间：路程不会比直线短。"
        if not 0 < self.speed <= FASTEST:
            return f"时速要大于0、不超过{FASTEST}公里：时速为0哪里也到不了。"
        if not 0 < self.minutes <= LONGEST:
            return f"时限要大于0、不超过{LONGEST}分钟。"
        if not 0 <= self.limit <= 100:
            return "上限是百分比，要在0至100之间。"
        if order.index(self.narrow) >= order.index(self.wide):
            return "放宽以后的范围要大于原来的范围，例如从“本县（市、区）”到“全部收录地区”。"
        if self.supply == ENTERED and not self.own:
            return "还没有床位：在“自填床位”里每行写一个县（市、区）和床位数，例如“吴江区 500”。"
        return ""


USUAL = Trial()


def read(words: str) -> Trial:
    """The trial that an address names. Raises `Impossible`."""
    parts = words.split(":")
    if len(parts) != 10:
        raise Impossible(
            f"试算“{words[:40]}”应写成 床位:年龄:原范围:放宽到:绕行:时速:时限:上限:递减:自填，例如 {USUAL.words}"
        )
    supply, age, narrow, wide, *numbers, fading, own = parts
    for word, known in (
        (supply, SUPPLIES),
        (age, map(str, AGES.values())),
        (narrow, REACHES.values()),
        (wide, REACHES.values()),
        (fading, "01"),
    ):
        if word not in (offered := list(known)):
            raise Impossible(f"试算里没有“{word[:20]}”；可用：{'、'.join(offered)}")
    told = [OWN.fullmatch(each) for each in filter(None, own.split("+"))]
    if not all(map(NUMBER.fullmatch, numbers)) or not all(told):
        raise Impossible(f"试算“{words[:40]}”里的数要写成 1.3、40 这样，自填床位写成 320509=500")
    beds = tuple((each["place"], float(each["beds"])) for each in told)
    detour, speed, minutes, limit = map(float, numbers)
    found = Trial(
        supply, int(age), narrow, wide, detour, speed, minutes, fading == "1", limit, beds
    )
    if found.problem:
        raise Impossible(found.problem)
    return found


def entered(words: str, known: pd.DataFrame) -> tuple[tuple[tuple[str, float], ...], list[str]]:
    """The beds that were typed or pasted, a place and a number in each line, and what is wrong with the lines that are left out.

    `known` are the rows of `access_places`; a place stands by its name, short name, label, alias or code.
    """
    found: dict[str, float] = {}
    wrong = []
    lines = [line.strip() for line in re.split(r"[\n;；]", words) if line.strip()]
    for line in lines[:MOST_PLACES]:
        code, beds, fault = _line(line, known)
        if not fault and code in found:
            fault = "这个地区前面已经写过，只用前一行"
        if fault:
            wrong.append(f"“{line[:30]}”：{fault}。")
        else:
            found[code] = beds
    if len(lines) > MOST_PLACES:
        wrong.append(f"最多{MOST_PLACES}行，后面的{len(lines) - MOST_PLACES}行没有采用。")
    return tuple(found.items()), wrong


def _line(line: str, known: pd.DataFrame) -> tuple[str, float, str]:
    told = LINE.fullmatch(line)
    if told is None:
        return "", 0, "要写地区和床位数，例如“吴江区 500”"
    digits = re.sub("[,，+]", "", told["beds"]).replace("−", "-").replace("－", "-")
    beds = float(digits)
    if not 0 < beds <= MOST_BEDS or beds != int(beds):
        return "", 0, f"床位要是大于0、不超过{quantity(MOST_BEDS)}的整数"
    places = known[[_is_called(told["place"].strip(), row) for row in known.itertuples()]]
    if len(places) > 1:
        return "", 0, f"有{len(places)}个同名地区，请写“{'”或“'.join(places['label'])}”"
    if places.empty:
        return "", 0, "不在可以填写的县（市、区）之内；请写到县（市、区），不写城市"
    row = next(places.itertuples())
    if not row.counted:
        return "", 0, "没有第七次全国人口普查（2020年）的老年人口，请写普查时的地区"
    return row.place_code, beds, ""


def _is_called(name: str, row: Any) -> bool:
    aliases: Sequence[str] = row.aliases.split(";") if isinstance(row.aliases, str) else ()
    return name in (row.place_code, row.name, row.short_name, row.label, *aliases)
