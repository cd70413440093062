"""Questions get their own answers, whoever else asks; the instance is locked; a bad edit harms nobody."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from eldercare import releases, tables
from eldercare import store as store_module
from eldercare.data import build
from eldercare.data.built import open_file
from eldercare.data.validation import BrokenDatasets
from eldercare.releases import making
from eldercare.store import Store


def wrong_answers(ask, threads: int = 8, rounds: int = 60) -> int:
    """How many of `threads` × `rounds` calls did not get the answer of their own question.

    Each thread asks about a source of its own: a mix-up shows as another thread's identifier.
    """
    start = threading.Barrier(threads)

    def keep_asking(number: int) -> int:
        mine = f"S{number % 4 + 1}"
        start.wait()
        wrong = 0
        for _ in range(rounds):
            try:
                answer = ask("sources_cited", source_ids=[mine])["source_id"].tolist()
            except Exception:
                answer = None
            wrong += answer != [mine]
        return wrong

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(keep_asking, range(threads)))


def test_eight_threads_never_get_anothers_answer(tiny_store):
    assert wrong_answers(tiny_store.ask) == 0


def test_the_check_above_catches_a_shared_connection(tiny_store):
    """The same check on a store that forgets the cursor of its own: it must find mix-ups."""
    shared = tiny_store.cursor()

    def ask(question, **parameters):
        return shared.execute(store_module.sql(question), parameters).df()

    assert wrong_answers(ask) > 0


def test_eight_threads_with_different_questions(tiny_store):
    """Different files at once: each thread gets the columns and rows it gets when it asks alone."""
    questions = [
        ("cities", {}),
        ("release", {}),
        ("tiles", {}),
        ("bed_gaps", {}),
        ("places_of_level", {"level": "district"}),
        ("places_of_level", {"level": "city"}),
        ("search", {"words": "测试", "count": 3}),
        (
            "pair_cells",
            {
                "as_of": date(2021, 12, 31),
                "cities": ["310000"],
                "platforms": ["产业", "未归入平台"],
            },
        ),
    ]
    alone = [tiny_store.ask(name, **values) for name, values in questions]
    start = threading.Barrier(len(questions))

    def same_as_alone(number: int) -> bool:
        name, values = questions[number]
        start.wait()
        return all(alone[number].equals(tiny_store.ask(name, **values)) for _ in range(20))

    with ThreadPoolExecutor(len(questions)) as pool:
        assert all(pool.map(same_as_alone, range(len(questions))))


def test_first_visitors_at_once_get_one_build(tiny, tmp_path):
    store = Store(tiny, tmp_path / "build")
    start = threading.Barrier(8)

    def ask(_number: int) -> int:
        start.wait()
        return len(store.ask("sources_cited", source_ids=["S1", "S2"]))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [2] * 8
    assert len(list((tmp_path / "build").iterdir())) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to '{folder}/out.csv'",
        "select * from read_csv('/etc/hostname')",
        "select * from read_text('{folder}/datasets/places.csv')",
        "select * from '{folder}/datasets/places.csv'",
        "set threads = 8",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset threads",
        "install httpfs",
        "load httpfs",
        "attach '{folder}/other.duckdb' as other",
        "export database '{folder}/copy'",
        "insert into tiles values ('YRD', 0, 0)",
        "update observations set value = 0",
        "drop table tiles",
        "create table extra (a int)",
    ],
)
def test_the_instance_is_locked(tiny_store, tmp_path, statement):
    before = sorted(tmp_path.iterdir())
    with tiny_store.cursor() as cursor, pytest.raises(duckdb.Error) as caught:
        cursor.execute(statement.format(folder=tmp_path))
    assert not isinstance(caught.value, duckdb.ParserException | duckdb.CatalogException), (
        "refused for the wrong reason"
    )
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "name",
    [
        "no_such_question",
        "",
        "../tests/x",
        "views/agreement_stages",
        "/etc/passwd",
        "tiles.sql",
        "tiles\n",
        "Tiles",
        "..",
        "tiles\x00",
    ],
)
def test_only_known_names_are_questions(tiny_store, name):
    with pytest.raises(KeyError):
        tiny_store.ask(name)


def test_a_missing_parameter_is_an_error(tiny_store):
    with pytest.raises(duckdb.Error, match="level"):
        tiny_store.ask("places_of_level")


def test_an_extra_parameter_is_an_error(tiny_store):
    with pytest.raises(duckdb.Error, match="colour"):
        tiny_store.ask("places_of_level", level="city", colour="red")


@pytest.mark.parametrize(
    "words", ["'", '"; drop table places; --', "%", "\\", "$words", "x' or '1'='1"]
)
def test_parameters_are_values_never_code(tiny_store, words):
    assert tiny_store.ask("search", words=words, count=5).query("kind == '地区'").empty
    assert len(tiny_store.ask("cities")) == 5


def test_tuples_and_sets_are_lists(tiny_store):
    for chosen in (["S1", "S2"], ("S1", "S2"), {"S1", "S2"}):
        assert tiny_store.ask("sources_cited", source_ids=chosen)["source_id"].tolist() == [
            "S1",
            "S2",
        ]


def titles(store: Store) -> str:
    return store.ask("sources_cited", source_ids=["S1"])["title"].iloc[0]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_refresh_follows_good_edits_and_survives_bad_ones(tiny, tmp_path):
    store, sources = Store(tiny, tmp_path / "build"), tiny / "sources.csv"
    store.refresh()
    assert (titles(store), store.fault) == ("测试公文", None)

    replace(sources, "测试公文", "测试公文（修订）")
    store.refresh()
    assert (titles(store), store.fault) == ("测试公文（修订）", None)

    replace(sources, ",公文,", ",传闻,")
    store.refresh()
    assert titles(store) == "测试公文（修订）"
    assert [(p.file, p.line, p.column) for p in store.fault.problems] == [
        ("sources.csv", 2, "source_class")
    ]

    replace(sources, ",传闻,", ",公文,")
    replace(sources, "测试公文（修订）", "测试公文（再修订）")
    store.refresh()
    assert (titles(store), store.fault) == ("测试公文（再修订）", None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'"asOf": "\d{4}-\d\d-\d\d"', '"asOf": "2026-11-31"'),
        (r'"resources": \[', '"resources": [], "rest": ['),
        (r'"type": "integer"', '"type": "int"'),
        (r'"pattern": "', '"pattern": "('),
        (r'"name": "age_groups"', '"name": "age_bands"'),
    ],
    ids=["date", "no tables", "type", "pattern", "a table that questions miss"],
)
def test_a_bad_description_keeps_the_last_good_build(old, new, tiny, tmp_path):
    store, package = Store(tiny, tmp_path / "build"), tiny / "datapackage.json"
    store.refresh()
    good = package.read_text(encoding="utf-8")
    changed, count = re.subn(old, lambda _found: new, good, count=1)
    assert count == 1
    package.write_text(changed, encoding="utf-8")
    store.refresh()
    assert store.fault is not None
    assert len(store.ask("cities")) == 5
    package.write_text(good, encoding="utf-8")
    store.refresh()
    assert store.fault is None


def test_a_full_disk_keeps_the_last_good_build_and_is_not_tried_at_every_visit(
    tiny, tmp_path, monkeypatch, caplog
):
    store = Store(tiny, tmp_path / "build")
    store.refresh()
    tries = []

    def full(*_arguments):
        tries.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "build", full)
    replace(tiny / "sources.csv", "测试公文", "测试公文（修订）")
    for _visit in range(3):
        store.refresh()
        assert titles(store) == "测试公文"
    assert (len(tries), type(store.fault)) == (1, OSError)
    assert "No space left" in caplog.text

    monkeypatch.undo()
    replace(tiny / "sources.csv", "（修订）", "（再修订）")
    store.refresh()
    assert (titles(store), store.fault) == ("测试公文（再修订）", None)


def test_undoing_a_bad_edit_clears_the_fault(tiny, tmp_path):
    store, package = Store(tiny, tmp_path / "build"), tiny / "datapackage.json"
    store.refresh()
    good = package.read_text(encoding="utf-8")
    package.write_text(good[: len(good) // 2], encoding="utf-8")
    store.refresh()
    assert store.fault is not None
    assert len(store.ask("cities")) == 5
    package.write_text(good, encoding="utf-8")
    store.refresh()
    assert store.fault is None


def test_a_vanished_file_keeps_the_last_good_build(tiny, tmp_path):
    store = Store(tiny, tmp_path / "build")
    store.refresh()
    (tiny / "events.csv").unlink()
    store.refresh()
    assert [str(problem) for problem in store.fault.problems] == ["events.csv：文件不存在"]
    assert len(store.ask("cities")) == 5


def kind_on_screen() -> str:
    """The word that a page shows for the kind of a claim."""
    return tables.with_words(pd.DataFrame({"observation_id": ["O1"], "kind": ["actual"]}))[
        "kind_words"
    ].iloc[0]


@pytest.mark.slow
def test_a_new_word_in_the_description_is_shown_after_a_refresh_and_a_release_keeps_its_own(
    tiny, tmp_path, monkeypatch
):
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    store_module.current.cache_clear()
    old = releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    assert kind_on_screen() == "实际"
    replace(tiny / "datapackage.json", '"actual": "实际"', '"actual": "实有"')
    with store_module.frozen(store_module.LIVE):
        store_module.current().refresh()
        assert kind_on_screen() == "实有"
    store_module.current().refresh()
    assert kind_on_screen() == "实际", "the release on screen has words of its own"
    assert old is None or old.id == releases.active_id()
    store_module.current.cache_clear()


def test_without_any_good_build_the_fault_is_raised(tiny, tmp_path):
    replace(tiny / "sources.csv", ",公文,", ",传闻,")
    store = Store(tiny, tmp_path / "build")
    with pytest.raises(BrokenDatasets):
        store.ask("cities")
    assert store.fault is not None


def test_an_answer_in_progress_survives_a_refresh(tiny, tmp_path):
    store = Store(tiny, tmp_path / "build")
    cursor = store.cursor()
    replace(tiny / "sources.csv", "测试公文", "测试公文（修订）")
    store.refresh()
    assert cursor.execute("select title from sources where source_id = 'S1'").fetchone() == (
        "测试公文",
    )
    assert titles(store) == "测试公文（修订）"


def test_an_opened_file_is_read_only(tiny_store):
    path = next(tiny_store.build_dir.glob("*.duckdb"))
    with open_file(path) as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("delete from tiles")


def test_changing_an_answer_changes_nobody_elses(tiny_store):
    mine = tiny_store.ask("cities")
    before = mine["label"].tolist()
    mine.loc[:, "label"] = "mine"
    mine["more"] = 1
    theirs = tiny_store.ask("cities")
    assert theirs["label"].tolist() == before
    assert "more" not in theirs


def test_an_answer_is_that_of_its_own_parameters(tiny_store):
    codes = [
        tiny_store.ask("places_of_level", level=level)["place_code"].tolist()
        for level in ("city", "district", "city")
    ]
    assert codes[0] == codes[2]
    assert not set(codes[0]) & set(codes[1])


def test_only_the_most_recently_used_answers_are_kept(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "KEPT_ANSWERS", 2)
    store = Store(tiny, tmp_path / "build")
    for level in ("city", "district", "city", "province"):
        store.ask("places_of_level", level=level)
    assert [key.partition("level', ")[2] for key in store.answers._kept._values] == [
        "'city')]",
        "'province')]",
    ]
