"""A title is a claim that one reads at a glance: at most 24 characters, what qualifies it stands in the line below."""

import re

import pytest
from asking import AS_OF, SOME_OR_EVERY, among
from menu import PAGES
from opening import visit

from eldercare import tables
from eldercare.exhibits import Exhibit, Facts
from eldercare.talks import decks

LONGEST = 24
PAIRS = [("310117", "330400"), ("310107", "340200"), ("310115", "320700"), ("310109", "320582")]


def places_of(name, real, every):
    codes = real.ask("profile_places")["place_code"].tolist()
    return [[()], [(code,) for code in among(codes, every)], PAIRS][decks.MAKERS[name].places]


@SOME_OR_EVERY
@pytest.mark.parametrize("name", decks.MAKERS)
def test_a_title_of_an_exhibit_is_short(name, every, real, real_data):
    facts = Facts(AS_OF)
    made = [decks.MAKERS[name].make(facts, *places) for places in places_of(name, real, every)]
    said = [value for value in made if isinstance(value, Exhibit)]
    titles = [value.title.removeprefix(f"{tables.DEMO} · ") for value in said]
    assert [title for title in titles if len(title) > LONGEST] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_title_on_a_page_is_short(page, real_data):
    app = visit(page.script)
    titles = [*app.title, *app.subheader]
    said = [re.sub(r"\\(.)", r"\1", title.value) for title in titles]
    assert [title for title in said if len(title.removeprefix(f"{tables.DEMO} · ")) > LONGEST] == []
