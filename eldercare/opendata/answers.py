"""The rows that are given for what was asked, with what must be said of them: demo and unchecked rows only on demand and marked, few persons not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from eldercare import store, tables
from eldercare.measures import missing
from eldercare.opendata import offers
from eldercare.opendata.offers import Offer
from eldercare.opendata.parameters import MOST_ROWS, Refused

# The column that says of a row what it must not be taken for.
MARK = "mark"
DEMO_WORDS = "演示数据（虚构）"
PART_WORDS = "含待核名单，未能与原平台核对"
# Lists of sources themselves.
OF_SOURCES = ("sources", "sources_cited", "sources_usage")
# Persons; fewer than so many in a cell are no number.
PERSONS = (
    "elders",
    "elders_2010",
    "population",
    "male",
    "female",
    "residents",
    "cases",
    "competing",
)
FEWEST, FEW = 10, "少于10"


@dataclass(frozen=True)
class Release:
    """The data in service: its id, the version of its contents and the date they end at."""

    id: str
    version: str
    as_of: date


@dataclass(frozen=True)
class Answer:
    """Rows of a table or question: those of the page that was asked for, `total` in all, `left_out` not given unless asked for by name."""

    offer: Offer
    rows: pd.DataFrame = field(repr=False, compare=False)
    total: int
    offset: int
    left_out: int
    demo: bool
    unverified: bool
    release: Release

    @property
    def next_offset(self) -> int | None:
        """Where the rows go on; None behind the last."""
        end = self.offset + len(self.rows)
        return end if end < self.total and len(self.rows) else None

    @property
    def said(self) -> list[str]:
        """What a reader must know of these rows, in sentences."""
        told = []
        if self.left_out:
            told.append(
                f"另有{self.left_out}行出自或含有待核名单，没有给出；要连同它们，加 unverified=true。"
            )
        if self.demo:
            told.append("全部为虚构的演示数据，没有一行是事实。")
        if self.unverified:
            told.append("含待核名单：未能与原平台核对，不是正式名单；见每行的 mark。")
        return told


def release() -> Release:
    row = tables.release()
    return Release(str(row["content_hash"]), str(row["version"]), row["as_of"].date())


def answer(offer: Offer, values: Mapping[str, Any], most: int = MOST_ROWS) -> Answer:
    """What is given for these values of the parameters of an offer, `most` rows at a time. Raises `Refused` for what cannot be."""
    demo, unverified = bool(values["demo"]), bool(values["unverified"])
    if offers.is_demo(offer) and not demo:
        raise Refused(f"“{offer.title}”全部是虚构的演示数据；要用请加 demo=true。")
    rows = _of_table(offer, values) if offer.kind == "tables" else _of_question(offer, values)
    unchecked = _unchecked(offer, rows)
    if isinstance(unchecked, bool):
        if unchecked and not unverified and not demo:
            raise Refused(
                f"“{offer.title}”的答案含待核名单（未能与原平台核对），不能逐行分开；要用请加 unverified=true。"
            )
        unchecked = pd.Series(unchecked and not demo, index=rows.index)
        words = pd.Series(PART_WORDS, index=rows.index)
    else:
        words = _words_of(rows, offer)
    fictitious = _fictitious(offer, rows, demo)
    kept = (unchecked if unverified else False) | ~unchecked
    if not demo:
        kept &= ~fictitious
    left_out = int((unchecked & ~fictitious).sum()) if not unverified else 0
    rows = rows.assign(**{MARK: words.where(unchecked).where(~fictitious, DEMO_WORDS)})[kept]
    marked = rows[MARK].notna()
    has_unchecked = bool((marked & (rows[MARK] != DEMO_WORDS)).any())
    rows = rows if demo or unverified else rows.drop(columns=MARK)
    total, offset = len(rows), int(values["offset"])
    if offset and offset >= total:
        raise Refused(f"参数 offset 为{offset}，而一共只有{total}行；请减小。")
    limit = min(int(values["limit"]), most)
    page = few_persons(rows).iloc[offset : offset + limit].reset_index(drop=True)
    return Answer(
        offer, page, total, offset, left_out, demo and len(page) > 0, has_unchecked, release()
    )


def _of_question(offer: Offer, values: Mapping[str, Any]) -> pd.DataFrame:
    asked = offers.arguments(offer, values)
    if not values["demo"]:
        named = [asked.get("institution"), *(asked.get("institutions") or [])]
        invented = set(store.current().table("demo_institutions")["institution_id"])
        if found := sorted(invented & {code for code in named if code}):
            raise Refused(f"{'、'.join(found)}是虚构的演示机构；要用请加 demo=true。")
    if asked.get("sort") == "distance" and None in (asked["from_lon"], asked["from_lat"]):
        raise Refused("按距离排序（sort=distance）要同时给 from_lon 和 from_lat。")
    return store.ask(offer.name, **asked)


def _of_table(offer: Offer, values: Mapping[str, Any]) -> pd.DataFrame:
    rows = store.current().table(offer.name)
    if "table_name" in rows:
        # What is internal stays so when it is corrected.
        rows = rows[rows["table_name"].isin(offers.open_tables())]
    for each in offer.declared:
        wanted = values[each.name]
        if wanted is not None and each.name in rows:
            found = wanted if isinstance(wanted, list) else [wanted]
            rows = rows[rows[each.name].isin(found)]
    return rows


def caveats() -> dict[str, str]:
    """The sources that are still to be checked, with what must be said of them."""
    known = store.current().table("sources")
    known = known[known["caveat"].notna()]
    return dict(zip(known["source_id"], known["caveat"], strict=True))


def _rests_on(rows: pd.DataFrame) -> list[list[str]] | None:
    """The sources of each row; None where the rows do not say."""
    if not {"source_id", "source_ids"} & set(rows.columns):
        return None
    return tables.sources_named(rows)


def _unchecked(offer: Offer, rows: pd.DataFrame) -> pd.Series | bool:
    """Which rows rest on a source to be checked; for rows that name no sources whether any of what they were made from does."""
    to_check = caveats().keys()
    if offer.name in OF_SOURCES:
        # A source is not what it says.
        return pd.Series(False, index=rows.index)
    if (named := _rests_on(rows)) is not None:
        return pd.Series(
            [bool(to_check & set(each)) for each in named], index=rows.index, dtype=bool
        )
    return any(
        to_check & set(table["source_id"])
        for name in offer.reads
        if name != "sources" and "source_id" in (table := store.current().table(name))
    )


def _words_of(rows: pd.DataFrame, offer: Offer) -> pd.Series:
    known = caveats()
    named = _rests_on(rows) or [[] for _ in range(len(rows))]
    words = [
        "；".join(dict.fromkeys(known[code] for code in each if code in known)) for each in named
    ]
    return pd.Series(words, index=rows.index, dtype=object)


def _fictitious(offer: Offer, rows: pd.DataFrame, demo: bool) -> pd.Series:
    if "demo" in rows:
        return rows["demo"].astype(bool)
    asked = demo and any(each.name == "demo" for each in offer.declared)
    return pd.Series(asked or offers.is_demo(offer), index=rows.index, dtype=bool)


def few_persons(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with numbers of fewer than ten persons as words; a column that has one is text throughout."""
    masked = {}
    for name in rows.columns:
        of_persons = name in PERSONS and pd.api.types.is_numeric_dtype(rows[name])
        in_unit = name == "value" and "unit" in rows
        if not of_persons and not in_unit:
            continue
        few = (rows[name] < FEWEST).fillna(False).astype(bool)
        if in_unit:
            few &= (rows["unit"] == "人").fillna(False)
        if few.any():
            plain = [None if missing(value) else _plain(value) for value in rows[name]]
            words = [
                FEW if is_few else None if value is None else str(value)
                for value, is_few in zip(plain, few, strict=True)
            ]
            masked[name] = pd.Series(words, index=rows.index, dtype=object)
    return rows.assign(**masked) if masked else rows


def _plain(value: Any) -> Any:
    number = value.item() if hasattr(value, "item") else value
    return int(number) if float(number).is_integer() else number


def sources(rows: pd.DataFrame) -> Sequence[str]:
    """The identifiers of all sources of the rows, in their order."""
    named = _rests_on(rows) or []
    return list(dict.fromkeys(code for each in named for code in each))
