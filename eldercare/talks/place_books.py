"""一城一页: the 41 cities and Shanghai's districts, or some places, a page each in one file, frozen to one release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from eldercare import store, tables
from eldercare.exhibits import Facts, place_sheet
from eldercare.exhibits.talk import Book
from eldercare.faces import place_book, place_book_word
from eldercare.faces.native import DOCX
from eldercare.talks import files_of, making
from eldercare.talks.decks import UnknownDeck
from eldercare.talks.files_of import File

TITLE, PDF = "一城一页", "pdf"
WRITERS = {PDF: place_book.pdf, DOCX: place_book_word.docx}
LEAD = (
    "每页一个城市或上海市的一个区：人口与老龄化、床位与机构、合作与名单、任务、动态，数字后的方括号是本页底部来源的编号。",
    "与看板“地方档案”打印的那一页是同一份内容；来源的原文与网址见看板。",
    "公开资料未载不等于没有，也不等于零；名次由高到低只是次序，不是评价。",
)


def steps(
    codes: Sequence[str] = (), release: str = "", as_of: date | None = None
) -> Iterator[tuple[int, int] | Book]:
    """How many pages are ready and how many there are to be, at last the book; all cities and districts where no place is named."""
    chosen = making.release_of(release)
    with store.frozen(chosen):
        version = tables.release()
        day = as_of or version["as_of"].date()
        known = store.ask("profile_places")
        wanted = _wanted(known, tuple(dict.fromkeys(codes)))
    made = []
    for number, code in enumerate(wanted):
        yield number, len(wanted)
        with store.frozen(chosen):
            made.append(place_sheet.of(Facts(day), code))
    with store.frozen(chosen):
        if tables.release()["content_hash"] != version["content_hash"]:
            raise UnknownDeck("数据刚刚更新，没有做完；请再试一次")
    yield len(wanted), len(wanted)
    yield Book(TITLE, LEAD, version["content_hash"], version["as_of"].date(), day, tuple(made))


def _wanted(known, codes: tuple[str, ...]) -> list[str]:
    """The codes in house order. Raises `UnknownDeck`."""
    if unknown := set(codes) - set(known["place_code"]):
        raise UnknownDeck(f"没有地区代码 {min(unknown)[:20]}，或它不在长三角")
    if codes:
        return known["place_code"][known["place_code"].isin(codes)].tolist()
    own = known["level"].isin(["city", "district"]) | (known["place_code"] == "310000")
    return known["place_code"][own].tolist()


def file(
    codes: Sequence[str], release: str, as_of: date | None, format_: str = PDF
) -> Iterator[tuple[int, int] | File]:
    """The steps of a book, at last its file. Raises `UnknownDeck`, `MissingFont`, `UnusableTemplate`."""
    for step in steps(codes, release, as_of):
        if not isinstance(step, Book):
            yield step
            continue
        content = WRITERS[format_](step)
        yield File(
            f"{step.title}_{step.data_date:%Y%m%d}.{format_}", content, files_of.MEDIA[format_]
        )
