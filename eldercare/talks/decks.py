"""A deck is data: an audience or a list of exhibits, one release and one date, in an address or a small file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from eldercare.exhibits import (
    LISTED,
    Exhibit,
    Facts,
    Missing,
    access,
    ageing,
    beds,
    coverage,
    groups,
    headline,
    institutions,
    ladder,
    pairing,
    places,
    projection,
    summary,
    targets,
    tasks,
    timeline,
    wanted,
)
from eldercare.exhibits.ageing import changes
from eldercare.exhibits.pairing import candidates
from eldercare.exhibits.projection import method, need, plan
from eldercare.measures import FIRST_DAY, LAST_DAY

REGION, PROVINCE, CITY, PAIR, GROUP, OWN = "region", "province", "city", "pair", "group", "own"
AUDIENCES = {
    REGION: "长三角",
    PROVINCE: "一个省（市）",
    CITY: "一个城市",
    PAIR: "一对地区",
    GROUP: "组合地区",
    OWN: "自选图表",
}
MOST = 80
# Places of an exhibit about a group: two or more, at most as many as an address holds.
MANY, LARGEST = -1, 60
TILES = ";tiles"
CODE = re.compile(r"YRD|\d{6}")
FILE_KIND = "eldercare-deck/1"


@dataclass(frozen=True)
class Maker:
    """An exhibit that can stand in a deck: its public name, what it is about, how many places it needs (`MANY`: two or more), and how many plans.

    A plan is what a planner chose on a page of that name, which puts such an exhibit into a deck; `read` reads its words.
    """

    title: str
    make: Callable[..., Exhibit | Missing]
    places: int = 0
    plans: int = 0
    page: str = "人口情景"
    read: Callable[[str], Any] = plan.read


MAKERS: dict[str, Maker] = {
    "headline": Maker("名单、备忘录与2021年任务", headline.stands),
    "basics": Maker("人口、机构与床位的基本数", headline.basics),
    "wanted": Maker("待补充的数据", wanted.first),
    "larger_changes": Maker("变化较大的地区", changes.larger),
    "share_map": Maker("60岁及以上占比", ageing.shares),
    "share_map_65": Maker("65岁及以上占比", lambda facts: ageing.shares(facts, 65)),
    "share_map_80": Maker("80岁及以上占比", lambda facts: ageing.shares(facts, 80)),
    "ten_years": Maker("两次普查的变化", ageing.ten_years),
    "city_bars": Maker("占比最高的城市", ageing.ranking),
    "bed_ratio": Maker("每千名老人床位", beds.ratio),
    "bed_target": Maker("异地养老机构名单床位目标的两种读法", beds.targets),
    "lists": Maker("名单公布数与已知名称数", institutions.lists),
    "homes": Maker("按名称可知的机构", institutions.homes),
    "homes_demo": Maker("虚构的机构名单", lambda facts: institutions.homes(facts, demo=True)),
    "signed": Maker("签约数与目标", pairing.signed),
    "stage_map": Maker("结对状态", pairing.stage_map),
    "matrix": Maker("结对矩阵", pairing.matrix),
    "named": Maker("点名与公布", pairing.named),
    "portability": Maker("待遇异地使用", pairing.portability),
    "ladder": Maker("名单、床位、入住、结算", ladder.ladder),
    "benefit_rules": Maker("待遇接续规则", ladder.rules),
    "events": Maker("最近的协作动态", timeline.latest),
    "timeline": Maker("协作历程", timeline.axis),
    "task_times": Maker("长三角任务", tasks.times),
    "target_paths": Maker("写明分段的目标", targets.paths),
    "target_list": Maker("有数字的目标", targets.every),
    "known_topics": Maker("公开资料未载的数据", coverage.topics),
    "summary": Maker("小结", summary.summary),
    "place_cards": Maker("地方主要数字", places.cards, 1),
    "place_map": Maker("所在省各地占比", places.around, 1),
    "place_cities": Maker("省内各地排序", places.province_bars, 1),
    "place_cities_80": Maker(
        "省内各地80岁及以上", lambda facts, code: places.province_bars(facts, code, 80), 1
    ),
    "place_standing": Maker("与省和长三角比较", places.standing, 1),
    "place_ages": Maker("年龄结构", places.ages, 1),
    "place_history": Maker("历年占比", places.history, 1),
    "place_counties": Maker("各县（市、区）占比", ageing.districts_or_counties, 1),
    "place_beds": Maker("历年床位", beds.of_place, 1),
    "place_facilities": Maker("床位、机构与设施", places.facilities, 1),
    "place_agreements": Maker("地方协议", places.agreements, 1),
    "place_events": Maker("地方动态", places.events, 1),
    "place_others": Maker(LISTED, places.others, 1),
    "place_records": Maker("地方公开记录", places.records, 1),
    "place_summary": Maker("地方小结", summary.of_place, 1),
    "place_similar": Maker("年龄结构、人口规模、城镇化相近的城市", places.similar, 1),
    "pair_candidates": Maker("可以与谁商谈", candidates.who, 1),
    "access_homes": Maker("可及性试算：上海养老机构床位", access.change),
    "access_welfare": Maker(
        "可及性试算：县域社会福利床位",
        lambda facts: access.listing(facts, access.Trial(access.WELFARE)),
    ),
    "access_trial": Maker(
        "可及性试算：所设假设", access.for_talk, plans=1, page="可及性试算", read=access.read
    ),
    "access_worked": Maker(
        "可及性试算的算例", access.worked, plans=1, page="可及性试算", read=access.read
    ),
    "access_method": Maker(
        "可及性试算的方法", access.method, plans=1, page="可及性试算", read=access.read
    ),
    "pair_cards": Maker("两地往来", pairing.cards, 2),
    "pair_records": Maker("两地协议内容", pairing.records, 2),
    "pair_questions": Maker("两地待查问题", pairing.questions, 2),
    "pair_ages": Maker("两地占比", pairing.ages, 2),
    "projection": Maker("人口情景", projection.people, 1),
    "projection_80": Maker(
        "80岁及以上人口情景", lambda facts, code: projection.people(facts, code, 80), 1
    ),
    "projection_places": Maker("各地人口情景", projection.places),
    "projection_check": Maker("情景与公布数对照", projection.checked),
    "projection_need": Maker("需要多少床位", need.need, 1, 1),
    "projection_two": Maker("两种情景并列", need.two, 2, 2),
    "projection_levels": Maker("公布过的每千名老人床位", need.levels),
    "projection_method": Maker("人口情景的方法", method.method),
    "projection_worked": Maker("人口情景的算例", method.worked, 1),
    "group_cards": Maker("组合的主要数字", groups.cards, MANY),
    "group_shares": Maker("组合与更大范围比较", groups.shares, MANY),
    "group_members": Maker("组合的各地区", groups.members, MANY),
    "group_figures": Maker("组合的床位、机构与设施", groups.figures, MANY),
    "group_ties": Maker("组合成员之间的协议", groups.ties, MANY),
}
OF_REGION = [
    "headline", "basics", "share_map", "ten_years", "bed_ratio", "bed_target", "lists", "signed", "stage_map", "matrix", "named", "portability",
    "events", "task_times", "known_topics", "summary",
]  # fmt: skip
OF_CITY = [
    "place_cards", "place_map", "place_standing", "place_ages", "place_history", "place_counties", "place_beds", "place_facilities",
    "place_agreements", "place_events", "place_others", "place_similar", "place_summary",
]  # fmt: skip
OF_PROVINCE = [
    "place_cards", "place_map", "place_cities_80", "place_standing", "place_ages", "place_history", "place_beds", "place_facilities",
    "place_agreements", "place_events", "place_others",
]  # fmt: skip
OF_PAIR = ["pair_cards", "pair_records", "pair_questions", "pair_ages"]
OF_GROUP = ["group_cards", "group_shares", "group_members", "group_figures", "group_ties"]
OF_AUDIENCE = {
    REGION: OF_REGION,
    PROVINCE: OF_PROVINCE,
    CITY: OF_CITY,
    PAIR: OF_PAIR,
    GROUP: OF_GROUP,
}


class UnknownDeck(ValueError):
    """A deck that cannot be read; the message tells a presenter why."""


@dataclass(frozen=True)
class Item:
    """One exhibit of a deck with the places it is about, and the plans of those that are reckoned with one."""

    exhibit: str
    places: tuple[str, ...] = ()
    plans: tuple[plan.Plan | access.Trial, ...] = ()

    @property
    def words(self) -> str:
        about = f"@{'|'.join(self.places)}" if self.places else ""
        return self.exhibit + about + "".join(f"~{each.words}" for each in self.plans)

    def made(self, facts: Facts) -> Exhibit | Missing:
        """The exhibit itself. Raises `KeyError` for an unknown place."""
        return MAKERS[self.exhibit].make(facts, *self.places, *self.plans)


@dataclass(frozen=True)
class Deck:
    """What a talk is made from. An empty release is the one in force; no date is the release's own."""

    audience: str
    places: tuple[str, ...] = ()
    chosen: tuple[Item, ...] = ()
    release: str = ""
    as_of: date | None = None
    tiles: bool = False

    @property
    def words(self) -> str:
        """The deck as it stands in an address: region, city:320500, pair:310117|330400, group:310118|320509|330421, own:headline,place_cards@320500.

        With `;tiles` behind it, places stand as squares of equal size instead of on a map.
        """
        if self.audience == OWN:
            told = f"{OWN}:{','.join(item.words for item in self.chosen)}"
        else:
            told = f"{self.audience}:{'|'.join(self.places)}" if self.places else self.audience
        return told + (TILES if self.tiles else "")

    @property
    def items(self) -> tuple[Item, ...]:
        """The exhibits in the order they are shown."""
        if self.audience == OWN:
            return self.chosen
        names = OF_AUDIENCE[self.audience]
        found = tuple(Item(name, self.places if MAKERS[name].places else ()) for name in names)
        own = (
            [Item("place_cards", (code,)) for code in self.places] if self.audience == PAIR else []
        )
        return (*found, *own)

    @property
    def parameters(self) -> dict[str, str]:
        """The same as parameters of an address; release and date only where they are fixed."""
        dated = {"release": self.release, "as_of": self.as_of.isoformat() if self.as_of else ""}
        return {"deck": self.words, **{name: words for name, words in dated.items() if words}}

    @property
    def query(self) -> str:
        return urlencode(self.parameters)

    def frozen(self, release: str, as_of: date) -> Deck:
        """The same deck tied to one release and one date."""
        return replace(self, release=release, as_of=as_of)

    def to_json(self) -> str:
        """The small file that repeats the deck next year."""
        told: dict[str, Any] = {"kind": FILE_KIND, **self.parameters}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def parse(words: str, release: str = "", as_of: str = "") -> Deck:
    """The deck that an address or a command names. Raises `UnknownDeck`."""
    tiles = words.strip().endswith(TILES)
    audience, _colon, rest = words.strip().removesuffix(TILES).partition(":")
    if audience not in AUDIENCES:
        raise UnknownDeck(
            f"没有“{words[:40]}”这种演示；可用：region、province:330000、city:320500、pair:310117|330400、group:310118|320509|330421、own:图表,图表"
        )
    day = day_of(as_of)
    if audience == OWN:
        return Deck(audience, chosen=_items(rest), release=release, as_of=day, tiles=tiles)
    codes = tuple(code for code in rest.split("|") if code)
    needed = {REGION: 0, PROVINCE: 1, CITY: 1, PAIR: 2, GROUP: MANY}[audience]
    if (
        not enough(needed, len(codes))
        or not all(CODE.fullmatch(code) for code in codes)
        or len(set(codes)) != len(codes)
    ):
        raise UnknownDeck(
            f"“{AUDIENCES[audience]}”需要{needed_words(needed)}个不同的六位地区代码，收到“{rest[:40]}”"
        )
    return Deck(audience, codes, release=release, as_of=day, tiles=tiles)


def day_of(words: str) -> date | None:
    """The date that an address or a command names; None where it names none. Raises `UnknownDeck`."""
    try:
        day = date.fromisoformat(words) if words else None
    except ValueError:
        raise UnknownDeck(f"日期“{words[:20]}”不是“2026-11-22”这样的写法") from None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise UnknownDeck(f"日期“{day}”不在{FIRST_DAY.year}年至{LAST_DAY.year}年之间")
    return day


def from_json(content: bytes) -> Deck:
    """The deck of a file made by `to_json`. Raises `UnknownDeck`."""
    try:
        told = json.loads(content[:100_000].decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise UnknownDeck("这不是演示文件：内容不是 JSON") from None
    if (
        not isinstance(told, dict)
        or told.get("kind") != FILE_KIND
        or not isinstance(told.get("deck"), str)
    ):
        raise UnknownDeck("这不是本看板的演示文件（缺少 kind 或 deck）")
    return parse(told["deck"], str(told.get("release", "")), str(told.get("as_of", "")))


def enough(needed: int, given: int) -> bool:
    """Whether so many places are what an exhibit or a deck needs."""
    return 2 <= given <= LARGEST if needed == MANY else given == needed


def needed_words(count: int) -> str:
    """How many places are needed, in words: 1, or 2至60 where it is a group."""
    return f"2至{LARGEST}" if count == MANY else str(count)


def _items(words: str) -> tuple[Item, ...]:
    found = []
    for part in filter(None, words.split(",")):
        about, *planned = part.strip().split("~")
        name, _at, rest = about.partition("@")
        codes = tuple(code for code in rest.split("|") if code)
        if name not in MAKERS:
            raise UnknownDeck(
                "没有“{name}”这张图表；可用：{names}".format(
                    name=name[:40], names="、".join(MAKERS)
                )
            )
        if not enough(MAKERS[name].places, len(codes)) or not all(
            CODE.fullmatch(code) for code in codes
        ):
            raise UnknownDeck(
                f"图表“{name}”需要{needed_words(MAKERS[name].places)}个地区代码，写成 {name}@320500"
            )
        found.append(Item(name, codes, _plans(name, planned)))
    if not 0 < len(found) <= MOST:
        raise UnknownDeck(f"请选1至{MOST}张图表")
    return tuple(found)


def _plans(name: str, written: list[str]) -> tuple[plan.Plan | access.Trial, ...]:
    maker = MAKERS[name]
    if written and len(written) != maker.plans:
        raise UnknownDeck(
            f"图表“{name}”需要{maker.plans}种情景，收到{len(written)}种；在“{maker.page}”页选好后由那里放进演示"
        )
    try:
        return tuple(maker.read(words) for words in written)
    except plan.Impossible as fault:
        raise UnknownDeck(str(fault)) from None
