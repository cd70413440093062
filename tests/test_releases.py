"""Releases: immutable, whole or not there, activated by one renaming; nothing is lost, nothing switches by itself."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from eldercare import releases, store
from eldercare.data.catalogue import ROOT
from eldercare.data.validation import BrokenDatasets
from eldercare.releases import __main__ as commands
from eldercare.releases import journal, ledger, making, upgrades


def slow(value):
    return pytest.param(value, marks=pytest.mark.slow)


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    """An empty home beside the miniature as the repository's datasets."""
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield tmp_path / "var"
    store.current.cache_clear()


def first() -> releases.Release:
    return releases.activate(making.snapshot("甲").id, "甲", "首个版本", expected=None)


def renamed(base: releases.Release, title: str) -> releases.Release:
    """A release that differs from `base` in the title of one source."""
    rows = [
        row | {"title": title} if row["source_id"] == "S1" else row
        for row in releases.rows(base.datasets, "sources")
    ]
    return making.create(
        base.datasets,
        {"sources": rows},
        kind="intake",
        author="甲",
        reason=title,
        parent=base.id,
        repository=base.repository or base.id,
    )


def title_served() -> str:
    return store.ask("sources_cited", source_ids=["S1"])["title"].iloc[0]


@pytest.mark.slow
def test_without_a_release_the_repository_is_served_live(home, tiny):
    assert (releases.active(), releases.listed(), title_served()) == (None, [], "测试公文")
    edit(tiny, "测试公文", "现场改过")
    store.current().refresh()
    assert title_served() == "现场改过"
    assert store.current().release is None


def edit(folder, old, new, file="sources.csv"):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_release_is_served_from_its_activation_on_and_edits_no_longer_show(home, tiny):
    one = first()
    edit(tiny, "测试公文", "现场改过")
    store.current().refresh()
    assert title_served() == "测试公文"
    two = renamed(one, "第二版")
    assert title_served() == "测试公文"
    releases.activate(two.id, "乙", "启用")
    assert title_served() == "第二版"
    assert releases.roll_back("乙", "退回").id == one.id
    assert title_served() == "测试公文"
    assert [e["did"] for e in journal.entries(home)] == ["activate"] * 3
    assert journal.broken(home) == []


@pytest.mark.slow
def test_a_release_never_changes_and_its_id_says_so(home):
    two = renamed(first(), "第二版")
    assert releases.faults(two) == []
    path = two.datasets / "sources.csv"
    path.chmod(0o644)
    edit(two.datasets, "第二版", "篡改")
    assert releases.faults(two) == ["datasets/sources.csv"]
    edit(two.datasets, "篡改", "第二版")
    assert releases.faults(two) == []
    edit(two.folder, '"author": "甲"', '"author": "乙"', "release.json") if os.access(
        two.folder / "release.json", os.W_OK
    ) else None
    assert releases.faults(releases.read(two.id)) == ["release.json"]


@pytest.mark.slow
def test_the_difference_lists_rows_field_by_field(home):
    one = first()
    (change,) = releases.changes(one.datasets, renamed(one, "第二版").datasets)
    assert (change.table, change.key, change.kind, change.fields) == (
        "sources",
        ("S1",),
        "changed",
        (("title", "测试公文", "第二版"),),
    )


def test_broken_rows_make_no_release(home):
    one = first()
    rows = [row | {"source_class": "传闻"} for row in releases.rows(one.datasets, "sources")]
    with pytest.raises(BrokenDatasets, match="传闻"):
        making.create(
            one.datasets, {"sources": rows}, kind="intake", author="甲", reason="x", parent=one.id
        )
    assert [release.id for release in releases.listed()] == [one.id]
    assert list(home.glob("unfinished-*")) == []


@pytest.mark.slow
def test_who_comes_second_is_told_and_loses_nothing(home):
    one = first()
    two, three = renamed(one, "甲的"), renamed(one, "乙的")

    def activate(release):
        try:
            return releases.activate(release.id, release.reason, "启用", expected=one.id).id
        except releases.Overtaken as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(activate, (two, three)))
    won = [answer for answer in answers if answer in (two.id, three.id)]
    assert won == [releases.active_id()]
    assert sum("没有丢失" in answer for answer in answers) == 1
    assert {two.id, three.id} <= {release.id for release in releases.listed()}


def test_deleting_the_cache_loses_nothing(home):
    two = renamed(first(), "第二版")
    releases.activate(two.id, "甲", "启用")
    shutil.rmtree(two.folder / "built")
    store.current.cache_clear()
    assert title_served() == "第二版"
    assert releases.faults(two) == []
    assert ".build" not in str(releases.home())


FULL_DISK = """
import resource, sys
from eldercare import releases
from eldercare.data import durable
from eldercare.releases import making
one = releases.active()
rows = [r | {"title": "第二版"} for r in releases.rows(one.datasets, "sources")]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
try:
    made = making.create(one.datasets, {"sources": rows}, kind="intake", author="甲", reason="x", parent=one.id)
    releases.activate(made.id, "甲", "x")
except durable.NoSpace as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("limit", [slow(10), 500, slow(100_000)])
def test_a_full_disk_is_a_clear_error_and_the_old_release_stays(home, limit):
    one = first()
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "磁盘空间不足" in ended.stdout, ended.stderr
    assert releases.active_id() == one.id
    assert [release.id for release in releases.listed()] == [one.id]
    assert list(home.glob("unfinished-*")) == []
    assert title_served() == "测试公文"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit


@pytest.mark.slow
def test_changed_repository_is_offered_and_merged_without_losing_either_side(home, tiny):
    assert upgrades.candidate() is None
    one = first()
    assert upgrades.candidate() is None
    two = renamed(one, "我们的题目")
    releases.activate(two.id, "甲", "启用")
    edit(tiny, "测试日报", "仓库改过的日报")
    edit(tiny, "测试民政局", "仓库改过的局")
    found = upgrades.candidate()
    assert {
        (change.key[0], name, after)
        for change in found.changes
        for name, _b, after in change.fields
    } == {
        ("S1", "publisher", "仓库改过的局"),
        ("S2", "publisher", "仓库改过的日报"),
    }
    assert releases.active_id() == two.id, "nothing switches by itself"
    three = upgrades.accept(found, "乙", "合并")
    rows = {row["source_id"]: row for row in releases.rows(three.datasets, "sources")}
    assert (rows["S1"]["title"], rows["S1"]["publisher"], rows["S2"]["publisher"]) == (
        "我们的题目",
        "仓库改过的局",
        "仓库改过的日报",
    )
    assert upgrades.candidate() is None


@pytest.mark.slow
def test_a_cell_changed_on_both_sides_stays_and_is_named(home, tiny):
    releases.activate(renamed(first(), "我们的题目").id, "甲", "启用")
    edit(tiny, "测试公文", "仓库的题目")
    found = upgrades.candidate()
    ((conflict),) = found.conflicts
    assert (conflict.column, conflict.before, conflict.ours, conflict.theirs) == (
        "title",
        "测试公文",
        "我们的题目",
        "仓库的题目",
    )
    assert (
        releases.rows(upgrades.accept(found, "乙", "合并").datasets, "sources")[0]["title"]
        == "我们的题目"
    )


@pytest.mark.slow
def test_a_release_older_than_the_program_stays_readable(home, tiny):
    one = first()
    path = tiny / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for resource_ in described["resources"]:
        if resource_["name"] == "sources":
            resource_["schema"]["fields"].append(
                {"name": "checked_by", "type": "string", "title": "核对"}
            )
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    store.current.cache_clear()
    assert title_served() == "测试公文"
    assert store.current().cursor().execute(
        "select count(*) from sources where checked_by is null"
    ).fetchone() == (5,)
    assert releases.faults(one) == []


def before_the_words_of_today(tiny) -> releases.Release:
    """A release whose program had other classes of operation and no table of their synonyms."""
    path, rows, lookup = (
        tiny / "datapackage.json",
        tiny / "institutions.csv",
        (tiny / "operation_modes.csv").read_text(encoding="utf-8"),
    )
    now, described = path.read_text(encoding="utf-8"), rows.read_text(encoding="utf-8")
    then = json.loads(now)
    then["resources"] = [r for r in then["resources"] if r["name"] != "operation_modes"]
    for resource_ in then["resources"]:
        for field in resource_.get("schema", {}).get("fields", []):
            if field["name"] == "ownership":
                field.pop("formerWords")
                field["constraints"]["enum"] = ["公办公营", "公建民营", "民办", "其他"]
    path.write_text(json.dumps(then, ensure_ascii=False), encoding="utf-8")
    demo = tiny / "demo" / "institutions.csv"
    kept = demo.read_text(encoding="utf-8")
    for file in (rows, demo):
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("民建民营", "民办").replace("公建公营", "公办公营"), encoding="utf-8"
        )
    (tiny / "operation_modes.csv").unlink()
    old = first()
    path.write_text(now, encoding="utf-8")
    rows.write_text(described, encoding="utf-8")
    demo.write_text(kept, encoding="utf-8")
    (tiny / "operation_modes.csv").write_text(lookup, encoding="utf-8")
    store.current.cache_clear()
    return old


@pytest.mark.slow
def test_words_that_were_replaced_are_carried_over_and_the_old_release_stays_as_it_is(home, tiny):
    old = before_the_words_of_today(tiny)
    assert [row["ownership"] for row in releases.rows(old.datasets, "institutions")][:2] == [
        "民办",
        "",
    ]
    folder = upgrades.readable(old)
    assert [row["ownership"] for row in releases.rows(folder, "institutions")][:2] == [
        "民建民营",
        "",
    ]
    assert {row["ownership"] for row in releases.rows(folder, "demo_institutions")} <= {
        "",
        "公建公营",
        "公建民营",
        "民建民营",
        "其他",
    }
    assert len(releases.rows(folder, "operation_modes")) == 13, "a table of words is the program's"
    served = (
        store.current()
        .cursor()
        .execute(
            "select count(*) from finder_institutions where ownership = '民建民营' and not demo"
        )
    )
    assert served.fetchone() == (1,)
    assert releases.faults(old) == []


@pytest.mark.slow
def test_a_merge_carries_the_replaced_words_over_too(home, tiny):
    old = before_the_words_of_today(tiny)
    found = upgrades.candidate()
    assert found.conflicts == []
    merged = upgrades.accept(found, "乙", "合并")
    assert [row["ownership"] for row in releases.rows(merged.datasets, "institutions")][:2] == [
        "民建民营",
        "",
    ]
    assert merged.parent == old.id


def test_only_ids_that_are_there_are_found(home):
    first()
    for words in ("", "../var", "zzzzzzzz", "1234567", "0" * 16, "*", "00000000"):
        with pytest.raises(KeyError):
            releases.find(words)


@pytest.mark.slow
def test_command_line_lists_compares_and_goes_back(home, capsys, monkeypatch):
    monkeypatch.setenv("ELDERCARE_INTAKE", "local")
    assert commands.main(["list"]) == 0
    assert "没有启用任何版本" in capsys.readouterr().out
    assert commands.main(["create"]) == 0
    two = renamed(releases.active(), "第二版")
    assert commands.main(["activate", two.short, "--reason", "试"]) == 0
    capsys.readouterr()
    assert commands.main(["difference", releases.read(two.id).parent[:8]]) == 0
    assert "“测试公文”→“第二版”" in capsys.readouterr().out
    assert commands.main(["rollback", "--reason", "退回"]) == 0
    assert commands.main(["rollback", "--reason", "退回"]) == 1
    assert commands.main(["verify"]) == 0
    capsys.readouterr()
    assert commands.main(["log"]) == 0
    assert [json.loads(line)["did"] for line in capsys.readouterr().out.splitlines()] == [
        "activate"
    ] * 3
    assert commands.main(["activate", "ffffffff", "--reason", "试"]) == 1


def test_the_log_is_only_added_to_and_a_changed_line_shows(home):
    first()
    journal.add(home, "甲", "submit", "x")
    assert [entry["did"] for entry in journal.entries(home)] == ["activate", "submit"]
    change = "update log set line = replace(line, '首个版本', '改写')"
    with closing(sqlite3.connect(home / ledger.NAME)) as connection, connection:
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute(change)
        connection.execute("drop trigger log_is_never_changed")
        connection.execute(change)
    assert journal.broken(home) == [2]


@pytest.mark.slow
@pytest.mark.parametrize("words", [slow("0123456789abcdef\n"), "", slow("nonsense"), slow("\x00")])
def test_a_pointer_to_no_release_shows_the_newest_and_says_so(home, words, capsys, monkeypatch):
    monkeypatch.setenv("ELDERCARE_INTAKE", "local")
    two = renamed(first(), "第二版")
    ledger.note(home, releases.ACTIVE, words)
    assert (releases.active_id(), releases.active(), title_served()) == (two.id, two, "第二版")
    assert (
        "现存最新的完好版本" in releases.pointer_fault() and two.short in releases.pointer_fault()
    )
    assert commands.main(["verify"]) == 1
    assert two.short in capsys.readouterr().out
    assert commands.main(["activate", two.parent[:8], "--reason", "恢复"]) == 0
    assert (releases.pointer_fault(), title_served()) == ("", "测试公文")
    assert journal.broken(home) == []


@pytest.mark.slow
@pytest.mark.parametrize("words", [slow(None), slow(""), '{"id": '])
def test_a_release_without_a_whole_description_harms_no_other(home, words, capsys):
    one = first()
    two = renamed(one, "第二版")
    releases.activate(two.id, "甲", "启用")
    path = two.folder / "release.json"
    path.chmod(0o644)
    path.unlink()
    if words is not None:
        path.write_text(words, encoding="utf-8")
    store.current.cache_clear()
    assert ([r.id for r in releases.listed()], title_served()) == ([one.id], "测试公文")
    assert releases.pointer_fault()
    assert commands.main(["verify"]) == 1
    assert f"{two.short} release.json" in capsys.readouterr().out


def test_without_any_release_left_the_repository_is_shown_and_it_is_said(home):
    shutil.rmtree(first().folder)
    store.current.cache_clear()
    assert (releases.active(), title_served()) == (None, "测试公文")
    assert "仓库数据" in releases.pointer_fault()


@pytest.mark.slow
def test_a_number_stands_for_one_release_only(home):
    one = first()
    two = renamed(one, "第二版")
    releases.activate(two.id, "甲", "启用")
    releases.activate(one.id, "甲", "退回")
    three = renamed(one, "第三版")
    assert len({one.version, two.version, three.version}) == 3
    assert three.version.endswith("+2")


@pytest.mark.slow
def test_a_merge_does_not_turn_the_data_date_back(home, tiny):
    one = first()
    made = making.create(
        one.datasets,
        {},
        kind="intake",
        author="甲",
        reason="x",
        parent=one.id,
        repository=one.id,
        as_of="2099-01-01",
    )
    releases.activate(made.id, "甲", "启用")
    edit(tiny, "测试日报", "仓库改过的日报")
    assert upgrades.accept(upgrades.candidate(), "乙", "合并").as_of == "2099-01-01"


@pytest.mark.slow
def test_the_newest_is_the_last_made_even_when_the_clock_was_set_back(home, monkeypatch):
    one = first()
    made = [one]
    for year in ("2031", "2020", "2019"):
        monkeypatch.setattr(journal, "now", lambda year=year: f"{year}-01-01T12:00:00+08:00")
        made.append(renamed(made[-1], year))
    assert [release.id for release in releases.listed()] == [
        release.id for release in reversed(made)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("mode", [slow(""), "roles"])
def test_the_command_line_changes_nothing_past_the_review_unless_that_is_stated(
    home, mode, monkeypatch, capsys
):
    monkeypatch.setenv("ELDERCARE_INTAKE", mode)
    two = renamed(first(), "第二版")
    for words in (
        ["activate", two.short, "--reason", "x"],
        ["rollback", "--reason", "x"],
        ["create"],
        ["candidate", "--accept"],
    ):
        assert commands.main(words) == 1
        assert "--as-administrator" in capsys.readouterr().err
    assert (
        commands.main(
            ["--author", "丁", "--as-administrator", "activate", two.short, "--reason", "x"]
        )
        == 0
    )
    assert journal.entries(home)[-1]["who"] == "管理员 丁（命令行）"
