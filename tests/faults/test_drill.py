"""The worst days of a whole server: what its viewers see, that they come back to their view, and that nothing is lost.

Each start runs with everything but this machine cut off: an attempt to reach another one fails the test.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.serving import ROOT, Session, command, free_port, running
from eldercare import releases
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal, ledger, making

pytestmark = pytest.mark.full

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", True, True)
HEADLINES = ("21.75", "7,928", "25,698")
VIEWS = [
    ("", {}), ("city", {"place": "320600"}), ("ageing", {}), ("bed-trends", {}), ("institutions", {"institutions_words": "福利院"}),
    ("pairing", {}), ("sojourn", {"sojourn_members_view": "柱形"}), ("timeline", {}), ("tasks", {"tasks_view": "按单位"}), ("indicators", {}),
    ("sources", {"source": "S002"}), ("coverage", {}), ("intake", {"intake_part": "版本"}),
]  # fmt: skip
# In the way of every start: no name but this machine's is looked up, no address but its own is called.
NO_NETWORK = """
import socket, sys
def refuse(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "", "localhost", "127.0.0.1", "::1", socket.gethostname()):
        print("LEAVES", arguments[0], file=sys.stderr, flush=True)
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        print("LEAVES", arguments[1], file=sys.stderr, flush=True)
sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> dict[str, str]:
    """The environment of a start that says so when it tries to leave this machine."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A home with two releases and one submission that waits."""
    root = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_HOME", str(root / "var"))
        releases.activate(making.snapshot("甲").id, "甲", "首个版本")
        accepting.accept(accepting.evaluate(handed_in("测试一院")), REVIEWER, "九月报送")
        handed_in("测试二院")
    return root / "var"


@pytest.fixture
def home(kept, tmp_path, monkeypatch) -> Path:
    shutil.copytree(kept, tmp_path / "var")
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


def handed_in(name: str) -> submissions.Submission:
    made = submissions.start(
        "九月.csv", f"机构名称,所在地\n{name},松江区\n".encode(), "institutions", STEWARD
    )
    submissions.change(made.id, STEWARD, source=Source(unit="测试局", day="2024年9月"))
    return submissions.submit(made.id, STEWARD)


def seen(server, page: str = "", query: Mapping[str, object] | None = None) -> list[str]:
    """What a viewer reads on a page, fresh; a fault of the page fails the test."""
    with Session(server.url, page, query, patience=180) as visitor:
        run = visitor.run()
    assert run.faults() == [], server.printed()
    words = [
        (kind, getattr(element, "body", ""))
        for kind, element in run.sent()
        if kind in ("markdown", "heading", "alert", "text")
    ]
    assert words, page
    return [f"{kind} {body}" for kind, body in words]


def assert_overview(server) -> None:
    """The overview is whole and shows the figures of the datasets."""
    with Session(server.url, patience=180) as visitor:
        run = visitor.run()
    assert run.faults() == [], server.printed()
    shown = run.text().replace("\\", "")
    assert [figure for figure in HEADLINES if figure not in shown] == []


def told(server) -> dict:
    """What `/ready` answers, with its status."""
    try:
        with urllib.request.urlopen(f"{server.url}/ready", timeout=30) as answer:
            return {"status": answer.status, **json.load(answer)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, **json.load(error)}


def assert_clean(server) -> None:
    printed = server.printed()
    assert "Traceback" not in printed and "LEAVES" not in printed, printed


@pytest.fixture
def serve(alone, tmp_path):
    """Starts servers; on the way out none of them may have printed a traceback or tried to leave this machine."""

    def start(**named):
        environment = {**alone, **named.pop("environment", {})}
        return running(
            tmp_path / f"log-{os.urandom(3).hex()}.txt",
            environment=environment,
            patience=240,
            **named,
        )

    return start


def refused(environment: Mapping[str, str], tree: Path = ROOT, port: int | None = None) -> str:
    """What a start prints that is to fail."""
    ended = subprocess.run(
        command(port=port or free_port()),
        cwd=tree,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    printed = ended.stdout + ended.stderr
    assert ended.returncode != 0 and "Traceback" not in printed and "[Errno" not in printed, printed
    return printed


def test_twenty_viewers_come_back_to_their_view_after_a_kill(home, serve):
    port, views = free_port(), [VIEWS[n % len(VIEWS)] for n in range(20)]
    with serve(port=port) as server:
        with ThreadPoolExecutor(20) as pool:
            before = list(pool.map(lambda view: seen(server, *view), views))
        busy = [
            threading.Thread(target=_keep_asking, args=(server, view), daemon=True)
            for view in views
        ]
        for thread in busy:
            thread.start()
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        for thread in busy:
            thread.join(timeout=60)
        assert_clean(server)
    with serve(port=port) as server:
        with ThreadPoolExecutor(20) as pool:
            assert list(pool.map(lambda view: seen(server, *view), views)) == before
        assert told(server)["status"] == 200
        assert_clean(server)
    assert (releases.pointer_fault(), journal.broken(home), len(submissions.listed())) == (
        "",
        [],
        2,
    )


def _keep_asking(server, view) -> None:
    try:
        with Session(server.url, *view, patience=20) as visitor:
            while True:
                visitor.run()
    except Exception as error:
        # The server was killed: what this thread is here for.
        print(type(error).__name__)


def test_a_program_folder_without_rights_and_without_a_build_says_what_to_set(
    tree, read_only, tmp_path, serve
):
    read_only(tree)
    printed = refused({}, tree)
    assert "不可写" in printed and "ELDERCARE_BUILD" in printed
    ended = subprocess.run(
        [sys.executable, "-m", "eldercare.data.build"],
        cwd=tree,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (
        (ended.returncode, ended.stdout) == (1, "")
        and "ELDERCARE_BUILD" in ended.stderr
        and "Traceback" not in ended.stderr
    )
    with serve(
        tree=tree,
        environment={
            "ELDERCARE_BUILD": str(tmp_path / "build"),
            "ELDERCARE_HOME": str(tmp_path / "var"),
        },
    ) as server:
        assert_overview(server)
        assert_clean(server)


@pytest.mark.parametrize("is_built", [True, False])
def test_a_home_that_is_read_only_is_served_and_not_written_to(
    home, read_only, serve, is_built, monkeypatch
):
    active = releases.active_id()
    if not is_built:
        shutil.rmtree(releases.read(active).folder / "built")
    read_only(home)
    with serve(environment={"ELDERCARE_INTAKE": "local"}) as server:
        assert_overview(server)
        assert told(server) == {
            "status": 200,
            "ready": True,
            "release": active,
            "unanswered": [],
            "faults": [],
        }
        assert_clean(server)
    monkeypatch.setenv("ELDERCARE_INTAKE", "local")
    for words in (
        ["-m", "eldercare.releases", "rollback", "--reason", "x"],
        ["-m", "eldercare.releases", "verify"],
    ):
        ended = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )
        assert "Traceback" not in ended.stderr
        assert ("不可写" in ended.stderr) == ("rollback" in words), ended.stderr


# A file, since DuckDB takes `python -c` for a person who wants to see bars of progress.
ACCEPT = """
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
(one,) = submissions.listed("submitted")
made = accepting.accept(accepting.evaluate(one), Person("乙", True, True), "")
print(made.created[:4], made.as_of)
"""
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


@pytest.mark.parametrize("day", ["2020-01-01", "2031-01-01"])
def test_a_clock_that_is_years_off_changes_no_figure_and_loses_nothing(home, serve, day, tmp_path):
    assert FAKETIME, "install faketime"
    clock = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": f"@{day} 12:00:00",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with serve() as server:
        right = [seen(server, *view) for view in VIEWS[:-1]]
    with serve(environment=clock) as server:
        assert [seen(server, *view) for view in VIEWS[:-1]] == right
        assert_clean(server)
    command = tmp_path / "accept.py"
    command.write_text(ACCEPT, encoding="utf-8")
    as_of = releases.active().as_of
    there = {**os.environ, **clock, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, command],
        cwd=ROOT,
        env=there,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == [day[:4], as_of], done.stderr
    assert releases.listed()[0].id == releases.active_id(), "the newest, whatever its clock said"
    assert (releases.pointer_fault(), journal.broken(home)) == ("", [])
    assert [r for r in releases.listed() if releases.faults(r)] == []


def test_a_port_that_is_taken_is_said_plainly(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        printed = refused({}, port=taken.getsockname()[1])
    assert re.search(r"端口|[Pp]ort", printed), printed


def test_two_servers_on_one_home_show_the_same_and_one_acceptance_counts(home, serve):
    (waiting,) = submissions.listed(submissions.SUBMITTED)
    with serve() as one, serve() as two:
        assert seen(one, "intake", {"intake_part": "版本"}) == seen(
            two, "intake", {"intake_part": "版本"}
        )
        found = accepting.evaluate(waiting)

        def accept(_number: int) -> str:
            try:
                return accepting.accept(found, REVIEWER, "").id
            except releases.Overtaken as error:
                return str(error)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(accept, range(2)))
        assert sum("没有再次应用" in answer or "没有丢失" in answer for answer in answers) == 1
        for server in (one, two):
            assert told(server)["release"] == releases.active_id() in answers
            assert "2" in "".join(seen(server, "institutions", {"institutions_words": "测试"}))
            assert_clean(server)
    names = [row["name"] for row in releases.rows(releases.active().datasets, "institutions")]
    assert names.count("测试一院") == names.count("测试二院") == 1


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}],
)
def test_a_machine_without_a_chinese_locale(home, serve, locale):
    with serve(environment=locale) as server:
        assert_overview(server)
        assert_clean(server)
    for words in (
        ["eldercare.releases", "list"],
        ["eldercare.releases", "verify"],
        ["eldercare.data.build", "--check"],
        ["eldercare.talks", "charts"],
    ):
        ended = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env={**os.environ, **locale},
            capture_output=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, b""), words


def test_a_path_with_spaces_and_chinese(tree, tmp_path, serve):
    folder = tree.rename(tmp_path / "养老 看板 (1) & 100%")
    home = tmp_path / "数据 目录#1"
    with serve(
        tree=folder, environment={"ELDERCARE_HOME": str(home), "ELDERCARE_INTAKE": "local"}
    ) as server:
        assert_overview(server)
        assert_clean(server)
    made = [sys.executable, "-m", "eldercare.releases", "--as-administrator", "create"]
    subprocess.run(
        made,
        cwd=folder,
        env={**os.environ, "ELDERCARE_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    with serve(tree=folder, environment={"ELDERCARE_HOME": str(home)}) as server:
        assert told(server)["release"] != ""
        assert_clean(server)


def harmed(path: Path, how: str) -> None:
    if how == "gone":
        path.unlink()
    elif how == "cut off":
        os.truncate(path, path.stat().st_size // 2)
    else:
        path.write_bytes(os.urandom(path.stat().st_size))


@pytest.mark.parametrize("how", ["gone", "cut off", "garbage"])
def test_a_damaged_cache_is_built_again_by_itself(home, serve, how):
    active = releases.active()
    (path,) = (active.folder / "built").glob("*.duckdb")
    harmed(path, how)
    with serve() as server:
        assert_overview(server)
        assert told(server) == {
            "status": 200,
            "ready": True,
            "release": active.id,
            "unanswered": [],
            "faults": [],
        }
        assert_clean(server)
    assert releases.built_faults(active) == []


@pytest.mark.parametrize("how", ["gone", "cut off", "garbage"])
def test_a_damaged_ledger_is_said_on_the_page_in_the_log_and_by_ready(home, serve, how):
    active = releases.active()
    harmed(home / "ledger.sqlite", how)
    with serve(environment={"ELDERCARE_INTAKE": "local"}) as server:
        for view in VIEWS:
            words = "".join(seen(server, *view))
            assert "登记簿" in words, view
        assert (told(server)["release"], len(told(server)["faults"])) == (active.id, 1)
        assert "登记簿" in server.printed()
        assert_clean(server)


@pytest.mark.parametrize("what", ["record", "plan", "roles", "original"])
def test_one_unreadable_entry_is_named_and_the_intake_page_goes_on(home, serve, what):
    (waiting,) = submissions.listed(submissions.SUBMITTED)
    if what == "record":
        ledger.keep(home, waiting.id, "submitted", "{")
    elif what == "plan":
        ledger.note(home, "plan", '[{"unit": 1')
    elif what == "roles":
        (home / "roles.json").write_bytes(b'{"submit": [\xff')
    else:
        waiting.original.unlink()
    mode = "roles" if what == "roles" else "local"
    with serve(environment={"ELDERCARE_INTAKE": mode}) as server:
        for part in ("导入", "审核", "版本", "报送窗口", "更正一格", "日志"):
            with Session(server.url, "intake", {"intake_part": part}, patience=180) as visitor:
                run = visitor.run()
            assert run.faults() == [], (part, server.printed())
        assert_clean(server)
