"""Fixed words: the word of a list for what is written, by the tables of synonyms; never by likeness."""

from __future__ import annotations

from functools import lru_cache

from eldercare.intake.context import Context
from eldercare.intake.forms import Column
from eldercare.intake.names import simplified
from eldercare.intake.understood import Doubt, Understood, half_width
from eldercare.releases.difference import Row

FLAGS = {
    "是": "true",
    "有": "true",
    "true": "true",
    "1": "true",
    "y": "true",
    "否": "false",
    "false": "false",
    "0": "false",
    "n": "false",
}
# The column whose words of the source stay beside the class they were counted in.
OWNERSHIP = "ownership"


class Choices:
    """The words of the choice columns, with the synonyms of the data package."""

    def __init__(self, context: Context):
        self._synonyms: dict[str, dict[str, Row]] = {
            OWNERSHIP: {_key(row["written"]): row for row in context.rows("operation_modes")}
        }

    def stored(self, text: str, column: Column) -> Understood:
        """The stored word for a written one. Raises `Doubt` for a word that several fit, or none."""
        if text in column.choices:
            return Understood(column.choices[text])
        if text in column.former:
            return Understood(column.former[text])
        if text in column.choices.values():
            return Understood(text)
        alike = {_key(shown): stored for shown, stored in column.choices.items()}
        if _key(text) in alike:
            return Understood(alike[_key(text)])
        synonym = self._synonyms.get(column.name, {}).get(_key(text))
        if synonym is not None and synonym["class"]:
            word = synonym["class"]
            shown = next(
                (shown for shown, stored in column.choices.items() if stored == word), word
            )
            note = f"“{text}”归入“{shown}”，原词保留"
            return Understood(word, note + (f"（{synonym['note']}）" if synonym["note"] else ""))
        if synonym is not None:
            raise Doubt(
                "“{text}”不只一种：{note}".format(text=text, note=synonym["note"]), *column.choices
            )
        words = "“{text}”不在可选的词里：{words}".format(text=text, words="、".join(column.choices))
        raise Doubt(words, *(column.choices if len(column.choices) <= 6 else ()))


def flag(text: str) -> str:
    """`true` or `false`. Raises `Doubt`."""
    if text.lower() not in FLAGS:
        raise Doubt(f"“{text}”要写“是”或“否”")
    return FLAGS[text.lower()]


@lru_cache(1000)
def _key(text: str) -> str:
    """A word without spaces, widths and traditional characters."""
    return "".join(half_width(simplified(text)).replace("（", "(").replace("）", ")").split())
