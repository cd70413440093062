"""Two pairs of eyes, reporting windows, and a disk that is full at any step: what was reviewed is what is accepted, or nothing."""

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from filing import open_desk

from eldercare import releases
from eldercare.data import build, catalogue, durable
from eldercare.exhibits import intake as findings
from eldercare.intake import __main__ as commands
from eldercare.intake import accepting, forms, questions, roles, submissions, windows
from eldercare.intake.context import Context
from eldercare.intake.findings import Checked, Finding
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.intake.understood import Doubt
from eldercare.releases import journal, ledger, making
from eldercare.screen.desk import reporting, showing, visitor

ME = Person("甲", True, True, own_eyes_suffice=True)
STEWARD, REVIEWER, BOTH = (
    Person("甲", True, False),
    Person("乙", False, True),
    Person("丙", True, True),
)
UNIT = Source(unit="测试市民政局", day="2024年9月")
TWO = "机构名称,所在地,总床位\n测试甲院,松江区,1\n测试乙院,松江区,2\n".encode()


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch, "roles")


def draft(data=TWO, source=UNIT, **values) -> submissions.Submission:
    made = submissions.start("九月.csv", data, "institutions", STEWARD)
    return submissions.change(made.id, STEWARD, source=source, **values)


def handed_in(data=TWO, source=UNIT) -> accepting.Evaluation:
    return accepting.evaluate(submissions.submit(draft(data, source).id, STEWARD))


def names() -> set[str]:
    return {row["name"] for row in accepting.current_context().rows("institutions")}


def test_an_upload_is_checked_once(home, monkeypatch):
    done = []
    evaluate = accepting.evaluate
    monkeypatch.setattr(
        accepting,
        "evaluate",
        lambda submission, *more: done.append(submission.id) or evaluate(submission, *more),
    )
    made = submissions.start("九月.csv", TWO, "institutions", STEWARD)
    showing.evaluated(made)
    showing.evaluated(submissions.read(made.id))
    assert done == [made.id], "the page asks again when it is drawn with the draft"


# Two pairs of eyes


@pytest.mark.slow
@pytest.mark.parametrize("work", ["edit", "submit"])
def test_who_edited_or_submitted_a_report_cannot_accept_it(home, work):
    made = draft()
    if work == "edit":
        submissions.change(made.id, BOTH, fixes=((2, "beds_total", "999"),))
        found = accepting.evaluate(submissions.submit(made.id, STEWARD))
    else:
        found = accepting.evaluate(submissions.submit(made.id, BOTH))
    with pytest.raises(roles.NotAllowed, match="另一位"):
        accepting.accept(found, BOTH, "")
    assert releases.active_id() is None
    assert accepting.accept(found, REVIEWER, "").author == "甲"


def test_only_who_worked_on_a_report_takes_it_back(home):
    made = draft()
    with pytest.raises(roles.NotAllowed):
        submissions.withdraw(made.id, BOTH)
    assert submissions.withdraw(made.id, STEWARD).state == submissions.WITHDRAWN


@pytest.mark.parametrize(
    "values",
    [
        {"source": Source(unit="另一个局", day="2024年9月")},
        {"source": Source(unit="测试市民政局", day="2024年8月")},
        {"source": Source(unit="测试市民政局", day="2024年9月", title="另一个标题")},
        {"complete": True},
        {"within": ("310117",)},
        {"reason": "另一个说明"},
    ],
)
def test_what_was_seen_is_what_is_accepted(home, values):
    found = handed_in()
    submissions.send_back(found.submission.id, REVIEWER, "请改")
    submissions.change(found.submission.id, STEWARD, **values)
    submissions.submit(found.submission.id, STEWARD)
    with pytest.raises(releases.Overtaken, match="重新看"):
        accepting.accept(found, REVIEWER, "")
    assert releases.active_id() is None


@pytest.mark.slow
def test_a_merge_of_the_repository_takes_two(home, tiny):
    from eldercare.intake import merging
    from eldercare.releases import upgrades

    releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    path = tiny / "sources.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("测试日报", "仓库改过的日报"), encoding="utf-8"
    )
    found = upgrades.candidate()
    with pytest.raises(roles.NotAllowed, match="两个人"):
        merging.accept(found, BOTH, "合并")
    merging.ask(found, BOTH)
    with pytest.raises(roles.NotAllowed, match="另一位"):
        merging.accept(found, BOTH, "合并")
    made = merging.accept(found, REVIEWER, "合并")
    assert (made.author, made.reviewer, releases.active_id()) == ("丙", "乙", made.id)


def test_the_command_line_does_not_go_round_the_roles(home, tmp_path, monkeypatch, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(TWO)
    words = [
        "apply",
        str(path),
        "--table",
        "institutions",
        "--unit",
        "测试市民政局",
        "--date",
        "2024年9月",
        "--yes",
    ]
    monkeypatch.setenv("ELDERCARE_INTAKE", "")
    assert commands.main(words) == 1
    assert "没有开通" in capsys.readouterr().err and not submissions.listed()
    monkeypatch.setenv("ELDERCARE_INTAKE", "roles")
    home.mkdir(exist_ok=True)
    (home / "roles.json").write_text('{"submit": ["甲"], "review": ["乙"]}', encoding="utf-8")
    assert commands.main(words) == 1
    assert "--author" in capsys.readouterr().err
    assert commands.main([*words, "--author", "甲"]) == 0
    assert [s.state for s in submissions.listed()] == [
        submissions.SUBMITTED
    ] and releases.active_id() is None
    assert any(entry["did"] == "command_line" for entry in journal.entries(home))


PAGE = "http://127.0.0.1:8501/intake"


@pytest.mark.parametrize(
    ("address", "headers", "shown", "counts"),
    [
        (
            None,
            {"Host": "localhost:8501", "Origin": "http://localhost:8501"},
            "http://localhost:8501/intake",
            True,
        ),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}, PAGE, True),
        ("::1", {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, None, True),
        (None, {}, None, False),
        # No page said that it calls.
        ("127.0.0.1", {"Host": "127.0.0.1:8501"}, None, False),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "null"}, None, False),
        # A page of another program on this machine.
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:3000"}, None, False),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "http://localhost:8501"}, None, False),
        # A proxy that rewrites one name, or both, or adds what it calls by another name.
        ("127.0.0.1", {"Host": "ylzt.example.cn"}, None, False),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "https://ylzt.example.cn"}, None, False),
        ("127.0.0.1", {"Host": "ylzt.example.cn", "Origin": "http://127.0.0.1:8501"}, None, False),
        (
            "127.0.0.1",
            {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"},
            "https://ylzt.example.cn/intake",
            False,
        ),
        (
            "127.0.0.1",
            {"Host": "localhost.example.cn", "Origin": "http://localhost.example.cn"},
            None,
            False,
        ),
        ("10.0.0.7", {"Host": "localhost", "Origin": "http://localhost"}, None, False),
        *(
            (
                "127.0.0.1",
                {"Host": "localhost", "Origin": "http://localhost", name: "127.0.0.1"},
                None,
                False,
            )
            for name in (
                "X-Forwarded-For",
                "x-forwarded-proto",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "X-Client-IP",
                "True-Client-IP",
                "CF-Ray",
            )
        ),
    ],
)
def test_the_single_user_mode_is_for_a_browser_here_that_called_it_so(
    address, headers, shown, counts
):
    assert visitor.is_at_this_machine(address, headers, shown) is counts


# A part of a report, a cell


@pytest.mark.slow
def test_the_rest_of_a_report_can_be_left(home):
    found = handed_in()
    with pytest.raises(ValueError, match="还没有接受"):
        submissions.finish(found.submission.id, REVIEWER)
    release = accepting.accept(found, REVIEWER, "", {found.acceptable[0].name})
    left = submissions.read(found.submission.id)
    assert (left.state, left.releases, left.state_words) == (
        submissions.SUBMITTED,
        (release.id,),
        "已接受一部分，其余待审核",
    )
    with pytest.raises(roles.NotAllowed):
        submissions.finish(left.id, STEWARD)
    assert submissions.finish(left.id, REVIEWER).state == submissions.CLOSED
    assert journal.entries(home)[-1]["did"] == "finish"
    assert submissions.listed(submissions.SUBMITTED) == []


@pytest.mark.parametrize(("words", "said"), [("约三百张", "约三百"), ("100", "没有变化")])
def test_a_correction_that_cannot_be_read_or_changes_nothing_is_not_handed_in(home, words, said):
    with pytest.raises(Doubt, match=said):
        accepting.correct(
            "institutions", {"institution_id": "I1", "beds_total": words}, "抄错", STEWARD
        )
    assert submissions.listed() == []
    accepting.correct(
        "institutions", {"institution_id": "I1", "beds_total": "110"}, "抄错", STEWARD
    )
    assert len(submissions.listed(submissions.SUBMITTED)) == 1


def test_a_proposal_is_only_taken_for_all_where_it_says_the_same():
    form = forms.form(catalogue.read_package().table("institutions"))

    def taken(*options, certain=True, field="beds_total"):
        checked = Checked(
            form, ["x"], [], [], [Finding("error", 2, "x", "x", "x", options, field, certain)]
        )
        return questions.certain(questions.of(checked, Context(releases.DATASETS)))

    assert [d.value for d in taken("200")] == ["200"]
    assert not taken("200", certain=False) and not taken() and not taken("2024年1月", "2024年10月")


def test_a_click_on_what_was_decided_elsewhere_or_changed_does_nothing(home):
    one = handed_in()
    submissions.send_back(one.submission.id, REVIEWER, "重报", one.submission)
    for step in (submissions.send_back, lambda i, w, _a, s: submissions.finish(i, w, s)):
        with pytest.raises((releases.Overtaken, ValueError)):
            step(one.submission.id, REVIEWER, "再退", one.submission)
    submissions.change(one.submission.id, STEWARD, fixes=((2, "beds_total", "3"),))
    again = submissions.submit(one.submission.id, STEWARD)
    with pytest.raises(releases.Overtaken, match="打开之后"):
        submissions.send_back(one.submission.id, REVIEWER, "再退", one.submission)
    assert submissions.read(one.submission.id) == again


# Dates


@pytest.mark.parametrize("day", ["2024-10-16", "2024年11月", "2025年", "2024年底"])
def test_a_report_from_the_future_is_refused(home, day):
    made = submissions.start("九月.csv", TWO, "institutions", STEWARD)
    with pytest.raises(Doubt, match="晚于今天"):
        submissions.change(
            made.id, STEWARD, date(2024, 10, 15), source=Source(unit="测试市民政局", day=day)
        )


@pytest.mark.slow
def test_the_data_date_is_never_later_than_the_day_of_acceptance(home):
    before = json.loads((releases.repository_datasets() / "datapackage.json").read_bytes())["asOf"]
    today = date.fromisoformat(before).replace(month=12, day=5)
    made = submissions.start("九月.csv", TWO, "institutions", STEWARD)
    submissions.change(
        made.id, STEWARD, today, source=Source(unit="测试市民政局", day=f"{today.year}年")
    )
    found = accepting.evaluate(submissions.submit(made.id, STEWARD))
    assert accepting.accept(found, REVIEWER, "", today=today).as_of == today.isoformat()


# Reporting windows


def plan(home, rhythm="month", since="2024-01-01") -> windows.Duty:
    duty = windows.Duty("测试市 民政局", "institutions", rhythm, 10, since)
    windows.set_plan([duty], REVIEWER)
    return duty


def status_of(today: date, period: str) -> str:
    return next(w.status for w in windows.windows(today) if w.period == period)


def test_a_draft_or_a_returned_report_is_not_reported(home):
    plan(home, since="2024-09-01")
    made = draft()
    assert status_of(date(2024, 10, 11), "2024年9月") == windows.MISSING
    submissions.submit(made.id, STEWARD)
    assert status_of(date(2024, 10, 11), "2024年9月") == windows.REPORTED
    submissions.send_back(made.id, REVIEWER, "请改")
    assert status_of(date(2024, 10, 11), "2024年9月") == windows.MISSING


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2024年9月", True),
        ("2024-09-30", True),
        ("2024-10-08", True),
        ("2024年", False),
        ("2024年10月", False),
        ("2024-09-08", False),
        ("2024-10-11", False),
        ("2024年8月", False),
    ],
)
def test_a_report_counts_for_its_own_period_only(home, day, counts):
    plan(home, since="2024-09-01")
    handed_in(source=Source(unit="测试市民政局", day=day))
    assert status_of(date(2024, 10, 15), "2024年9月") == (
        windows.REPORTED if counts else windows.MISSING
    )


def test_nothing_is_owed_for_the_time_before_a_duty_began(home):
    plan(home, since="2024-10-15")
    assert [(w.period, w.status) for w in windows.windows(date(2024, 10, 15))] == [
        ("2024年10月", windows.WAITING)
    ]
    assert [(w.period, w.status) for w in windows.windows(date(2024, 11, 11))] == [
        ("2024年10月", windows.MISSING)
    ]


def test_older_periods_stay_in_view_until_something_comes_in(home):
    duty = plan(home, since="2024-07-01")
    handed_in(source=Source(unit="测试市民政局", day="2024年8月"))
    assert [(w.period, w.status) for w in windows.windows(date(2024, 10, 5))] == [
        ("2024年9月", windows.WAITING),
        ("2024年7月", windows.MISSING),
    ]
    windows.no_change(duty, "2024年7月", STEWARD)
    assert [w.period for w in windows.windows(date(2024, 10, 5))] == ["2024年9月"]


def test_a_table_of_a_unit_stands_in_the_plan_once(home):
    duty = plan(home)
    with pytest.raises(ValueError, match="已在计划里"):
        windows.set_plan(
            [duty, windows.begun("测试市民政局", "institutions", "year", 5, "2024年9月")], REVIEWER
        )
    assert windows.begun("甲", "events", "year", 5, "2024年9月").since == "2024-09-01"
    windows.set_plan([], REVIEWER)
    assert windows.plan() == []


def test_the_first_sentence_says_what_waits(home):
    assert reporting.waiting(None) == {}
    assert findings.waiting(**reporting.waiting(REVIEWER)).startswith("没有待审核的报送")
    plan(home, since="2024-09-01")
    handed_in()
    draft()
    words = findings.waiting(**reporting.waiting(REVIEWER))
    assert words.startswith("待审核1份，草稿与退回1份，过了截止日未报") and not words.endswith(
        "未报0项"
    )


# A full disk


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """What a full disk is like, from inside a process that may not be root: writing beyond `size` bytes of any file fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def state_of(home) -> tuple:
    saved = (
        ledger.records(home),
        ledger.lines(home),
        ledger.noted(home, "active"),
        ledger.fault(home),
    )
    files = sorted(
        str(path.relative_to(home)) for path in home.rglob("*") if "built" not in path.parts
    )
    return *saved, [r.id for r in releases.listed()], files


def refusals(home, step) -> int:
    """Takes a step with ever more room until it succeeds; how often it was refused, each time without a trace."""
    before = state_of(home)
    for refused, size in enumerate(range(0, 200_000, 1024)):
        try:
            with no_file_larger_than(size):
                step()
        except durable.NotWritten as error:
            assert "没有写入" in str(error), size
            assert state_of(home) == before, size
        else:
            return refused
    raise AssertionError("never enough room")


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_size_of_the_activation_changes_nothing(home, monkeypatch):
    monkeypatch.setattr(build, "build", lambda datasets, folder: None)
    one = releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    found = handed_in()
    create = making.create

    def made_with_room(*arguments, **named):
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        with no_file_larger_than(resource.RLIM_INFINITY):
            made = create(*arguments, **named)
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        return made

    monkeypatch.setattr(making, "create", made_with_room)
    assert refusals(home, lambda: accepting.accept(found, REVIEWER, "")) >= 5
    assert (releases.active().parent, submissions.listed()[0].state) == (one.id, submissions.CLOSED)
    assert journal.broken(home) == []


def test_a_disk_that_is_full_while_a_report_is_handed_in_leaves_it_as_it_was(home):
    made = draft()
    assert refusals(home, lambda: submissions.submit(made.id, STEWARD)) >= 5
    assert refusals(home, lambda: submissions.start("b.csv", TWO, "institutions", STEWARD)) >= 5
    assert [s.state for s in submissions.listed()] == [submissions.DRAFT, submissions.SUBMITTED]
    assert journal.broken(home) == []
