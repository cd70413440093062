"""Every sentence the product can say, read against the rows it rests on."""

import subprocess
import sys

import pytest
from menu import PAGES

from eldercare.sentences import (
    CARD,
    CELL,
    FINDING,
    HOVER,
    LEAD,
    SOURCE,
    TITLE,
    WORD,
    Sentence,
    pages,
    talks,
)
from eldercare.sentences.patterns import Names, patterns


def test_every_page_of_the_menu_is_walked():
    assert set(pages.FILTERS) == {page.script for page in PAGES}


def test_a_page_tells_all_its_sentences():
    found, _exhibits = pages.hear("situation/overview.py", {})
    kinds = {sentence.kind for sentence in found}
    assert {TITLE, LEAD, CARD, FINDING, HOVER, CELL, SOURCE} <= kinds
    said = {sentence.words for sentence in found}
    # In the second view of the map, in a hover, in a folded table, in the foot of the page.
    assert "方格图" in said
    assert any("汇编止于2026年11月22日" in words for words in said)
    (share,) = [s for s in found if s.exhibit == "elder_share" and s.kind == FINDING]
    assert len(share.rows) == 41


def test_each_choice_of_a_filter_is_opened():
    asked = list(pages.queries("situation/city.py"))
    assert any("南通" in query.get("place", "") for query in asked)
    assert len(asked) == len({str(query) for query in asked})


def test_a_deck_tells_its_slides_and_its_briefing():
    found = list(talks.sentences("city:320600"))
    finding = next(s for s in found if s.kind == FINDING)
    assert any(s.kind == WORD and s.words.rstrip("。") == finding.words.rstrip("。") for s in found)


def test_sentences_that_differ_in_numbers_dates_and_names_are_one_pattern():
    names = Names()
    same = [
        f"{place}2020年60岁及以上{n}人"
        for place, n in (("南通市", "2,225,000"), ("苏州", "3"), ("如皋市", "1.5"))
    ]
    assert {names.pattern(words) for words in same} == {"〔地〕〔日〕〔数〕岁及以上〔数〕人"}
    assert names.pattern("上海、苏州、南通") == "〔地〕…"
    (found,) = patterns([Sentence("city", "cards", CARD, "", words) for words in same])
    assert found.count == 3
    assert "南通市2020年60岁及以上2,225,000人" in (*found.examples, *found.extremes)


@pytest.mark.slow
def test_the_command_prints_the_same_list_twice():
    command = [sys.executable, "-m", "eldercare.sentences", "--page", "compare", "--jobs", "1"]
    one, other = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for _time in range(2)
    )
    assert one == other
    assert one.splitlines()[0].split("\t") == [
        "where",
        "exhibit",
        "kind",
        "part",
        "words",
        "rows",
        "sources",
    ]
    assert all(line.count("\t") == 6 for line in one.splitlines())
