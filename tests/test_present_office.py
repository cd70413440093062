"""What an office program makes of slides and briefings: LibreOffice turns them into pages, which are then read.

Marked full: LibreOffice and poppler come from Debian's packages, installed by `.ci/full`.
"""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from itertools import pairwise

import pytest
from lxml import etree

from eldercare import store
from eldercare.talks import decks, files_of, making

pytestmark = pytest.mark.full
DECKS = [
    "region",
    "city:310000",
    "city:320500",
    "city:321200",
    "pair:310117|330400",
    "own:homes_demo",
]
MM = 72 / 25.4


@dataclass
class Printed:
    """The pages of a file: words with their boxes, in points."""

    width: float
    height: float
    pages: list[list[tuple[str, float, float, float, float]]]

    def text(self, page):
        return squeezed("".join(word for word, *_box in self.pages[page]))


def squeezed(words):
    """Without spaces: office programs put them between digits and Chinese."""
    return re.sub(r"\s+", "", words)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A function that converts a deck's file to PDF and reads it; LibreOffice keeps its settings in a folder of the tests."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.fail(
                f"{program} is missing; .ci/full installs libreoffice-impress, libreoffice-writer and poppler-utils"
            )
    store.current.cache_clear()
    folder = tmp_path_factory.mktemp("office")

    def convert(words, format_):
        talk = making.ready(decks.parse(words))[1]
        path = folder / f"{re.sub('[^a-z0-9]', '_', words)}.{format_}"
        path.write_bytes(files_of.made(talk, format_))
        own = f"-env:UserInstallation=file://{folder}/settings"
        subprocess.run(
            ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", folder, path],
            check=True,
            capture_output=True,
            timeout=300,
        )
        boxes = subprocess.run(
            ["pdftotext", "-bbox", path.with_suffix(".pdf"), "-"],
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
        pages = list(etree.fromstring(boxes, etree.XMLParser(recover=True)).iter("{*}page"))
        read = [
            [
                (w.text or "", *(float(w.get(name)) for name in ("xMin", "yMin", "xMax", "yMax")))
                for w in page.iter("{*}word")
            ]
            for page in pages
        ]
        return talk, Printed(float(pages[0].get("width")), float(pages[0].get("height")), read)

    return convert


@pytest.mark.parametrize("words", DECKS)
def test_slides_convert_whole(words, printed):
    talk, pages = printed(words, "pptx")
    assert len(pages.pages) == len(talk.exhibits) + 2
    assert pages.width / pages.height == pytest.approx(16 / 9, rel=0.01)
    for number, exhibit in enumerate(talk.exhibits, start=1):
        # A glyph that is missing in every font would be missing here too.
        assert squeezed(exhibit.title) in pages.text(number), exhibit.key
        assert squeezed(exhibit.subtitle) in pages.text(number), exhibit.key
        assert squeezed(talk.dated) in pages.text(number)
    for number, page in enumerate(pages.pages, start=1):
        outside = [
            word
            for word, left, top, right, bottom in page
            if left < 0 or top < 0 or right > pages.width + 1 or bottom > pages.height + 1
        ]
        assert outside == [], number


@pytest.mark.parametrize("words", DECKS)
def test_nothing_stands_over_the_source_line(words, printed):
    talk, pages = printed(words, "pptx")
    for number, exhibit in enumerate(talk.exhibits, start=1):
        page = pages.pages[number]
        # The source line and the foot are the last words of a page in the order of the file, wherever else a word may lie.
        start = max(
            index
            for index, (word, _left, top, *_rest) in enumerate(page)
            if word.startswith("来源") and top > pages.height * 0.8
        )
        body, source = page[:start], page[start]
        over = [word for word, _left, _top, _right, bottom in body if bottom > source[2] + 2]
        assert over == [], exhibit.key
        lines = sorted({round(top) for _word, _left, top, _right, _bottom in page[start:]})
        assert all(
            later - earlier > 8 or later - earlier <= 4 for earlier, later in pairwise(lines)
        ), exhibit.key


@pytest.mark.parametrize("words", ["region", "city:310000", "province:340000"])
@pytest.mark.parametrize("format_", ["pptx", "docx"])
def test_every_label_of_a_line_chart_is_drawn(words, format_, printed):
    talk, pages = printed(words, format_)
    content = files_of.made(talk, format_)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if re.search(r"charts/chart\d+\.xml$", name)
        ]
    labels = [
        squeezed("".join(label.itertext("{*}t")))
        for chart in charts
        if chart.find(".//{*}scatterChart") is not None
        for label in chart.iter("{*}dLbl")
    ]
    whole = "".join(pages.text(number) for number in range(len(pages.pages)))
    assert len(labels) > 4
    # One that stands only in a title or a table would be counted twice, so each is looked for as often as it is drawn.
    assert [label for label in set(labels) if whole.count(label) < labels.count(label)] == []


@pytest.mark.parametrize("words", DECKS)
def test_briefings_stay_inside_the_margins_of_the_standard(words, printed):
    talk, pages = printed(words, "docx")
    assert (round(pages.width / MM), round(pages.height / MM)) == (210, 297)
    whole = "".join(pages.text(number) for number in range(len(pages.pages)))
    for exhibit in talk.exhibits:
        assert squeezed(exhibit.spoken.rstrip("。")) in whole, exhibit.key
    for number, page in enumerate(pages.pages, start=1):
        # Closing punctuation may hang over the edge by one character.
        inside = [word for word in page if word[2] < pages.height - 36 * MM]
        assert min(left for _w, left, *_rest in inside) >= 28 * MM - 4, number
        assert max(right for _w, _l, _t, right, _b in inside) <= pages.width - 26 * MM + 17, number
        assert f"—{number}—" in pages.text(number - 1)
    texts = [len(page) for page in pages.pages]
    assert min(texts[:-1], default=10) > 5, "no page is left nearly empty"
