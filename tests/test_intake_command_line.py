"""The command line of the intake: what it says, what it refuses, and accepting what waits."""

import re

import pytest
from filing import STEWARD, UNIT, csv_of, open_desk

from eldercare import releases
from eldercare.intake import __main__ as commands
from eldercare.intake import accepting, submissions

NEW = csv_of(
    ("机构名称", "所在地", "总床位"), ("测试新院", "松江区", "90"), ("测试二院", "松江区", "80")
)


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


@pytest.fixture
def waiting(home) -> submissions.Submission:
    draft = submissions.start("九月.csv", NEW, "institutions", STEWARD)
    submissions.change(draft.id, STEWARD, source=UNIT)
    return submissions.submit(draft.id, STEWARD)


def names() -> set[str]:
    return {row["name"] for row in accepting.current_context().rows("institutions")}


@pytest.mark.slow
def test_what_waits_is_listed_and_accepted_by_its_number(waiting, capsys):
    assert commands.main(["accept"]) == 0
    assert f"{waiting.id}　九月.csv" in capsys.readouterr().out
    assert commands.main(["accept", waiting.id, "--yes", "--reason", "九月报送"]) == 0
    said = capsys.readouterr().out
    assert "新增 第2行 测试新院" in said and "已启用版本" in said
    assert {"测试新院", "测试二院"} <= names() and releases.active().reason == "九月报送"
    assert commands.main(["accept", waiting.id, "--yes"]) == 1
    assert "现在是“已接受”，不在待审核里" in capsys.readouterr().err


@pytest.mark.slow
def test_only_some_rows_are_accepted_and_the_rest_still_waits(waiting, capsys):
    assert commands.main(["accept", waiting.id, "--yes", "--rows", "2,9"]) == 1
    assert "第9行没有可以接受的变化" in capsys.readouterr().err and releases.active_id() is None
    assert commands.main(["accept", waiting.id, "--yes", "--rows", "3"]) == 0
    assert names() & {"测试新院", "测试二院"} == {"测试二院"}
    assert submissions.read(waiting.id).state == submissions.SUBMITTED


def test_without_a_yes_nothing_is_accepted(waiting, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda words: "n")
    assert commands.main(["accept", waiting.id]) == 1
    assert "没有应用" in capsys.readouterr().out and releases.active_id() is None


def test_a_number_that_is_none_is_said(home, capsys):
    assert commands.main(["accept", "20241008-aaaaaa"]) == 1
    assert "没有编号为“20241008-aaaaaa”的报送" in capsys.readouterr().err


@pytest.mark.parametrize(("mode", "words"), [("roles", "由另一位审核人登录后"), ("", "没有开通")])
def test_the_command_line_does_not_stand_in_for_a_reviewer(
    waiting, monkeypatch, capsys, mode, words
):
    monkeypatch.setenv("ELDERCARE_INTAKE", mode)
    assert commands.main(["accept", waiting.id, "--yes"]) == 1
    assert words in capsys.readouterr().err and releases.active_id() is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少：命令"),
        (["nehmen"], "不能是 nehmen"),
        (["check"], "缺少：文件、--table"),
        (["check", "a.csv", "--table", "beds"], "--table 不能是 beds"),
        (["check", "a.csv", "--table"], "--table 后面要写一个值"),
        (["accept", "--rows", "二"], "--rows 不能是 二"),
        (["accept", "--no"], "不认识：--no"),
    ],
)
def test_errors_of_the_command_line_are_chinese(home, capsys, arguments, words):
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2 and words in said.err
    assert "usage" not in said.out + said.err and said.out.count("用法：") == 1


@pytest.mark.parametrize("command", [[], ["template"], ["check"], ["apply"], ["accept"]])
def test_the_usage_is_chinese(capsys, command):
    with pytest.raises(SystemExit):
        commands.main([*command, "--help"])
    said = capsys.readouterr().out
    assert (
        not re.search(r"usage|show this|positional|optional arguments|options:", said)
        and "显示这段说明" in said
    )
