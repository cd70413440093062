"""Names that hold markup stay words in every picture: Plotly reads `<a href>` and `<b>` in labels, ticks and hovers as markup."""

import csv
import json
import re

import pytest
from conftest import assemble
from menu import PAGES
from opening import visit

from eldercare import store

MARKUP = '<a href="https://elsewhere.test">链</a><b>粗</b>'
# What a picture may draw are words: no keys, no closed vocabulary, no addresses, no quotes (their rules compare letters).
WORDS = re.compile(
    r"name|short_name|title|short_title|label|party\w*|place_text|address|theme|note|break_note|publisher|reporter|wording|subject|lane|reading|legend"
)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """The miniature with markup behind every free word that a picture may draw."""
    folder = assemble(tmp_path_factory.mktemp("spoiled") / "datasets")
    spoiled = set()
    for table in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        schema = table.get("schema")
        if not schema or not table["path"].endswith(".csv"):
            continue
        keys = {
            *_listed(schema.get("primaryKey")),
            *(f for k in schema.get("foreignKeys", []) for f in _listed(k["fields"])),
        }
        free = [
            field["name"]
            for field in schema["fields"]
            if field["type"] == "string"
            and field["name"] not in keys
            and WORDS.fullmatch(field["name"])
            and not {"enum", "pattern"} & set(field.get("constraints", {}))
        ]
        path = folder / table["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in free:
                if row.get(column):
                    row[column] += MARKUP
                    spoiled.add((table["name"], column))
        if rows:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    assert {
        ("places", "short_name"),
        ("events", "title"),
        ("indicators", "title"),
        ("tasks", "title"),
    } <= spoiled
    return folder


def _listed(value):
    return [value] if isinstance(value, str) else value or []


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


# All words of all pictures pass through one place; of each room of pages one runs by default, the others are slow.
EVERYDAY = {"overview", "institutions", "pairing", "tasks", "coverage"}
WAYS = [
    *(
        pytest.param(page.script, {}, marks=() if page.url in EVERYDAY else pytest.mark.slow)
        for page in PAGES
    ),
    *(
        pytest.param(script, query, marks=pytest.mark.slow)
        for script, query in (
            ("situation/overview.py", {"place_map_view": "方格图"}),
            ("cooperation/pairing.py", {"place_map_view": "方格图"}),
            ("institutions/directory.py", {"demo": "true"}),
            ("situation/ageing.py", {"ageing_counties_view": "排序"}),
        )
    ),
]


@pytest.mark.parametrize(("script", "query"), WAYS, ids=lambda value: str(value))
def test_markup_in_a_name_is_text_in_every_picture(spoiled, monkeypatch, script, query):
    monkeypatch.setenv("ELDERCARE_DATASETS", str(spoiled))
    store.current.cache_clear()
    app = visit(script, **query)
    store.current.cache_clear()
    words = [
        text for chart in app.get("plotly_chart") for text in _strings(json.loads(chart.proto.spec))
    ]
    live = [text for text in words if re.search(r"<a\b|<b>粗", text)]
    assert live == [], f"{len(live)} texts of {len(words)}"


def test_our_own_line_breaks_are_still_markup():
    specs = [
        chart.proto.spec
        for script in ("situation/overview.py", "tasks/indicators.py", "cooperation/sojourn.py")
        for chart in visit(script).get("plotly_chart")
    ]
    words = [text for spec in specs for text in _strings(json.loads(spec))]
    assert any("<br>" in text for text in words)
    assert not [text for text in words if re.search(r"&(amp;)?lt;/?br&?", text)]
