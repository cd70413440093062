"""A talk: exhibits in their order, all of one release and one date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eldercare.exhibits import Exhibit, Quote
from eldercare.exhibits.place_sheet import Sheet
from eldercare.measures import day_words


def dated(data_date: date, as_of: date, release: str) -> str:
    """The line that stands on every slide, picture and page. The data ends where its release does, whatever date is computed against."""
    computed = f"时限与动态按{day_words(as_of, 'day')}计算 · " if as_of != data_date else ""
    return f"汇编止于{day_words(data_date, 'day')} · {computed}版本 {release[:8]}"


@dataclass(frozen=True)
class Talk:
    """A deck made ready: everything a file needs, all of one release and one date.

    One with a `method` is a report: its sections are chapters, and its Word file has contents.
    """

    about: str
    title: str
    subtitle: str
    address: str
    release: str
    version: str
    data_date: date
    as_of: date
    exhibits: Sequence[Exhibit]
    public_url: str = ""
    method: Sequence[str] = ()

    @property
    def dated(self) -> str:
        """The line that stands on every slide."""
        return dated(self.data_date, self.as_of, self.release)

    @property
    def demo(self) -> bool:
        return any(exhibit.demo for exhibit in self.exhibits)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits of the contents; the same in all four files of one deck."""
        told = [
            [
                e.key,
                e.spoken,
                e.source_line,
                list(e.caveats),
                repr(e.shape),
                e.twin.to_csv(index=False, lineterminator="\n"),
            ]
            for e in self.exhibits
        ]
        words = json.dumps(
            [self.title, self.subtitle, self.release, self.dated, told], ensure_ascii=False
        )
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def link(self) -> str:
        """What the QR code says: the address of the same view, or what to ask for where there is none."""
        if self.public_url:
            return f"{self.public_url.rstrip('/')}/{self.address}"
        return f"{self.title}\n{self.dated}\n内容指纹 {self.fingerprint}"

    @property
    def sources(self) -> list[Quote]:
        """Every source of the deck once, in the order of its first use."""
        found: dict[str, Quote] = {}
        for exhibit in self.exhibits:
            for quote in exhibit.quotes:
                found.setdefault(quote.source_id, quote)
        return list(found.values())


@dataclass(frozen=True)
class Book:
    """Pages of places, all of one release and one date; `lead` says on the first page what they are."""

    title: str
    lead: Sequence[str]
    release: str
    data_date: date
    as_of: date
    sheets: Sequence[Sheet]

    @property
    def dated(self) -> str:
        """The line that stands on every page."""
        return dated(self.data_date, self.as_of, self.release)
