"""What is said of tasks, on every face: the delta's own, in the same words, and no more than the rows hold."""

import io
import re
from datetime import date

import pandas as pd
import pytest
from docx import Document
from opening import seen
from pptx import Presentation

from eldercare import measures
from eldercare.data import catalogue
from eldercare.exhibits import Facts, other_lists, parts, proofs, units
from eldercare.exhibits import tasks as findings
from eldercare.talks import decks, files_of, making

TODAY = date(2026, 11, 22)
# From the source of the ten tasks, read by hand: 今年 stands with the first, 年内 with the next four; before the five platforms it says
# “还将鼓励上海的各区，与蘇浙皖三省的相关城市” and no year. Of the ten, public sources show progress for one (14 districts in March 2021)
# and pilots for one (care insurance from January 2021).
WITH_A_YEAR = ["TK023", "TK024", "TK025", "TK026", "TK027"]
URGED = ["TK028", "TK029", "TK030", "TK031", "TK032"]
TITLE = "长三角2021十项任务：5项期限已过，结果待核"
BELOW = "期限已过不等于未完成；5个平台原文为“鼓励”，未定时限；2项见进展或试点，8项公开资料未载结果"


def csv(name):
    return pd.read_csv(catalogue.DATASETS / f"{name}.csv", dtype=str)


def board(of, day=TODAY):
    return findings.board(of.ask("task_schedule", as_of=day), day)


def test_only_the_first_five_tasks_of_2021_have_a_year(real):
    rows = findings.delta(board(real)).set_index("task_id")
    assert rows.index.tolist() == WITH_A_YEAR + URGED
    assert set(rows.loc[WITH_A_YEAR, "time_status"]) == {"passed"} and set(
        rows.loc[URGED, "time_status"]
    ) == {"undated"}
    assert rows.loc[URGED, "due"].isna().all() and set(rows.loc[URGED, "lamp_words"]) == {
        "○ 未定时限"
    }
    assert rows.loc[URGED, "due_words"].str.contains("鼓励").all()


def test_the_counts_are_those_of_the_files(real):
    """The words of the title against the rows of the CSV files: dates, and the best relation of each task's links."""
    tasks = csv("tasks").query("task_list_id == 'TL-YRD-2021'")
    links = csv("task_links").query("relation in ('result', 'partial', 'pilot')")
    shown = set(links["task_id"]) & set(tasks["task_id"])
    assert "result" not in set(links[links["task_id"].isin(shown)]["relation"])
    dated, seen = int(tasks["due"].notna().sum()), len(shown)
    assert (dated, seen, len(tasks)) == (5, 2, 10)
    words = findings.standing(findings.delta(board(real)))
    assert words == f"{TITLE}；{BELOW}"
    assert [int(n) for n in re.findall(r"(\d+)[项个](?!任务)", words)] == [
        dated,
        len(tasks) - dated,
        seen,
        len(tasks) - seen,
    ]


def test_all_faces_say_the_same(real_data):
    """Overview, task page, slide and Word."""
    _deck, talk = making.ready(decks.parse("own:task_times,headline"))
    slides = Presentation(io.BytesIO(files_of.made(talk, "pptx"))).slides
    on_slides = [
        "".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in slides
    ]
    on_paper = "\n".join(
        paragraph.text for paragraph in Document(io.BytesIO(files_of.made(talk, "docx"))).paragraphs
    )
    page = seen("tasks/progress.py")
    assert page.title[0].value == TITLE and page.caption[0].value.startswith(BELOW)
    overview = seen("situation/overview.py").markdown
    assert any(f"{TITLE}；{BELOW}" in words.value for words in overview)
    assert any(TITLE in words and BELOW in words for words in on_slides)
    assert f"{TITLE}；{BELOW}" in on_paper


def test_overview_and_decks_count_the_delta_only(real_data):
    _deck, talk = making.ready(decks.parse("own:task_times"))
    (exhibit,) = [exhibit for exhibit in talk.exhibits if exhibit.key == "task_times"]
    assert len(exhibit.twin) == 10 and set(exhibit.twin["清单"]) == {"长三角2021十项任务"}
    overview = seen("situation/overview.py")
    said = "\n".join(
        str(element.value)
        for kind in ("markdown", "caption", "subheader")
        for element in overview.main.get(kind)
    )
    assert "红河" not in said and "丽水四方面" not in said


def test_who_acts_is_named_even_where_nobody_leads(real):
    rows = board(real).set_index("task_id")
    assert set(rows.loc[WITH_A_YEAR, "who"]) == {"责任单位：沪苏浙皖民政部门（未写牵头）"}
    assert set(rows.loc[URGED, "who"]) == {
        "责任单位：上海各区、苏浙皖相关城市、沪苏浙皖民政部门（未写牵头）"
    }
    assert rows.at["TK001", "who"] == "牵头：州民政局"
    assert findings.responsible(findings.delta(board(real))) == (
        "5项责任单位：沪苏浙皖民政部门（未写牵头）；5项责任单位：上海各区、苏浙皖相关城市、沪苏浙皖民政部门（未写牵头）"
    )


def test_nothing_of_ours_is_said_of_lists_from_outside(real, real_data):
    """红河 and the six provinces: rows without marks, and a page that says none of them about these lists."""
    rows = board(real)
    outside = rows[~rows["in_delta"]]
    assert outside["list_short"].value_counts().to_dict() == {
        "红河2024": 22,
        "粤湘渝川黔陕三方面": 3,
    }
    ours = {
        status.word
        for statuses in (measures.LAMPS, measures.PROOFS, measures.SELF_REPORTS)
        for status in statuses.values()
    }
    for column in (
        "lamp_words",
        "proof_words",
        "proof_dated",
        "proof_line",
        "self_words",
        "progress_words",
    ):
        assert set(outside[column]) == {""}
    assert all(words == () for words in outside["status_words"])
    app = seen("tasks/progress.py", tasks_list="红河2024")
    shown = "\n".join(table.value.to_string() for table in app.table)
    # The wording of the list itself says that a task has no date of its own.
    assert [word for word in ours - {"未载"} if word in shown] == []


def test_titles_of_other_lists_count_what_stands_below(real, real_data):
    rows = board(real)
    others = rows[~rows["of_delta"]]
    actions = len(csv("task_actions").query("task_id.str.startswith('TK')"))
    assert actions == 63
    assert (
        other_lists.title(others)
        == "长三角内：丽水四方面（4项任务）；外省做法参考：粤湘渝川黔陕三方面（3项合作内容）、红河2024（22项任务）"
    )
    assert (
        other_lists.inside(Facts(TODAY), others[others["in_delta"]]).spoken
        == "长三角内：1份清单；丽水四方面（4项任务）；4项没有单独的时限（总目标2025年）；4项公开资料未载结果；责任单位反馈：均未载，可把“按单位”里的任务单附商请函征询"
    )
    assert other_lists.outside(others[~others["in_delta"]]).spoken == (
        "外省做法参考：2份清单；粤湘渝川黔陕三方面（3项合作内容）、红河2024（22项任务），另列措施63项；1项写明牵头，无一项有单独时限"
    )


def test_titles_are_short_claims(real, real_data):
    """At most 24 characters, also for the unit and the task with the longest name."""
    facts, rows = Facts(TODAY), board(real).set_index("task_id", drop=False)
    own, others = rows[rows["of_delta"]], rows[~rows["of_delta"]]
    called = units.named(real.ask("unit_loads", as_of=TODAY))
    codes = own.index.tolist()
    shown = [
        findings.alike(facts, own),
        findings.every(facts, own),
        findings.times(facts),
        other_lists.inside(facts, others[others["in_delta"]]),
        other_lists.outside(others[~others["in_delta"]]),
        units.loads(facts),
        proofs.links(facts, codes, False, "", True),
        proofs.measures(facts, codes),
        *(findings.behind(facts, row) for _code, row in rows.iterrows()),
        *(units.sheet(units.of_unit(rows, unit), name) for unit, name in called.items()),
    ]
    assert [
        value.spoken for value in shown if not (0 < len(value.title) <= 24 and value.subtitle)
    ] == []
    for finding in (findings.standing(findings.delta(own)), other_lists.title(others)):
        assert len(parts(finding)["title"]) <= 24


@pytest.mark.parametrize(
    "day,said",
    [
        # The miniature: one task due at the end of 2021, one without a date, one of 2027 reported and proven done, one reported beside.
        (
            date(2021, 12, 31),
            "4项任务：1项临期；测试清单；1项办结；2项未定时限；1项见公开结果，1项见部分进展，2项公开资料未载结果",
        ),
        (
            date(2022, 1, 1),
            "4项任务：1项期限已过，结果待核；测试清单；期限已过不等于未完成；1项办结；2项未定时限；1项见公开结果，1项见部分进展，2项公开资料未载结果",
        ),
    ],
)
def test_results_and_progress_are_two_counts(tiny_store, day, said):
    assert findings.standing(findings.delta(board(tiny_store, day))) == said


def test_a_due_date_is_no_more_precise_than_its_source(real):
    """年内 and 今年: the last day of the year is what we reckon with, not what the source says."""
    rows = board(real).set_index("task_id")
    assert (
        rows.loc[WITH_A_YEAR, "due_words"].tolist() == ["今年（2021年）"] + ["年内（2021年）"] * 4
    )
    assert set(rows.loc[WITH_A_YEAR, "due_day"]) == {"2021年12月31日"} and set(
        rows.loc[URGED, "due_day"]
    ) == {"—"}


def test_numbers_behind_a_promise_keep_their_day_and_qualifier(real):
    """25,698 beds are of 2020年10月; a number of 截至某日 with 多 keeps both."""
    rows = proofs.with_gap_words(real.ask("task_measures", tasks=["TK025"], as_of=TODAY)).set_index(
        "wording"
    )
    assert rows.loc["异地养老床位供给翻番", ["start_words", "later_words"]].tolist() == [
        "25,698张（2020年10月）",
        "未载",
    ]
    newer = {
        "qualifier": "多",
        "value": 26000.0,
        "date": pd.Timestamp("2021-03-20"),
        "precision": "by_date",
        "label": None,
        "inferred": False,
    }
    told = rows.reset_index().assign(
        **{f"later_{name}": value for name, value in newer.items()}, later_judged=True
    )
    assert proofs.with_gap_words(told)["later_words"].iloc[0] == "26,000多张（截至2021年3月20日）"
    told = rows.reset_index().assign(**{f"start_{name}": value for name, value in newer.items()})
    assert proofs.with_gap_words(told)["start_words"].iloc[0] == "26,000多张（截至2021年3月20日）"


def test_links_are_counted_as_links(real):
    """Four links may speak of two tasks: a count of links is no count of results."""
    rows = proofs.traces(
        real.ask("task_proofs", tasks=WITH_A_YEAR + URGED, as_of=TODAY), whole=False
    )
    links = csv("task_links")
    telling = links[
        links["task_id"].isin(WITH_A_YEAR + URGED) & links["relation"].isin(proofs.TELLING)
    ]["relation"].value_counts()
    assert telling.to_dict() == {"start": 9, "pilot": 2, "unproven": 2, "partial": 1}
    assert proofs.told(rows) == "证据与线索14条；部分进展1条、试点2条、起点9条、未证2条"
    # Beside one task all its links stand below the title, background too.
    whole = proofs.traces(real.ask("task_proofs", tasks=["TK023"], as_of=TODAY), whole=True)
    own = links[links["task_id"] == "TK023"]
    assert (len(whole), int(own["relation"].isin(proofs.TELLING).sum())) == (len(own), 4)
    assert (
        proofs.told(whole)
        == f"证据与线索4条；部分进展1条、起点3条；另有背景、计划与衡量指标{len(own) - 4}条"
    )
    plain = proofs.traces(real.ask("task_proofs", tasks=["TK027"], as_of=TODAY), whole=True)
    assert proofs.told(plain) == f"背景、计划与衡量指标{len(plain)}条；公开资料未载结果、进展或试点"


def test_promises_say_how_many_have_a_start(real):
    """16 districts, 30 cities and the beds, whose goal has two wordings: three promises, of which the beds have a start. TK023 has none
    that is counted alike: 14 districts of March 2021 signed, the goal speaks of 对接."""
    rows = proofs.with_gap_words(real.ask("task_measures", tasks=WITH_A_YEAR, as_of=TODAY))
    assert (
        proofs.promised(rows)
        == "带数字的目标3个；1个有几种读法；其中1个有起点；此后口径相同的新数公开资料未载的3个"
    )
    assert (
        proofs.promised(rows[rows["task_id"] == "TK023"])
        == "带数字的目标2个；口径相同的起点与新数公开资料未载"
    )


def test_filters_that_leave_no_task_count_none(real):
    done = board(real)
    done = done[done["list_kind"] == "achievement"]
    assert (
        findings.chosen(done)
        == "所选没有任务；另有4项已发布的成果、1项同场报道（是否属于这些成果，来源未写明）"
    )
    one = board(real).query("task_id == 'TK023'")
    assert (
        findings.chosen(one)
        == "所选任务1项；1项见部分进展；1项未写牵头（其中1项写明责任单位），1项责任单位反馈未载"
    )


def test_a_published_result_leads_to_no_sheet(real_data):
    links = "\n".join(
        str(element.value) for element in seen("tasks/progress.py", tasks_task="TK036").markdown
    )
    assert "的任务单" not in links
    assert "的任务单" in "\n".join(
        str(element.value) for element in seen("tasks/progress.py", tasks_task="TK023").markdown
    )


def test_no_tasks_is_said_as_such():
    empty = pd.DataFrame({"of_delta": pd.Series(dtype=bool), "list_kind": [], "list_short": []})
    assert findings.standing(findings.delta(empty)) == "公开资料未载长三角的任务清单"
