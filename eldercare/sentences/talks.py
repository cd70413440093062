"""The sentences of decks: slides and their notes from the model that all four files draw, the briefing from the Word file itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document

from eldercare import store
from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.exhibits.talk import Talk
from eldercare.faces import layout, word
from eldercare.faces.notes import notes, speech
from eldercare.sentences import (
    CARD,
    CAVEAT,
    CELL,
    FINDING,
    HEADING,
    LABEL,
    LEAD,
    NOTE,
    SOURCE,
    SPOKEN,
    TITLE,
    WORD,
    WORD_CELL,
    Sentence,
    bare,
)
from eldercare.sentences.pages import pairs
from eldercare.talks import decks, making

DECK = "演示 "


def addresses() -> list[str]:
    """Every deck that the page of talks offers: delta, provinces, cities, pairs with a record, and the exhibits that stand in none."""
    known = store.ask("profile_places")
    provinces = known[known["level"] == "province"]["place_code"]
    standing = {*decks.OF_REGION, *decks.OF_CITY, *decks.OF_PROVINCE, *decks.OF_PAIR}
    loose = [
        name for name, maker in decks.MAKERS.items() if name not in standing and maker.places == 0
    ]
    return [
        decks.REGION,
        f"{decks.REGION}{decks.TILES}",
        *(f"{decks.PROVINCE}:{code}" for code in provinces),
        *(f"{decks.CITY}:{code}" for code in making.city_codes()),
        *(f"{decks.PAIR}:{one['place_code']}|{other['place_code']}" for one, other in pairs()),
        f"{decks.OWN}:{','.join(loose)}",
    ]


def sentences(address: str) -> Iterator[Sentence]:
    """All that the files of one deck say."""
    _deck, talk = making.ready(decks.parse(address))
    where = f"{DECK}{address}"
    for kind, words in ((TITLE, talk.title), (LEAD, talk.subtitle), (LEAD, talk.dated)):
        yield Sentence(where, "", kind, "", bare(words))
    for exhibit in talk.exhibits:
        for kind, part, words in _told(exhibit):
            found = Sentence(where, exhibit.key, kind, bare(part), bare(words), exhibit.twin)
            if found.spoken:
                yield found
    yield from _briefing(where, talk)


def _told(exhibit: Exhibit) -> Iterator[tuple[str, str, str]]:
    """Kind, part and words of one exhibit."""
    yield FINDING, "", exhibit.spoken
    yield SOURCE, "", exhibit.source_line
    for words in [*layout.gap_words(exhibit), *exhibit.caveats]:
        yield CAVEAT, "", words
    yield from _drawn(exhibit.shape)
    # The finding, notes and sources stand by themselves.
    known = {
        *speech(exhibit),
        *(f"[{place}] {quote.reference}" for place, quote in enumerate(exhibit.quotes, start=1)),
    }
    for words in notes(exhibit):
        if words not in known:
            yield SPOKEN, "", words


def _drawn(shape: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(shape, Cards):
        for entry in shape.entries:
            yield CARD, entry["label"], f"{entry['label']}：{entry['value']}{entry['unit']}"
            yield NOTE, entry["label"], entry["note"]
    elif isinstance(shape, Bars):
        for words in [*shape.categories, *(series.name for series in shape.series)]:
            yield LABEL, "", words
    elif isinstance(shape, Lines):
        for path in shape.paths:
            yield LABEL, "", path.name
            for point in path.points:
                yield LABEL, path.name, point.words
    elif isinstance(shape, Map):
        yield LABEL, "", shape.heading
        for words in [
            *(words for words, _role in shape.legend),
            *(f"{place.name}：{place.words}" for place in shape.places),
        ]:
            yield LABEL, "", words
    elif isinstance(shape, Matrix):
        for words in [
            shape.corner,
            shape.open_words,
            *(mark.words for mark in shape.cells.values()),
        ]:
            yield LABEL, "", words
    elif isinstance(shape, Table):
        for place, heading in enumerate(shape.headings):
            yield HEADING, "", heading
            for line in shape.lines:
                yield CELL, heading, line[place]
    elif isinstance(shape, Timeline):
        for day, words in ((event.when, event.words) for event in shape.newest):
            yield CELL, day, words
    elif isinstance(shape, Items):
        for head, words in shape.entries:
            yield CELL, head, words


def _briefing(where: str, talk: Talk) -> Iterator[Sentence]:
    paper = Document(io.BytesIO(word.docx(talk)))
    by_finding = {f"{exhibit.spoken.rstrip('。')}。": exhibit.key for exhibit in talk.exhibits}
    references = {
        f"[{place}] {quote.reference}" for place, quote in enumerate(talk.sources, start=1)
    }
    for paragraph in paper.paragraphs:
        words = bare(paragraph.text)
        if paragraph.text in references:
            continue
        found = Sentence(where, by_finding.get(words, ""), WORD, "", words)
        if found.spoken:
            yield found
    for grid in paper.tables:
        head, *lines = [[cell.text for cell in row.cells] for row in grid.rows]
        for line in lines:
            for heading, words in zip(head, line, strict=True):
                found = Sentence(where, "", WORD_CELL, bare(heading), bare(words))
                if found.spoken:
                    yield found
