"""工作提示、商请函、会商函、督办单: what is written to a unit about its tasks follows from who writes to whom.

Nobody orders across provinces; 督办 needs a decision of its own, whose reference the user types. A letter says what sources
and the unit itself say, never that something was not done, and gives no task a date that its list does not give.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eldercare import store, tables
from eldercare.citing import reference
from eldercare.faces import office_templates, official
from eldercare.faces.official import HEADING, add
from eldercare.files import safe
from eldercare.letters import official_letter
from eldercare.letters.requests import day
from eldercare.measures import missing

HINT, ASKING, TALKS, ORDER = "工作提示", "商请函", "会商函", "督办单"
DEPARTMENTS = {
    "民政": ("民政",),
    "医保": ("医保", "医疗保障"),
    "卫健": ("卫健", "卫生健康"),
    "财政": ("财政",),
}
TITLES = {
    HINT: "关于有关任务的工作提示",
    ASKING: "关于商请核对有关任务情况的函",
    TALKS: "关于会商有关任务的函",
    ORDER: "督办单",
}
OPENINGS = {
    HINT: "下列任务的来源列有贵单位。现将公开资料所载情况提示如下，请核对并反馈。",
    ASKING: "下列任务的来源列有贵单位。现将公开资料所载情况列出，商请贵单位核对并反馈。",
    TALKS: "下列任务的来源列有贵单位。现就公开资料所载情况与贵单位会商，请提出意见。",
    ORDER: "下列任务的来源列有贵单位。请核对下列情况并反馈。",
}
MEANT = "过了日期不等于没有办，公开资料未载不等于没有进展；有出入的以贵单位反馈为准。"
OPEN = "（请贵单位填写）"


class NotFitting(ValueError):
    """A kind of letter that may not be written between these two; the words say which may."""


@dataclass(frozen=True)
class Sender:
    """Who writes: the code of the province, the department, and what the user typed of a decision (立项) and of a reply day."""

    province: str
    department: str = "民政"
    decision: str = ""
    reply_by: date | None = None


@dataclass(frozen=True)
class Letter:
    """One letter to one unit about its tasks (rows of `tasks.board`); `roles` are its own and the others', by task."""

    kind: str
    unit: str
    rows: pd.DataFrame
    roles: dict[str, str]
    sender: Sender
    as_of: date


def kind(sender: Sender, unit: str, provinces: Sequence[str]) -> str:
    """What may be written to a unit that lies in these provinces. Raises `NotFitting` for a 督办单 across provinces.

    A unit whose province no source says is written to as one elsewhere.
    """
    if set(provinces) != {sender.province}:
        if sender.decision.strip():
            raise NotFitting(f"来源没有写{unit}只在本省（市）：跨省用商请函或会商函，不用督办单")
        return TALKS if len(set(provinces)) > 1 or _is_other(sender, unit) else ASKING
    if sender.decision.strip():
        return ORDER
    return TALKS if _is_other(sender, unit) else HINT


def _is_other(sender: Sender, unit: str) -> bool:
    """Whether a unit is of another department than the sender; a place or a government is of none."""
    found = [name for name, words in DEPARTMENTS.items() if any(word in unit for word in words)]
    return bool(found) and sender.department not in found


def by_unit(rows: pd.DataFrame, sender: Sender, as_of: date) -> list[Letter]:
    """A letter to each unit of these tasks (`tasks.board`). Results that are published ask nothing, nor do lists from elsewhere.

    Raises `NotFitting`.
    """
    asked = rows[(rows["list_kind"] != "achievement") & rows["in_delta"]]
    parties = store.ask("task_parties")
    parties = parties[parties["task_id"].isin(asked["task_id"])]
    roles = {
        task: "；".join(f"{row.unit}（{row.role}）" for row in own.itertuples())
        for task, own in parties.groupby("task_id", sort=False)
    }
    found = []
    for unit, own in parties.groupby("unit", sort=False):
        provinces = sorted({code for codes in own["provinces"] for code in codes})
        its = asked[asked["task_id"].isin(own["task_id"])]
        found.append(Letter(kind(sender, unit, provinces), unit, its, roles, sender, as_of))
    return found


def fields(letter: Letter, row: object) -> list[tuple[str, str]]:
    """What a letter says of one task: eight fields, each as sources and the unit have it."""
    (cited,) = tables.sources_of(pd.DataFrame({"source_id": [row.source_id]})).itertuples()
    told = [row.lamp_words, f"公开证据：{row.proof_line}"]
    told += ["责任单位反馈未载" if row.self_status == "none" else f"责任单位反馈：{row.self_words}"]
    return [
        ("事项", "：".join([row.number_words, "。".join(filter(None, [row.title, _known(row.summary)]))])),
        ("依据原文", f"“{row.evidence}”（{reference(cited)}）"),
        ("责任单位与角色", letter.roles.get(row.task_id) or "来源未写明"),
        ("时限", row.due_words),
        ("当前状态与证据", "；".join(told)),
        ("问题", _known(row.self_problems) or OPEN),
        ("下一步", _known(row.self_next) or OPEN),
        ("反馈时间", day(letter.sender.reply_by) if letter.sender.reply_by else official_letter.OPEN_DAY),
    ]  # fmt: skip


def _known(words: object) -> str:
    return "" if missing(words) else str(words)


def docx(letter: Letter) -> bytes:
    """One letter in Word."""
    title = TITLES[letter.kind]
    paper = official_letter.begin(title, f"{letter.unit}：")
    if letter.kind == ORDER:
        add(paper, f"立项依据：{letter.sender.decision.strip()}")
    add(paper, OPENINGS[letter.kind] + MEANT)
    width = office_templates.text_width(paper)
    for number, row in enumerate(letter.rows.itertuples(), start=1):
        add(paper, f"{number}．{row.title}", HEADING)
        official.table(paper, ["项目", "内容"], fields(letter, row), [1, 4], width)
    cited = tables.sources_of(letter.rows)
    release = tables.release()
    about = f"数据版本 {release['version']}（{release['content_hash'][:8]}），状态截至{day(letter.as_of)}"
    official_letter.end(paper, [reference(each) for each in cited.itertuples()], about)
    return official_letter.saved(paper, title, letter.unit, letter.as_of)


def name(letter: Letter) -> str:
    """What the file of a letter is called."""
    return f"{letter.kind}_{safe(letter.unit)}.docx"


def zipped(letters: Sequence[Letter]) -> bytes:
    """The letters in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for letter in letters:
            day_ = letter.as_of
            entry = zipfile.ZipInfo(name(letter), (day_.year, day_.month, day_.day, 0, 0, 0))
            archive.writestr(entry, docx(letter))
    return buffer.getvalue()
