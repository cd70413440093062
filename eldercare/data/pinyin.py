"""Names in Latin letters, so that they can be found without a Chinese keyboard."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize


def spelled(words: str) -> str:
    """Every way the words may be typed: "长乐院" gives "changleyuan cly zhangleyuan zly …".

    A character with several readings is also read the other way, one at a time: 镇长寿 is 镇·长寿 in one name and
    镇长·寿 in another. Characters that are not Chinese stay as they are, full-width ones as their
    plain forms, which are what is typed.
    """
    # Only a build needs the dictionary, which is large: a server that finds its file built never loads it.
    from pypinyin import lazy_pinyin

    typed = normalize("NFKC", words).lower()
    ways = [typed] if typed != words.lower() else []
    for word in typed.split():
        usual = lazy_pinyin(word, errors=list)
        readings = [usual]
        for position, character in enumerate(word):
            readings += [
                [*usual[:position], other, *usual[position + 1 :]]
                for other in _readings(character)
                if other != usual[position]
            ]
        for syllables in readings:
            ways += ["".join(syllables), "".join(syllable[:1] for syllable in syllables)]
    return " ".join(dict.fromkeys(ways))


@cache
def _readings(character: str) -> tuple[str, ...]:
    """The two readings of a character that the dictionary puts first, without tones."""
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))[:2]
