"""堵点台账: a matter that not all parties agreed to show appears on no page, in no file, on no slide, at no route."""

import csv
import io
import re
import zipfile

import pytest
from filing import open_desk
from menu import PAGES
from opening import visit
from test_open_data import asked_tiny, got, query_of  # noqa: F401

from eldercare import store
from eldercare.intake import accepting
from eldercare.letters import batch, requests
from eldercare.opendata import offers
from eldercare.screen.desk import showing
from eldercare.store import QUERIES
from eldercare.talks import decks, files_of, making

INTERNAL, AGREED = "测试内部", "测试待解决事项乙"
PAIR = {"pairing_district": "松江区", "pairing_partner": "嘉兴市"}
RULE = "agreed_obstacles"


def sent(page) -> bytes:
    """Everything that a page sends to a browser: words, tables, pictures."""
    found, waiting = [], [page.main, page.sidebar]
    while waiting:
        node = waiting.pop()
        waiting += list(getattr(node, "children", {}).values())
        if (proto := getattr(node, "proto", None)) is not None:
            found.append(proto.SerializeToString())
    return b"\n".join(found)


def unpacked(data: bytes) -> bytes:
    """A file as one piece of text, whatever it is packed in."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_no_page_shows_it(page, tiny_data):
    assert INTERNAL.encode() not in sent(visit(page.script))


@pytest.mark.slow
def test_the_page_of_the_pair_shows_only_what_all_agreed_to(tiny_data):
    told = sent(visit("cooperation/pairing.py", **PAIR))
    assert AGREED.encode() in told, "松江 and 嘉兴 agreed to this one"
    assert INTERNAL.encode() not in told


@pytest.mark.parametrize(
    "part", ["导入", "审核", "商请", "版本", "报送窗口", "更正一格", "记住的回答", "日志"]
)
def test_no_part_of_the_desk_shows_it_to_a_reader(part, tiny_data):
    page = visit("data/intake.py", intake_part=part, intake_table="堵点（内部）")
    assert INTERNAL.encode() not in sent(page)
    assert not [box for box in page.selectbox if "堵点（内部）" in box.options]


def test_who_files_sees_the_table_and_a_reader_does_not(tiny, tmp_path, monkeypatch):
    for _home in open_desk(tiny, tmp_path, monkeypatch):
        context = accepting.current_context()
        internal = {table.name for table in context.package.tables if table.is_internal}
        assert internal == {"obstacles", "obstacle_parties"}
        assert not internal & set(showing.titles(None).values())


@pytest.mark.slow
@pytest.mark.parametrize("deck", ["region", "pair:310117|330400", "city:330400"])
def test_no_slide_and_no_file_of_a_deck_shows_it(deck, tiny_data):
    _deck, talk = making.ready(decks.parse(deck))
    for format_ in files_of.WRITERS:
        assert INTERNAL.encode() not in unpacked(files_of.made(talk, format_)), format_


def test_no_letter_shows_it(tiny_data):
    made = batch.zipped(requests.every(["310117", "330400"]), accepting.current_context())
    assert INTERNAL.encode() not in unpacked(made)


@pytest.mark.slow
def test_no_route_shows_it(asked_tiny):  # noqa: F811
    for kind, known in offers.offered().items():
        for name, offer in known.items():
            asked = query_of(name, unverified="true") if kind == "questions" else offer.needed
            answer = got(asked_tiny, f"{kind}/{name}.json?{asked}")
            assert INTERNAL not in answer.text, name
    for described in ("", "datapackage.json", "catalog.jsonld", "openapi.json"):
        assert INTERNAL not in got(asked_tiny, described).text


def test_one_view_alone_reads_the_table():
    reading = [
        path.stem
        for path in QUERIES.rglob("*.sql")
        if re.search(
            r"\b(from|join)\s+(obstacles|obstacle_parties)\b", path.read_text(encoding="utf-8")
        )
    ]
    assert reading == [RULE]


@pytest.mark.slow
def test_every_party_must_have_agreed(tiny, monkeypatch):
    """One side more that has not said yes takes the matter off the page again."""
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    path = tiny / "obstacle_parties.csv"
    path.write_text(path.read_text(encoding="utf-8") + "OB2,3,测试第三方,,,S2,\n", encoding="utf-8")
    store.current.cache_clear()
    assert (
        store.current().ask("pair_obstacles", as_of="2026-11-22", places=["310117", "330400"]).empty
    )
    store.current.cache_clear()


def test_an_agreement_of_later_is_none_yet(tiny_store):
    for day, titles in (("2021-02-28", []), ("2021-03-01", [AGREED])):
        rows = tiny_store.ask("pair_obstacles", as_of=day, places=["310117", "330400"])
        assert rows["title"].tolist() == titles


def test_the_first_rows_rest_on_rules_with_their_words(real):
    """What stands in the repository was taken from documents, names its source and is agreed to by nobody yet."""
    with open("datasets/obstacles.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    quotes = real.ask("quotes_recorded", source_ids=sorted({row["source_id"] for row in rows}))
    assert rows and {row["quote"] for row in rows} <= set(quotes["quote"])
    with real.cursor() as cursor:
        assert cursor.execute(f"select count(*) from {RULE}").fetchone() == (0,)
