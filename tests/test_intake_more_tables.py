"""Lists in batches, this year's tasks, roles of parties and what departments confirm: handed in like everything else."""

import io
from datetime import date

import openpyxl
import pytest
from filing import UNIT, accepted, csv_of, errors, evaluated, open_desk
from opening import visit

from eldercare import store
from eldercare.intake import accepting, forms, templates


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def rows(table: str) -> list[dict[str, str]]:
    return accepting.current_context().rows(table)


def cells(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


@pytest.mark.slow
def test_a_batch_of_a_published_list(home):
    batch = csv_of(
        ("名称", "发布方", "批次", "范围", "发布日期"),
        ("测试第二批异地养老机构名单", "测试民政局", "第2批", "长三角", "2024年5月"),
    )
    accepted(batch, "institution_lists", "a.csv")
    made = rows("institution_lists")[-1]
    assert cells(made, "title", "batch", "place_code", "date", "date_precision") == (
        "测试第二批异地养老机构名单",
        "2",
        "YRD",
        "2024-05-31",
        "month",
    )
    assert made["quote"].startswith("名称：测试第二批异地养老机构名单")

    members = csv_of(
        ("名单", "机构"),
        (made["title"], "测试江畔护理院"),
        (made["list_id"], "I2"),
        (made["title"], "没有的院"),
    )
    found = evaluated(members, "institution_list_members", "a.csv")
    assert [line for line, _reason in errors(found)] == [4]
    accepted(members, "institution_list_members", "a.csv")
    assert [
        cells(r, "list_id", "institution_id") for r in rows("institution_list_members")[-2:]
    ] == [
        (made["list_id"], "I1"),
        (made["list_id"], "I2"),
    ]

    totals = csv_of(
        ("地区", "指标", "数值", "日期", "人口口径", "所属名单"),
        ("长三角", "list_beds", "30000张", "2024年5月", "不适用", made["title"]),
    )
    accepted(totals, "observations", "a.csv")
    total = rows("observations")[-1]
    assert cells(total, "value", "list_id", "shown") == ("30000", made["list_id"], "true")


@pytest.mark.slow
def test_this_years_list_of_tasks(home):
    wanted = csv_of(
        ("名称", "简称", "地区", "发布方", "年份", "印发日期"),
        ("测试2026年任务清单", "测试2026", "长三角", "测试民政局", "2026", "2026年1月"),
    )
    accepted(wanted, "task_lists", "a.csv")
    made = rows("task_lists")[-1]
    assert cells(made, "title", "short_title", "goal_years", "kind", "place_code") == (
        "测试2026年任务清单",
        "测试2026",
        "2026",
        "task",
        "YRD",
    )

    heading = ("清单", "序号", "任务", "牵头单位", "配合单位", "完成时限")
    tasks = csv_of(
        heading,
        (made["title"], "1", "测试互认评估", "测试民政局", "测试财政局、测试医保局", "2026年底"),
        (made["title"], "2", "测试远程会诊", "", "测试卫健委", "2026年6月"),
        (made["title"], "3", "测试常态对接", "", "", ""),
    )
    found = evaluated(tasks, "tasks", "a.csv", today=date(2026, 2, 1))
    assert errors(found) == []
    accepted(tasks, "tasks", "a.csv")
    new = rows("tasks")[-3:]
    assert [cells(r, "task_list_id", "number", "title", "due", "due_text") for r in new] == [
        (made["task_list_id"], "1", "测试互认评估", "2026-12-31", "2026年底"),
        (made["task_list_id"], "2", "测试远程会诊", "2026-06-30", "2026年6月"),
        (made["task_list_id"], "3", "测试常态对接", "", ""),
    ]
    units = [
        cells(r, "task_id", "unit_no", "unit", "role")
        for r in rows("task_units")
        if r["task_id"] in {t["task_id"] for t in new}
    ]
    one, two, _three = (t["task_id"] for t in new)
    assert units == [
        (one, "1", "测试民政局", "lead"),
        (one, "2", "测试财政局", "joint"),
        (one, "3", "测试医保局", "joint"),
        (two, "1", "测试卫健委", "joint"),
    ]
    # A unit of the new task may report on it at once.
    report = csv_of(
        ("任务", "单位", "责任单位反馈", "日期", "反馈岗位"),
        (one, "测试医保局", "推进中", "2026-02-28", "综合科"),
    )
    assert errors(evaluated(report, "task_reports", "a.csv", today=date(2026, 3, 1))) == []

    again = evaluated(tasks, "tasks", "a.csv")
    assert (again.proposal.changes, again.proposal.unchanged) == ([], 3)
    other = csv_of(heading, (made["title"], "1", "测试互认评估", "测试别的局", "", "2026年底"))
    assert [
        "责任单位" in reason for _line, reason in errors(evaluated(other, "tasks", "a.csv"))
    ] == [True], "never dropped without a word"
    accepted(
        csv_of(
            ("任务", "责任单位", "职责"), (two, "测试牵头局", "牵头"), (two, "测试卫健委", "牵头")
        ),
        "task_units",
        "a.csv",
    )
    units = [cells(r, "unit_no", "unit", "role") for r in rows("task_units") if r["task_id"] == two]
    assert units == [("1", "测试卫健委", "lead"), ("2", "测试牵头局", "lead")]


@pytest.mark.slow
def test_roles_of_parties(home):
    before = [r for r in rows("agreement_parties") if r["agreement_id"] == "A2"]
    told = csv_of(
        ("协议", "参与方", "参与方类别", "角色", "提供"),
        ("测试三方协议", "松江区", "上海市辖区", "支援方", "培训"),
        ("A2", "测试见证协会", "机构(医院、学校、养老机构等)", "见证方", ""),
    )
    assert errors(evaluated(told, "agreement_parties", "a.csv")) == []
    accepted(told, "agreement_parties", "a.csv")
    now = [r for r in rows("agreement_parties") if r["agreement_id"] == "A2"]
    assert cells(now[0], "party_no", "name", "role", "gives") == (
        "1",
        "松江区",
        "supporter",
        "培训",
    )
    assert cells(now[-1], "party_no", "name", "role", "known") == (
        str(len(before) + 1),
        "测试见证协会",
        "witness",
        "true",
    )
    assert now[1:-1] == before[1:]
    sources = accepting.current_context().by_key("sources")
    assert [sources[r["source_id"]]["publisher"] for r in (now[0], now[-1])] == [UNIT.unit] * 2


@pytest.mark.slow
def test_departments_confirm_a_figure_or_say_another(home):
    told = csv_of(
        ("数值编号", "核定部门", "核定意见", "部门的数", "依据文件", "日期"),
        ("O04", "测试民政局", "核定一致", "", "测试核定单3号", "2024年9月"),
        ("O04", "测试统计局", "另有数", "55人", "测试核定单4号", "2024年9月"),
    )
    assert errors(evaluated(told, "confirmations", "a.csv")) == []
    accepted(told, "confirmations", "a.csv")
    made = rows("confirmations")[-2:]
    assert [
        cells(r, "observation_id", "department", "answer", "value", "document", "date")
        for r in made
    ] == [
        ("O04", "测试民政局", "confirmed", "", "测试核定单3号", "2024-09-30"),
        ("O04", "测试统计局", "differs", "55", "测试核定单4号", "2024-09-30"),
    ]
    shown = (
        store.current()
        .ask("indicator_claims", indicator="pop_60plus", only_competing=False, count=100, start=0)
        .set_index("observation_id")
    )
    words = store.current().ask("confirmations_recorded").set_index("observation_id")
    assert (
        words.at["O04", "confirmed_words"]
        == "测试民政局2024年9月核定一致（测试核定单3号）；测试统计局2024年9月另有数55人（测试核定单4号）"
    )
    assert shown.at["O04", "value"] == 50, "the figure itself stays"
    assert list(words.index) == ["O02", "O04"], "O02 was confirmed before"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("O04", "测试民政局", "另有数", "", "测试核定单", "2024年9月"), "另有数的要写部门的数"),
        (("O04", "测试民政局", "核定一致", "60", "测试核定单", "2024年9月"), "核定一致的不另写数"),
        (("O999", "测试民政局", "核定一致", "", "测试核定单", "2024年9月"), "没有“O999”"),
        (("O04", "测试民政局", "核定一致", "", "", "2024年9月"), "不能为空"),
        (("O04", "测试民政局 联系人：张三", "核定一致", "", "测试核定单", "2024年9月"), "姓名"),
    ],
)
def test_what_is_no_confirmation_is_said(home, row, words):
    data = csv_of(("数值编号", "核定部门", "核定意见", "部门的数", "依据文件", "日期"), row)
    try:
        said = errors(evaluated(data, "confirmations", "a.csv"))
    except accepting.reading.Refused as refused:
        said = [(2, str(refused))]
    assert [words in reason for line, reason in said if line == 2] == [True], said


@pytest.mark.parametrize("table", forms.TABLES)
def test_an_export_of_the_miniature_comes_back_unchanged(home, table):
    """Also the tables that are empty in the repository."""
    context = accepting.current_context()
    data = templates.template(forms.form(context.package.table(table)), context, filled=True)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["数据"].max_row > 1
    found = evaluated(data, table, complete=True)
    assert (errors(found), found.proposal.changes, found.proposal.unchanged) == (
        [],
        [],
        len(context.rows(table)),
    )


@pytest.mark.slow
def test_a_new_years_list_makes_the_old_one_an_archive(home):
    wanted = csv_of(
        ("名称", "简称", "地区", "年份", "印发日期"),
        ("测试2026年任务清单", "测试2026", "长三角", "2026", "2026年1月"),
    )
    accepted(wanted, "task_lists", "a.csv")
    accepted(
        csv_of(("清单", "任务", "完成时限"), ("测试2026年任务清单", "测试互认评估", "2026年底")),
        "tasks",
        "a.csv",
    )
    past = (
        store.current()
        .ask("task_schedule", as_of=date(2026, 6, 1))
        .set_index("list_short")["list_is_past"]
    )
    assert {
        name: bool(past[name].any() if hasattr(past[name], "any") else past[name])
        for name in set(past.index)
    } == {
        "测试清单": True,
        "测试2026": False,
    }
    assert (
        not store.current().ask("task_schedule", as_of=date(2025, 12, 31))["list_is_past"].any()
    ), "before it was published nothing is past"

    page = visit("tasks/progress.py", as_of="2026-06-01")
    (table,) = [box for box in page.multiselect if box.label == "清单"]
    assert table.value == ["测试2026"]
    assert "往年的清单没有列出：测试清单" in " ".join(c.value for c in page.caption)
    whole = visit("tasks/progress.py", as_of="2026-06-01", tasks_list=["测试清单", "测试2026"])
    assert "往年的清单没有列出" not in " ".join(c.value for c in whole.caption)
