"""Words on their way to a reader: never markup, and printable on every machine."""

from __future__ import annotations

import html
import io
import re
import sys

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
# A backslash does not stop what the front end finds in finished text: addresses become links,
# :names: icons and -> arrows. An invisible word joiner between their characters does.
_WORD_JOINER = "\u2060"
_FOUND_IN_TEXT = re.compile(
    r"(?<=:)(?=//|[\w+/-]+:)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=[-<>~])(?=[->=])",
    re.ASCII | re.IGNORECASE,
)


def speak_anywhere() -> None:
    """Lets a command print Chinese where the machine's language has no letters for it: an unknown sign becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def plain(words: object) -> str:
    """Words from data, made safe to stand inside Markdown: shown as they are, never as markup.

    Line breaks become spaces; a missing value becomes an empty string.
    """
    if words is None or str(words) in ("nan", "<NA>", "NaT"):
        return ""
    inert = _FOUND_IN_TEXT.sub(_WORD_JOINER, " ".join(str(words).split()))
    return _MARKUP.sub(r"\\\1", inert)


def in_picture(words: str) -> str:
    """Words as Plotly shows them: what looks like markup stays words, lines break where they broke."""
    # No document of HTML but Plotly's own few tags: a template would also turn quotes into what it shows as `&#34;`.
    return html.escape(words, quote=False).replace("\n", "<br>")
