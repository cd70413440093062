"""Every size of free disk from nothing to 20 MB, for whatever writes: done whole, or refused in words and all as before."""

import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from eldercare import releases, store
from eldercare.data import build, built, durable, validation
from eldercare.data.catalogue import DATASETS
from eldercare.intake import accepting, submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import __main__ as commands
from eldercare.releases import journal, ledger, making
from eldercare.talks import __main__ as decks

from .conftest import MB, Disk

pytestmark = pytest.mark.full

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", True, True)
# Every megabyte; the first are for the ledger, which is small. A whole build needs a little more than 20 MB for a moment.
SIZES = [0, 4_096, 16_384, 40_960, 65_536, 131_072, 262_144, *(n * MB for n in range(1, 33))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A home with the repository's datasets as first release, one accepted report and one that waits."""
    root = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_HOME", str(root / "var"))
        releases.activate(making.snapshot("甲").id, "甲", "首个版本")
        accepting.accept(accepting.evaluate(handed_in("测试一院")), REVIEWER, "九月报送")
        handed_in("测试二院")
    return root / "var"


def handed_in(name: str) -> submissions.Submission:
    made = submissions.start(
        "九月.csv", f"机构名称,所在地\n{name},松江区\n".encode(), "institutions", STEWARD
    )
    submissions.change(made.id, STEWARD, source=Source(unit="测试局", day="2024年9月"))
    return submissions.submit(made.id, STEWARD)


@pytest.fixture
def home(disk, kept, monkeypatch) -> Path:
    home = disk.folder / "var"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    monkeypatch.setenv("ELDERCARE_HOME", str(home))
    monkeypatch.setenv("ELDERCARE_INTAKE", "local")
    store.current.cache_clear()
    yield home
    store.current.cache_clear()


def state(home: Path) -> tuple:
    files = sorted(
        str(p.relative_to(home))
        for p in home.rglob("*")
        if "built" not in p.parts and p.name != ledger.COPY
    )
    return (
        ledger.lines(home),
        ledger.records(home),
        releases.active_id(),
        [r.id for r in releases.listed()],
        files,
    )


def assert_whole(home: Path) -> None:
    assert (releases.pointer_fault(), journal.broken(home), ledger.fault(home)) == ("", [], "")
    for release in releases.listed():
        assert (releases.faults(release), releases.built_faults(release)) == ([], [])


def at_each_size(step: Callable[[int], bool]) -> None:
    """Whether `step` was done with so many bytes free: at every size until it is done three times, then in eighths of the
    megabyte in which it begins to be done. There is one such size, below it nothing is done."""
    done: dict[int, bool] = {}
    for size in SIZES:
        done[size] = step(size)
        if [*done.values()][-3:] == [True] * 3:
            break
    enough = min(size for size in done if done[size])
    short = max((size for size in done if size < enough), default=0)
    for size in range(short, enough, max(1, (enough - short) // 8)):
        done[size] = step(size)
    said = [done[size] for size in sorted(done)]
    assert said == sorted(said) and not said[0], done


def tried(disk: Disk, home: Path, again: Callable[[], None], act: Callable[[], object]) -> None:
    """The act at every size, each time from the same beginning: it is done, or all is as before."""

    def step(size: int) -> bool:
        again()
        before = state(home)
        with disk.with_free(size):
            try:
                act()
                is_done = True
            except durable.NotWritten as error:
                assert "磁盘空间不足" in str(error), size
                is_done = False
        assert_whole(home)
        assert is_done or state(home) == before, size
        return is_done

    at_each_size(step)
    again()
    act()


@pytest.mark.parametrize("is_built", [True, False], ids=["copied", "made anew"])
def test_a_build_is_whole_or_not_there(disk, monkeypatch, is_built, tmp_path):
    counts = {name: len(rows) for name, rows in validation.read(DATASETS)[1].items()}
    folder = disk.folder / "build"
    # What was built before is copied.
    monkeypatch.setattr(build, "BUILD_DIR", tmp_path)
    if is_built:
        build.build(DATASETS, tmp_path)

    def step(size: int) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        with disk.with_free(size):
            try:
                path = build.build(DATASETS, folder)
            except durable.NotWritten as error:
                assert "磁盘空间不足" in str(error), size
                assert not folder.exists() or list(folder.iterdir()) == [], size
                return False
        assert built.faults(path, counts) == [], size
        return True

    at_each_size(step)
    shutil.rmtree(folder)


def test_the_command_that_builds_says_it_and_ends_with_1(disk, monkeypatch):
    folder = disk.folder / "build"
    shutil.rmtree(folder, ignore_errors=True)
    monkeypatch.setattr(build, "BUILD_DIR", folder)
    monkeypatch.setattr(build.build, "__defaults__", (DATASETS, folder))
    for size in (1, 9, 12):
        said = StringIO()
        with disk.with_free(size * MB), redirect_stderr(said), redirect_stdout(StringIO()):
            ended = build.main([])
        assert (ended, "磁盘空间不足" in said.getvalue()) == (
            (1, True) if not list(folder.glob("*.duckdb")) else (0, False)
        ), size


def test_an_acceptance(disk, home, kept):
    def again() -> None:
        shutil.rmtree(home)
        shutil.copytree(kept, home)

    (waiting,) = submissions.listed(submissions.SUBMITTED)
    found = accepting.evaluate(waiting)
    tried(disk, home, again, lambda: accepting.accept(found, REVIEWER, ""))
    names = [row["name"] for row in releases.rows(releases.active().datasets, "institutions")]
    assert names.count("测试一院") == names.count("测试二院") == 1


@pytest.mark.parametrize("is_built", [True, False])
def test_an_activation_and_the_way_back(disk, home, kept, is_built):
    parent = releases.active().parent

    def again() -> None:
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        if not is_built:
            shutil.rmtree(releases.read(parent).folder / "built")

    tried(disk, home, again, lambda: releases.activate(parent, "乙", "试"))
    assert releases.active_id() == parent
    tried(disk, home, again, lambda: releases.roll_back("乙", "退回"))
    assert releases.active_id() == parent


def test_an_entry_in_the_log_and_a_report_handed_in(disk, home, kept):
    def again() -> None:
        shutil.rmtree(home)
        shutil.copytree(kept, home)

    tried(
        disk,
        home,
        again,
        lambda: journal.add(
            home, "甲", "no_change", "2024年9月", unit="测试局", table="institutions"
        ),
    )
    tried(disk, home, again, lambda: handed_in("测试三院"))


@pytest.mark.parametrize("kind", ["pptx", "html"])
def test_an_export_is_the_old_file_or_the_new(disk, home, kind):
    path = disk.folder / f"deck.{kind}"

    def step(size: int) -> bool:
        path.write_bytes(b"old")
        said = StringIO()
        with disk.with_free(size), redirect_stderr(said), redirect_stdout(StringIO()):
            ended = decks.main(
                ["export", "--deck", "own:headline", "--format", kind, "-o", str(path)]
            )
        if ended:
            assert "磁盘已满" in said.getvalue() and "Traceback" not in said.getvalue()
            assert path.read_bytes() == b"old"
        return ended == 0

    at_each_size(step)
    assert sorted(p.name for p in disk.folder.glob(".*")) == []
    path.unlink()


def test_the_commands_say_it_without_a_traceback(disk, home, kept):
    said = StringIO()
    with disk.with_free(0), redirect_stderr(said), redirect_stdout(StringIO()):
        assert commands.main(["rollback", "--reason", "x"]) == 1
    assert "磁盘空间不足" in said.getvalue() and "Traceback" not in said.getvalue()
