"""kill -9 while a submission is applied: the old release or the new one is active, whole, and the submission can be finished."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eldercare import releases, store
from eldercare.data.catalogue import ROOT
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal, ledger, making

ME = Person("甲", True, True, own_eyes_suffice=True)
# The process kills itself, as `kill -9` does, just before its n-th step on the files of the home folder or in the ledger.
CHILD = """
import functools, os, signal, sqlite3, sys
from eldercare import releases
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
stop, steps, home = int(sys.argv[1]), 0, str(releases.home())
def step():
    global steps
    steps += 1
    if steps == stop:
        os.kill(os.getpid(), signal.SIGKILL)
class Counting(sqlite3.Connection):
    def execute(self, *words):
        step()
        return super().execute(*words)
def count(event, arguments):
    if event in ("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.chmod") and any(home in str(a) for a in arguments[:2]):
        step()
(waiting,) = submissions.listed("submitted")
found = accepting.evaluate(waiting)
sys.addaudithook(count)
sqlite3.connect = functools.partial(sqlite3.connect, factory=Counting)
accepting.accept(found, Person("甲", True, True, own_eyes_suffice=True), "报送")
print(steps)
"""


def child(stop: int) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(stop)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )


@pytest.fixture
def waiting(tiny, tmp_path, monkeypatch) -> Path:
    """A home with an active release and one submission, kept to begin again from."""
    home = tmp_path / "var"
    monkeypatch.setenv("ELDERCARE_HOME", str(home))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    draft = submissions.start(
        "a.csv", "机构名称,所在地\n测试新院,松江区\n".encode(), "institutions", ME
    )
    submissions.change(draft.id, ME, source=Source(unit="测试局", day="2024年9月"))
    submissions.submit(draft.id, ME)
    shutil.copytree(home, tmp_path / "kept")
    return home


def names(release: releases.Release) -> list[str]:
    return [row["name"] for row in releases.rows(release.datasets, "institutions")]


def kill_and_look(home: Path, step: int) -> bool:
    """One kill; asserts that what is left is whole and can be finished. True when the new release was active already."""
    shutil.rmtree(home)
    shutil.copytree(home.parent / "kept", home)
    old = releases.active()
    assert child(step).returncode == -signal.SIGKILL, step
    now = releases.active()
    assert now is not None, step
    assert [release.short for release in releases.listed() if releases.faults(release)] == [], step
    assert names(now).count("测试新院") == (now.id != old.id), step
    served = store.Store(now.datasets, now.folder / "built")
    assert len(served.ask("sources_cited", source_ids=["S1"])) == 1
    with ledger.writing(home):
        releases.sweep()
    assert list(home.glob("unfinished-*")) == []
    assert (releases.pointer_fault(), ledger.fault(home)) == ("", ""), step
    (left,) = submissions.listed()
    assert (left.state == submissions.CLOSED) == (now.id != old.id), step
    if left.state == submissions.SUBMITTED and now.id == old.id:
        accepting.accept(accepting.evaluate(left), ME, "再来")
    assert names(releases.active()).count("测试新院") == 1
    assert [e["what"] for e in journal.entries(home) if e["did"] == "activate"][
        -1
    ] == releases.active_id()
    assert journal.broken(home) == []
    return now.id != old.id


def steps_in_all(home: Path) -> int:
    ended = child(0)
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout)


def test_a_kill_around_the_change_leaves_the_old_or_the_new_release_whole(waiting):
    last = steps_in_all(waiting)
    assert [kill_and_look(waiting, step) for step in (last // 2, last)] == [False, True], (
        "kills on both sides of the change"
    )


@pytest.mark.slow
def test_a_kill_at_each_of_the_last_steps_leaves_no_torn_state(waiting):
    last = steps_in_all(waiting)
    became = [kill_and_look(waiting, step) for step in range(last - 40, last + 1)]
    assert became == sorted(became), "old until one step, new from then on"


@pytest.mark.slow
def test_fifty_kills_at_random_steps_leave_no_torn_state(waiting):
    last = steps_in_all(waiting)
    for _round in range(50):
        kill_and_look(waiting, random.randint(1, last))
