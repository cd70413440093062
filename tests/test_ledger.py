"""The ledger: all of an action or none of it, what version 0.2 kept is taken over, and a lost or damaged file is noticed."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from conftest import assemble

from eldercare import releases, store
from eldercare.data import durable
from eldercare.data.catalogue import ROOT
from eldercare.intake import accepting, submissions, windows
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal, ledger, making
from eldercare.releases.ledger import structure

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", True, True)


@pytest.fixture
def home(tiny, tmp_path, monkeypatch) -> Path:
    """An empty home beside the miniature as the repository's datasets."""
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "我的 家#1%20"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield tmp_path / "我的 家#1%20"
    store.current.cache_clear()


@pytest.fixture
def old(home) -> Path:
    """A home as version 0.2 left it: two releases, a report accepted, one waiting, one sent back, a draft, a plan, 16 lines of log."""
    home.mkdir()
    with tarfile.open(ROOT / "tests" / "homes" / "version-0.2.tar.gz") as archive:
        archive.extractall(home, filter="data")
    return home


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("used")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_HOME", str(root / "var"))
        patch.setenv("ELDERCARE_DATASETS", str(assemble(root / "datasets")))
        releases.activate(making.snapshot("甲").id, "甲", "首个版本")
        accepting.accept(accepting.evaluate(handed_in("测试新院")), REVIEWER, "九月报送")
    return root / "var"


@pytest.fixture
def used(home, made_once) -> Path:
    """A home of today: the first release and one with one row more, made from a report."""
    shutil.copytree(made_once, home)
    return home


def handed_in(name: str) -> submissions.Submission:
    made = submissions.start(
        "九月.csv", f"机构名称,所在地\n{name},松江区\n".encode(), "institutions", STEWARD
    )
    submissions.change(made.id, STEWARD, source=Source(unit="测试局", day="2024年9月"))
    return submissions.submit(made.id, STEWARD)


def homes_served() -> set[str]:
    return set(store.current().cursor().execute("select name from institutions").df()["name"])


# What version 0.2 left


def test_a_home_of_version_0_2_is_taken_over_whole(old):
    lines = (old / "log.jsonl").read_text(encoding="utf-8").splitlines()
    records = {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in old.glob("submissions/*/submission.json")
    }
    active = (old / "active").read_text().strip()
    assert (len(lines), len(records)) == (16, 4)
    for write in (False, True):
        if write:
            ledger.prepared(old)
        assert (releases.active_id(), releases.pointer_fault()) == (active, "")
        assert ledger.lines(old) == lines and journal.broken(old) == []
        assert {s.id: (s.state, s.filename, s.source.day) for s in submissions.listed()} == {
            number: (raw["state"], raw["filename"], raw["source"]["day"])
            for number, raw in records.items()
        }
        assert all(s.data() for s in submissions.listed())
        assert [(d.unit, d.rhythm, d.since) for d in windows.plan()] == [
            ("测试局", "month", "2024-09-01")
        ]
        assert (old / ledger.NAME).exists() == write, "looking changes nothing"
    (aside,) = old.glob("version-0.2-*")
    assert (aside / "log.jsonl").read_text(encoding="utf-8").splitlines() == lines
    assert structure.old_files(old) == []


@pytest.mark.slow
def test_work_goes_on_in_a_home_of_version_0_2(old):
    (waiting,) = submissions.listed(submissions.SUBMITTED)
    made = accepting.accept(accepting.evaluate(waiting), REVIEWER, "十月报送")
    assert {"测试新院", "测试二院"} <= homes_served()
    assert (releases.active_id(), releases.roll_back("乙", "退回").id) == (made.id, made.parent)
    assert journal.broken(old) == [] and len(journal.entries(old)) == 19


@pytest.mark.parametrize(
    "lines", [4, 5], ids=["killed before the log", "killed before the submission"]
)
def test_an_acceptance_that_version_0_2_was_killed_in_is_noted(old, lines):
    """The pointer was written first, then the log, then the submission."""
    log = (old / "log.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (old / "log.jsonl").write_text("".join(log[:lines]), encoding="utf-8")
    active = (old / "active").read_text().strip()
    number = releases.read(active).submission
    path = old / "submissions" / number / "submission.json"
    path.write_text(
        json.dumps(
            json.loads(path.read_text(encoding="utf-8")) | {"state": "submitted", "releases": []}
        ),
        encoding="utf-8",
    )
    ledger.prepared(old)
    assert [(e["did"], e["what"]) for e in journal.entries(old)][4:] == [
        ("activate", active),
        ("accept", number),
    ]
    assert submissions.read(number).releases == (active,)
    assert journal.broken(old) == []


@pytest.mark.slow
def test_a_pointer_that_version_0_2_lost_is_a_fault_and_not_the_repository(old):
    active = (old / "active").read_text().strip()
    (old / "active").unlink()
    assert releases.active_id() == active and "没有记录" in releases.pointer_fault()
    (waiting,) = submissions.listed(submissions.SUBMITTED)
    with pytest.raises(durable.NotWritten, match="核对"):
        accepting.accept(accepting.evaluate(waiting), REVIEWER, "")
    releases.activate(active, "丙", "核对过")
    accepting.accept(accepting.evaluate(waiting), REVIEWER, "")
    assert {"测试新院", "测试二院"} <= homes_served(), "no accepted row is forgotten"


def test_unreadable_submissions_of_version_0_2_are_kept_and_named(old):
    one, two, *_rest = sorted(old.glob("submissions/*/submission.json"))
    one.write_bytes(b"\x00\xff{")
    two.write_text("[]", encoding="utf-8")
    ledger.prepared(old)
    assert submissions.unreadable() == sorted([one.parent.name, two.parent.name])
    assert len(submissions.listed()) == 2


# Structure


@pytest.mark.slow
def test_a_change_of_structure_keeps_a_copy_of_before(used, monkeypatch):
    before = ledger.lines(used)
    monkeypatch.setattr(structure, "STEPS", [*structure.STEPS, ("create table units (name text)",)])
    assert ledger.lines(used) == before, "readable before it is changed"
    ledger.prepared(used)
    with closing(sqlite3.connect(used / "ledger.structure-1.sqlite")) as kept:
        assert kept.execute("pragma user_version").fetchone() == (1,)
        assert [line for (line,) in kept.execute("select line from log order by number")] == before
    with ledger.writing(used) as connection:
        assert connection.execute("select count(*) from units").fetchone() == (0,)
    assert ledger.lines(used) == before


def test_a_ledger_of_a_newer_program_is_not_written_to(used):
    with closing(sqlite3.connect(used / ledger.NAME)) as connection:
        connection.execute("pragma user_version = 99")
    data = (used / ledger.NAME).read_bytes()
    assert "更新的程序" in releases.pointer_fault()
    with pytest.raises(durable.NotWritten, match="更新的程序"):
        journal.add(used, "甲", "submit", "x")
    assert (used / ledger.NAME).read_bytes() == data


# A transaction


def test_a_block_that_fails_leaves_nothing(used):
    before = ledger.lines(used), ledger.records(used)
    with pytest.raises(ZeroDivisionError), ledger.writing(used):
        handed_in("测试二院")
        raise ZeroDivisionError
    assert (ledger.lines(used), ledger.records(used)) == before
    assert len(list((used / "submissions").iterdir())) == 1, "the original goes with its record"


KILLED = """
import os, signal, sys
from pathlib import Path
from eldercare.releases import journal, ledger
home = Path(sys.argv[1])
with ledger.writing(home) as connection:
    connection.execute("pragma cache_size = 1")
    for number in range(200):
        journal.add(home, "甲", "submit", "x" * 2000)
    print((home / ledger.NAME).stat().st_size)
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_while_the_file_is_written_is_undone_by_whoever_looks_next(used):
    before, size = ledger.lines(used), (used / ledger.NAME).stat().st_size
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(used)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL and int(ended.stdout) > size, (
        "half of it was in the file already"
    )
    assert (used / f"{ledger.NAME}-journal").exists()
    assert (ledger.lines(used), releases.pointer_fault()) == (before, "")
    journal.add(used, "甲", "submit", "x")
    assert journal.broken(used) == []


# Lost and damaged


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table other (x)")


def rotten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    data[page : 2 * page] = os.urandom(page)
    path.write_bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm",
    [
        gone,
        rotten,
        *(pytest.param(f, marks=pytest.mark.slow) for f in (emptied, cut_off, garbage, foreign)),
    ],
)
def test_a_lost_or_damaged_ledger_is_said_served_from_the_copy_and_put_right_by_a_person(
    used, harm
):
    waiting = handed_in("测试二院")
    before = ledger.lines(used), ledger.records(used), releases.active_id()
    harm(used / ledger.NAME)
    assert ("不见了" if harm is gone else "已损坏") in releases.pointer_fault()
    assert (ledger.lines(used), ledger.records(used), releases.active_id()) == before
    assert "测试新院" in homes_served()
    with pytest.raises(durable.NotWritten, match="登记簿"):
        accepting.accept(accepting.evaluate(waiting), REVIEWER, "")
    with pytest.raises(durable.NotWritten, match="登记簿"):
        handed_in("测试三院")
    releases.activate(releases.active_id(), "丙", "核对过")
    assert releases.pointer_fault() == "" and journal.broken(used) == []
    assert [e["did"] for e in journal.entries(used)][-2:] == ["mend", "activate"]
    assert len(list(used.glob("damaged-*/ledger.sqlite"))) == (harm is not gone), (
        "kept for whoever wants to look"
    )
    accepting.accept(accepting.evaluate(waiting), REVIEWER, "")
    assert {"测试新院", "测试二院"} <= homes_served()


@pytest.mark.parametrize("harm", [gone, garbage])
def test_without_ledger_and_copy_the_newest_whole_release_is_served_and_nothing_accepted(
    used, harm
):
    active, waiting = releases.active_id(), handed_in("测试二院")
    found = accepting.evaluate(waiting)
    harm(used / ledger.NAME)
    harm(used / ledger.COPY)
    assert releases.active_id() == active and "现存最新的完好版本" in releases.pointer_fault()
    with pytest.raises(durable.NotWritten):
        accepting.accept(found, REVIEWER, "")
    releases.activate(active, "丙", "核对过")
    assert releases.pointer_fault() == "" and "测试新院" in homes_served()


def test_a_damaged_release_is_never_served_nor_built_upon(used):
    two = releases.active()
    path = two.datasets / "institutions.csv"
    path.chmod(0o644)
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    assert releases.active_id() == two.parent and two.short in releases.pointer_fault()
    with pytest.raises(KeyError):
        releases.find(two.short)
    with pytest.raises(KeyError):
        releases.activate(two.id, "甲", "x")
    with pytest.raises(durable.NotWritten, match="核对"):
        accepting.accept(accepting.evaluate(handed_in("测试二院")), REVIEWER, "")


HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin exclusive")
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_a_ledger_held_by_another_program_is_read_from_the_copy_and_said(used, monkeypatch):
    monkeypatch.setattr(ledger, "WRITE_WAIT", 0.2)
    before = ledger.lines(used), releases.active_id()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(used / ledger.NAME)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        assert (ledger.lines(used), releases.active_id()) == before
        assert "占用" in releases.pointer_fault()
        with pytest.raises(durable.NotWritten, match=r"占用.*稍后"):
            journal.add(used, "甲", "submit", "x")
    finally:
        holder.kill()
        holder.wait()
    assert releases.pointer_fault() == ""
    journal.add(used, "甲", "submit", "x")


def test_an_original_that_was_lost_or_changed_is_named_and_not_accepted(used):
    made = handed_in("测试二院")
    made.original.write_bytes(b"x")
    for words in ("与上传时不同", "不见了"):
        with pytest.raises(ValueError, match=words):
            accepting.evaluate(made)
        made.original.unlink(missing_ok=True)


def test_the_copy_of_the_ledger_is_as_new_as_the_ledger(used):
    for path in (used / ledger.COPY, used / ledger.NAME):
        shutil.copy(path, used / "looked-at.sqlite")
        with closing(sqlite3.connect(used / "looked-at.sqlite")) as connection:
            assert connection.execute("select count(*) from log").fetchone() == (
                len(ledger.lines(used)),
            )
    (used / ledger.COPY).write_bytes(b"old")
    ledger.prepared(used)
    assert (used / ledger.COPY).read_bytes() == (used / ledger.NAME).read_bytes()
