"""A list to read as one page of Word: heads with their words, source line, date and code."""

from __future__ import annotations

import io

from docx.shared import Mm

from eldercare.exhibits import Exhibit
from eldercare.faces import office_templates, qr
from eldercare.faces.image import Stamp
from eldercare.faces.official import PART, SOURCE, TITLE, UNDER, add


def docx(exhibit: Exhibit, stamp: Stamp) -> bytes:
    """The whole file, of an exhibit whose shape is `Items`. Raises `UnusableTemplate`."""
    paper = office_templates.paper()
    if exhibit.mark:
        add(paper, exhibit.mark, UNDER)
    add(paper, exhibit.title, TITLE)
    add(paper, exhibit.subtitle, UNDER)
    for head, words in exhibit.shape.entries:
        add(paper, head, PART, keep=True)
        add(paper, words)
    for words in (exhibit.source_line, *exhibit.caveats, stamp.dated):
        add(paper, words, SOURCE)
    paper.add_paragraph().add_run().add_picture(io.BytesIO(qr.png(stamp.link)), width=Mm(26))
    about = paper.core_properties
    about.title, about.author, about.language = exhibit.spoken, "长三角养老一体化看板", "zh-CN"
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()
