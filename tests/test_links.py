"""Links that people keep: an address of today opens, however the pages are built, the view it was made for."""

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from menu import PAGES
from opening import visit
from test_pages import words

pytestmark = pytest.mark.usefixtures("real_data")

LINKS = list(
    csv.DictReader(Path(__file__).with_name("links.csv").open(encoding="utf-8", newline=""))
)


def opened(address: str):
    parts = urlsplit(address)
    script = next(page.script for page in PAGES if page.url == parts.path)
    return visit(script, **parse_qs(parts.query))


# Of every four links one is opened each time; all of them in the complete run.
@pytest.mark.parametrize(
    "link",
    [
        pytest.param(link, marks=() if place % 4 == 0 else pytest.mark.slow, id=link["address"])
        for place, link in enumerate(LINKS)
    ],
)
def test_a_link_opens_what_it_was_made_for(link):
    app = opened(link["address"])
    tables = "\n".join(table.value.to_string() for table in app.table).replace("\\", "")
    assert link["seen"] in words(app) + tables
    assert "未采用" not in words(app), "a choice of the address is not offered any more"


def test_there_are_links_to_every_page_a_reader_opens():
    linked = {urlsplit(link["address"]).path for link in LINKS}
    assert linked >= {page.url for page in PAGES} - {"intake", "compare"}
    assert len(LINKS) >= 40
