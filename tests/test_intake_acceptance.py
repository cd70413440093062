"""What the check passes, acceptance takes; what it cannot read, a complete list does not delete; likeness is asked."""

import io
import os

import openpyxl
import pytest
from asking import add
from filing import open_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eldercare import releases
from eldercare.intake import accepting, deleting, submissions
from eldercare.intake.decisions import ABOVE, KEEP, LEAVE, TAKE, Decision
from eldercare.intake.findings import ERROR
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.releases import journal

# As many as elsewhere in the tests of the intake: each of these examples is a release.
EXAMPLES = int(os.environ.get("ELDERCARE_EXAMPLES", "2"))
STEWARD, REVIEWER = Person("甲", True, True), Person("乙", False, True)
UNIT = Source(unit="测试市民政局", day="2024年9月")
HEADER = ("机构名称", "所在地区", "总床位", "入住人数", "可接收", "备注")


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    add(
        tiny,
        "places",
        "320583,昆山市,昆山,昆山市,,320500,county,true,9001,120.9,31.4,own,,,,,",
        "320585,太仓市,太仓,太仓市,,320500,county,true,9002,121.1,31.5,own,,,,,",
    )
    yield from open_desk(tiny, tmp_path, monkeypatch)


def book(*rows, header=HEADER, merged=()) -> bytes:
    made = openpyxl.Workbook()
    for row in (header, *rows):
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def evaluated(data, table="institutions", **values):
    return accepting.evaluate(
        submissions.unsaved("a.xlsx", table, **{"source": UNIT, **values}), data=data
    )


def accepted(data, table="institutions", **values) -> releases.Release:
    draft = submissions.start("a.xlsx", data, table, STEWARD)
    submissions.change(draft.id, STEWARD, **{"source": UNIT, **values})
    return accepting.accept(accepting.evaluate(submissions.submit(draft.id, STEWARD)), REVIEWER, "")


def homes() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in accepting.current_context().rows("institutions")}


def errors(found) -> list[tuple[int, str]]:
    return [
        (error.line, error.reason)
        for error in found.proposal.checked.findings
        if error.level == ERROR
    ]


# The same rules at the same point


@pytest.mark.parametrize(
    "row",
    [
        ("测试\t院", "松江区", 80, "", "", "一楼\r\n二楼"),
        ("测试院", "松江区", 80, 5, 1, "长" * 900),
        *(
            pytest.param(row, marks=pytest.mark.slow)
            for row in (
                ("测试院", "松江区", 80, "", "", "示例路2号\n（示例公园旁）"),
                (" 测试院 ", "松江区", "80张 ", "", "", "x" * 190 + " 尾"),
                ("测试院", "松江区", 80, "", "", "一" * 168 + " 二"),
                ("测试院\u200b", "松江区", 80, "", "", "\u3000备注\u3000"),
            )
        ),
    ],
)
def test_what_has_no_error_is_accepted(home, row):
    found = evaluated(book(row))
    assert errors(found) == [] and len(found.acceptable) == 1
    accepted(book(row))
    assert any(name.replace(" ", "") == "测试院" for name in homes())


def test_a_report_on_the_task_of_another_unit_is_said_by_the_check(home):
    data = book(
        ("TK1", "测试无关单位", "推进中", "2024-10-31", "已开会", "综合科"),
        header=("任务", "单位", "自报状态", "日期", "进展", "报送岗位"),
    )
    found = evaluated(data, "task_reports")
    assert [(line, "不是这项任务的责任单位" in reason) for line, reason in errors(found)] == [
        (2, True)
    ]
    assert found.proposal.changes == []


def test_a_unit_or_title_that_no_source_may_have_is_said_by_the_check(home):
    found = evaluated(
        book(("测试院", "松江区", 80, "", "", "")),
        source=Source(unit="测试\x07局", day="2024年9月"),
    )
    assert found.acceptable == [] and any("来源的" in reason for _line, reason in errors(found))


TEXT = st.text(
    st.sampled_from("测试养老院甲乙 \n\t\r\u3000（）()·12=+-@'\"，；\u200b"),
    min_size=1,
    max_size=30,
)


@pytest.mark.slow
@settings(max_examples=2 * EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(TEXT, st.sampled_from(["松江区", "昆山市", "上海市", "成都"]), TEXT, TEXT),
        min_size=1,
        max_size=4,
    )
)
def test_what_the_check_passes_acceptance_takes_and_only_that_changes(home, rows):
    """Any text in name, beds and note: what is acceptable is accepted, and no row changes that the difference did not list."""
    data = book(*[(name, place, beds, "", "", note) for name, place, beds, note in rows])
    try:
        found = evaluated(data)
    except accepting.reading.Refused:
        return
    if not found.acceptable:
        return
    before = accepting.current_context()
    old = {row["institution_id"]: row for row in before.rows("institutions")}
    release = accepted(data)
    listed = {change.key[0] for change in found.acceptable if change.kind != "new"}
    now = {row["institution_id"]: row for row in releases.rows(release.datasets, "institutions")}
    assert {key for key in old if now.get(key) != old[key]} <= listed
    assert len(now) - len(old) == sum(change.kind == "new" for change in found.acceptable)
    assert journal.broken(home) == []


# Complete lists


FIRST = (
    ("测试甲养老院", "昆山市", 100, 80, 20, ""),
    ("测试乙养老院", "太仓市", 120, 100, 20, ""),
    ("测试丙养老院（东区）", "昆山市", 50, 40, 10, ""),
)
KUNSHAN = ("320583", "320585")


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows,merged",
    [
        ([("测试甲养老院", "昆山市"), ("测试丙养老院（东区）", None)], ["B2:B3"]),
        ([("测试甲养老院", "昆山市"), ("测试丙养老院（东区）", "昆山开发区")], []),
        ([("测试甲养老院", "昆山市"), (None, "昆山市")], []),
        ([("测试甲养老院", "昆山市"), ("测试新养老院", "某地")], []),
    ],
)
def test_a_complete_list_deletes_nothing_while_a_row_of_it_is_open(home, rows, merged):
    accepted(book(*FIRST))
    found = evaluated(book(*rows, header=HEADER[:2], merged=merged), complete=True, within=KUNSHAN)
    named = "测试丙养老院（东区）" in [row[0] for row in rows]
    gone = [found.proposal.words[c.name] for c in found.proposal.changes if c.kind == "gone"]
    assert gone == (["测试乙养老院"] if named else []), (
        "a row that can be matched by its name stands for its home"
    )


def test_a_deletion_is_shown_by_name_and_waits_for_a_yes(home):
    accepted(book(*FIRST))
    data = book(*[row[:2] for row in FIRST[:2]], header=HEADER[:2])
    found = evaluated(data, complete=True, within=KUNSHAN)
    (change,) = found.proposal.changes
    assert (change.kind, found.proposal.words[change.name], found.acceptable) == (
        "gone",
        "测试丙养老院（东区）",
        [],
    )
    kept = evaluated(
        data,
        complete=True,
        within=KUNSHAN,
        decisions=(deleting.confirmation(change.key, goes=False),),
    )
    assert kept.proposal.changes == []
    accepted(
        data,
        complete=True,
        within=KUNSHAN,
        decisions=(deleting.confirmation(change.key, goes=True),),
    )
    assert "测试丙养老院（东区）" not in homes() and "测试甲养老院" in homes()


@pytest.mark.slow
def test_a_complete_list_speaks_only_of_the_places_it_names(home):
    accepted(book(*FIRST))
    found = evaluated(book(("测试甲养老院", "昆山市"), header=HEADER[:2]), complete=True)
    assert [found.proposal.words[c.name] for c in found.proposal.changes] == [
        "测试丙养老院（东区）"
    ]
    assert any("别处的不动" in finding.reason for finding in found.proposal.checked.findings)


@pytest.mark.slow
@settings(max_examples=3 * EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_k_unreadable_rows_delete_nothing_that_could_be_among_them(home, absent, unreadable):
    """Of eight homes some are not in the list and some stand in it with a place that cannot be read."""
    names = [f"测试{n}号养老院" for n in "甲乙丙丁戊己庚辛"]
    if names[0] not in homes():
        accepted(book(*[(name, "昆山市", 10, "", "", "") for name in names]))
    rows = [
        (name, "某处" if n in unreadable else "昆山市")
        for n, name in enumerate(names)
        if n not in absent
    ]
    if not rows:
        return
    found = evaluated(book(*rows, header=HEADER[:2]), complete=True, within=("320583",))
    gone = {found.proposal.words[c.name] for c in found.proposal.changes if c.kind == "gone"}
    assert gone == {names[n] for n in absent}, (
        "every row of the list, readable or not, keeps its home"
    )


@pytest.mark.slow
def test_a_list_that_lacks_most_of_what_there_is_says_so(home):
    accepted(book(*[(f"测试{n}号养老院", "昆山市", 10, "", "", "") for n in range(1, 31)]))
    found = evaluated(book(("测试1号养老院", "昆山市"), header=HEADER[:2]), complete=True)
    assert any(
        "一次少了29条（原有30条）" in finding.reason for finding in found.proposal.checked.findings
    )


# Likeness


VARIANTS = [
    "测试甲养⽼院", "测试甲养老院(东区)", "測試甲養老院", "测试甲养老院有限公司", "昆山市测试甲养老院", "江苏省昆山市测试甲养老院",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [*VARIANTS[:2], *(pytest.param(name, marks=pytest.mark.slow) for name in VARIANTS[2:])]
)
def test_a_name_written_in_another_way_is_asked_before_a_second_home_is_made(home, name):
    other = "测试甲养老院（东区）" if "东区" in name else "测试甲养老院"
    accepted(book((other, "昆山市", 10, "", "", "")))
    data = book((name, "昆山市", 20, "", "", ""))
    found = evaluated(data)
    key = homes()[other]["institution_id"]
    (error,) = [f for f in found.proposal.checked.findings if f.level == ERROR]
    assert (error.options, error.field, found.acceptable) == ((key,), "institution_id", [])
    same = evaluated(data, decisions=(Decision("institution_id", error.value, TAKE, key),))
    assert [(c.kind, c.key) for c in same.acceptable] == [("changed", (key,))]
    two = evaluated(data, decisions=(Decision("institution_id", error.value, KEEP),))
    assert [c.kind for c in two.acceptable] == ["new"]
    none = evaluated(data, decisions=(Decision("institution_id", error.value, LEAVE),))
    assert none.proposal.changes == [] and none.proposal.checked.left == [
        (2, " ".join(name.split()))
    ]


def test_two_ways_to_write_a_name_in_one_file_are_asked(home):
    found = evaluated(
        book(
            ("测试甲养老院", "昆山市", 1, "", "", ""),
            ("测试甲养老院(有限公司)", "昆山市", 2, "", "", ""),
        )
    )
    assert [(line, "只差写法" in reason) for line, reason in errors(found)] == [(3, True)]


@pytest.mark.slow
def test_homes_of_the_same_name_in_other_places_are_not_asked(home):
    accepted(book(("测试社会福利院", "昆山市", 10, "", "", "")))
    found = evaluated(
        book(
            ("测试社会福利院", "松江区", 10, "", "", ""),
            ("松江区测试中心福利院", "松江区", 10, "", "", ""),
        )
    )
    assert errors(found) == [] and len(found.acceptable) == 2


@pytest.mark.slow
def test_by_name_alone_in_the_same_city_is_a_question(home):
    accepted(book(("测试甲养老院", "昆山市", 10, "", "", "")))
    assert "只差写法" in errors(evaluated(book(("测试甲养老院", "太仓市", 10, "", "", ""))))[0][1]


# Plausibility


@pytest.mark.slow
def test_what_is_unlikely_is_said_and_not_enforced(home):
    accepted(book(*FIRST, header=HEADER))
    found = evaluated(
        book(
            ("测试甲养老院", "昆山市", 10, 80, 20, ""),
            ("测试乙养老院", "太仓市", 120_000, 100, 20, ""),
        )
    )
    said = {(f.line, f.field): f.reason for f in found.proposal.checked.findings}
    assert "比总床位（10张）还多" in said[2, "residents"] and "原来是100" in said[2, "beds_total"]
    assert "原来是120" in said[3, "beds_total"]
    assert errors(found) == [] and len(found.acceptable) == 2


def test_residents_and_free_beds_together_are_no_more_than_the_beds(home):
    found = evaluated(book(("测试院", "昆山市", 100, 80, 40, "")))
    assert (
        any("合计" in f.reason for f in found.proposal.checked.findings)
        and len(found.acceptable) == 1
    )


# The word of the list


@pytest.mark.slow
def test_the_written_word_of_operation_is_a_claim_of_its_own(home):
    data = book(
        ("测试院", "昆山市", 1, "公助民办"),
        ("测试二院", "昆山市", 1, "民营"),
        header=(*HEADER[:3], "性质"),
    )
    decided = (Decision("ownership", "民营", TAKE, "民建民营"),)
    release = accepted(data, decisions=decided)
    claims = {
        (r["institution_id"], r["value_text"])
        for r in releases.rows(release.datasets, "institution_claims")
        if "原文" in r["field"]
    }
    stored = homes()
    assert claims == {
        (stored["测试院"]["institution_id"], "公助民办"),
        (stored["测试二院"]["institution_id"], "民营"),
    }
    assert {row["ownership"] for name, row in stored.items() if name in ("测试院", "测试二院")} == {
        "民建民营"
    }


@pytest.mark.slow
def test_filled_down_places_are_stored(home):
    data = book(
        ("测试一院", "昆山市", 1), ("测试二院", None, 2), header=HEADER[:3], merged=["B2:B3"]
    )
    accepted(data, decisions=(Decision("place_code", ABOVE, TAKE),))
    assert homes()["测试二院"]["place_code"] == "320583"


def test_without_a_source_the_check_finds_nothing_else_wrong(home):
    data = book(("测试院", "昆山市", 1, "公助民办"), header=(*HEADER[:3], "性质"))
    found = evaluated(data, source=Source())
    assert (errors(found), len(found.proposal.changes), found.acceptable) == ([], 1, [])
