"""Every sentence of the five source documents is a row or is left out with a reason.

seed_sentences.csv lists them in the order of the documents: a fingerprint, the first words, the figures, and the rows that hold what the sentence says.
The documents themselves are not part of the project. Whoever has them names their folder in ELDERCARE_SEEDS, and the list is checked against every sentence.
"""

import csv
import hashlib
import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from eldercare.data import persons

HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent / "datasets"
# How many sentences, headings and table cells each document has.
SENTENCES = {"S000": 21, "S001": 90, "S002": 32, "S003": 284, "S004": 155}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sentences():
    return rows(HERE / "seed_sentences.csv")


@pytest.fixture(scope="module")
def dropped():
    return {
        row["fact_id"]: row
        for row in rows(DATASETS / "dropped_facts.csv")
        if row["fact_file"] == "seeds"
    }


@pytest.fixture(scope="module")
def cells():
    """(table, id) -> the row, for every table whose first column is its key."""
    return {
        (path.stem, row[next(iter(row))]): row
        for path in DATASETS.glob("*.csv")
        for row in rows(path)
    }


def name_of(sentence):
    return f"{sentence['source_id']}-{int(sentence['number']):03}"


def test_the_list_is_whole(sentences):
    numbers = defaultdict(list)
    for row in sentences:
        numbers[row["source_id"]].append(int(row["number"]))
    assert numbers == {source: list(range(1, count + 1)) for source, count in SENTENCES.items()}
    assert all(
        re.fullmatch(r"[0-9a-f]{12}", row["fingerprint"]) and 0 < len(row["words"]) <= 40
        for row in sentences
    )


def test_every_sentence_is_a_row_or_left_out_with_a_reason(sentences, dropped):
    held = {name_of(row) for row in sentences if row["rows"]}
    assert {name_of(row) for row in sentences} - held == set(dropped)
    assert Counter(row["reason"] for row in dropped.values()) == {
        "prose_without_claim": 128,
        "restated": 44,
        "not_eldercare": 33,
    }


def test_the_rows_are_there_and_rest_on_the_document(sentences, cells):
    for sentence in sentences:
        for key in filter(None, sentence["rows"].split(";")):
            row = cells[tuple(key.split(":"))]
            assert row["source_id"] == sentence["source_id"], (name_of(sentence), key)


def test_every_figure_of_a_sentence_stands_in_its_rows(sentences, cells):
    lost = []
    for sentence in sentences:
        told = " ".join(
            " ".join(cells[tuple(key.split(":"))].values())
            for key in filter(None, sentence["rows"].split(";"))
        )
        lost += [
            (name_of(sentence), figure)
            for figure in filter(None, sentence["figures"].split(";"))
            if figure not in told
        ]
    assert lost == []


def test_what_is_left_out_holds_no_figure_and_names_what_it_repeats(sentences, dropped, cells):
    known = {identity for _table, identity in cells}
    figures = {name_of(row): row["figures"] for row in sentences}
    for name, row in dropped.items():
        assert figures[name] == "", name
        assert (row["reason"] == "restated") == bool(row["kept_id"]), name
        assert all(identity in known for identity in filter(None, row["kept_id"].split(";"))), name


def test_no_sentence_of_the_list_names_a_person(sentences):
    assert [name_of(row) for row in sentences if persons.named(row["words"])] == []


PROMISED = [
    ("task_promises", "PM024", "3万—20万元"),
    ("task_promises", "PM025", "定期更新"),
    ("task_promises", "PM026", "可查、可用、可选"),
    ("task_promises", "PM007", "“一键叫车”服务基本实现县市级及以上城市覆盖"),
    ("task_actions", "TA004", "分散特困供养的失能、高龄、残疾老年人"),
    ("task_actions", "TA051", "丫沙底温泉"),
    ("task_actions", "TA058", "云南红河技师学院"),
    ("documents", "DC011", "时效性：有效"),
]
PRACTICES = {
    "320000": ("“十五五”规划", "服务指导中心", "统筹机构"),
    "510000": ("网络平台", "理论研究中心"),
    "440000": ("虚拟产业园",),
    "330200": ("N个社群圈层", "研修班"),
    "370000": ("领导干部培训",),
}


@pytest.mark.parametrize("table,identity,words", PROMISED)
def test_what_the_documents_promise_is_there(cells, table, identity, words):
    assert words in " ".join(cells[table, identity].values())


def test_what_the_provinces_report_is_there(cells):
    items = defaultdict(set)
    for (table, _identity), row in cells.items():
        if table == "practices":
            items[row["place_code"]].add(row["item"])
    assert {
        place: [item for item in wanted if item not in items[place]]
        for place, wanted in PRACTICES.items()
    } == {place: [] for place in PRACTICES}


def split(text):
    """The sentences of a document, without spaces; doubled commas are a fault of the copy."""
    for line in re.sub(r",{2,}", ",", text).split("\n"):
        for part in re.split(r"(?<=[。;；!！？])(?![”》])", line):
            if part := re.sub(r"\s+", "", part):
                yield part


# The documents are not part of the project: whoever has them says where.
if "ELDERCARE_SEEDS" in os.environ:

    def test_the_list_is_that_of_the_documents(sentences):
        listed = defaultdict(list)
        for row in sentences:
            listed[row["source_id"]].append(row["fingerprint"])
        for source in SENTENCES:
            (path,) = Path(os.environ["ELDERCARE_SEEDS"]).glob(f"{source[1:]}_*.txt")
            assert [
                hashlib.sha1(part.encode()).hexdigest()[:12]
                for part in split(path.read_text(encoding="utf-8"))
            ] == listed[source], source
