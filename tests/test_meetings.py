"""会议包: what changed since the last meeting, what is due, what was asked, what may be named, what to talk about; frozen to one release."""

import io
import re
import zipfile
from datetime import date

import pandas as pd
import pytest
from docx import Document
from pptx import Presentation

from eldercare import releases, store
from eldercare.exhibits import Facts, meeting, tasks, timeline
from eldercare.releases import making
from eldercare.talks import __main__ as command
from eldercare.talks import meetings
from eldercare.talks.decks import UnknownDeck

LAST = "2020-12-31"


def made(last=LAST, release="", as_of=None):
    return list(meetings.file(last, release, as_of))[-1]


def parts_of(file):
    with zipfile.ZipFile(io.BytesIO(file.content)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def words_of(content):
    return [each.text for each in Document(io.BytesIO(content)).paragraphs]


def words_in(content):
    """The parts of an office file that hold words; others carry the moment they were made."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        own = re.compile(r"(word/document|ppt/slides/slide\d+|xl/sharedStrings)\.xml")
        return {name: parts.read(name) for name in parts.namelist() if own.fullmatch(name)}


@pytest.fixture(scope="module")
def pack():
    store.current.cache_clear()
    yield parts_of(made())
    store.current.cache_clear()


@pytest.mark.slow
def test_the_pack_holds_its_five_papers(pack):
    assert list(pack) == [
        "会前简报.docx",
        "会议演示.pptx",
        "任务单.docx",
        "口径卡.docx",
        "数据.xlsx",
    ]


def test_every_paper_says_the_same_release_and_day(pack):
    version = store.ask("release")["content_hash"].iloc[0][:8]
    for name in ("会前简报.docx", "口径卡.docx"):
        assert f"（汇编止于2026年11月22日 · 版本 {version}）" in words_of(pack[name]), name
    assert any(version in words for words in words_of(pack["任务单.docx"]))


def test_the_briefing_begins_with_its_conclusions_and_proposes_what_nobody_counts(pack):
    words = words_of(pack["会前简报.docx"])
    assert words[2] == "一、结论"
    assert words[3].startswith("1．2020年12月31日以来的变化")
    (moved,) = [each for each in words if each.startswith("统一统计跨省入住养老机构的人数")]
    (settled,) = [each for each in words if each.startswith("统一统计待遇异地结算的人次")]
    assert "暂无统一数据" in moved and "暂无统一数据" in settled


def test_the_deck_has_a_slide_for_each_part(pack):
    titles = {
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(pack["会议演示.pptx"])).slides
        for shape in slide.shapes
        if shape.has_text_frame
    }
    facts = Facts(date(2026, 11, 22))
    assert {meeting.topics(facts).title, tasks.times(facts).title} <= titles


def test_every_unit_of_the_delta_has_its_sheet_with_room_for_its_answer(pack, real_data):
    loads = Facts(date(2026, 11, 22)).ask("unit_loads", as_of=date(2026, 11, 22))
    units = loads.loc[loads["of_delta"], "unit"].tolist()
    paper = Document(io.BytesIO(pack["任务单.docx"]))
    heads = [each.text for each in paper.paragraphs if each.style.name == "Heading 1"]
    assert [head.partition("：")[0] for head in heads] == units
    for table in paper.tables:
        assert [cell.text for cell in table.rows[1].cells][-3:] == ["", "", ""]


def test_what_happened_before_the_last_meeting_is_not_told(real_data):
    facts = Facts(date(2026, 11, 22))
    rows = timeline.since(facts, date(2024, 11, 22)).rows
    assert (
        len(rows) and not (rows["date"] <= pd.Timestamp(2024, 11, 22)).any() | rows["before"].all()
    )
    assert timeline.since(facts, date(2024, 11, 22)).title == "2024年11月22日以来的变化"


@pytest.mark.slow
def test_an_obstacle_is_named_only_when_every_party_has_agreed(tiny_data):
    assert "没有各方都同意公开的事项" in meeting.obstacles(Facts(date(2021, 2, 28))).why
    found = meeting.obstacles(Facts(date(2022, 1, 1)))
    assert found.rows["obstacle_id"].tolist() == ["OB2"]
    assert "测试内部" not in found.spoken + repr(found.shape) + found.twin.to_csv()


def test_requests_since_the_last_meeting_are_told_with_their_state(tiny_data):
    facts = Facts(date(2022, 1, 1))
    states = meeting.asked(facts, date(2021, 1, 1)).rows[["request_id", "state"]].values.tolist()
    assert states == [["RQ1", "已商请"], ["RQ2", "已核定"]]
    assert meeting.asked(facts, date(2021, 5, 31)).rows["request_id"].tolist() == ["RQ2"]
    none = meeting.asked(facts, date(2021, 6, 1))
    assert none.why == "2021年6月1日以来没有商请补充数据的记录"


@pytest.mark.slow
def test_two_releases_are_compared_row_by_row(tiny, tiny_data, tmp_path, monkeypatch):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "home"))
    first = making.snapshot("甲")
    releases.activate(first.id, "甲", "首个版本", expected=None)
    path = tiny / "events.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[0, "title"] += "（更正）"
    rows.to_csv(path, index=False)
    with store.frozen(store.LIVE):
        told = meetings._recorded(first.id, store.LIVE)
    assert told.rows[["new", "changed", "gone"]].values.tolist() == [[0, 1, 0]]
    assert first.short in told.spoken
    store.current.cache_clear()


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("去年", "既不是日期"),
        ("0123456789", "也不是这台机器上的数据版本"),
        ("2026-11-22", "不早于这份材料的日期"),
        ("2025-13-01", "不是“2026-11-22”这样的写法"),
    ],
)
def test_a_last_meeting_that_cannot_be_is_said_in_words(last, words, real_data):
    with pytest.raises(UnknownDeck, match=words):
        made(last)


@pytest.mark.slow
def test_the_same_pack_twice_is_the_same_file_and_the_command_writes_it(tmp_path, real_data):
    path = tmp_path / "p.zip"
    assert command.main(["meeting", "--since", LAST, "-o", str(path)]) == 0
    with zipfile.ZipFile(path) as pack:
        written = {name: pack.read(name) for name in pack.namelist()}
    again = parts_of(made())
    assert [name for name in again if words_in(again[name]) != words_in(written[name])] == []
