"""The files of a deck: one in each format, or one city after the other, never more than one in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eldercare import store
from eldercare.data import durable
from eldercare.exhibits.talk import Talk
from eldercare.faces import office_templates
from eldercare.faces.excel import xlsx
from eldercare.faces.native import DOCX, HTML, PPTX, XLSX
from eldercare.faces.powerpoint import pptx
from eldercare.faces.webpage import html
from eldercare.faces.word import docx
from eldercare.talks import decks, making

WRITERS = {PPTX: pptx, DOCX: docx, XLSX: xlsx, HTML: html}
MEDIA = {
    PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    HTML: "text/html",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class File:
    """What is handed over: its name, its bytes, its media type."""

    name: str
    content: bytes
    media: str


# Formats that follow a template a unit may replace.
TEMPLATES = {PPTX: office_templates.SLIDES, DOCX: office_templates.PAPER}


def refusal(format_: str) -> str:
    """Why files of a format cannot be made now, in words; "" when they can."""
    return office_templates.fault(TEMPLATES[format_]) if format_ in TEMPLATES else ""


def made(talk: Talk, format_: str) -> bytes:
    """The file of a talk in one format. Raises `UnusableTemplate`."""
    return WRITERS[format_](talk)


def batch(
    folder: Path, format_: str, release: str = "", as_of: str = ""
) -> Iterator[tuple[int, int, Path]]:
    """Writes the file of every city into a folder; yields how many are done, how many there are, and the newest."""
    with store.frozen(making.release_of(release)):
        codes = making.city_codes()
    for done, code in enumerate(codes, start=1):
        deck = decks.parse(f"{decks.CITY}:{code}", release, as_of)
        talk = making.talk(deck)
        path = folder / making.file_name(talk, deck, format_)
        durable.put(path, made(talk, format_))
        yield done, len(codes), path
