"""Letters about tasks and the calendar of their days: who may write what to whom, and no word or day that a source does not give."""

import dataclasses
import io
import re
from datetime import date

import docx
import pandas as pd
import pytest
from opening import visit

from eldercare import store
from eldercare.exhibits import tasks
from eldercare.letters import calendar_file, task_letters
from eldercare.letters.task_letters import ASKING, HINT, ORDER, TALKS, NotFitting, Sender

AS_OF = date(2026, 11, 22)
SHANGHAI, ZHEJIANG = "310000", "330000"


def told(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])


def board(as_of=AS_OF) -> pd.DataFrame:
    return tasks.board(store.ask("task_schedule", as_of=as_of), as_of)


@pytest.mark.parametrize(
    ("sender", "unit", "provinces", "kind"),
    [
        (Sender(ZHEJIANG), "丽水市民政局", [ZHEJIANG], HINT),
        (Sender(ZHEJIANG), "丽水市", [ZHEJIANG], HINT),
        (Sender(ZHEJIANG), "丽水市医疗保障局", [ZHEJIANG], TALKS),
        (Sender(ZHEJIANG, "医保"), "丽水市医疗保障局", [ZHEJIANG], HINT),
        (Sender(SHANGHAI), "丽水市", [ZHEJIANG], ASKING),
        (Sender(SHANGHAI), "丽水市财政局", [ZHEJIANG], TALKS),
        (Sender(SHANGHAI), "沪苏浙皖民政部门", [SHANGHAI, ZHEJIANG], TALKS),
        (Sender(SHANGHAI), "苏浙皖相关城市", [], ASKING),
        (Sender(ZHEJIANG, decision="测督〔2026〕1号"), "丽水市", [ZHEJIANG], ORDER),
        (Sender(ZHEJIANG, decision="  "), "丽水市", [ZHEJIANG], HINT),
    ],
)
def test_the_kind_follows_from_who_writes_to_whom(sender, unit, provinces, kind):
    assert task_letters.kind(sender, unit, provinces) == kind


@pytest.mark.parametrize("provinces", [[ZHEJIANG], [SHANGHAI, ZHEJIANG], []])
def test_nobody_orders_across_provinces(provinces):
    with pytest.raises(NotFitting, match="跨省"):
        task_letters.kind(Sender(SHANGHAI, decision="测督〔2026〕1号"), "丽水市", provinces)


@pytest.mark.parametrize("province", [SHANGHAI, ZHEJIANG, "320000", "340000"])
def test_letters_of_every_unit_say_no_more_than_their_rows(province, real_data):
    """All units of the delta's lists, from every province: eight fields each, no verdict, no day that no list gives."""
    rows = board()
    made = task_letters.by_unit(rows, Sender(province), AS_OF)
    assert {"沪苏浙皖民政部门", "丽水市", "上海各区"} <= {letter.unit for letter in made}
    assert not {letter.unit for letter in made} & {"州民政局", "上海地产集团", "东台市政府"}
    for letter in made:
        words = told(task_letters.docx(letter))
        assert not re.search("督办|交办|催办|逾期|未完成(?!）)|不力|落后|滞后|没有完成", words)
        assert "〔　　〕" in words and "数据版本" in words and "2026年11月22日" in words
        for row in letter.rows.itertuples():
            fields = dict(task_letters.fields(letter, row))
            assert list(fields) == [
                "事项", "依据原文", "责任单位与角色", "时限", "当前状态与证据", "问题", "下一步", "反馈时间",
            ]  # fmt: skip
            assert row.evidence in fields["依据原文"] and letter.unit in fields["责任单位与角色"]
            assert all(words_ in words for words_ in fields.values())
            if pd.isna(row.due):
                assert not re.search(r"\d{4}年\d+月\d+日", fields["时限"]), "no day of its own"
            assert fields["反馈时间"].strip("　 ").startswith("年")


def test_a_typed_day_is_the_only_day_of_reply(real_data):
    sender = Sender(SHANGHAI, reply_by=date(2027, 1, 15))
    letter = task_letters.by_unit(board(), sender, AS_OF)[0]
    assert "2027年1月15日" in told(task_letters.docx(letter))


def test_hostile_words_stay_words(tiny_data):
    as_of = date(2021, 12, 31)
    letter = task_letters.by_unit(board(as_of), Sender(SHANGHAI), as_of)[0]
    hostile = "=1+1<script>*粗*\u202e" + "长" * 200
    letter = dataclasses.replace(letter, unit=hostile, rows=letter.rows.assign(title=hostile))
    words = told(task_letters.docx(letter))
    assert "<script>*粗*" in words and "长" * 200 in words
    assert task_letters.name(letter).isprintable() and "/" not in task_letters.name(letter)


# --- the calendar ---


def unfolded(data: bytes) -> list[str]:
    """The lines of a calendar as RFC 5545 says to read them, each at most 75 octets long before."""
    raw = data.decode()
    assert raw.endswith("\r\n") and max(len(line) for line in data.split(b"\r\n")) <= 75
    return raw.replace("\r\n ", "").split("\r\n")[:-1]


def test_days_ahead_go_into_the_calendar_and_no_others(real_data):
    as_of = date(2021, 6, 1)
    rows = board(as_of)
    lines = unfolded(calendar_file.ics(calendar_file.due(rows, as_of), as_of))
    assert lines.count("BEGIN:VEVENT") == lines.count("DTSTART;VALUE=DATE:20211231") == 5
    assert lines.count("DTEND;VALUE=DATE:20220101") == 5
    assert {f"UID:TK0{number}@eldercare" for number in range(23, 28)} <= set(lines)
    assert calendar_file.due(board(), AS_OF) == [], (
        "nothing lies ahead, and what has no day gets none"
    )


def test_words_never_end_a_property(real_data):
    due = calendar_file.Due(
        "K", date(2027, 1, 1), "a;b,c\\d\r\nEND:VEVENT" + "长" * 200, "=1\u202e"
    )
    lines = unfolded(calendar_file.ics([due], AS_OF))
    assert lines.count("END:VEVENT") == 1
    assert f"SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT{'长' * 200}" in lines
    assert "DESCRIPTION:=1" in lines


def test_the_page_offers_letters_and_days_ahead(real_data):
    page = visit("tasks/progress.py", as_of="2021-06-01")
    labels = [button.label for button in page.get("download_button")]
    assert "日历（5个将来的时限）" in labels
    assert any(re.fullmatch("下载[0-9]+份公函（压缩包）", label) for label in labels)
    page.text_input(key="tasks_decision").set_value("测督〔2021〕1号").run()
    assert any("跨省" in error.value for error in page.error)
    one = visit("tasks/progress.py", tasks_task="TK024")
    assert any("沪苏浙皖民政部门：会商函（1项）" in m.value for m in one.markdown), (
        "the one task that is looked at"
    )
    later = visit("tasks/progress.py")
    assert not [b.label for b in later.get("download_button") if b.label.startswith("日历")]
