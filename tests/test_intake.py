"""From a file to a release: the difference lists exactly what was changed, nothing is applied unless accepted, every row has a source."""

import io
from datetime import date

import openpyxl
import pytest
from filing import open_desk

from benchmarks import serving
from eldercare import releases
from eldercare.data.catalogue import read_package
from eldercare.intake import __main__ as commands
from eldercare.intake import (
    accepting,
    applying,
    checking,
    deleting,
    error_report,
    forms,
    proposing,
    reading,
    roles,
    submissions,
    templates,
    windows,
    wording,
)
from eldercare.intake.context import Context
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal
from eldercare.releases.difference import Change

ME = Person("甲", True, True, own_eyes_suffice=True)
STEWARD, REVIEWER = Person("甲", True, True), Person("乙", False, True)
UNIT = Source(unit="测试市民政局", day="2024年9月")


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def csv_of(*rows) -> bytes:
    return "\n".join(
        ",".join(row) for row in (("机构名称", "所在地", "总床位", "对外开放"), *rows)
    ).encode()


NEW_ROWS = csv_of(("测试新院", "松江区", "90张", "30"), ("测试坏院", "松江区", "约90", ""))


def handed_in(data=NEW_ROWS, name="a.csv", source=UNIT, **values) -> accepting.Evaluation:
    draft = submissions.start(name, data, "institutions", STEWARD)
    submissions.change(draft.id, STEWARD, source=source, **values)
    return accepting.evaluate(submissions.submit(draft.id, STEWARD))


def exported() -> openpyxl.Workbook:
    context = accepting.current_context()
    return openpyxl.load_workbook(
        io.BytesIO(
            templates.template(
                forms.form(context.package.table("institutions")), context, filled=True
            )
        )
    )


def saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def institutions() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in accepting.current_context().rows("institutions")}


@pytest.mark.slow
def test_a_round_trip_lists_exactly_what_was_changed_and_applies_it(home):
    book = exported()
    sheet = book["数据"]
    columns = {forms.heading_key(cell.value): cell.column for cell in sheet[1]}
    lines = {sheet.cell(n, columns["名称"]).value: n for n in range(2, 8)}
    sheet.cell(lines["测试江畔护理院"], columns["总床位"]).value = "1.2万"
    sheet.cell(lines["测试江畔护理院"], columns["对外开放床位"]).value = 50
    sheet.cell(lines["测试湖滨养老院"], columns["说明"]).value = "改过"
    for name, line in (("测试新一院", 8), ("测试新二院", 9)):
        sheet.cell(line, columns["名称"]).value, sheet.cell(line, columns["所在地区"]).value = (
            name,
            "松江区",
        )
    # 测试南方疗养院 ended in 2021: a list of today does not miss it, whether it stands there or not.
    for name in sorted(
        ("测试南方疗养院", "<script>alert(1)</script>"), key=lines.get, reverse=True
    ):
        sheet.delete_rows(lines[name])

    gone = deleting.confirmation(("I3",), goes=True)
    found = handed_in(
        saved(book), "a.xlsx", complete=True, within=("000000", "310000"), decisions=(gone,)
    )
    assert found.proposal.checked.errors == []
    assert sorted(
        (c.kind, found.proposal.words[c.name], c.fields if c.kind == "changed" else ())
        for c in found.proposal.changes
    ) == [
        ("changed", "测试江畔护理院", (("beds_total", "100", "12000"), ("beds_open", "40", "50"))),
        ("changed", "测试湖滨养老院", (("note", "", "改过"),)),
        ("gone", "<script>alert(1)</script>", ()),
        ("new", "测试新一院", ()),
        ("new", "测试新二院", ()),
    ]
    assert releases.listed() == [], "nothing is applied before someone accepts"

    release = accepting.accept(found, REVIEWER, "九月报送")
    now = institutions()
    assert (now["测试江畔护理院"]["beds_total"], now["测试湖滨养老院"]["note"]) == ("12000", "改过")
    assert "<script>alert(1)</script>" not in now and "测试南方疗养院" in now
    assert {"测试新一院", "测试新二院"} <= now.keys()
    assert "=HYPERLINK" in "".join(now), "text that looks like a formula survives"
    assert release.summary["institutions"] == {"new": 2, "changed": 2, "gone": 1}
    assert [path.read_bytes() for path in (release.folder / "originals").iterdir()] == [
        submissions.read(release.submission).original.read_bytes()
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(table, marks=() if table in ("tasks", "events") else pytest.mark.slow)
        for table in forms.TABLES
    ],
)
def test_an_export_that_comes_back_unchanged_changes_nothing(table):
    context = Context(releases.DATASETS)
    form = forms.form(context.package.table(table))
    if not context.rows(table):
        return
    checked = checking.check(
        reading.read("a.xlsx", templates.template(form, context, filled=True)), form, context
    )
    proposal = proposing.propose(checked, context, complete=True)
    assert (checked.errors, proposal.changes) == ([], [])


@pytest.mark.parametrize("table", forms.TABLES)
def test_a_template_has_drop_downs_and_notes(table):
    context = Context(releases.DATASETS)
    form = forms.form(context.package.table(table))
    sheet = openpyxl.load_workbook(io.BytesIO(templates.template(form, context)))["数据"]
    assert all(cell.comment and cell.comment.text is not None for cell in sheet[1])
    listed = {
        next(iter(rule.sqref.ranges)).min_col for rule in sheet.data_validations.dataValidation
    }
    fixed = {
        n
        for n, c in enumerate((c for c in form.columns if c.name != "price"), 1)
        if c.kind in ("choice", "place", "flag")
    }
    assert listed and fixed <= listed


@pytest.mark.slow
def test_accepted_rows_lead_to_the_report_of_the_unit(home):
    found = handed_in()
    accepting.accept(found, REVIEWER, "")
    row = institutions()["测试新院"]
    source = accepting.current_context().by_key("sources")[row["source_id"]]
    assert (source["publisher"], source["source_class"], source["published"]) == (
        "测试市民政局",
        "单位报送",
        "2024-09-30",
    )
    assert (
        row["quote"]
        == "名称：测试新院；所在地区：松江区；总床位（张）：90张；对外开放床位（张）：30"
    )
    assert row["location_precision"] == "county"


def test_rows_without_a_source_stay_a_draft(home):
    found = handed_in(source=Source())
    assert found.proposal.changes and found.acceptable == []
    with pytest.raises(accepting.NothingToAccept, match="来源"):
        accepting.accept(found, REVIEWER, "")
    assert releases.active_id() is None


@pytest.mark.slow
def test_a_part_can_be_accepted_and_the_rest_stays_open(home):
    found = handed_in(csv_of(("测试甲院", "松江区", "1", ""), ("测试乙院", "松江区", "2", "")))
    (one, _two) = found.acceptable
    accepting.accept(found, REVIEWER, "", {one.name})
    assert "测试甲院" in institutions() and "测试乙院" not in institutions()
    left = submissions.read(found.submission.id)
    assert left.state == submissions.SUBMITTED
    again = accepting.evaluate(left)
    assert [again.proposal.words[c.name] for c in again.proposal.changes] == ["测试乙院"]


@pytest.mark.slow
def test_who_submits_cannot_accept_when_roles_are_configured(home):
    found = handed_in()
    with pytest.raises(roles.NotAllowed, match="另一位"):
        accepting.accept(found, STEWARD, "")
    with pytest.raises(roles.NotAllowed):
        accepting.accept(found, None, "")
    with pytest.raises(roles.NotAllowed):
        submissions.start("a.csv", NEW_ROWS, "institutions", REVIEWER)
    assert accepting.accept(found, REVIEWER, "").reviewer == "乙"
    assert [entry["did"] for entry in journal.entries(home)] == [
        "upload",
        "edit",
        "submit",
        "activate",
        "accept",
    ]


def test_roles_come_from_the_file_and_nobody_has_one_without_it(home):
    assert roles.signed_in("甲") is None
    home.mkdir(exist_ok=True)
    (home / "roles.json").write_text('{"submit": ["甲"], "review": ["乙"]}', encoding="utf-8")
    assert (roles.signed_in("甲"), roles.signed_in("丙"), roles.signed_in(None)) == (
        Person("甲", True, False),
        None,
        None,
    )
    assert roles.signed_in("乙") == REVIEWER


@pytest.mark.slow
def test_of_two_stewards_one_wins_and_the_other_is_told_and_loses_nothing(home):
    one, two = (
        handed_in(csv_of(("测试甲院", "松江区", "1", ""))),
        handed_in(csv_of(("测试乙院", "松江区", "2", ""))),
    )
    accepting.accept(one, REVIEWER, "先到")
    with pytest.raises(releases.Overtaken, match=r"先到.*没有丢失"):
        accepting.accept(two, REVIEWER, "后到")
    assert "测试乙院" not in institutions()
    accepting.accept(accepting.evaluate(submissions.read(two.submission.id)), REVIEWER, "再来")
    assert {"测试甲院", "测试乙院"} <= institutions().keys()


@pytest.mark.slow
def test_what_was_changed_after_it_was_seen_is_not_accepted(home):
    found = handed_in()
    submissions.send_back(found.submission.id, REVIEWER, "请改")
    submissions.change(found.submission.id, STEWARD, fixes=((3, "beds_total", "95"),))
    submissions.submit(found.submission.id, STEWARD)
    with pytest.raises(releases.Overtaken, match="重新看"):
        accepting.accept(found, REVIEWER, "")
    accepting.accept(accepting.evaluate(submissions.read(found.submission.id)), REVIEWER, "")
    assert institutions()["测试坏院"]["beds_total"] == "95"


@pytest.mark.slow
def test_one_cell_is_corrected_with_a_reason_and_a_line_in_the_corrections(home):
    with pytest.raises(ValueError, match="理由"):
        submissions.correct(
            "institutions", {"institution_id": "I1", "beds_total": "110"}, " ", STEWARD
        )
    made = submissions.correct(
        "institutions", {"institution_id": "I1", "beds_total": "110"}, "抄错", STEWARD
    )
    accepting.accept(accepting.evaluate(made), REVIEWER, "")
    row = institutions()["测试江畔护理院"]
    assert (row["beds_total"], row["source_id"], row["quote"]) == ("110", "S1", "测试摘录")
    line = accepting.current_context().rows("corrections")[-1]
    assert (line["row_id"], line["before"], line["after"], line["reason"]) == (
        "I1",
        "总床位：100",
        "总床位：110",
        "抄错",
    )


@pytest.mark.slow
def test_what_an_institution_was_said_to_have_before_stays_as_a_claim(home):
    accepting.accept(handed_in(csv_of(("测试江畔护理院", "张家港市", "130", ""))), REVIEWER, "")
    row = institutions()["测试江畔护理院"]
    assert (row["beds_total"], row["beds_open"], row["source_id"][0]) == ("130", "40", "U"), (
        "an empty cell keeps what was there"
    )
    claim = accepting.current_context().rows("institution_claims")[-1]
    assert (claim["institution_id"], claim["field"], claim["value_text"], claim["source_id"]) == (
        "I1",
        "beds_total",
        "100",
        "S1",
    )


def observed(*rows, **options) -> proposing.Proposal:
    """Figures from a file, checked against the miniature on a fixed day."""
    book = openpyxl.Workbook()
    book.active.append(("地区", "指标", "数值", "日期", "性质", "人口口径"))
    for row in rows:
        book.active.append((*row, "未注明"))
    for cell in [row[2] for row in book.active.iter_rows(min_row=2)]:
        cell.number_format = "0.00%" if isinstance(cell.value, float) else "General"
    context = accepting.current_context()
    form = forms.form(context.package.table("observations"))
    found = proposing.propose(
        checking.check(reading.read("a.xlsx", saved(book)), form, context, today=date(2026, 3, 15)),
        context,
        **options,
    )
    accepting.rehearse(found, context, options.get("source"))
    return found


@pytest.mark.parametrize(
    ("value", "errors"),
    [(0.2175, []), (21.75, ["占比不能超过100%"]), ("217.5", ["占比不能超过100%"]), ("21.75%", [])],
)
def test_a_share_is_what_its_cell_shows_and_never_above_a_hundred(home, value, errors):
    found = observed(("嘉兴市", "share_60plus", value, "2021年底", "实际"))
    assert [f.reason for f in found.checked.errors] == errors
    assert [dict((n, v) for n, _b, v in c.fields)["value"] for c in found.changes] == (
        [] if errors else ["21.75"]
    )


def test_rules_over_the_whole_table_are_seen_before_anyone_accepts(home):
    found = observed(
        ("嘉兴市", "pop_60plus", "1.5", "2021年底", "实际"),
        ("嘉兴市", "institutions", "3", "2021年底", "实际"),
    )
    assert [(f.line, f.reason) for f in found.checked.errors] == [
        (2, "人、家、张、个、所必须是整数")
    ]
    assert [c.line for c in found.changes] == [3]


def test_more_people_than_live_there_is_said(home):
    found = observed(
        ("松江区", "pop_60plus", "500", "2021年底", "实际"),
        ("松江区", "beds_eldercare", "500", "2021年底", "实际"),
    )
    assert found.checked.errors == []
    assert [(f.line, f.reason) for f in found.checked.findings if "总人口" in f.reason] == [
        (2, "比当地总人口（400人）还多，请核对单位")
    ]


@pytest.mark.parametrize(
    ("day", "kind", "proposal"),
    [
        ("2026-03-16", "实际", ""),
        ("2026年4月", "实际", ""),
        ("2026年底", "实际", ""),
        ("2027年", "实际", ""),
        ("截至2026年3月20日", "实际", ""),
        ("2026年", "实际", "截至2026年3月15日"),
        ("2026年3月", "实际", "截至2026年3月15日"),
        ("2026年3月", "", "截至2026年3月15日"),
        ("2026-03-15", "实际", None),
        ("2026年2月", "实际", None),
        ("2030年底", "目标", None),
        ("2030年底", "计划", None),
    ],
)
def test_a_fact_cannot_lie_ahead_of_today(home, day, kind, proposal):
    found = observed(("嘉兴市", "beds_eldercare", "5", day, kind))
    assert [f.proposal for f in found.checked.errors if f.field == "date"] == (
        [] if proposal is None else [proposal]
    )
    assert len(found.changes) == (proposal is None)


def test_a_new_figure_without_a_date_takes_that_of_the_report(home):
    found = observed(("嘉兴市", "beds_eldercare", "5", "", "实际"), source=UNIT.row("观测"))
    row = found.rows[found.changes[0].name]
    assert (row["date"], row["date_precision"]) == ("2024-09-30", "month")
    assert ("date", "", "2024-09-30") in found.changes[0].fields


@pytest.mark.slow
def test_a_changed_institution_takes_the_date_of_its_new_source(home):
    book = exported()
    sheet = book["数据"]
    columns = {forms.heading_key(cell.value): cell.column for cell in sheet[1]}
    lines = {sheet.cell(n, columns["名称"]).value: n for n in range(2, 8)}
    sheet.cell(lines["测试江畔护理院"], columns["总床位"]).value = "130张"
    sheet.cell(lines["测试湖滨养老院"], columns["总床位"]).value = "60"
    sheet.cell(lines["测试湖滨养老院"], columns["日期"]).value = "2024年6月"
    sheet.cell(lines["测试南方疗养院"], columns["总床位"]).value = None
    sheet.cell(8, columns["名称"]).value, sheet.cell(8, columns["所在地区"]).value = (
        "测试新院",
        "松江区",
    )
    found = handed_in(saved(book), "a.xlsx")
    assert any("2行改了内容而没有写新的日期" in f.reason for f in found.proposal.checked.findings)
    accepting.accept(found, REVIEWER, "")
    now = institutions()
    said = {
        name: (now[name]["date"], now[name]["date_precision"], now[name]["quote"])
        for name in now
        if now[name]["source_id"][0] == "U"
    }
    assert said == {
        "测试江畔护理院": ("2024-09-30", "month", "总床位（张）：130张"),
        "测试湖滨养老院": ("2024-06-30", "month", "总床位（张）：60；日期：2024年6月"),
        "测试南方疗养院": ("2024-09-30", "month", "总床位（张）：（空）"),
        "测试新院": ("2024-09-30", "month", "名称：测试新院；所在地区：松江区"),
    }


def test_a_source_without_a_date_does_not_date_what_changed(home):
    undated = {**UNIT.row("机构"), "published": "", "published_precision": ""}
    context = accepting.current_context()
    form = forms.form(context.package.table("institutions"))
    checked = checking.check(
        reading.read("a.csv", csv_of(("测试江畔护理院", "张家港市", "130", ""))), form, context
    )
    assert proposing.propose(checked, context, source=undated).changes == []
    assert [f.reason for f in checked.errors] == ["内容改了，来源却没有日期：请写明新内容的日期"]


def test_a_difference_speaks_in_words(home):
    book = exported()
    sheet = book["数据"]
    columns = {forms.heading_key(cell.value): cell.column for cell in sheet[1]}
    sheet.cell(2, columns["所在地区"]).value = "松江区"
    sheet.cell(2, columns["日期"]).value = "2024年9月"
    found = handed_in(saved(book), "a.xlsx")
    (change,) = found.proposal.changes
    assert wording.of_change(change, found.context, found.proposal.rows[change.name]) == [
        ("所在地区", "张家港市", "松江区"),
        ("日期", "2020年12月31日", "2024年9月"),
    ]
    source = Change("sources", ("S1",), "changed", (("linkable", "true", "false"),))
    assert wording.of_change(source, found.context) == [
        (found.context.package.table("sources").field("linkable").title, "是", "否")
    ]
    (new,) = observed(("嘉兴市", "share_60plus", "20", "2021年底", "实际")).changes
    assert ("指标", "", "60岁及以上人口占比") in wording.of_change(new, found.context)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("测试甲院", "松江区", "1", ""), ("测试甲院", "松江", "2", "")], "与第2行是同一条"),
        ([("测试甲院", "松江区", "10", "20")], "对外开放床位多于总床位"),
        ([("", "松江区", "10", "")], "没有名称，像是小计"),
        ([("测试江畔护理院", "松江区", "10", "")], "可能与 I1 测试江畔护理院"),
        ([("测试甲院", "松江区", "-3", "")], "不是数字"),
    ],
)
def test_what_is_wrong_among_rows_is_said(home, rows, words):
    found = accepting.evaluate(submissions.unsaved("a.csv", "institutions"), data=csv_of(*rows))
    assert any(words in finding.reason for finding in found.proposal.checked.findings)


def test_the_error_report_names_every_cell(home):
    found = accepting.evaluate(submissions.unsaved("a.csv", "institutions"), data=NEW_ROWS)
    book = openpyxl.load_workbook(io.BytesIO(error_report.report(found.proposal.checked, "a.csv")))
    cells = [tuple(cell.value for cell in row) for row in book["问题"].iter_rows(min_row=4)]
    assert (
        "错误",
        3,
        "C3",
        "总床位（张）",
        "约90",
        "“约90”不是确数；请写确数，或留空",
        "90",
    ) in cells
    marked = [
        cell for row in book["有问题的行"].iter_rows(min_row=2) for cell in row if cell.comment
    ]
    assert [cell.value for cell in marked] == ["约90"]


def test_ten_thousand_rows_with_two_hundred_broken_ones(home):
    rows = [(f"测试第{n}院", "松江区", "约9" if n % 50 == 0 else "9", "") for n in range(10_000)]
    told = []
    found = accepting.evaluate(
        submissions.unsaved("a.csv", "institutions"), told.append, csv_of(*rows)
    )
    assert (len(found.proposal.changes), len(found.proposal.checked.errors)) == (9_800, 200)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 60
    assert told.count(1.0) == 1, "reading the rows is not all of it"


@pytest.mark.slow
def test_the_present_release_takes_a_new_agreement_with_its_parties(home):
    data = "协议名称,签署日期,状态,层次,参与方\n测试新协议,2024-05-01,signed,上海区与城市,松江区；嘉兴市；企业：测试公司\n".encode()
    draft = submissions.start("a.csv", data, "agreements", STEWARD)
    submissions.change(draft.id, STEWARD, source=UNIT)
    found = accepting.evaluate(submissions.submit(draft.id, STEWARD))
    assert found.proposal.checked.errors == []
    accepting.accept(found, REVIEWER, "")
    context = accepting.current_context()
    (agreement,) = [row for row in context.rows("agreements") if row["title"] == "测试新协议"]
    parties = [
        row
        for row in context.rows("agreement_parties")
        if row["agreement_id"] == agreement["agreement_id"]
    ]
    assert [(row["name"], row["party_kind"]) for row in parties] == [
        ("松江区", "district"),
        ("嘉兴市", "city"),
        ("测试公司", "enterprise"),
    ]


def test_a_second_claim_stands_beside_the_shown_one(home):
    shown = next(
        row
        for row in accepting.current_context().rows("observations")
        if row["shown"] == "true" and row["date"] and row["value"]
    )
    context = accepting.current_context()
    line = checking.Line(
        2,
        {
            **{
                n: shown[n]
                for n in (
                    "place_code",
                    "indicator_code",
                    "date",
                    "date_precision",
                    "base",
                    "kind",
                    "boundary_year",
                )
            },
            "value": "1",
        },
        set(),
        {"数值": "1"},
    )
    checked = checking.Checked(forms.form(context.package.table("observations")), "x", [], [line])
    proposal = proposing.propose(checked, context, source=UNIT.row("观测"))
    tables = applying.tables_after(proposal, proposal.changes, context, UNIT.row("观测"))
    row = tables["observations"][-1]
    assert (row["shown"], row["source_id"][0], row["quote"]) == ("false", "U", "数值：1")
    assert any("并列保留" in finding.reason for finding in checked.findings)


def test_reporting_windows_show_who_is_missing_and_take_no_change(home):
    duty = windows.Duty("测试市民政局", "institutions", "month", 10)
    other = windows.Duty("测试区民政局", "institutions", "month", 10)
    windows.set_plan([duty, other], REVIEWER)
    assert [w.status for w in windows.windows(date(2024, 10, 5))] == [windows.WAITING] * 2
    assert [w.status for w in windows.windows(date(2024, 10, 11))] == [windows.MISSING] * 2
    handed_in()
    windows.no_change(other, "2024年9月", STEWARD)
    assert [(w.status, w.period) for w in windows.windows(date(2024, 10, 11))] == [
        (windows.REPORTED, "2024年9月"),
        (windows.UNCHANGED, "2024年9月"),
    ]
    assert [w.status for w in windows.windows(date(2024, 11, 11))] == [windows.MISSING] * 2


@pytest.mark.parametrize(
    ("rhythm", "today", "period", "due"),
    [
        ("month", date(2024, 1, 5), "2023年12月", date(2024, 1, 10)),
        ("quarter", date(2024, 5, 5), "2024年第1季度", date(2024, 4, 10)),
        ("half_year", date(2024, 7, 5), "2024年上半年", date(2024, 7, 10)),
        ("year", date(2024, 7, 5), "2023年", date(2024, 1, 10)),
    ],
)
def test_a_window_is_the_last_whole_period(rhythm, today, period, due):
    _first, _last, until, name = windows.bounds(
        windows.Duty("x", "institutions", rhythm, 10), today
    )
    assert (name, until) == (period, due)


@pytest.mark.slow
def test_command_line_checks_without_a_trace_and_applies(home, tmp_path, capsys):
    path = tmp_path / "九月.csv"
    path.write_bytes(NEW_ROWS)
    assert (
        commands.main(
            ["check", str(path), "--table", "institutions", "--report", str(tmp_path / "r.xlsx")]
        )
        == 1
    )
    assert not home.exists() and (tmp_path / "r.xlsx").exists()
    shown = capsys.readouterr().out
    assert (
        "第3行 总床位（张） “约90”" in shown
        and "新增 第2行 测试新院 名称 “测试新院”；所在地区 “松江区”；总床位 “90”" in shown
    )
    unit = ["--unit", "测试市民政局", "--date", "2024年9月", "--yes"]
    assert commands.main(["apply", str(path), "--table", "institutions"]) == 1
    assert releases.active_id() is None
    assert commands.main(["apply", str(path), "--table", "institutions", *unit]) == 0
    assert "测试新院" in institutions()
    bad = tmp_path / "x.xlsm"
    bad.write_bytes(b"x")
    assert commands.main(["check", str(bad), "--table", "institutions"]) == 1
    assert "宏" in capsys.readouterr().err


def test_every_table_of_the_intake_is_described():
    for name in forms.TABLES:
        form = forms.form(read_package().table(name))
        assert {*form.needed} <= {column.name for column in form.columns}
        assert {name for name in forms.ALIASES[name]} <= {column.name for column in form.columns}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "uploads", "reads_only"),
    [(None, False, True), ("jia@x", True, False), ("yi@x", False, False), ("c@x", False, True)],
)
def test_the_headers_of_a_trusted_proxy_give_roles(tmp_path, name, uploads, reads_only):
    (tmp_path / "roles.json").write_text(
        '{"submit": ["jia@x"], "review": ["yi@x"]}', encoding="utf-8"
    )
    settings = {
        "ELDERCARE_HOME": str(tmp_path),
        "ELDERCARE_INTAKE": "roles",
        "ELDERCARE_PROXIES": "127.0.0.1",
        "STREAMLIT_SERVER_TRUSTED_USER_HEADERS": '{"X-Forwarded-Email": "email"}',
    }
    headers = {"X-Forwarded-Email": name} if name else {}
    with (
        serving.running(tmp_path / "log.txt", environment=settings) as server,
        serving.Session(server.url, "intake", headers=headers) as visitor,
    ):
        run = visitor.run()
    kinds = [kind for kind, _element in run.sent()]
    assert ("file_uploader" in kinds, "只读" in run.text()) == (uploads, reads_only)
    assert run.faults() == []
