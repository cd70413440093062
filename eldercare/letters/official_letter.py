"""Letters in Word: the page of GB/T 9704 from the template in force, marked as a draft, its number and seal left open."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from eldercare.exhibits.coverage.words import whole_name
from eldercare.faces import office_templates, official
from eldercare.faces.official import CAPTION, HEADING, REFERENCE, SOURCE, TITLE, add
from eldercare.letters.requests import Request, day

DRAFT = "草稿：未编文号、未用印，不作正式行文"
NUMBER, SEAL = "发文字号：　　〔　　〕　　号", "（发函单位名称、印章）"
OPEN_DAY = "　　　　年　　月　　日"
# As many sources as a reader looks through in the letter; the workbook has them all.
NAMED_SOURCES = 8


def request(asked: Request, file: str, reply_by: date | None = None) -> bytes:
    """商请补充数据函. `file` is the name of the workbook that goes along."""
    paper = begin("关于商请补充养老服务有关数据的函", f"{asked.addressee}：")
    add(
        paper,
        f"长三角养老一体化看板汇编的公开资料截至{day(asked.as_of)}。其中{asked.label}的下列内容公开资料未载，"
        "现商请贵部门从现有行政记录中协助提供，不需为此另作调查。",
    )
    add(paper, "一、商请补充的内容", HEADING)
    for number, item in enumerate(asked.items, start=1):
        add(paper, f"{number}．{whole_name(item.topic)}：{item.asked}。{item.why}。")
    add(paper, "二、商请核对的内容", HEADING)
    known = [(topic, records, span) for topic, records, span, _asked in asked.grid if records]
    add(
        paper,
        "已收录的公开记录："
        + ("；".join(f"{whole_name(topic)}{n}条（{span}）" for topic, n, span in known) or "没有")
        + "。与贵部门记录不符的，请一并指出。",
    )
    if asked.homes:
        add(paper, f"按名称可知的养老机构{len(asked.homes)}家，列在附件“养老机构”表，空格请补充。")
    if asked.tasks:
        units = "、".join(dict.fromkeys(task.unit for task in asked.tasks))
        add(
            paper,
            f"来源写有责任单位“{units}”的任务{len(asked.tasks)}项，列在附件“任务反馈”表，请协助反馈进展。",
        )
    add(paper, "三、回复方式", HEADING)
    until = f"请于{day(reply_by)}前回复" if reply_by else f"请于{OPEN_DAY}前回复"
    add(
        paper,
        f"请填写附件核对表后原样返回，{until}。没有记录的留空；确实没有的数写0。请不要填写个人信息。",
    )
    add(
        paper,
        "本函只请求提供现有行政记录。核对表如作统计调查使用，应另行报批：表号：　　　　　　批准文号：　　　　　　",
    )
    add(paper, f"附件：{file}")
    end(paper, asked.references, f"数据版本 {asked.version}，数据截至{day(asked.as_of)}")
    return saved(paper, "关于商请补充养老服务有关数据的函", asked.addressee, asked.as_of)


def begin(title: str, addressee: str) -> Any:
    """A letter as far as its first sentence."""
    paper = office_templates.paper()
    add(paper, DRAFT, CAPTION)
    add(paper, NUMBER, CAPTION)
    add(paper, title, TITLE)
    add(paper, "")
    opening = add(paper, addressee)
    # The one it goes to stands at the edge, not indented like the text.
    opening.paragraph_format.first_line_indent = 0
    return paper


def end(paper: Any, references: Iterable[str], about: str) -> None:
    """Seal and day as blanks, then what the letter rests on."""
    for words in (SEAL, OPEN_DAY):
        official.right(add(paper, words))
    add(paper, about, SOURCE)
    told = list(references)
    for number, words in enumerate(told[:NAMED_SOURCES], start=1):
        add(paper, f"[{number}] {words}", REFERENCE)
    if len(told) > NAMED_SOURCES:
        add(paper, f"共{len(told)}个来源，其余见附件“来源”表。", REFERENCE)
    if not told:
        add(paper, "来源：没有收录的公开记录。", REFERENCE)


def saved(paper: Any, title: str, subject: str, as_of: date) -> bytes:
    """The file, dated by its data."""
    about = paper.core_properties
    about.title, about.subject, about.author = title, subject, "长三角养老一体化看板"
    about.language, about.keywords = "zh-CN", DRAFT
    about.created = about.modified = datetime(as_of.year, as_of.month, as_of.day)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()
