"""Open data over HTTP: what is open, that it is what the pages ask, and that nothing impossible is answered."""

import csv
import io
import json
import threading
from datetime import date
from functools import cache
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import duckdb
import openpyxl
import pandas as pd
import pytest
from conftest import DATASETS, assemble
from frictionless import Package
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_queries import OTHER_SAMPLES, QUESTIONS, sample, statement_of

from eldercare import store, tables
from eldercare.data.build import VIEWS
from eldercare.data.derived import MACROS
from eldercare.exhibits import Exhibit, Facts
from eldercare.opendata import answers, exhibited, formats, offers, parameters
from eldercare.store import QUERIES
from eldercare.talks.decks import MAKERS
from eldercare.web import open_data

CLOSED = {"obstacles", "obstacle_parties", "intake_decisions", "dropped_facts"}


def client() -> TestClient:
    return TestClient(Starlette(routes=open_data.routes()), follow_redirects=False)


@pytest.fixture(scope="module")
def asked_tiny(tmp_path_factory):
    """A client whose answers are of the miniature, and the miniature's store."""
    folder = assemble(tmp_path_factory.mktemp("open") / "datasets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_DATASETS", str(folder))
        patch.setattr(open_data, "SECONDS_AT_ONCE", 1e6)
        store.current.cache_clear()
        yield client()
        store.current.cache_clear()


@pytest.fixture
def asked(real_data, monkeypatch):
    """A client whose answers are of the real data."""
    monkeypatch.setattr(open_data, "SECONDS_AT_ONCE", 1e6)
    return client()


def got(asked, path: str, status: int = 200, **headers):
    answer = asked.get(f"/data/v1/{path}", headers=headers)
    assert answer.status_code == status, answer.text[:300]
    return answer


def query_of(question: str, **more) -> str:
    """The sample of a question as an address says it."""
    found = sample(QUERIES / f"{question}.sql", **OTHER_SAMPLES.get(question, {}))
    words = {}
    for name, value in found.items():
        if name == "chosen" or name in parameters.DERIVED:
            continue
        if isinstance(value, list):
            words[name] = ",".join(value)
        elif value not in (None, ""):
            words[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return urlencode({**words, **more})


# --- what is open ---


def test_tables_are_open_by_the_word_of_the_package_alone():
    told = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    named = {e["name"] for e in told["resources"] if e.get("openData") in ("open", "demo")}
    assert set(offers.tables()) == named
    assert not named & (CLOSED | {"boundaries"})


def test_a_closed_table_is_at_no_address_and_in_no_description(asked_tiny):
    for name in CLOSED:
        for ending in formats.FORMATS:
            got(asked_tiny, f"tables/{name}.{ending}", 404)
        for described in ("", "datapackage.json", "catalog.jsonld", "openapi.json"):
            assert f'"{name}"' not in got(asked_tiny, described).text
            assert f"/{name}." not in got(asked_tiny, described).text


def test_a_question_that_reads_a_closed_table_is_closed(monkeypatch):
    known = offers.open_tables()
    monkeypatch.setattr(
        offers, "open_tables", lambda: {n: t for n, t in known.items() if n != "task_reports"}
    )
    left = set(QUESTIONS) - set(offers.questions.__wrapped__())
    assert {"task_reports_of", "task_schedule", "task_parts"} <= left
    assert "elder_share" not in left


def test_a_guarded_table_leaves_through_its_rule_alone(monkeypatch):
    """A question that reads obstacles past the rule of agreement is none of open data."""
    assert not offers.reads("pair_obstacles") & CLOSED
    past = "select o.title from obstacles as o join agreed_obstacles using (obstacle_id) order by 1"
    monkeypatch.setattr(store, "sql", lambda _name: past)
    assert offers.reads.__wrapped__("pair_obstacles") & CLOSED == {"obstacles"}


def test_a_correction_of_what_is_internal_is_internal(asked_tiny, monkeypatch):
    assert got(asked_tiny, "tables/corrections.json").json()["total"] == 1
    known = offers.open_tables()
    monkeypatch.setattr(
        offers, "open_tables", lambda: {n: t for n, t in known.items() if n != "observations"}
    )
    assert got(asked_tiny, "tables/corrections.json?row_id=SD-2020").json()["total"] == 0


def tables_in(node) -> set[str]:
    """Every table and table macro that DuckDB's parser sees in a statement."""
    if isinstance(node, list):
        return set().union(*map(tables_in, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    found = tables_in(list(node.values()))
    if node.get("type") == "BASE_TABLE":
        found.add(node["table_name"])
    if node.get("type") == "TABLE_FUNCTION":
        found.add(node["function"]["function_name"])
    return found


@pytest.mark.slow
def test_what_a_question_reads_is_what_duckdb_sees():
    paths = {path.stem: path for folder in (VIEWS, MACROS) for path in folder.glob("*.sql")}
    known = {table.name for table in offers.package().tables}

    connection = duckdb.connect()

    @cache
    def reads(path) -> frozenset[str]:
        asked = {"sql": path.read_text(encoding="utf-8")}
        (tree,) = connection.execute("select json_serialize_sql($sql::varchar)", asked).fetchone()
        named = tables_in(json.loads(tree))
        through = f"through {path.stem}"
        own = {n for n in named & known if offers.package().table(n).open_data != through}
        return frozenset(own).union(*(reads(paths[n]) for n in named & paths.keys()))

    for question in QUESTIONS:
        assert reads(QUERIES / f"{question}.sql") <= offers.reads(question), question


def test_every_question_is_open_with_exactly_the_parameters_of_its_file():
    assert set(offers.questions()) == set(QUESTIONS)
    for name, offer in offers.questions().items():
        given = {each.name: None for each in offer.paged} | {"ended": False, "everywhere": True}
        named = statement_of(QUERIES / f"{name}.sql").named_parameters
        assert set(offers.arguments(offer, given)) == set(named), name


# --- what is given is what the pages ask ---


def same_rows(asked, question: str) -> None:
    values = sample(QUERIES / f"{question}.sql", **OTHER_SAMPLES.get(question, {}))
    answer = got(asked, f"questions/{question}.json?{query_of(question, unverified='true')}").json()
    rows = store.current().ask(question, **values)
    assert answer["total"] == len(rows)
    given = [{k: v for k, v in row.items() if k != answers.MARK} for row in answer["rows"]]
    assert given == formats.records(answers.few_persons(rows)), question


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_rows_of_a_question_are_those_of_the_store(asked_tiny, question):
    same_rows(asked_tiny, question)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(offers.tables()))
def test_a_table_is_given_as_its_file_has_it(asked, name):
    table = offers.open_tables()[name]
    file = pd.read_csv(DATASETS / table.path, dtype=str, keep_default_na=False)
    text = got(asked, f"tables/{name}.csv?unverified=true&demo=true").content.decode("utf-8-sig")
    given = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    texts = [c.name for c in table.fields if c.type == "string"]
    key = list(table.primary_key)
    # A sign at the beginning that a sheet would reckon with has an apostrophe before it.
    given[texts] = given[texts].apply(lambda column: column.str.removeprefix("'"))
    # Numbers are written with fewer or more digits of the same value.
    both = (
        file[texts + [k for k in key if k not in texts]],
        given[texts + [k for k in key if k not in texts]],
    )
    lines = [sorted(map(tuple, each.values)) for each in both]
    assert len(file) == len(given) and lines[0] == lines[1]


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(MAKERS))
def test_an_exhibit_says_what_the_page_says(asked, key):
    needed = "&".join(filter(None, [exhibited.needed(key), "unverified=true"]))
    told = got(asked, f"exhibits/{key}.json?{needed}").json()
    values = exhibited.read(key, parse_qsl(needed))
    codes = [values["place"]] if "place" in values else values.get("places", [])
    made = MAKERS[key].make(Facts(values["as_of"]), *codes)
    if not isinstance(made, Exhibit):
        assert (told["title"], told["why"]) == (made.subject, made.why)
        return
    assert (told["title"], told["subtitle"]) == (made.title, made.subtitle)
    assert (told["source_line"], told["caveats"]) == (made.source_line, list(made.caveats))
    assert [each["source_id"] for each in told["sources"]] == list(
        tables.sources_of(made.rows)["source_id"]
    )
    assert told["columns"] == list(made.twin.columns)
    assert len(told["rows"]) == len(made.rows)


@pytest.mark.parametrize("shape", ["16:9", "3:4"])
def test_the_picture_of_an_exhibit_is_the_one_of_the_page(asked, shape):
    """Its words stand in it; as the page draws it, with release and date on it."""
    told = got(asked, "exhibits/bed_target.json").json()
    drawn = got(asked, f"exhibits/bed_target.svg?format={shape}")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    words = "".join(ElementTree.fromstring(drawn.content).itertext())
    assert told["title"] in words and told["release"][:8] in words
    assert got(asked, f"exhibits/bed_target.png?format={shape}").content.startswith(b"\x89PNG")
    assert "没有可画的" in got(asked, "exhibits/place_beds.svg?place=320500", 400).json()["fault"]


def test_all_formats_of_an_answer_hold_the_same_rows(asked_tiny):
    path = "questions/elder_share.{}?age=60"
    rows = got(asked_tiny, path.format("json")).json()["rows"]
    sheet = csv.DictReader(
        io.StringIO(got(asked_tiny, path.format("csv")).content.decode("utf-8-sig"))
    )
    flat = [
        {
            k: "" if v is None else "、".join(v) if isinstance(v, list) else str(v)
            for k, v in row.items()
        }
        for row in rows
    ]
    assert list(sheet) == flat
    parquet = pd.read_parquet(io.BytesIO(got(asked_tiny, path.format("parquet")).content))
    assert formats.records(parquet) == rows
    book = openpyxl.load_workbook(io.BytesIO(got(asked_tiny, path.format("xlsx")).content))
    head, *lines = book["数据"].iter_rows(values_only=True)
    assert list(head) == list(rows[0]) and len(lines) == len(rows)
    assert [line[head.index("value")] for line in lines] == [row["value"] for row in rows]


def test_every_answer_says_its_release_and_the_date_of_its_data(asked_tiny):
    release = store.current().ask("release").iloc[0]
    for ending in formats.FORMATS:
        headers = got(asked_tiny, f"tables/stages.{ending}").headers
        assert headers["x-release"] == release["content_hash"]
        assert headers["x-as-of"] == f"{release['as_of']:%Y-%m-%d}"
        assert headers["cache-control"].startswith("public")


def test_who_has_the_answer_is_told_that_nothing_changed(asked_tiny):
    first = got(asked_tiny, "tables/stages.csv")
    again = got(asked_tiny, "tables/stages.csv", 304, **{"If-None-Match": first.headers["etag"]})
    assert again.content == b"" and again.headers["etag"] == first.headers["etag"]
    assert got(asked_tiny, "tables/tiles.csv", 200, **{"If-None-Match": first.headers["etag"]})


def test_pages_of_rows_follow_each_other_to_the_end(asked_tiny):
    whole = got(asked_tiny, "tables/places.json").json()["rows"]
    found, path = [], "places.json?limit=7"
    while path:
        answer = got(asked_tiny, f"tables/{path}")
        found += answer.json()["rows"]
        assert answer.headers["x-total-count"] == str(len(whole))
        path = answer.links.get("next", {}).get("url")
    assert found == whole and len(whole) > 14


def test_a_table_is_narrowed_by_its_columns(asked_tiny):
    rows = got(asked_tiny, "tables/places.json?level=city,district&in_delta=true").json()["rows"]
    assert {row["level"] for row in rows} == {"city", "district"}
    assert all(row["in_delta"] for row in rows)


# --- only on demand, and marked ---


def test_rows_of_lists_to_be_checked_come_only_on_demand_and_marked(asked):
    sources = pd.read_csv(DATASETS / "sources.csv")
    to_check = set(sources[sources["caveat"].notna()]["source_id"])
    homes = pd.read_csv(DATASETS / "institutions.csv")
    listed = homes["source_id"].isin(to_check)
    without = got(asked, "tables/institutions.json").json()
    assert {row["institution_id"] for row in without["rows"]} == set(
        homes[~listed]["institution_id"]
    )
    assert without["left_out"] == listed.sum() > 600 and "unverified=true" in without["said"][0]
    whole = got(asked, "tables/institutions.json?unverified=true")
    marked = {row["institution_id"] for row in whole.json()["rows"] if row["mark"]}
    assert marked == set(homes[listed]["institution_id"])
    assert whole.headers["x-unverified"] == "true"
    # No name of such a list in an answer that was not asked for it.
    names = set(homes[listed & homes["name"].str.len().gt(8)]["name"])
    for question in (
        "institutions_known",
        "institution_rows",
        "place_homes?place=310115",
        "quotes_recorded",
    ):
        name, _mark, query = question.partition("?")
        text = got(asked, f"questions/{name}.json?{query}").text
        assert not [home for home in names if home in text], question


def test_a_sum_of_a_list_to_be_checked_is_refused_until_asked_for(asked):
    refused = got(asked, "questions/institution_totals.json", 400).json()["fault"]
    assert "待核名单" in refused and "unverified=true" in refused
    (row,) = got(asked, "questions/institution_totals.json?unverified=true").json()["rows"]
    assert row["mark"] == answers.PART_WORDS
    assert "待核" in got(asked, "exhibits/homes.json", 400).json()["fault"]


@pytest.mark.parametrize(
    "path",
    [
        "tables/demo_institutions.csv",
        "questions/institution_fields.json?institution=D001",
        "questions/institutions_compared.json?institutions=D001",
        "exhibits/homes_demo.json",
    ],
)
def test_what_is_fictitious_is_given_only_when_asked_for(asked, path):
    invented = pd.read_csv(DATASETS / "demo" / "institutions.csv")["institution_id"].iloc[0]
    path = path.replace("D001", invented)
    assert "demo=true" in got(asked, path, 400).json()["fault"]
    joint = "&" if "?" in path else "?"
    answer = got(asked, f"{path}{joint}demo=true")
    assert "演示" in answer.text


def test_fictitious_rows_never_stand_among_real_ones(asked):
    for name, offer in offers.questions().items():
        if not any(each.name == "demo" for each in offer.declared):
            continue
        rows = got(asked, f"questions/{name}.json?demo=true").json()["rows"]
        assert rows and {row["mark"] for row in rows} == {answers.DEMO_WORDS}, name


def test_fewer_than_ten_persons_are_no_number(asked_tiny):
    rows = store.current().ask("elder_share", age=60)
    few = (rows["elders"] < 10).fillna(False)
    assert few.any(), "the miniature has no such row"
    given = got(asked_tiny, "questions/elder_share.json?age=60").json()["rows"]
    assert [row["elders"] == "少于10" for row in given] == few.tolist()
    sheet = got(asked_tiny, "questions/elder_share.csv?age=60").content.decode("utf-8-sig")
    assert sheet.count("少于10") >= few.sum()
    frame = pd.DataFrame({"value": [3.0, 3.0, 12.0, None], "unit": ["人", "家", "人", "人"]})
    assert answers.few_persons(frame)["value"].tolist() == ["少于10", "3", "12", None]


def test_every_count_of_persons_is_declared():
    """A column of persons has its unit in the package; a question that renames it names it here."""
    in_tables = {c.name for t in offers.open_tables().values() for c in t.fields if c.unit == "人"}
    assert in_tables <= set(answers.PERSONS)


# --- what cannot be answered ---

IMPOSSIBLE = [
    ("questions/elder_share.json?age=61", "61"),
    ("questions/elder_share.json?age=60&age=65", "至多给1个值"),
    ("questions/elder_share.json?nosuch=1", "没有参数"),
    ("questions/elder_share.json?limit=10001", "limit"),
    ("questions/elder_share.json?limit=99999999999999999999", "limit"),
    ("questions/elder_share.json?limit=-1", "limit"),
    ("questions/elder_share.json?offset=100000", "offset"),
    ("questions/elder_share.json?demo=maybe", "true 或 false"),
    ("questions/elder_share.json?as_of=2021-01-01", "没有参数"),
    ("questions/headline.json?as_of=2021-13-01", "日期"),
    ("questions/headline.json?as_of=1021-01-01", "日期"),
    ("questions/timeline_changes.json?after=2021-01-02&until=2021-01-01", "晚于"),
    ("questions/place_records.json", "缺少参数"),
    ("questions/place_records.json?place=' or 1=1 --", "没有“' or 1=1 --”"),
    ("questions/place_records.json?place=310000;drop table places", "没有"),
    ("questions/place_records.json?place=%FF%FE", "编码"),
    ("questions/place_called.json?name=%00", "编码"),
    ("questions/place_called.json?name=", "空的"),
    ("questions/search.json?words=" + "长" * 41, "至多40个字"),
    ("questions/institution_rows.json?sort=distance", "from_lon"),
    ("questions/words_in_order.json?texts=" + ",".join("a" * 601), "600"),
    ("questions/search.json?words=" + "x" * 20_001, "太长"),
    ("tables/places.csv?level=" + "x" * 201, "200"),
    ("exhibits/pair_cards.json?places=310117", "2个"),
    ("datapackage.json?x=1", "没有参数"),
]


@pytest.mark.parametrize(("path", "words"), IMPOSSIBLE, ids=[p[:60] for p, _ in IMPOSSIBLE])
def test_what_is_impossible_is_said_in_a_sentence(asked_tiny, path, words):
    answer = got(asked_tiny, path, 400)
    assert words in answer.json()["fault"] and answer.json()["fault"].endswith("。")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "nosuch",
        "tables/nosuch.csv",
        "tables/places.exe",
        "tables/places",
        "questions/../tables/places.csv/..",
        "questions/%2e%2e%2fstore.csv",
        "tables/..%2f..%2fdatasets%2fplaces.csv",
        "tables/views%2fplace_pages.csv",
        "questions/views/place_pages.csv",
        "exhibits/matrix.csv",
        "exhibits/nosuch.svg",
        "tables/place_pinyin.csv",
        "%FF%FE",
    ],
)
def test_what_is_no_address_is_told_in_chinese(asked_tiny, path):
    assert "没有这个地址" in got(asked_tiny, path, 404).json()["fault"]


def test_only_reading_is_possible(asked_tiny):
    for method in ("post", "put", "delete", "patch"):
        answer = getattr(asked_tiny, method)("/data/v1/tables/stages.csv")
        assert answer.status_code == 405 and "只读" in answer.json()["fault"]


def test_the_way_to_the_index_is_found_without_its_last_sign(asked_tiny):
    assert asked_tiny.get("/data/v1").headers["location"] == "v1/"
    assert asked_tiny.get("/data").headers["location"] == "data/v1/"


# --- nobody takes more than a share ---


def test_an_answer_is_made_once_however_many_ask():
    kept, made, begun = open_data.Kept(), [], threading.Barrier(4)

    def make() -> open_data.Made:
        made.append(1)
        return open_data.Made(b"x", "text/plain", {}, "1")

    def ask() -> None:
        begun.wait()
        kept.get("key", make)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_what_is_kept_has_a_bound():
    kept = open_data.Kept(most=250)
    made = {name: open_data.Made(b"x" * 100, "text/plain", {}, name) for name in "abc"}
    for name, each in made.items():
        kept.get(name, lambda each=each: each)
    assert set(kept._kept) == {"b", "c"}


def test_who_asks_without_end_is_asked_to_wait_and_others_are_served(asked_tiny, monkeypatch):
    monkeypatch.setattr(open_data, "SECONDS_AT_ONCE", 0.2)
    monkeypatch.setattr(open_data, "SECONDS_A_SECOND", 0.001)

    async def visited(scope, receive, send):
        scope["visitor"] = dict(scope["headers"]).get(b"x-who", b"?").decode()
        await app(scope, receive, send)

    app = Starlette(routes=open_data.routes())
    visitors = TestClient(visited)
    states = [
        visitors.get("/data/v1/tables/stages.csv", headers={"x-who": "one"}) for _ in range(8)
    ]
    refused = states[-1]
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    assert "请稍后" in refused.json()["fault"]
    other = visitors.get("/data/v1/tables/stages.csv", headers={"x-who": "two"})
    assert other.status_code == 200


# --- descriptions ---


@pytest.mark.slow
def test_the_data_package_and_its_files_are_what_the_standard_says(asked, tmp_path):
    """frictionless reads the package as it comes over the line, keys between the open tables included."""
    told = got(asked, "datapackage.json").json()
    for resource in told["resources"]:
        joint = "&" if "?" in resource["path"] else "?"
        body = got(asked, f"{resource['path']}{joint}unverified=true").content
        rows = pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False)
        resource["path"] = f"{resource['name']}.csv"
        # The package is of the rows without the mark.
        rows.drop(columns="mark").to_csv(tmp_path / resource["path"], index=False)
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate(limit_errors=5)
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []


def test_every_address_of_the_index_and_the_catalogue_answers(asked_tiny):
    index = got(asked_tiny, "").json()
    found = [each["csv"] for kind in ("tables", "questions") for each in index[kind]]
    catalogue = got(asked_tiny, "catalog.jsonld").json()
    listed = [
        d["dcat:accessURL"]["@id"]
        for each in catalogue["dcat:dataset"]
        for d in each["dcat:distribution"]
    ]
    assert set(found) <= set(listed) and len(listed) == 4 * len(found)
    assert {each["dct:license"]["@id"] for each in catalogue["dcat:dataset"]} == {formats.LICENCE}


def test_the_date_of_a_past_day_is_heeded(asked_tiny):
    past = got(asked_tiny, "questions/timeline_events.json?as_of=2021-12-31&unverified=true").json()
    rows = store.current().ask(
        "timeline_events",
        as_of=date(2021, 12, 31),
        cities=store.current().ask("cities")["place_code"].tolist(),
        everywhere=True,
        party="",
        platforms=store.current().ask("platforms")["platform"].tolist(),
        kinds=[*store.current().ask("event_lanes")["lane"], "文件"],
    )
    assert past["rows"] and [row["record_id"] for row in past["rows"]] == rows["record_id"].tolist()


def test_the_description_names_every_parameter_that_is_read(asked_tiny):
    told = got(asked_tiny, "openapi.json").json()
    assert told["openapi"].startswith("3.")
    for name, offer in offers.questions().items():
        (operation,) = told["paths"][f"/questions/{name}.{{ending}}"].values()
        named = {each["name"] for each in operation["parameters"]} - {"ending"}
        assert named == {each.name for each in offer.paged}


def test_duckdb_is_asked_with_parameters_only(asked_tiny):
    """What an address says reaches the database as a value: here words that would be SQL."""
    words = "x' union select 1 --"
    answer = got(asked_tiny, f"questions/place_called.json?{urlencode({'name': words})}")
    assert answer.json()["rows"] == []
    with pytest.raises(duckdb.Error):
        store.current().cursor().execute("create table t as select 1")
