"""The commands of docs/operations.md, run as they stand there."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from benchmarks.serving import ROOT, Session, free_port, running
from eldercare import releases
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal, making

pytestmark = pytest.mark.full

ONE, OTHER = Person("甲", True, True), Person("乙", True, True)


def commands(name):
    """The block of commands under `<!-- run: name -->`."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- run: {name} -->\n```\n(.*?)```", text, re.S)
    assert found, name
    return found.group(1)


def run(name, folder, **environment):
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands(name)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=900,
    )


@pytest.fixture
def program(tmp_path):
    """The program in a folder of its own, with the Python of these tests as its environment."""
    folder = tmp_path / "program"
    left_out = shutil.ignore_patterns(".git", ".venv", ".build", "var", "__pycache__", "tests")
    shutil.copytree(ROOT, folder, ignore=left_out)
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return folder


def numbers(home):
    """What a reader gets from the release in use: the answer of one question, and who did what."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from datetime import date\nfrom eldercare import releases, store\nprint(releases.active_id())\n"
            "print(store.ask('headline', as_of=date(2026, 1, 1)).to_csv())",
        ],
        cwd=ROOT,
        env={**os.environ, "ELDERCARE_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return told.stdout


def test_a_backup_brings_the_same_release_and_numbers_on_an_empty_machine(
    tmp_path, monkeypatch, program
):
    home, backup, fresh = tmp_path / "home", tmp_path / "backup.tar.gz", tmp_path / "fresh"
    monkeypatch.setenv("ELDERCARE_HOME", str(home))
    releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    made = submissions.start(
        "九月.csv", "机构名称,所在地\n测试一院,松江区\n".encode(), "institutions", ONE
    )
    submissions.change(made.id, ONE, source=Source(unit="测试局", day="2024年9月"))
    accepting.accept(accepting.evaluate(submissions.submit(made.id, ONE)), OTHER, "九月报送")
    active, before = releases.active_id(), numbers(home)
    done = run("backup", program, BACKUP=str(backup))
    assert done.returncode == 0, done.stderr
    shutil.move(home, tmp_path / "lost")
    done = run("restore", program, BACKUP=str(backup), ELDERCARE_HOME=str(fresh))
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.setenv("ELDERCARE_HOME", str(fresh))
    assert (releases.active_id(), releases.pointer_fault(), journal.broken(fresh)) == (
        active,
        "",
        [],
    )
    assert numbers(fresh) == before and active in before
    assert [each.id for each in submissions.listed()] == [made.id]


def test_a_machine_without_a_network_is_installed_from_what_was_gathered(tmp_path):
    program = tmp_path / "program"
    left_out = shutil.ignore_patterns(".git", ".venv", ".build", "var", "__pycache__", "tests")
    shutil.copytree(ROOT, program, ignore=left_out)
    gathered = run("gather", program)
    assert gathered.returncode == 0, gathered.stderr
    # An index that answers nothing: what is not among the wheels cannot come from elsewhere.
    done = run(
        "install",
        program,
        PIP_INDEX_URL="http://127.0.0.1:9/",
        ELDERCARE_HOME=str(tmp_path / "var"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (program / "wheels" / "SHA256SUMS").write_text(f"{'0' * 64}  requirements.txt\n")
    assert run("install", program).returncode != 0


@pytest.fixture
def nginx(tmp_path):
    """Starts nginx with the block of the document before some servers; gives its address."""
    started = []

    def start(*urls):
        text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
        block = re.search(r"<!-- nginx -->\n```\n(.*?)```", text, re.S).group(1)
        port = free_port()
        servers = "\n".join(f"    server {url.removeprefix('http://')};" for url in urls)
        block = block.replace("    server 127.0.0.1:8501;", servers)
        block = block.replace("listen 8080;", f"listen 127.0.0.1:{port};")
        (tmp_path / "nginx").mkdir()
        settings = tmp_path / "nginx" / "nginx.conf"
        settings.write_text(
            f"daemon off;\npid {tmp_path}/nginx/pid;\nerror_log stderr;\nevents {{}}\n"
            f"http {{\naccess_log off;\nclient_body_temp_path {tmp_path}/nginx/body;\n{block}}}\n",
            encoding="utf-8",
        )
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        named = [program, "-p", str(tmp_path / "nginx"), "-c", str(settings)]
        checked = subprocess.run([*named, "-t"], capture_output=True, encoding="utf-8", check=False)
        assert checked.returncode == 0, checked.stderr
        started.append(subprocess.Popen(named))
        for _attempt in range(100):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        return f"http://127.0.0.1:{port}"

    yield start
    for process in started:
        process.terminate()
        process.wait()


VIEWS = [
    ("", {}),
    ("city", {"place": "320600"}),
    ("tasks", {"tasks_view": "按单位"}),
    ("coverage", {}),
]


def views(address):
    """What a viewer reads on some pages, each in a new connection as after a reconnection."""
    told = []
    for page, query in VIEWS:
        with Session(address, page, query, patience=120) as visitor:
            seen = visitor.run()
        assert seen.faults() == []
        words = [
            getattr(element, "body", "")
            for kind, element in seen.sent()
            if kind in ("markdown", "heading", "alert", "text")
        ]
        assert words, page
        told.append(words)
    return told


def test_two_processes_behind_nginx_lose_no_view_when_either_is_killed(tmp_path, nginx):
    """One address goes to one process while it lives (ip_hash); each is killed once, so the one that served is among them."""
    named = {"ELDERCARE_HOME": str(tmp_path / "var"), "ELDERCARE_PROXIES": "127.0.0.1"}
    ports = [free_port(), free_port()]
    address = nginx(*[f"http://127.0.0.1:{port}" for port in ports])
    for killed in (0, 1):
        with (
            running(tmp_path / f"{killed}-a.txt", port=ports[0], environment=named) as one,
            running(tmp_path / f"{killed}-b.txt", port=ports[1], environment=named) as other,
        ):
            before = views(address)
            gone = (one, other)[killed]
            gone.process.kill()
            gone.process.wait()
            assert views(address) == before
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{address}/_stcore/metrics")
            assert refused.value.code == 404
