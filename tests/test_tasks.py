"""The supervision list: who does what by when, and that nothing is said to be done that is not proven."""

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pytest
from opening import seen
from streamlit.testing.v1 import AppTest

from eldercare import measures, tables
from eldercare.data import catalogue, validation
from eldercare.exhibits import Facts, proofs, units
from eldercare.exhibits import tasks as findings
from eldercare.faces import sheets
from eldercare.store import QUERIES, Store

DATASETS = catalogue.DATASETS
TODAY = date(2026, 11, 22)
TEN = [f"TK{number:03}" for number in range(23, 33)]
# 今年 or 年内 stands with the first five; of the five platforms the source says 鼓励 and no year.
DATED, PLATFORMS = TEN[:5], TEN[5:]


def add_rows(folder: Path, table: str, *rows: dict[str, str]) -> None:
    """Append rows to a dataset file; columns not given stay empty."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writerows({name: row.get(name, "") for name in names} for row in rows)


def report(
    task: str, day: str, status: str, unit: str = "测试民政局", **more: str
) -> dict[str, str]:
    return {
        "task_id": task,
        "date": day,
        "unit": unit,
        "self_status": status,
        "reported_by": "测试处",
        "source_id": "S1",
        **more,
    }


def opened(folder: Path, tmp_path: Path) -> Store:
    found = Store(folder, tmp_path / "build")
    found.refresh()
    return found


def board(of: Store, day: date = TODAY) -> pd.DataFrame:
    return findings.board(of.ask("task_schedule", as_of=day), day).set_index("task_id", drop=False)


def run(**query: str | list[str]) -> AppTest:
    """The page inside its frame, as an address with these parameters opens it."""
    return seen("tasks/progress.py", **query)


def count(app: AppTest) -> int:
    """How many tasks and results the lines of the list stand for."""
    lines = [re.match(r"(\d+)项：", words) for words in app.table[0].value["任务"]]
    return sum(int(found[1]) if found else 1 for found in lines)


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption).replace("\\", "")


# --- counts equal the facts ---


def test_lists_hold_what_the_sources_announce(real):
    rows = real.ask("task_list_counts", as_of=TODAY).set_index("task_list_id")
    assert rows["listed"].to_dict() == {
        "TL-YRD-2021": 10,
        "TL-YRD-RESULTS": 4,
        "TL-SOJOURN-6": 3,
        "TL-LISHUI": 4,
        "TL-HONGHE-2024": 22,
    }
    assert rows["actions"].to_dict() == dict.fromkeys(rows.index, 0) | {"TL-HONGHE-2024": 63}
    assert rows.loc["TL-YRD-RESULTS", ["announced", "apart"]].tolist() == [10, 1]
    assert rows["apart"].sum() == 1


def test_dated_tasks_by_list(real):
    dated = real.ask("task_list_counts", as_of=TODAY).set_index("task_list_id")["dated"]
    assert dated[dated > 0].to_dict() == {"TL-YRD-2021": 5}, (
        "2027 and 2030 are goals of the whole Honghe list, 2025 of Lishui's"
    )


def test_one_honghe_task_names_a_lead_and_all_bind_the_counties(real):
    rows = board(real)
    honghe = rows[rows["task_list_id"] == "TL-HONGHE-2024"]
    assert honghe[honghe["lead_unit"].notna()].index.tolist() == ["TK001"]
    assert (honghe["lead_words"] == "未写牵头").sum() == 21
    assert all("各县市人民政府" in units for units in honghe["units"])
    lists = real.ask("task_list_counts", as_of=TODAY).set_index("task_list_id")
    assert lists["with_lead"].sum() == 1
    assert lists["with_recorded_lead"].sum() == 0
    assert rows.loc["TK038", "lead_words"] == "未写牵头", (
        "the bureau of Lishui explains, the source assigns nobody"
    )


def test_dongtai_stands_apart_from_the_ten_achievements(real):
    rows = board(real)
    results = rows[rows["list_kind"] == "achievement"]
    assert results[results["membership"] == "listed"].index.tolist() == [
        "TK033",
        "TK034",
        "TK035",
        "TK036",
    ]
    assert results[results["membership"] != "listed"].index.tolist() == ["TK037"]
    listed = results["membership"] == "listed"
    assert set(results.loc[listed, "lamp_words"]) == {findings.PUBLISHED} and set(
        results.loc[~listed, "lamp_words"]
    ) == {findings.NO_TASK}
    assert (
        "十项" not in results.loc["TK037", "number_words"]
        and "发布" not in results.loc["TK037", "due_words"]
    )
    assert findings.kinds(results) == "4项已发布的成果、1项同场报道（是否属于这些成果，来源未写明）"


def test_the_list_says_the_counts(real, real_data):
    """36 tasks, 5 with a date, 1 with a lead that its source names, 2 with progress or a pilot; results and contents are no tasks."""
    assert findings.alike(Facts(TODAY), board(real)).spoken == (
        "所选任务36项：34项公开资料未载结果；2项见进展或试点；31项未定时限，35项未写牵头（其中35项写明责任单位），36项责任单位反馈未载；"
        "另有4项已发布的成果（公布10项）、3项合作内容、1项同场报道（是否属于这些成果，来源未写明）"
    )


# --- the status of the date ---


@pytest.mark.parametrize(
    "day,status",
    [
        (date(2021, 1, 5), "running"),
        (date(2021, 6, 30), "running"),
        (date(2021, 10, 31), "running"),
        (date(2021, 11, 1), "near"),
        (date(2021, 12, 31), "near"),
        (date(2022, 1, 1), "passed"),
        (TODAY, "passed"),
    ],
)
def test_time_status_follows_the_given_day(real, day, status):
    rows = board(real, day)
    assert set(rows.loc[DATED, "time_status"]) == {status}
    assert set(rows.drop(DATED)["time_status"]) == {"undated"}


def test_no_question_looks_at_the_clock():
    clock = re.compile(
        r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|get_current_time)", re.IGNORECASE
    )
    assert [
        path.name
        for path in QUERIES.rglob("*.sql")
        if clock.search(path.read_text(encoding="utf-8"))
    ] == []


def test_status_keys_are_those_of_the_legend(real):
    rows = board(real)
    assert set(rows["time_status"]) <= set(measures.LAMPS)
    assert set(rows["proof"]) <= set(measures.PROOFS)
    assert set(rows["self_status"]) <= set(measures.SELF_REPORTS)
    labels = real.package.table("task_reports").field("self_status").labels
    assert {
        key: status.word
        for key, status in measures.SELF_REPORTS.items()
        if key not in ("none", "mixed", "joint_only")
    } == labels


def test_a_revised_date_stands_beside_the_first_one(tiny_store):
    row = board(tiny_store, date(2022, 3, 1)).loc["TK1"]
    assert row["time_status"] == "passed", "the lamp keeps the promised day"
    assert row["due_words"] == "2021年底前；修订为2022年6月30日", "as the source has it"
    assert row["due_day"] == "2021年12月31日"
    parts = tiny_store.ask("task_parts", task="TK1", as_of=TODAY)
    assert parts[parts["part"] == "承诺"]["words"].tolist() == [
        "测试翻番",
        "测试再推300张",
        "测试延期",
        "测试新增",
    ]
    assert "修订为" not in board(tiny_store, date(2021, 6, 1)).loc["TK1", "due_words"], (
        "not before it was said"
    )


# --- nothing unproven is done ---


@pytest.mark.parametrize("day", [date(2021, 1, 5), date(2021, 12, 31), TODAY])
def test_a_task_without_evidence_is_never_done(real, tiny_store, day):
    for source in (real, tiny_store):
        rows = board(source, day)
        unproven = rows[rows["proof"] == "none"]
        assert len(unproven)
        assert "closed" not in set(unproven["time_status"])
        assert not any(measures.LAMPS["closed"].word in words for words in unproven["lamp_words"])
        assert set(unproven[unproven["in_delta"]]["proof_line"]) == {findings.no_proof(day)}


def test_the_miniature_tells_a_claim_from_a_proof(tiny_store):
    rows = board(tiny_store, date(2021, 12, 31))
    states = rows[["self_status", "proof", "time_status"]].to_dict("index")
    assert states["TK1"] == {"self_status": "done", "proof": "none", "time_status": "near"}
    assert states["TK2"] == {"self_status": "none", "proof": "partial", "time_status": "undated"}
    assert states["TK3"] == {"self_status": "done", "proof": "result", "time_status": "closed"}
    assert states["TK4"] == {"self_status": "none", "proof": "none", "time_status": "undated"}


@pytest.mark.slow
def test_if_every_unit_called_its_task_done_only_proven_ones_would_close(tmp_path):
    """On the real data: reports alone turn no lamp of the 36 tasks."""
    folder = tmp_path / "datasets"
    shutil.copytree(DATASETS, folder)
    with (folder / "task_units.csv").open(encoding="utf-8", newline="") as file:
        units = [(row["task_id"], row["unit"]) for row in csv.DictReader(file)]
    add_rows(
        folder,
        "task_reports",
        *(report(code, "2026-01-31", "done", unit, source_id="S002") for code, unit in units),
    )
    rows = board(opened(folder, tmp_path))
    assert set(rows["self_status"]) == {"done"}
    assert (
        set(rows[rows["time_status"] == "closed"].index)
        == set(rows[rows["proof"] == "result"].index)
        == {"TK033", "TK034", "TK036"}
    )
    assert "closed" not in set(rows[rows["list_kind"] == "task"]["time_status"])
    assert set(rows.loc[DATED, "time_status"]) == {"passed"}
    assert set(rows.loc[PLATFORMS, "time_status"]) == {"undated"}


def test_overdue_is_said_by_a_report_only(tiny, tiny_store, tmp_path):
    assert board(tiny_store, date(2022, 6, 1)).loc["TK1", "time_status"] == "passed"
    add_rows(tiny, "task_reports", report("TK1", "2022-05-01", "overdue"))
    assert board(opened(tiny, tmp_path), date(2022, 6, 1)).loc["TK1", "time_status"] == "overdue"


def test_reports_change_nothing_but_what_the_unit_says(tiny, tiny_store, tmp_path):
    before = board(tiny_store).loc["TK2"]
    add_rows(tiny, "task_reports", report("TK2", "2021-08-31", "running", text="测试推进"))
    after = board(opened(tiny, tmp_path)).loc["TK2"]
    assert (before["self_words"], after["self_words"]) == (
        "／ 未载",
        "▶ 推进中（测试民政局，2021年8月31日）",
    )
    assert after[["proof", "time_status", "lead_words", "due_words"]].equals(
        before[["proof", "time_status", "lead_words", "due_words"]]
    )


def test_no_change_keeps_what_was_reported_before(tiny, tmp_path):
    add_rows(
        tiny,
        "task_reports",
        report("TK2", "2021-08-31", "stuck"),
        report("TK2", "2021-09-30", "no_change"),
    )
    row = board(opened(tiny, tmp_path)).loc["TK2"]
    assert row["self_words"] == "✕ 推进有困难（测试民政局，2021年9月30日）"


def test_the_lead_speaks_before_others(tiny, tmp_path):
    add_rows(tiny, "task_reports", report("TK1", "2021-11-30", "stuck", unit="测试财政局"))
    row = board(opened(tiny, tmp_path)).loc["TK1"]
    assert row["self_words"] == "☆ 反馈办结（测试民政局，2021年6月30日）"


@pytest.mark.slow
def test_one_word_for_several_units_only_where_they_agree(tiny, tmp_path):
    """TK2 has two units and no lead: what one of them says is not said by the other."""
    add_rows(tiny, "task_reports", report("TK2", "2021-07-31", "stuck"))
    row = board(opened(tiny, tmp_path / "1")).loc["TK2"]
    assert row["self_words"] == "✕ 推进有困难（测试民政局，2021年7月31日）"
    add_rows(tiny, "task_reports", report("TK2", "2021-08-31", "done", unit="测试人社局"))
    row = board(opened(tiny, tmp_path / "2")).loc["TK2"]
    assert (
        row["self_words"]
        == "◐ 各单位不一（测试人社局 反馈办结，2021年8月31日；测试民政局 推进有困难，2021年7月31日）"
    )
    add_rows(tiny, "task_reports", report("TK2", "2021-09-30", "done"))
    row = board(opened(tiny, tmp_path / "3")).loc["TK2"]
    assert row["self_words"] == "☆ 反馈办结（测试民政局，2021年9月30日；测试人社局，2021年8月31日）"


def test_done_by_one_of_two_units_is_not_done(tiny, tmp_path):
    add_rows(tiny, "task_reports", report("TK2", "2021-08-31", "done", unit="测试人社局"))
    row = board(opened(tiny, tmp_path)).loc["TK2"]
    assert row["self_words"] == "◐ 各单位不一（测试人社局 反馈办结，2021年8月31日；另1家未载）"


@pytest.mark.parametrize("status", ["done", "overdue"])
def test_a_joint_unit_alone_turns_no_lamp_where_there_is_a_lead(tiny, tmp_path, status):
    """TK3 has a public result and a lead; without the lead's own report nothing is done or overdue."""
    path = tiny / "task_reports.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("TK3")
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    add_rows(
        tiny,
        "task_units",
        {
            "task_id": "TK3",
            "unit_no": "2",
            "unit": "测试财政局",
            "role": "joint",
            "role_stated": "true",
            "source_id": "S1",
        },
    )
    add_rows(tiny, "task_reports", report("TK3", "2021-07-31", status, unit="测试财政局"))
    row = board(opened(tiny, tmp_path)).loc["TK3"]
    assert (row["proof"], row["time_status"], row["self_status"]) == (
        "result",
        "running",
        "joint_only",
    )
    assert row["self_words"].startswith("◁ 牵头单位反馈未载（测试财政局 ")


def test_a_unit_that_is_not_in_the_list_cannot_report(tiny):
    add_rows(tiny, "task_reports", report("TK1", "2022-05-01", "overdue", unit="测试别的局"))
    with pytest.raises(
        validation.BrokenDatasets, match=r"task_reports\.csv.*unit.*不是这项任务的责任单位"
    ):
        validation.read(tiny)


def test_evidence_says_its_date_and_who_judged_it(real):
    rows = board(real)
    assert rows.loc["TK023", "proof_words"] == "◈ 部分进展（截至2021年3月20日）"
    assert rows.loc["TK024", "proof_words"] == "◇ 仅见试点（2021年1月）", (
        "no more precise than its source"
    )
    assert "本项目整理2026年11月22日判断" in rows.loc["TK023", "proof_line"]
    assert rows.loc["TK026", ["proof_words", "proof_dated"]].tolist() == [
        "□ 公开资料未载结果",
        "□ 公开资料未载结果（截至2026年11月22日）",
    ]


def test_roles_are_said_in_the_words_of_the_source(real):
    """All 22 cells of Honghe end with 按职责分工负责; nobody is said to take part where the source does not say so."""
    found = {}
    for code in board(real).index:
        parts = real.ask("task_parts", task=code, as_of=TODAY)
        found[code] = parts[parts["part"] == "责任单位"].set_index("words")["detail"]
    quoted = {code for code, roles in found.items() if roles.str.contains("按职责分工负责").any()}
    assert quoted == {f"TK{number:03}" for number in range(1, 23)}
    assert found["TK001"].to_dict() == {
        "州民政局": "原文写“牵头”",
        "州财政局": "原文写“按职责分工负责”",
        "州商务局": "原文写“按职责分工负责”",
        "各县市人民政府": "原文写“均需各县市人民政府负责”",
    }
    assert found["TK028"].tolist() == [
        "原文写“鼓励上海的各区”",
        "原文写“与苏浙皖三省的相关城市”",
        "原文写“鼓励”",
    ]
    assert found["TK033"].tolist() == [
        "原文未写角色；来源没有写这一项由谁做；成果由上海市民政局发布"
    ]
    assert (
        found["TK011"]["州发展改革委"]
        == "原文写“按职责分工负责”；原文写作“州发展改革委（州数据局）”"
    )
    assert set(units.of_unit(board(real), "各县市人民政府")["role"]) == {"均需各县市人民政府负责"}


def test_reports_and_proofs_count_from_their_day(tiny_store):
    early = board(tiny_store, date(2021, 4, 30))
    assert (early.loc["TK1", "self_status"], early.loc["TK3", "self_status"]) == ("running", "none")
    assert early.loc["TK2", "proof"] == "none", "the event is of May"
    assert board(tiny_store, date(2021, 5, 1)).loc["TK2", "proof"] == "partial"


def test_shipped_reports_are_empty_and_the_page_says_so(real, real_data):
    assert real.ask("task_reports_of", tasks=TEN, as_of=TODAY).empty
    assert set(board(real)["self_status"]) == {"none"}
    shown = "\n".join(
        str(e.value) for kind in ("markdown", "caption") for e in run().main.get(kind)
    ).replace("\\", "")
    assert proofs.NO_REPORT in shown
    assert "江苏省：月报告、季调度、半年通报" in shown and "没有规定报送节奏" in shown


# --- links with reasons ---


@pytest.mark.parametrize(
    "task,target,relation",
    [
        ("TK023", "ID098", "partial"),
        ("TK023", "ID013", None),
        ("TK024", "EV037", "pilot"),
        ("TK024", "EV042", "pilot"),
        ("TK025", "LIST-2020-1", "start"),
        ("TK026", "DC030", "unproven"),
        ("TK028", "EV075", "context"),
    ],
)
def test_links_made_by_hand(real, task, target, relation):
    rows = real.ask("task_proofs", tasks=[task], as_of=TODAY)
    found = rows[rows["target_id"] == target]
    assert found["relation"].tolist() == ([relation] if relation else [])
    assert all(len(reason) >= 10 for reason in found["reasoning"])


def test_every_task_of_2021_has_links_and_every_link_a_reason_and_a_source(real):
    rows = real.ask("task_proofs", tasks=board(real).index.tolist(), as_of=TODAY)
    assert set(TEN) <= set(rows["task_id"])
    assert rows["reasoning"].str.len().min() >= 6
    assert rows[["source_id", "evidence", "set_by"]].notna().all(axis=None)


def test_what_is_before_the_list_is_no_progress(real):
    """A link that proves a task of 2021 is younger than the day the ten tasks were named."""
    rows = real.ask("task_proofs", tasks=TEN, as_of=TODAY)
    assert (rows[rows["proof_rank"] > 0]["date"] > pd.Timestamp("2021-01-05")).all()


def test_only_three_kinds_of_links_are_evidence(tiny_store):
    rows = tiny_store.ask("task_proofs", tasks=["TK1", "TK2", "TK3", "TK4"], as_of=TODAY)
    assert dict(zip(rows["relation"], rows["proof_rank"], strict=True)) == {
        "result": 3,
        "partial": 2,
        "start": 0,
        "unproven": 0,
        "measure": 0,
        "context": 0,
    }


def test_promises_keep_both_readings_and_subtract_only_like_from_like(real):
    rows = proofs.with_gap_words(real.ask("task_measures", tasks=TEN, as_of=TODAY)).set_index(
        "wording"
    )
    beds = rows[rows["task_id"] == "TK025"]
    assert beds["target"].tolist() == [51396, 50698, 25000]
    assert beds["gap_words"].tolist() == [
        "目标比起点多25,698张；此后公开资料未载",
        "目标比起点多25,000张；此后公开资料未载",
        "公开资料未载",
    ]
    districts, places = rows.loc["上海全部16个区实现对接"], rows.loc["三省的30个城市实现对接"]
    # 13 and 14 districts signed; how many are 对接 no source says: another word, so nothing is subtracted.
    for goal, target in ((districts, 16), (places, 30)):
        assert (
            goal["target"] == target
            and pd.isna(goal["gap"])
            and goal["gap_words"] == "公开资料未载"
        )


def add_batch(folder: Path, batch: int, day: str, beds: int) -> None:
    """A further batch of the delta's list: the list itself and what it says of its beds."""
    shared = {
        "place_code": "YRD",
        "date": day,
        "date_precision": "month",
        "date_inferred": "false",
        "source_id": "S1",
        "quote": "测试",
    }
    named = {
        "list_id": f"L{batch}N",
        "title": f"测试第{batch}批",
        "issuer": "测试民政局",
        "batch": str(batch),
        "confidence": "official",
    }
    add_rows(folder, "institution_lists", {**shared, **named})
    claim = {
        "observation_id": f"LIST{batch}",
        "indicator_code": "list_beds",
        "value": str(beds),
        "kind": "actual",
        "base": "不适用",
    }
    more = {
        "segment": "1",
        "list_id": f"L{batch}N",
        "confidence": "official",
        "doubtful": "false",
        "shown": "true",
    }
    add_rows(folder, "observations", {**shared, **claim, **more})


def test_both_readings_count_the_same_batches_across_a_year_end(tiny, tmp_path):
    """400 beds first, then 200 in the year of the target and 60 in the next: 260 are new, whoever counts."""
    add_batch(tiny, 2, "2021-09-30", 200)
    add_batch(tiny, 3, "2022-03-31", 60)
    later = opened(tiny, tmp_path)
    rows = proofs.with_gap_words(later.ask("task_measures", tasks=["TK1"], as_of=TODAY)).set_index(
        "wording"
    )
    assert rows["later_value"].to_dict() == {"测试翻番": 660, "测试再推300张": 660, "测试新增": 260}
    assert rows["gap"].to_dict() == {"测试翻番": 140, "测试再推300张": 40, "测试新增": 40}
    assert (
        rows.loc["测试新增", "later_words"]
        == "260张（2022年3月；2021年12月31日前200张；新数未判断是否算证据）"
    )
    assert rows.loc["测试翻番", "later_words"].startswith(
        "660张（2022年3月；2021年12月31日前600张；"
    )
    in_time = proofs.with_gap_words(
        later.ask("task_measures", tasks=["TK1"], as_of=date(2021, 12, 31))
    )
    assert in_time["later_value"].tolist() == [600, 600, 200]
    assert not in_time["later_words"].str.contains("前").any()


def test_links_lead_to_where_their_target_is_shown(real):
    rows = real.ask(
        "task_proofs", tasks=[f"TK{number:03}" for number in range(1, 45)], as_of=TODAY
    ).drop_duplicates("target_id")
    address = rows.set_index("target_id")["address"]
    assert address["ID098"] == "sources?indicator=signed_districts"
    assert (
        address["DC030"]
        == f"sources?source={rows.set_index('target_id').loc['DC030', 'source_id']}"
    )
    assert address["LIST-2020-1"] == "institutions"
    assert (address["AG001"], address["PR034"]) == ("pairing", "sojourn")
    assert unquote(address["cross_region_beds"]) == "indicators?place=YRD&ledger_topics=异地名单"
    assert unquote(address["EV042"]) == "timeline?timeline_from=2020年12月&timeline_to=2021年1月"
    assert address.notna().all()


def test_bed_promise_moves_with_the_institution_lists(tiny, tiny_store, tmp_path):
    before = tiny_store.ask("task_measures", tasks=["TK1"], as_of=TODAY)
    assert before["gap"].tolist()[:2] == [400, 300] and before["later_value"].isna().all()
    add_batch(tiny, 2, "2021-10-31", 150)
    later = opened(tiny, tmp_path)
    after = later.ask("task_measures", tasks=["TK1"], as_of=TODAY)
    assert after["later_value"].tolist() == [550, 550, 150]
    assert after["gap"].tolist() == [250, 150, 150]
    early = later.ask("task_measures", tasks=["TK1"], as_of=date(2021, 9, 30))
    assert early["gap"].tolist()[:2] == [400, 300]


# --- figures, files, sheets ---


def test_tasks_of_which_the_same_is_known_are_one_line(real, real_data):
    """Of ten equal marks one line is left; each task stands in one line alone, under its own three statuses."""
    rows = board(real)
    own = rows[rows["of_delta"]]
    lines = findings.alike(Facts(TODAY), own).rows
    assert (len(own), len(lines)) == (15, 9)
    for row in own.itertuples():
        (line,) = [each for each in lines.itertuples() if row.title in each.tasks]
        for status in ("lamp_words", "proof_words", "self_words", "charge_words"):
            assert getattr(line, status) == getattr(row, status), row.task_id
        assert row.due_words.partition("（")[0].strip("—") in line.limit
        assert row.source_id in line.source_ids
    ten = lines[lines["list_short"] == "长三角2021十项任务"]
    assert [words[:3] for words in ten["tasks"]] == ["1 拓", "2 全", "3项：", "5项："]


def test_a_column_that_is_unknown_throughout_is_one_line_with_the_way_to_ask(real, real_data):
    for make in (findings.alike, findings.every):
        value = make(Facts(TODAY), board(real))
        assert "self_words" not in value.columns
        assert "责任单位反馈：均未载，可把“按单位”里的任务单附商请函征询" in value.caveats


def test_a_column_in_which_one_unit_spoke_stays(tiny_store, real_data):
    """The miniature has reports: what one unit said is not hidden because others are silent."""
    value = findings.every(Facts(TODAY), board(tiny_store))
    assert "self_words" in value.columns and not any("征询" in words for words in value.caveats)


def test_markup_in_a_title_is_text(real, real_data):
    rows = board(real).assign(title="<b>测试</b> [链](http://x.test)")
    shown = tables.shown(findings.alike(Facts(TODAY), rows).rows, {"tasks": "任务"})
    assert not any("](http" in cell for cell in shown["任务"])


def test_excel_has_the_usual_columns(real, real_data):
    rows = board(real, TODAY)
    export = tables.Export(lambda: rows, len(rows), findings.TRACKING)
    sheet = openpyxl.load_workbook(io.BytesIO(tables.workbook(export, "测试", []))).worksheets[-1]
    lines = list(sheet.iter_rows(values_only=True))
    heads = lines[0]
    assert [
        name
        for name in ("牵头单位", "责任单位", "时限", "进展", "存在问题", "下一步")
        if name not in heads
    ] == []
    assert {"部分", "地区", "反馈人（单位与岗位）", "证据状态"} <= set(heads)
    assert len(lines) - 1 == len(rows) == 44
    by_code = {line[heads.index("任务编号")]: dict(zip(heads, line, strict=True)) for line in lines}
    assert by_code["TK001"]["责任单位"] == "州民政局、州财政局、州商务局、各县市人民政府"
    first = by_code["TK026"]
    assert (first["牵头单位"], first["进展"], first["存在问题"]) == ("未写牵头", "未载", None)
    assert first["证据（日期、判断者）"] == "公开资料未载结果（截至2026年11月22日）"


def test_whom_a_source_pairs_it_does_not_charge(real):
    """S000 pairs 10 towns, 10 bureaus and 10 enterprises of 丽水; nowhere it says who is responsible."""
    rows = board(real).set_index("task_id")
    paired = rows[rows["roles"].map(lambda roles: "结对" in list(roles))]
    assert set(paired["list_short"]) == {"丽水四方面"} and len(paired) == 4
    for words in [*paired["who"], *paired["charge_words"]]:
        assert "责任单位" not in words and "来源写“将开展”“结对”，没有写责任" in words
    charged = rows.loc[~rows.index.isin(paired.index) & rows["lead_unit"].isna(), "who"]
    assert not charged.str.contains("结对").any()


def test_unit_sheet_lists_what_the_unit_leads_first(real):
    sheet = units.of_unit(board(real), "州民政局")
    assert (len(sheet), sheet["task_id"].iloc[0], sheet["role"].tolist().count("牵头")) == (
        16,
        "TK001",
        1,
    )
    assert (
        units.unit_sheet(sheet, "州民政局", TODAY) == "州民政局：16项任务，牵头1项（外省做法参考）"
    )
    delta = units.of_unit(board(real), "沪苏浙皖民政部门")
    words = "沪苏浙皖民政部门：10项任务，均未写由其牵头；5项期限已过，结果待核（不等于未完成）；5个平台原文为“鼓励”，未定时限（状态截至2026年11月22日）"
    assert units.unit_sheet(delta, "沪苏浙皖民政部门", TODAY) == words
    towns = units.unit_sheet(units.of_unit(board(real), "10个乡镇"), "10个乡镇", TODAY)
    assert towns.startswith(
        "10个乡镇：来源写“结对”，列在4项任务中，没有分项写责任；4项没有单独的时限（总目标2025年）"
    )
    one = units.unit_sheet(units.of_unit(board(real), "州公安局"), "州公安局", TODAY)
    assert one == "州公安局：1项任务，未写由其牵头（外省做法参考）"
    loads = real.ask("unit_loads", as_of=TODAY).set_index("unit")
    assert loads.loc["州民政局", ["leads", "joins"]].tolist() == [1, 15]
    assert loads.loc["各县市人民政府", "joins"] == 22
    assert loads.loc["上海各区", ["joins", "dated", "past"]].tolist() == [5, 0, 0]
    assert loads.loc["沪苏浙皖民政部门", ["joins", "dated", "past"]].tolist() == [10, 5, 5]
    assert real.ask("unit_loads", as_of=date(2021, 6, 1))["past"].sum() == 0


def test_unit_sheet_leaves_room_to_write_and_keeps_markup_inert(tiny_store):
    sheet = units.of_unit(board(tiny_store), "测试民政局").assign(title="<script>测试")
    markup = sheets.unit("测试民政局", sheet, ["测试<b>"])
    assert markup.count("<tr>") == 1 + 2
    assert len(re.findall(r"<td[^>]*></td>", markup)) == 3 * 2, (
        "progress, problems and next step are blank"
    )
    assert "<script>" not in markup and "测试<b>" not in markup


def test_nobody_outside_the_delta_is_asked_to_fill_in(real):
    """Their list stands as its document has it: no blank columns, no line to sign, a single measure without a number of ours."""
    sheet = units.of_unit(board(real), "各县市人民政府")
    markup = sheets.unit("各县市人民政府", sheet, [])
    assert (
        not re.search(r"<td[^>]*></td>", markup)
        and "盖章" not in markup
        and "不作填报" in units.printed(sheet)
    )
    assert (
        "1.完成国土空间" not in markup and "完成国土空间" in markup and "1.建设州数据" not in markup
    )
    own = units.of_unit(board(real), "上海各区")
    assert "盖章" in sheets.unit("上海各区", own, []) and "自愿" in units.printed(own)


# --- the page ---


def test_every_filter_stands_in_the_url(real_data):
    assert count(run()) == 15
    for chosen, wanted in [
        ({"tasks_list": "长三角2021十项任务", "tasks_status": "◇ 仅见试点"}, 1),
        ({"tasks_unit": "上海各区", "tasks_due": "未定时限"}, 5),
        ({"tasks_unit": "沪苏浙皖民政部门", "tasks_due": "2021年"}, 5),
        ({"tasks_place": "东台市"}, 1),
        ({"tasks_place": "上海市"}, 15),
    ]:
        app = run(**chosen)
        assert {name: app.multiselect(key=name).value for name in chosen} == {
            name: [value] for name, value in chosen.items()
        }
        assert count(app) == wanted, chosen


def test_the_filter_of_places_lists_every_place_that_a_task_binds(real):
    """The departments of 沪苏浙皖 are four places; 盐城 and 东台 are named by one entry. Units without a code bind no place of ours."""
    rows = board(real).set_index("task_id")
    assert set(rows[rows["of_delta"]]["places"].explode()) == {
        *("长三角", "上海市", "江苏省", "浙江省", "安徽省", "盐城市", "东台市")
    }
    units_of = pd.read_csv(DATASETS / "task_units.csv", dtype=str)
    named = set(units_of[units_of["place_code"] == "320981"]["task_id"])
    assert set(rows[rows["places"].map(lambda places: "东台市" in places)].index) == named
    assert rows.at["TK038", "places"] == ("丽水市",)


@pytest.mark.parametrize(
    "chosen,inside,outside",
    [
        ({"tasks_view": "各地清单"}, 4, 22 + 3),
        ({"tasks_list": "丽水四方面"}, 4, 0),
        ({"tasks_place": "丽水市", "tasks_list": "丽水四方面"}, 4, 0),
        ({"tasks_unit": "州民政局", "tasks_section": "四、拓展旅居服务业态"}, 0, 2),
        ({"tasks_list": "红河2024"}, 0, 22),
        ({"tasks_task": "TK001"}, 4, 22 + 3),
    ],
)
def test_an_address_that_asks_for_other_lists_opens_them(real_data, chosen, inside, outside):
    """Kept links of before the other lists stood apart, too: they name a list, a unit, a place or a task."""
    app = run(**chosen)
    assert app.session_state["tasks_view"] == "各地清单" and app.warning.len == 0
    heads = {heading.value.split("：")[0] for heading in app.subheader}
    assert ("长三角内" in heads, "外省做法参考" in heads) == (bool(inside), bool(outside))
    assert [len(table.value) for table in app.table][: (inside > 0) + (outside > 0)] == [
        n for n in (inside, outside) if n
    ]


def test_as_of_in_the_url_moves_the_lamps(real_data):
    assert "5项期限已过，结果待核" in run().title[0].value
    assert "5项未到期" in run(as_of="2021-06-30").title[0].value


def test_nothing_is_known_before_it_was_said(real, real_data):
    early = board(real, date(2021, 1, 5))
    assert set(early["task_list_id"]) == {"TL-YRD-2021", "TL-YRD-RESULTS"}
    assert set(real.ask("task_list_counts", as_of=date(2021, 1, 5))["task_list_id"]) == {
        "TL-YRD-2021",
        "TL-YRD-RESULTS",
    }
    assert real.ask("unit_loads", as_of=date(2020, 1, 1)).empty
    assert real.ask("task_measures", tasks=TEN, as_of=date(2020, 1, 1)).empty
    app = run(as_of="2019-01-01")
    assert app.title[0].value == "截至2019年1月1日，所收公开资料里还没有长三角的任务清单"
    assert len(app.table) == 0


def test_links_carry_the_day_along(real_data):
    shown = "\n".join(str(e.value) for e in run(as_of="2021-06-30", tasks_task="TK023").markdown)
    assert (
        "tasks_sheet=%E6%B2%AA%E8%8B%8F%E6%B5%99%E7%9A%96%E6%B0%91%E6%94%BF%E9%83%A8%E9%97%A8&as_of=2021-06-30"
        in shown
    )
    assert "as_of" not in "\n".join(str(e.value) for e in run(tasks_task="TK023").markdown)


@pytest.mark.parametrize(
    "query,said",
    [
        ({"tasks_task": "TK999"}, "没有编号为“TK999”的任务"),
        ({"tasks_view": "按单位", "tasks_sheet": "州外星局"}, "没有“州外星局”这个责任单位，先显示"),
        ({"tasks_list": "火星清单"}, "清单“火星清单”不在选项里"),
    ],
)
def test_what_an_address_asks_for_in_vain_is_said(real_data, query, said):
    assert said in "\n".join(warning.value for warning in run(**query).warning).replace("\\", "")
    assert run().warning.len == 0


def test_the_sentence_follows_the_filters(real_data):
    app = run()
    assert app.subheader[0].value == "所选任务10项：8项公开资料未载结果"
    assert "另有4项已发布的成果（公布10项）" in captions(app)
    app = run(tasks_unit="上海各区")
    assert app.subheader[0].value == "所选任务5项：5项公开资料未载结果"
    assert "5项未定时限，5项未写牵头（其中5项写明责任单位），5项责任单位反馈未载" in captions(app)
    assert "已发布的成果" not in captions(app)


@pytest.mark.parametrize("asked", ["TK023", "TK023 旧的名称"])
def test_a_linked_task_is_shown_in_full(real_data, asked):
    app = run(tasks_task=asked)
    shown = "\n".join(table.value.to_string() for table in app.table)
    assert "上海全部16个区实现对接" in shown and "部分进展" in shown
    assert "拓展合作城市数量" in [heading.value for heading in app.subheader]
    assert "▽ 期限已过，结果待核；◈ 部分进展（截至2021年3月20日）" in captions(app)


def test_a_linked_unit_has_its_sheet(real_data):
    app = run(tasks_view="按单位", tasks_sheet="州民政局")
    assert app.selectbox(key="tasks_sheet_box").value == "州民政局（红河）"
    assert "州民政局" in app.title[0].value
    assert len(app.table[0].value) == 16


def test_every_sign_stands_with_its_word(real_data):
    """No sign that a reader must look up: each cell of a status says it in words too."""
    table = run().table[0].value
    signs = {
        status.shape: status.word
        for statuses in (measures.LAMPS, measures.PROOFS, measures.SELF_REPORTS)
        for status in statuses.values()
    }
    for cell in [*table["时限"], *table["证据（截至2026年11月22日）"]]:
        sign, _space, words = cell.partition(" ")
        assert sign not in signs or words.startswith(signs[sign]), cell


def test_who_is_to_act_is_named_once_and_units_carry_their_place(real_data):
    """No column of ten times “no lead”: the source names who acts. A unit of one place's list is called with that place."""
    listed = run(task_lamps_view="清单").table[0].value
    assert "牵头" not in listed.columns
    assert "责任单位：沪苏浙皖民政部门（未写牵头）" in set(listed["谁负责"])
    by_unit = run(tasks_view="按单位")
    box = by_unit.selectbox(key="tasks_sheet_box")
    assert box.value == "沪苏浙皖民政部门"
    assert [words for words in box.options if words.startswith("州民政局")] == ["州民政局（红河）"]
    named = run(tasks_view="按单位", tasks_sheet="州民政局")
    assert named.title[0].value.startswith("州民政局（红河）")
