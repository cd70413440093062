"""The sentences as lines of a file: the same words in the same place of an exhibit once, at the first address that says them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from eldercare import tables
from eldercare.sentences import Sentence, pages, talks

HEAD = ("where", "exhibit", "kind", "part", "words", "rows", "sources")
DECKS = "decks"
Line = tuple[str, ...]


def parts() -> list[str]:
    """What one process does at a time: a page, or the decks. Those that take longest first."""
    return [DECKS, *sorted(pages.FILTERS, key=lambda script: -len(pages.FILTERS[script]))]


def without_warnings() -> None:
    """For a process of its own: Streamlit warns of every page that is opened without a browser; here all are, on purpose."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True


def name_of(part: str) -> str:
    return part.rpartition("/")[2].removesuffix(".py")


def lines(part: str) -> list[Line]:
    """The sentences of one page or of the decks."""
    found: dict[tuple[str, ...], Sentence] = {}
    for sentence in _said(part):
        place = re.split("[?:]", sentence.where)[0]
        found.setdefault(
            (place, sentence.exhibit, sentence.kind, sentence.part, sentence.words), sentence
        )
    return [_line(sentence) for sentence in found.values()]


def _said(part: str) -> Iterable[Sentence]:
    if part == DECKS:
        return (sentence for address in talks.addresses() for sentence in talks.sentences(address))
    return pages.sentences(part)


def _line(sentence: Sentence) -> Line:
    rows = sentence.rows
    count = "" if rows is None else str(len(rows))
    sources = (
        ""
        if rows is None or not {"source_id", "source_ids"} & set(rows)
        else " ".join(_sources(rows))
    )
    return (
        sentence.where,
        sentence.exhibit,
        sentence.kind,
        sentence.part,
        sentence.words,
        count,
        sources,
    )


def _sources(rows) -> list[str]:
    return sorted({code for named in tables.sources_named(rows) for code in named})
