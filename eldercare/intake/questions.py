"""Findings as questions: one for each distinct thing that a column says, the most frequent first, each answered once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from eldercare.intake.context import Context
from eldercare.intake.decisions import (
    ABOVE,
    ADDRESS,
    BLANK,
    COLUMN,
    ELSEWHERE,
    FORMULA,
    GONE,
    GROUPS,
    KEEP,
    LEAVE,
    MISSING,
    SAME,
    SHEETS,
    SUMS,
    TAKE,
    UNIT,
    YEARS,
    Decision,
)
from eldercare.intake.findings import ERROR, Checked, Finding
from eldercare.intake.forms import COMPANIONS, Column, Form
from eldercare.intake.matching import LIKE
from eldercare.intake.places import OUTSIDE

SHOWN_EXAMPLES = 8


@dataclass(frozen=True)
class Answer:
    """One way to answer: what the button says and what it decides."""

    words: str
    decision: Decision


@dataclass
class Question:
    """`written` is what stands in the cells or the topic they share; `examples` are distinct values with their counts."""

    field: str
    column: str
    written: str
    reason: str
    answers: list[Answer]
    lines: list[int] = field(default_factory=list)
    examples: dict[str, int] = field(default_factory=dict)
    certain: bool = False
    free: bool = True

    @property
    def is_of_file(self) -> bool:
        """Whether it concerns the file as a whole: until it is answered nothing of it is sure."""
        return not self.lines

    @property
    def title(self) -> str:
        """What is asked, in one line."""
        if self.is_of_file:
            return self.reason
        named = {
            OUTSIDE: "在长三角以外",
            ADDRESS: "地址比所在地区细",
            ELSEWHERE: "地址和所在地区不在一处",
        }
        named |= {MISSING: "没有写"}
        named |= {ABOVE: "空着或与上面合并", FORMULA: "是公式"}
        if self.written.startswith(UNIT):
            return f"{self.column} {self.reason}（{len(self.lines)}行）"
        bare = self.written.removeprefix(f"{SAME} ")
        what = named.get(self.written) or f"“{bare}”"
        return f"{self.column} {what}（{len(self.lines)}行）"

    def answer(self, value: str) -> Decision:
        """The decision to take a value that was typed."""
        return Decision(self.field, self.written, TAKE, value)


def of(checked: Checked, context: Context) -> list[Question]:
    """The open questions of a file: those about the file first, then by how many rows they concern."""
    found: dict[tuple[str, str, str], Question] = {}
    for finding in checked.findings:
        if finding.level != ERROR or not is_answerable(finding, checked.form):
            continue
        key = (
            finding.field,
            finding.topic or finding.value,
            "" if finding.topic else finding.reason if not finding.value else "",
        )
        if key not in found:
            found[key] = _question(finding, checked.form, context)
        question = found[key]
        if finding.line:
            question.lines.append(finding.line)
        question.examples[finding.value] = question.examples.get(finding.value, 0) + 1
    return sorted(found.values(), key=lambda q: (not q.is_of_file, -len(q.lines)))


def is_answerable(finding: Finding, form: Form) -> bool:
    """Whether one decision can settle it: a written value, a topic; not a row that breaks a rule with others."""
    if finding.topic:
        return True
    if finding.field == LIKE:
        return True
    return bool(finding.value) and any(column.name == finding.field for column in form.columns)


def others(checked: Checked) -> list[Finding]:
    """What is wrong and can only be mended cell by cell, or in the file."""
    return [f for f in checked.findings if f.level == ERROR and not is_answerable(f, checked.form)]


def certain(questions: Iterable[Question]) -> list[Decision]:
    """The decisions that change nothing of what is said: exact synonyms, codes, aliases, successors."""
    return [
        question.answers[0].decision
        for question in questions
        if question.certain and question.answers
    ]


def _question(finding: Finding, form: Form, context: Context) -> Question:
    written = finding.topic or finding.value
    column = next((column for column in form.columns if column.name == finding.field), None)
    answers = _answers(finding, written, form, column, context)
    free = column is not None and not finding.topic and finding.field != LIKE
    is_sure = (
        finding.certain
        and len(finding.options) == 1
        and (column is None or column.kind not in COMPANIONS)
    )
    return Question(
        finding.field, finding.column, written, finding.reason, answers, certain=is_sure, free=free
    )


def _answers(
    finding: Finding, written: str, form: Form, column: Column | None, context: Context
) -> list[Answer]:
    def answer(words: str, action: str, value: str = "") -> Answer:
        return Answer(words, Decision(finding.field, written, action, value))

    leave = answer("不收这些行", LEAVE)
    topics = {
        OUTSIDE: lambda: [leave, answer("收下地区表里有的，其余再问", KEEP)],
        ADDRESS: lambda: [answer("按地址记到区县", TAKE), answer("只按所在地区记", KEEP)],
        ELSEWHERE: lambda: [answer("按地址", TAKE), answer("按所在地区", KEEP), leave],
        ABOVE: lambda: [answer("按上面的值填", TAKE), answer("空着", BLANK), leave],
        FORMULA: lambda: [answer("按表里显示的收", TAKE), answer("这些格不收", BLANK), leave],
        GROUPS: lambda: [
            answer("是：下面各行都在这个地区", TAKE),
            answer("不是，跳过这些行", KEEP),
        ],
        SUMS: lambda: [
            answer("是小计：不读这些行", TAKE),
            answer("不是，是漏了名称的机构", KEEP),
        ],
        YEARS: lambda: [answer("每列读成一条", TAKE), answer("不读这些列", BLANK)],
        SHEETS: lambda: _sheet_answers(finding),
    }
    if finding.topic in topics:
        return topics[finding.topic]()
    if finding.topic.startswith(GONE):
        return [answer("没有这一列：其余照收", KEEP)]
    if finding.topic.startswith(UNIT):
        keep = answer("数字照收：就是本列的单位", KEEP)
        return [keep, answer("这些格不收", BLANK), leave]
    if finding.topic.startswith(COLUMN):
        titles = [
            answer(f"是{c.title}", TAKE, c.title)
            for c in sorted(form.columns, key=lambda c: c.title not in finding.options)
            if c.name not in (form.key, "price") or c.title in finding.options
        ]
        if finding.options:
            return [*titles, answer("这一列不用", BLANK)]
        return [answer("这一列不用", BLANK), *titles]
    if finding.field == LIKE:
        rows = [context.row("institutions", (key,)) for key in finding.options]
        same = [
            answer(
                "同一家：{id} {name}".format(id=r["institution_id"], name=r["name"]),
                TAKE,
                r["institution_id"],
            )
            for r in rows
            if r
        ]
        return [*same, answer("是另一家，新增", KEEP), leave]
    options = list(finding.options)
    if column is not None and column.kind == "choice":
        options += [word for word in column.choices if word not in options]
    taken = [answer(option, TAKE, option) for option in options]
    blank = (
        []
        if column is not None and (column.required or column.name in form.needed)
        else [answer("这一格不收", BLANK)]
    )
    return [*taken, *blank, leave]


def _sheet_answers(finding: Finding) -> list[Answer]:
    by_name = "都读入" if len(finding.options) > 1 else f"是，所在地区就是“{finding.options[0]}”"
    only = [
        Answer(f"只读“{name}”", Decision("", SHEETS, LEAVE, name))
        for name in finding.options
        if len(finding.options) > 1
    ]
    return [Answer(by_name, Decision("", SHEETS, TAKE)), *only]
