"""The sheets of all units in one Word file, a page or more each: what the list says of their tasks, and room for what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from eldercare.exhibits.talk import Talk
from eldercare.faces import office_templates, official
from eldercare.faces.brief import saved
from eldercare.faces.official import HEADING, SOURCE, add
from eldercare.faces.sheets import ANSWER, TASK
from eldercare.measures import missing

MARGIN_MM = 20
FILLED_IN = (
    "供附商请函使用，自愿填写。填写单位（盖章）：　　　　　　　　　日期：　　　　年　　月　　日"
)


def docx(sheets: Mapping[str, tuple[pd.DataFrame, Sequence[str]]], talk: Talk) -> bytes:
    """By the head of each sheet its tasks (`units.of_unit`) and the lines at its foot. Raises `UnusableTemplate`."""
    paper = office_templates.paper()
    section = paper.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    heads = [*TASK, *ANSWER]
    for number, (head, (rows, foot)) in enumerate(sheets.items()):
        add(paper, head, HEADING).paragraph_format.page_break_before = number > 0
        lines = [_line(row) for row in rows.to_dict("records")]
        widths = [width for _words, width in heads]
        names = [words for words, _width in heads]
        official.table(paper, names, lines, widths, office_templates.text_width(paper))
        for words in (FILLED_IN, *foot):
            add(paper, words, SOURCE)
    return saved(paper, talk)


def _line(task: Mapping[str, object]) -> list[str]:
    """One task as the printed sheet has it; what the unit is to fill in is left blank."""
    said = [] if missing(task["self_text"]) else str(task["self_text"]).split("\n")
    state = [task["due_words"], task["lamp_words"], task["proof_dated"], task["self_words"]]
    what = [task["number_words"], task["title"], *task["actions"]]
    return [
        "\n".join(str(words) for words in what),
        f"{task['role']}\n{task['lead_words']}",
        "\n".join(
            [*(str(words) for words in state if words), *(f"上次反馈：{line}" for line in said)]
        ),
        *[""] * len(ANSWER),
    ]
