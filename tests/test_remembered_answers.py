"""What a unit's lists were answered before: kept with a release, seen on the page, changed or forgotten by a reviewer."""

import pytest
from filing import REVIEWER, STEWARD, UNIT, accepted, book, open_desk
from streamlit.testing.v1 import AppTest

from eldercare import releases
from eldercare.intake import accepting, remembered, roles
from eldercare.intake.decisions import TAKE, Decision

LIST = book(("测试民营院", "松江区", "民营", 80), header=("机构名称", "所在地区", "性质", "总床位"))
ANSWER = Decision("ownership", "民营", TAKE, "民建民营")


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def kept() -> list[dict[str, str]]:
    return [
        row
        for row in accepting.current_context().rows(remembered.TABLE)
        if row["unit"] == UNIT.unit
    ]


def own_part() -> None:
    from filing import REVIEWER

    from eldercare.screen.desk import remembering

    remembering.part(REVIEWER)


@pytest.mark.slow
def test_the_page_shows_and_changes_what_was_answered(home):
    accepted(LIST, decisions=(ANSWER,))
    (before,) = kept()
    facts = accepting.current_context().rows("institutions")
    page = AppTest.from_function(own_part, default_timeout=120).run()
    page.selectbox[0].select(UNIT.unit).run()
    assert page.table[0].value.iloc[:, :4].to_numpy().tolist() == [
        ["机构", "经营性质", "“民营”", "改为“民建民营”"]
    ]
    which, action, value = page.selectbox[1], page.selectbox[2], page.text_input[0]
    which.select(which.options[0])
    action.select("改为另一个值")
    value.input("公建民营")
    page.button[0].click().run()
    assert [e.value for e in page.error] == ["请写理由。"] and kept() == [before]

    page.selectbox[1].select(page.selectbox[1].options[0])
    page.text_input[0].input("公建民营")
    page.text_input[1].input("单位来函")
    page.button[0].click().run()
    assert not page.exception and not page.error
    assert [(row["action"], row["value"]) for row in kept()] == [("take", "公建民营")]
    assert (releases.active().reason, releases.active().kind) == ("单位来函", releases.CORRECTION)

    page.selectbox[1].select(page.selectbox[1].options[0])
    page.text_input[1].input("不再提示")
    page.button[1].click().run()
    assert kept() == [] and accepting.current_context().rows("institutions") == facts, (
        "facts stay as they were accepted"
    )


@pytest.mark.slow
def test_only_a_reviewer_changes_them_and_only_as_they_stand(home):
    accepted(LIST, decisions=(ANSWER,))
    (row,) = kept()
    clerk = roles.Person("丁", True, False)
    with pytest.raises(roles.NotAllowed):
        remembered.replace(row, None, clerk, "删", "2024-10-08")
    remembered.replace(row, None, REVIEWER, "删", "2024-10-08")
    with pytest.raises(releases.Overtaken):
        remembered.replace(row, None, REVIEWER, "再删", "2024-10-08")
    assert STEWARD.reviews, "in these tests the steward may"
