"""From a deck to a talk: the release it is frozen to, its exhibits, and honestly what there is nothing about."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pandas as pd

from eldercare import maps, releases, store, tables
from eldercare.exhibits import (
    CONCLUSION,
    GAPS,
    Exhibit,
    Facts,
    Missing,
    groups,
    in_squares,
    quoted,
)
from eldercare.exhibits.shapes import Items
from eldercare.exhibits.talk import Talk
from eldercare.talks.decks import (
    AUDIENCES,
    CITY,
    GROUP,
    MAKERS,
    OWN,
    PAIR,
    PROVINCE,
    REGION,
    Deck,
    Item,
    UnknownDeck,
)

# Names by which every machine calls itself.
THIS_MACHINE = {None, "localhost", "127.0.0.1", "::1"}
# A slide has room for no more.
GAPS_ON_A_SLIDE = 8
# Which kinds of record the slides of a place show; those with fewer rows than this share one.
FEW = {
    "place_agreements": ("协议",),
    "place_events": ("动态",),
    "place_others": ("名单", "任务", "长护险"),
}
FEWEST, TOGETHER = 3, 8
SHANGHAI = {
    "place_map": "上海各区占比",
    "place_cities": "市内各区排序",
    "place_cities_80": "市内各区80岁及以上",
    "place_counties": "市内各区80岁及以上",
    "place_standing": "与长三角比较",
}


def release_of(words: str) -> str:
    """The release an address asks for: an id, or `store.LIVE`; nothing asked is the one in force. Raises `UnknownDeck`."""
    if not words:
        return releases.active_id() or store.LIVE
    try:
        return releases.find(words).id
    except KeyError:
        # Without a release the repository's own data is known by the hash of its contents.
        if len(words) >= 8 and store.of(store.LIVE).ask("release")["content_hash"].iloc[
            0
        ].startswith(words):
            return store.LIVE
        raise UnknownDeck(f"没有数据版本“{words[:20]}”：它可能已被更正，或不在这台机器上") from None


def ready(deck: Deck) -> tuple[Deck, Talk]:
    """The deck tied to its release and date, and its talk, kept for the next window: what is frozen never changes.

    A page, its preview and each file ask for the same talk within seconds; making it takes up to two.
    """
    with store.frozen(release_of(deck.release)):
        release = tables.release()
    tied = deck.frozen(release["content_hash"], deck.as_of or release["as_of"].date())
    return tied, _kept(tied, os.environ.get("ELDERCARE_PUBLIC_URL", ""))


def reached(talk_: Talk, address: str) -> Talk:
    """The talk whose code leads to where it was opened, unless a setting names the place or no other machine gets there."""
    if talk_.public_url or urlsplit(address).hostname in THIS_MACHINE:
        return talk_
    return replace(talk_, public_url=urljoin(address, "."))


@lru_cache(maxsize=8)
def _kept(deck: Deck, _public_url: str) -> Talk:
    return talk(deck)


def talk(deck: Deck) -> Talk:
    """The deck made ready; every question is asked of its one release. Raises `UnknownDeck`."""
    with store.frozen(release_of(deck.release)):
        release = tables.release()
        as_of = deck.as_of or release["as_of"].date()
        tied = deck.frozen(release["content_hash"], as_of)
        facts = Facts(as_of)
        about, title, subtitle = _titles(tied, facts)
        wanted = [(_name(item), _maker(item, facts)) for item in tied.items]
        exhibits, missing = made(wanted, as_of, tied.tiles)
        exhibits = told_apart(exhibits)
        exhibits = (
            _few_together(tied, facts, exhibits) if tied.audience in (CITY, PROVINCE) else exhibits
        )
        if missing:
            # A deck ends with its summary.
            end = len(exhibits) - (bool(exhibits) and exhibits[-1].section == CONCLUSION)
            exhibits.insert(end, gaps(missing))
        # The repository's files may be edited while a deck is made: half of it would then be of another version.
        if tables.release()["content_hash"] != release["content_hash"]:
            raise UnknownDeck("数据刚刚更新，演示没有做完；请再试一次")
        return of_release(
            release,
            as_of,
            about=about,
            title=title,
            subtitle=subtitle,
            address=f"present?{tied.query}",
            exhibits=tuple(exhibits),
        )


def of_release(release: pd.Series, as_of: date, **told: Any) -> Talk:
    """A talk with what each says of its release (row of the question `release`), its date and where it is opened."""
    return Talk(
        release=release["content_hash"],
        version=str(release["version"]),
        data_date=release["as_of"].date(),
        as_of=as_of,
        public_url=os.environ.get("ELDERCARE_PUBLIC_URL", ""),
        **told,
    )


def made(
    wanted: Iterable[tuple[str, Callable[[], Exhibit | Missing]]], as_of: date, tiles: bool = False
) -> tuple[list[Exhibit], list[Missing]]:
    """Exhibits by name and maker, ready for paper and wall; what would be empty is missing, with the reason. Raises `UnknownDeck`."""
    exhibits: list[Exhibit] = []
    missing: list[Missing] = []
    for name, make in wanted:
        try:
            value = make()
        except KeyError as error:
            raise UnknownDeck(f"没有地区代码 {error.args[0]}，或它不在长三角") from None
        if isinstance(value, Exhibit) and value.rows.empty:
            value = Missing(name, value.why or value.spoken)
        elif isinstance(value, Exhibit) and value.shape.empty:
            value = Missing(name, "各项数值均未载")
        if isinstance(value, Missing):
            missing.append(value)
            continue
        if tiles or not maps.approval():
            value = in_squares(value)
        exhibits.append(replace(quoted(value, as_of), name=name))
    return exhibits, missing


def told_apart(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """Sheets and slides are told apart by their keys, also when an exhibit stands in a deck twice."""
    seen: Counter[str] = Counter()
    found = []
    for exhibit in exhibits:
        twice = seen[exhibit.key]
        seen[exhibit.key] += 1
        found.append(replace(exhibit, key=f"{exhibit.key}#{twice + 1}") if twice else exhibit)
    return found


def _name(item: Item) -> str:
    """The name of an exhibit; Shanghai lies in no province and has districts."""
    of_shanghai = SHANGHAI.get(item.exhibit) if item.places[:1] == ("310000",) else None
    return of_shanghai or MAKERS[item.exhibit].title


def _maker(item: Item, facts: Facts) -> Callable[[], Exhibit | Missing]:
    return lambda: item.made(facts)


def _few_together(deck: Deck, facts: Facts, exhibits: list[Exhibit]) -> list[Exhibit]:
    """Slides of one or two records each are one slide: a row alone on a wall looks like an error."""
    counts = {exhibit.key: len(exhibit.rows) for exhibit in exhibits if exhibit.key in FEW}
    few = [key for key, count in counts.items() if count < FEWEST]
    if len(few) == 1:
        # One alone joins the shortest of the others, if a slide holds both.
        others = [
            key
            for key in sorted(counts, key=lambda key: counts[key])
            if key not in few and counts[key] + counts[few[0]] <= TOGETHER
        ]
        few += others[:1]
    if len(few) < 2:
        return exhibits
    parts = [part for key in FEW if key in few for part in FEW[key]]
    made = MAKERS["place_records"].make(facts, deck.places[0], parts)
    place = next(index for index, exhibit in enumerate(exhibits) if exhibit.key in few)
    exhibits[place] = replace(quoted(made, facts.as_of), name=MAKERS["place_records"].title)
    return [exhibit for exhibit in exhibits if exhibit.key not in few]


def _titles(deck: Deck, facts: Facts) -> tuple[str, str, str]:
    """Whom the deck is about, as its files are called, its title and subtitle."""
    chosen = [code for item in deck.chosen for code in item.places] if deck.audience == OWN else []
    names = {code: _place(facts, code) for code in (*deck.places, *chosen)}
    levels = {CITY: {"city", "province"}, PROVINCE: {"province"}}.get(deck.audience)
    for code, place in names.items():
        # Shanghai is a province and one of the 41 cities.
        if levels and (
            place.level not in levels
            or (deck.audience == CITY and place.level == "province" and code != "310000")
        ):
            raise UnknownDeck(f"{place.name}（{code}）不是“{AUDIENCES[deck.audience]}”")
    if deck.audience == REGION:
        return "长三角", "长三角养老一体化", "现状、协作、任务与数据缺口"
    if deck.audience == OWN:
        return AUDIENCES[OWN], _own_title(deck, names), f"自选图表{len(deck.chosen)}张"
    if deck.audience == PAIR:
        both = [place.name for place in names.values()]
        return "与".join(both), f"{' × '.join(both)}养老协作", "往来、内容与待查"
    if deck.audience == GROUP:
        if found := groups.fault(facts, deck.places):
            raise UnknownDeck(f"{found.subject}：{found.why}")
        called = groups.name(facts, deck.places)
        return called, f"{called}养老服务与协作", "人口、床位与成员之间的协作"
    place = next(iter(names.values()))
    return place.name, f"{place.name}养老服务与长三角协作", "人口、床位、协作与数据缺口"


def _own_title(deck: Deck, names: dict[str, Any]) -> str:
    """What an own choice is about: its places where it names any, else the delta."""
    codes = dict.fromkeys(code for item in deck.chosen for code in item.places)
    known = [names[code].short_name for code in codes if code in names]
    return (
        "{names}养老服务与协作".format(names="、".join(known))
        if 0 < len(known) <= 4
        else "长三角养老一体化"
    )


def _place(facts: Facts, code: str):
    try:
        return facts.place(code)
    except KeyError:
        raise UnknownDeck(f"没有地区代码 {code}，或它不在长三角") from None


def gaps(missing: list[Missing], shown: int = GAPS_ON_A_SLIDE) -> Exhibit:
    """The slide, or part of a report, that stands for all the charts that would have been empty."""
    finding = f"{len(missing)}项公开资料未载，不作图；不等于没有"
    insured = any("长护险" in entry.subject for entry in missing)
    entries = [(entry.subject, entry.why) for entry in missing[:shown]]
    rows = pd.DataFrame(
        [(entry.subject, entry.why) for entry in missing], columns=["内容", "为什么没有"]
    )
    return Exhibit(
        "gaps",
        GAPS,
        finding,
        "",
        Items(tuple(entries)),
        rows,
        {name: name for name in rows},
        "来源：无公开来源",
        (
            "可商请当地民政部门{insurance}提供，注明口径和日期".format(
                insurance="（长护险为医保部门）" if insured else ""
            ),
        ),
        name="公开资料未载的内容",
    )


def file_name(talk_: Talk, deck: Deck, ending: str) -> str:
    """嘉兴市_20261122.pptx: whom it is about and the day its data ends; then what is special about it."""
    mark = f"{tables.DEMO}_" if talk_.demo else ""
    computed = "" if talk_.as_of == talk_.data_date else f"_按{talk_.as_of:%Y%m%d}计算"
    squares = "_方格" if deck.tiles else ""
    return f"{mark}{talk_.about}{squares}_{talk_.data_date:%Y%m%d}{computed}.{ending}"


def city_codes() -> list[str]:
    """The forty-one cities in house order."""
    return store.ask("cities")["place_code"].tolist()
