"""From a copy with nothing built the README's command serves real figures, or says which cell is wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.serving import ROOT, NotServing, Session, command, free_port, running

pytestmark = pytest.mark.slow

HEADLINES = ("4,676.89", "21.75", "7,928", "167.65", "25,698", "13个区")


@pytest.fixture
def tree(tmp_path) -> Path:
    """What a download without git holds: no build, no history, no virtual environment."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".build", "var", "tests", "benchmarks", "__pycache__", ".*_cache"
    )
    return shutil.copytree(ROOT, tmp_path / "tree", ignore=ignored)


def overview(server) -> str:
    with Session(server.url) as visitor:
        run = visitor.run()
    assert run.faults() == [], server.printed()
    return run.text()


def missing(shown: str) -> list[str]:
    """The headline figures that are not there; Markdown's escapes are no part of a figure."""
    return [figure for figure in HEADLINES if figure not in shown.replace("\\", "")]


def spoil(path: Path, before: str, after: str) -> int:
    """Replace the first occurrence and return its line, as an editor counts."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_overview_is_served_with_figures_from_a_tree_with_nothing_built(tree, tmp_path):
    with running(tmp_path / "log.txt", tree) as server:
        assert missing(overview(server)) == []
        assert "Traceback" not in server.printed()
    assert len(list((tree / ".build").glob("*.duckdb"))) == 1
    assert [file.name for file in (tree / ".build").iterdir() if file.suffix != ".duckdb"] == []


def test_broken_datasets_stop_the_start_with_file_line_and_column_and_nothing_else(tree):
    line = spoil(tree / "datasets" / "tasks.csv", "\nTK002,", "\n,")
    ended = subprocess.run(
        command(port=free_port()), cwd=tree, capture_output=True, timeout=120, encoding="utf-8"
    )
    printed = ended.stdout + ended.stderr
    assert ended.returncode not in (0, None)
    assert f"tasks.csv 第{line + 1}行 task_id列：不能为空" in printed
    assert "Traceback" not in printed
    assert str(tree) not in printed
    assert list((tree / ".build").glob("*")) == []


@pytest.mark.parametrize(
    "content",
    [b"", b'{"name": "x", "resources": [', "标题".encode("gb18030")],
    ids=["empty", "truncated", "gbk"],
)
def test_a_broken_package_description_stops_the_start_with_its_name(content, tree, tmp_path):
    (tree / "datasets" / "datapackage.json").write_bytes(content)
    with pytest.raises(NotServing) as stopped, running(tmp_path / "log.txt", tree):
        pass
    assert "datapackage.json" in str(stopped.value)
    assert "Traceback" not in str(stopped.value)


@pytest.mark.parametrize("broken", ["tasks.csv", "datapackage.json"])
def test_a_running_server_goes_on_with_the_last_good_build(broken, tree, tmp_path):
    with running(tmp_path / "log.txt", tree) as server:
        path = tree / "datasets" / broken
        good = path.read_bytes()
        path.write_bytes(good[: len(good) // 2])
        with Session(server.url) as visitor:
            run = visitor.run()
            assert run.faults() == [], server.printed()
            assert missing(run.text()) == []
            assert [kind for kind, _element in run.sent() if kind == "alert"] == ["alert"]
            path.write_bytes(good)
            assert [kind for kind, _element in visitor.run().sent() if kind == "alert"] == []


def test_a_correction_is_on_screen_at_the_next_click_without_a_restart(tree, tmp_path):
    with running(tmp_path / "log.txt", tree) as server, Session(server.url) as visitor:
        assert "7,928" in visitor.run().text()
        spoil(tree / "datasets" / "observations.csv", "7928", "7931")
        shown = visitor.run().text()
        assert "7,931" in shown
