"""kill -9 at each step of whatever a steward does: all of it or none, the log whole, and the same can be done again."""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from eldercare import releases, store
from eldercare.data import build
from eldercare.intake import accepting, submissions, windows
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal, ledger, making

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9"),
]

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", True, True)
ON_FILES = ("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.chmod", "os.rmdir")
connect = sqlite3.connect


class Steps:
    """Kills this process just before its n-th step on the files of a home or in its ledger."""

    def __init__(self, home: Path, stop: int):
        self.home, self.stop, self.taken = str(home), stop, 0

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.stop:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, event: str, arguments: tuple) -> None:
        if event in ON_FILES and any(self.home in str(a) for a in arguments[:2]):
            self.take()


def stopped(home: Path, stop: int, step: Callable[[], object]) -> int | None:
    """The step in a process of its own, killed before its n-th step; None when it was, else how many it took."""
    end, begin = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(home, stop)

        class Counting(sqlite3.Connection):
            def execute(self, *words):
                steps.take()
                return super().execute(*words)

        sqlite3.connect = partial(connect, factory=Counting)
        sys.addaudithook(steps.watch)
        step()
        os.write(begin, str(steps.taken).encode())
        os._exit(0)
    os.close(begin)
    _pid, status = os.waitpid(child, 0)
    with os.fdopen(end, "rb") as pipe:
        counted = pipe.read()
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    return int(counted)


@pytest.fixture
def home(tiny, tmp_path, monkeypatch) -> Path:
    """A home with two releases, a draft and a submission that waits, kept to begin again from."""
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    accepting.accept(
        accepting.evaluate(submissions.submit(draft("测试一院").id, STEWARD)), REVIEWER, "九月"
    )
    submissions.submit(draft("测试二院").id, STEWARD)
    draft("测试三院")
    shutil.copytree(tmp_path / "var", tmp_path / "kept")
    yield tmp_path / "var"
    store.current.cache_clear()


def draft(name: str) -> submissions.Submission:
    made = submissions.start(
        "九月.csv", f"机构名称,所在地\n{name},松江区\n".encode(), "institutions", STEWARD
    )
    return submissions.change(made.id, STEWARD, source=Source(unit="测试局", day="2024年9月"))


def one(state: str) -> submissions.Submission:
    (found,) = submissions.listed(state)
    return found


# What a steward does, in words of this module.
ACTIONS: dict[str, Callable[[], object]] = {
    "upload": lambda: submissions.start(
        "十月.csv", "机构名称,所在地\n测试四院,松江区\n".encode(), "institutions", STEWARD
    ),
    "edit": lambda: submissions.change(one("draft").id, STEWARD, reason="补正"),
    "submit": lambda: submissions.submit(one("draft").id, STEWARD),
    "send back": lambda: submissions.send_back(one("submitted").id, REVIEWER, "请补床位"),
    "accept": lambda: accepting.accept(accepting.evaluate(one("submitted")), REVIEWER, "十月"),
    "roll back": lambda: releases.roll_back("乙", "退回"),
    "plan": lambda: windows.set_plan(
        [windows.begun("测试局", "institutions", "month", 10, "2024-09-01")], REVIEWER
    ),
}


def said(home: Path) -> tuple:
    """All that the ledger says, without times and numbers made anew at each try."""
    entries = [(e["did"], e["who"]) for e in journal.entries(home)]
    return (
        entries,
        sorted(s.state for s in submissions.listed()),
        releases.active().reason,
        windows.plan(),
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_killed_at_each_step_it_is_done_or_it_is_not(home, action):
    before = said(home)
    ways = stopped(home, 0, ACTIONS[action])
    after = said(home)
    assert before != after and ways
    # Each of the last steps, around the commit; of those before, which only make what is not yet in use, some.
    last = range(max(1, ways - 30), ways + 1)
    became = []
    for stop in sorted({*range(1, ways, max(1, ways // 12)), *last}):
        shutil.rmtree(home)
        shutil.copytree(home.parent / "kept", home)
        assert stopped(home, stop, ACTIONS[action]) is None, stop
        assert said(home) in (before, after), stop
        became.append(said(home) == after)
        assert (releases.pointer_fault(), journal.broken(home)) == ("", []), stop
        assert [r.short for r in releases.listed() if releases.faults(r)] == [], stop
        if not became[-1]:
            ACTIONS[action]()
            assert said(home) == after, stop
        with ledger.writing(home):
            releases.sweep()
        assert list(home.glob("unfinished-*")) == list(home.glob(".*.tmp")) == []
        assert all(s.data() for s in submissions.listed() if s.filename)
    # The step of the commit may be one earlier or later in another process; far from it there is no doubt.
    assert not became[0] and became[-1], "not done at first, done at the end"


def test_a_build_killed_at_each_step_leaves_nothing_under_the_final_name(tiny, tmp_path):
    folder = tmp_path / "build"
    ways = stopped(folder, 0, lambda: build.build(tiny, folder))
    for stop in range(1, ways + 1):
        # Killed before its first step it has not even made the folder.
        shutil.rmtree(folder, ignore_errors=True)
        assert stopped(folder, stop, lambda: build.build(tiny, folder)) is None
        assert [path for path in folder.glob("*.duckdb") if build.built.faults(path)] == []
    assert not build.built.faults(build.build(tiny, folder))
