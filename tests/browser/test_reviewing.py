"""Two reviewers, two browsers: who decides on what is no longer there is told so, and nothing happens."""

import pytest

from benchmarks.serving import running
from eldercare import releases
from eldercare.intake import submissions
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source

STEWARD = Person("报送人", True, False)


def handed_in(name: str) -> submissions.Submission:
    data = f"机构名称,所在区县,总床位数\n{name},昆山市,120\n".encode()
    draft = submissions.start(f"{name}.csv", data, "institutions", STEWARD)
    submissions.change(draft.id, STEWARD, source=Source(unit="测试市民政局", day="2024年9月"))
    return submissions.submit(draft.id, STEWARD)


def open_on(visitor, submission):
    page = visitor.open("intake?intake_part=审核")
    page.get_by_role("combobox", name="待审核").click()
    page.keyboard.type(submission.id)
    page.keyboard.press("Enter")
    visitor.settle()
    page.get_by_role("button", name="接受1处变化").wait_for()
    return page


@pytest.mark.slow
@pytest.mark.parametrize("second", ["接受1处变化", "退回"])
def test_who_looks_at_what_another_decided_is_told_and_nothing_happens(
    chromium, window, tmp_path, monkeypatch, second
):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    first, other = handed_in("测试甲院"), handed_in("测试乙院")
    with running(
        tmp_path / "log.txt",
        environment={"ELDERCARE_HOME": str(tmp_path / "var"), "ELDERCARE_INTAKE": "local"},
    ) as server:
        a, b = window(server), window(server)
        page_a, page_b = open_on(a, first), open_on(b, first)
        page_a.get_by_label("退回理由").fill("请核对床位")
        page_a.get_by_role("button", name="退回", exact=True).click()
        page_a.get_by_text("已退回").first.wait_for(timeout=60_000)

        if second == "退回":
            page_b.get_by_label("退回理由").fill("也请核对")
        page_b.get_by_role("button", name=second, exact=True).click()
        page_b.get_by_text("没有执行").first.wait_for(timeout=60_000)
        said = page_b.get_by_test_id("stMain").inner_text()
        assert "已退回" in said
        assert (submissions.read(first.id).state, submissions.read(first.id).answer) == (
            submissions.RETURNED,
            "请核对床位",
        )
        assert submissions.read(other.id).state == submissions.SUBMITTED, (
            "the click never lands on the next one"
        )
        assert releases.active_id() is None
        assert a.complaints == [] and b.complaints == []
