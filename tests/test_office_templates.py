"""The templates of slides and briefings: a unit's own is followed, what it lacks is named, what is no template is refused."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from opening import visit
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from eldercare import store
from eldercare.faces import office_templates
from eldercare.faces.office_templates import PAPER, SLIDES, UnusableTemplate
from eldercare.faces.qr import png
from eldercare.talks import decks, files_of, making
from eldercare.talks.__main__ import main

OURS = office_templates.OURS
OPEN = {SLIDES: office_templates.slides, PAPER: office_templates.paper}


@pytest.fixture
def own(monkeypatch, tmp_path):
    """A function that puts a file in the place of a template, changed by what it is given."""

    def replace(setting, change=None, name=""):
        made = Presentation(OURS[setting]) if setting == SLIDES else Document(OURS[setting])
        if change:
            change(made)
        path = tmp_path / (name or f"own{OURS[setting].suffix}")
        made.save(path)
        monkeypatch.setenv(setting, str(path))
        return path

    return replace


@pytest.fixture
def talk(tiny, monkeypatch):
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield making.ready(decks.parse("own:headline,ten_years,homes_demo"))[1]
    store.current.cache_clear()


def refused(setting):
    with pytest.raises(UnusableTemplate) as caught:
        OPEN[setting]()
    return str(caught.value)


def logo(part):
    _image, relation = part.part.get_or_add_image_part(io.BytesIO(png("单位标志")))
    part.shapes._spTree.append(
        parse_xml(
            f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="90" name="标志"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
            '<a:off x="11000000" y="100000"/><a:ext cx="600000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></p:spPr></p:pic>"
        )
    )


def placeholder(deck, layout, name):
    return office_templates.placeholder(office_templates.layout_of(deck, layout), name)


@pytest.mark.slow
def test_own_slides_keep_their_logo_colours_fonts_size_and_places(own, talk):
    def change(deck):
        logo(deck.slide_master)
        part = next(
            r.target_part for r in deck.slide_master.part.rels.values() if "/theme" in r.reltype
        )
        root = etree.fromstring(part.blob)
        root.find(".//{*}accent1")[0].set("val", "B00020")
        root.find(".//{*}minorFont/{*}ea").set("typeface", "思源黑体")
        part._blob = etree.tostring(root)
        title = placeholder(deck, "内容", "标题")
        title._element.xpath(".//a:defRPr")[0].set("sz", "2000")
        picture = placeholder(deck, "内容", "图表")
        picture.left, picture.width = Pt(100), Pt(800)

    own(SLIDES, change)
    made = Presentation(io.BytesIO(files_of.made(talk, "pptx")))
    assert [shape.name for shape in made.slide_master.shapes if "标志" in shape.name]
    assert office_templates.fonts(made)[1] == "思源黑体"
    slide = made.slides[2]
    runs = slide.shapes.title.text_frame.paragraphs[0].runs
    assert max(run.font.size.pt for run in runs) <= 20 and runs[0].font.color.type is None
    assert {node.get("typeface") for node in slide._element.iter("{*}ea")} == {"思源黑体"}
    chart = next(shape for shape in slide.shapes if shape.has_chart)
    assert (chart.left.pt, chart.width.pt) == (100, 800)
    assert {n.get("typeface") for n in chart.chart._chartSpace.iter("{*}ea")} == {"思源黑体"}
    # The large number of a card takes the unit's colour from the theme, not ours by its digits.
    assert 'schemeClr val="accent1"' in etree.tostring(made.slides[1]._element).decode()


def test_an_own_paper_keeps_its_head_its_colours_sizes_and_margins(own, talk):
    def change(paper):
        paper.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png("单位标志")))
        paper.add_paragraph("某某市民政局文件")
        paper.sections[0].left_margin = Mm(38)
        paper.styles["Heading 1"].font.color.rgb = RGBColor(0xB0, 0, 0x20)
        paper.styles["Body Text"].font.size = Pt(14)

    own(PAPER, change)
    made = Document(io.BytesIO(files_of.made(talk, "docx")))
    assert made.paragraphs[0].text == "某某市民政局文件"
    assert made.sections[0].header._element.xpath(".//pic:pic")
    told = {p.text: p for p in made.paragraphs}
    heading = next(p for p in made.paragraphs if p.style.name == "Heading 1")
    assert str(heading.style.font.color.rgb) == "B00020"
    body = told[f"{talk.exhibits[0].spoken.rstrip('。')}。"]
    # Nothing in the paragraph itself goes against its style.
    assert body.style.font.size.pt == 14 and body.runs[0].font.size is None
    widths = [sum(cell.width for cell in grid.rows[0].cells) / 36000 for grid in made.tables]
    assert widths and all(width == pytest.approx(210 - 38 - 26, abs=0.5) for width in widths)


def without_layout(name):
    def change(deck):
        gone = office_templates.layout_of(deck, name)
        if len(deck.slide_layouts) > 1:
            deck.slide_layouts.remove(gone)

    return change


def without_placeholder(layout, name):
    def change(deck):
        place = placeholder(deck, layout, name)._element
        place.getparent().remove(place)

    return change


def without_style(name):
    return lambda paper: paper.styles[name].delete()


@pytest.mark.parametrize("layout", office_templates.LAYOUTS)
def test_a_layout_that_is_missing_is_named(own, layout):
    own(SLIDES, without_layout(layout))
    words = refused(SLIDES)
    assert f"缺少版式“{layout}”" in words and "own.pptx" in words and SLIDES in words


@pytest.mark.parametrize(
    ("layout", "name"),
    [(layout, name) for layout, names in office_templates.LAYOUTS.items() for name in names],
)
def test_a_placeholder_that_is_missing_is_named(own, layout, name):
    own(SLIDES, without_placeholder(layout, name))
    assert f"版式“{layout}”缺少占位符“{name}”" in refused(SLIDES)


@pytest.mark.parametrize("name", [*office_templates.PARAGRAPHS, *office_templates.GRID])
def test_a_style_that_is_missing_is_named(own, name):
    own(PAPER, without_style(name))
    words = {**office_templates.PARAGRAPHS, **office_templates.GRID}[name]
    assert f"样式“{words}”" in refused(PAPER)


def four_by_three(deck):
    deck.slide_width = deck.slide_height * 4 // 3


def dark_ground(deck):
    part = next(
        r.target_part for r in deck.slide_master.part.rels.values() if "/theme" in r.reltype
    )
    root = etree.fromstring(part.blob)
    root.find(".//{*}clrScheme/{*}lt1")[0].set("val", "102030")
    part._blob = etree.tostring(root)


def narrow_picture(deck):
    placeholder(deck, "内容", "图表").width = Pt(400)


@pytest.mark.parametrize(
    ("setting", "change", "told"),
    [
        (SLIDES, four_by_three, "幻灯片大小"),
        (SLIDES, narrow_picture, "太小"),
        (SLIDES, dark_ground, "背景色太深"),
        (SLIDES, lambda deck: deck.slides.add_slide(deck.slide_layouts[0]), "1页幻灯片"),
        (PAPER, lambda paper: setattr(paper.sections[0], "left_margin", Mm(90)), "版心宽94毫米"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_reason(own, setting, change, told):
    own(setting, change)
    assert told in refused(setting)


def rewritten(path, part, change):
    """The same package with one part changed, or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


LINK = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://x.invalid/a.png" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize("setting", [SLIDES, PAPER])
@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("MAIN/vbaProject.bin", lambda old: b"macro", "含有宏"),
        ("[Content_Types].xml", lambda old: old.replace(b".main+xml", b".macroEnabled.main+xml"), "含有宏"),
        ("[Content_Types].xml", lambda old: re.sub(rb"(presentation|document)\.main\+xml", b"template.main+xml", old), "另一种文件"),
        ("MAIN/embeddings/oleObject1.bin", lambda old: b"ole", "嵌入的文件"),
        ("_rels/.rels", lambda old: old.replace(b"</Relationships>", LINK), "含有链接"),
        ("PART", lambda old: old[:200], "读不出来"),
        ("padding.bin", lambda old: bytes(101_000_000), "解开后超过100 MB"),
    ],
)  # fmt: skip
def test_files_that_may_do_harm_are_refused_with_a_sentence(own, setting, part, change, told):
    path = own(setting)
    main = office_templates.MAIN[setting][0]
    part = part.replace("MAIN", main.split("/")[0]).replace("PART", main)
    rewritten(path, part, change)
    assert told in refused(setting)


@pytest.mark.parametrize("setting", [SLIDES, PAPER])
def test_files_that_are_no_template_are_refused_with_a_sentence(
    setting, own, tmp_path, monkeypatch
):
    path = own(setting)
    whole = path.read_bytes()
    other = own({SLIDES: PAPER, PAPER: SLIDES}[setting], name="other.bin")
    files = {
        "损坏": (whole[:-500], "已损坏"),
        "文本": ("不是文件".encode(), "已损坏"),
        "换名": (other.read_bytes(), f"不是 {path.suffix} 文件"),
        "巨大": (b"\0" * 20_000_001, "超过20 MB"),
    }
    for name, (content, told) in files.items():
        (tmp_path / name).write_bytes(content)
        monkeypatch.setenv(setting, str(tmp_path / name))
        assert told in refused(setting), name
    monkeypatch.setenv(setting, str(tmp_path / "没有"))
    assert "没有这个文件" in refused(setting)


def test_the_page_says_what_is_wrong_and_offers_the_other_files(own, real_data):
    """Ours is not taken in silence: whoever asked for the look of the unit must know that this is not it."""
    own(PAPER, without_style("Caption"))
    app = visit("forum/present.py", deck="own:lists")
    assert any("缺少段落样式“题注”" in warning.value for warning in app.warning)
    (button,) = [each for each in app.button if each.key == "stage_docx"]
    assert button.disabled
    offered = [each.key for each in app.get("download_button")]
    assert offered == ["stage_pptx", "stage_xlsx", "stage_html"]


def test_the_command_says_what_is_wrong_with_a_template(own, talk, tmp_path, capsys):
    own(SLIDES, without_layout("内容"))
    told = ["--deck", "own:headline", "--format", "pptx", "-o", str(tmp_path / "a.pptx")]
    assert main(["export", *told]) == 1
    error = capsys.readouterr().err
    assert "缺少版式“内容”" in error and "Traceback" not in error
    assert not Path(tmp_path / "a.pptx").exists()
