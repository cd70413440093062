"""The built file: proven before it is used, built again when it was damaged, and what cannot be written says what to set."""

import errno
import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from eldercare import releases, store
from eldercare.data import build, built, durable, validation
from eldercare.releases import __main__ as commands
from eldercare.releases import ledger, making
from eldercare.web import readiness


@pytest.fixture(scope="module")
def whole(tiny_store, tmp_path_factory) -> Path:
    """A built file of the miniature, to be copied and harmed."""
    return shutil.copy(
        build.build(tiny_store.datasets, tiny_store.build_dir),
        tmp_path_factory.mktemp("built") / "whole.duckdb",
    )


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_at_the_end(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 16384)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def without_tables(path: Path) -> None:
    """What a build on a full disk left in version 0.2: a database, and nothing in it."""
    path.unlink()
    duckdb.connect(str(path)).close()


def without_a_row(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "delete from observations where observation_id = (select max(observation_id) from observations)"
        )


def with_another_value(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("update institutions set beds_total = 107 where institution_id = 'I1'")


HARMS = [
    cut_off,
    cut_at_the_end,
    emptied,
    garbage,
    without_tables,
    without_a_row,
    with_another_value,
]


@pytest.mark.parametrize("harm", HARMS)
def test_a_file_that_is_not_what_was_built_is_noticed(whole, tmp_path, harm):
    path = tmp_path / "x.duckdb"
    shutil.copy(whole, path)
    assert built.faults(path) == []
    harm(path)
    assert built.faults(path) != []


@pytest.fixture
def cache(tiny, tmp_path, monkeypatch) -> Path:
    """Where the miniature would lie if it had been built before."""
    monkeypatch.setattr(build, "BUILD_DIR", tmp_path / "cache")
    build.BUILD_DIR.mkdir()
    return build.BUILD_DIR / f"{build.content_hash(tiny)}.duckdb"


def test_what_was_built_before_is_not_built_again(tiny, tmp_path, whole, cache):
    """No two builds are the same file: these bytes can only be a copy."""
    shutil.copy(whole, cache)
    made = build.build(tiny, tmp_path / "release")
    assert (made.name, made.read_bytes()) == (cache.name, whole.read_bytes())
    assert list(made.parent.iterdir()) == [made]


@pytest.mark.parametrize("harm", [pytest.param(cut_off, marks=pytest.mark.slow), without_a_row])
def test_a_damaged_file_is_not_copied(tiny, tmp_path, whole, cache, harm):
    shutil.copy(whole, cache)
    harm(cache)
    made = build.build(tiny, tmp_path / "release")
    assert built.faults(made) == [] and list(made.parent.iterdir()) == [made]


@pytest.mark.parametrize(
    "harm",
    [cut_off, *(pytest.param(harm, marks=pytest.mark.slow) for harm in (garbage, without_tables))],
)
def test_a_damaged_cache_is_built_again_by_itself(tiny, tmp_path, whole, cache, harm):
    path = tmp_path / "build" / f"{build.content_hash(tiny)}.duckdb"
    path.parent.mkdir()
    shutil.copy(whole, path)
    Path(f"{path}.wal").write_bytes(b"left over")
    harm(path)
    opened = store.Store(tiny, tmp_path / "build")
    assert opened.ask("sources_cited", source_ids=["S1"])["title"].tolist() == ["测试公文"]
    assert [p.name for p in path.parent.iterdir()] == [path.name] and built.faults(path) == []


def test_tables_are_counted_against_the_files(tiny, tiny_store, whole):
    counts = {name: len(rows) for name, rows in validation.read(tiny)[1].items()}
    assert built.faults(whole, counts) == []
    assert built.faults(whole, counts | {"events": counts["events"] + 1, "unheard_of": 0}) == [
        "events",
        "unheard_of",
    ]


def test_a_build_that_does_not_read_back_is_not_taken(tiny, tmp_path, cache, monkeypatch):
    """DuckDB closes a file without a word when its last write found no room: here the end is cut off behind its back."""
    seal = built.seal

    def sealed(connection):
        seal(connection)
        (path,) = (tmp_path / "build").glob("*.tmp")
        os.truncate(path, path.stat().st_size // 2)

    monkeypatch.setattr(built, "seal", sealed)
    with pytest.raises(durable.NotWritten, match="读不回来"):
        build.build(tiny, tmp_path / "build")
    assert list((tmp_path / "build").iterdir()) == []


@pytest.fixture
def home(tiny, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield tmp_path / "var"
    store.current.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm", [pytest.param(without_tables, marks=pytest.mark.slow), without_a_row]
)
def test_verify_reads_what_was_built_and_activating_mends_it(home, capsys, harm):
    one = releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    (path,) = (one.folder / "built").glob("*.duckdb")
    assert commands.main(["verify"]) == 0
    harm(path)
    capsys.readouterr()
    assert commands.main(["verify"]) == 1
    assert f"{one.short} built/{path.name}" in capsys.readouterr().out
    releases.activate(one.id, "甲", "再来")
    assert commands.main(["verify"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [
        errno.EXDEV,
        *(
            pytest.param(code, marks=pytest.mark.slow)
            for code in (errno.EPERM, errno.ENOTSUP, errno.EMLINK)
        ),
    ],
)
def test_a_file_system_without_second_names_for_files_works(home, monkeypatch, code):
    one = releases.activate(making.snapshot("甲").id, "甲", "首个版本")

    def link(source, target, **_named):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", link)
    made = making.create(
        one.datasets, {}, kind="intake", author="甲", reason="x", parent=one.id, repository=one.id
    )
    assert releases.activate(made.id, "甲", "x").id == made.id and releases.faults(made) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_folder_that_cannot_be_written_to_says_what_to_set(
    tiny, tmp_path, monkeypatch, capsys, code
):
    def mkdir(self, **_named):
        raise OSError(code, os.strerror(code), str(self))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    monkeypatch.setattr(build.build, "__defaults__", (tiny, tmp_path / "build"))
    assert build.main(["--datasets", str(tiny)]) == 1
    told = capsys.readouterr()
    assert (
        "不可写" in told.err
        and "ELDERCARE_BUILD" in told.err
        and "Errno" not in told.err
        and told.out == ""
    )
    with pytest.raises(durable.NotWritten, match="ELDERCARE_HOME"):
        ledger.note(tmp_path / "var", "x", "y")


def test_ready_asks_the_data_and_names_what_needs_a_person(home):
    def told() -> tuple[int, dict]:
        answer = readiness.ready(None)
        return answer.status_code, json.loads(answer.body)

    assert told() == (200, {"ready": True, "release": "", "unanswered": [], "faults": []})
    one = releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    assert told() == (200, {"ready": True, "release": one.id, "unanswered": [], "faults": []})
    ledger.note(home, releases.ACTIVE, "0123456789abcdef")
    status, state = told()
    assert (status, state["ready"], state["release"]) == (
        200,
        True,
        one.id,
    ) and "不在这里" in state["faults"][0]
    store.of(one.id).cursor().execute("from sources")
    store.of(one.id).answers.instance.close()
    assert told()[0] == 503 and told()[1]["ready"] is False
