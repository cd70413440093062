"""Makes the two templates of Office files anew: `python docs/make_office_templates.py`.

Page setup, fonts, layouts and styles stand in the files, not in the program: `slides.pptx` for PowerPoint and `paper.docx`
for Word. Whoever wants another look opens a copy in PowerPoint, Word or WPS; this script is how ours came about.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from eldercare.faces import layout
from eldercare.faces.markup import TEMPLATES
from eldercare.faces.native_shapes import points
from eldercare.measures import GROUND, INK, LINE, MUTED, PANEL, PRIMARY

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EAST_ASIAN, LATIN = "微软雅黑", "Microsoft YaHei"
LEFT, WIDE = layout.MARGIN, layout.BODY_WIDTH
Places = dict[str, tuple[int, str, tuple[float, ...], int, str]]
FOOT: Places = {
    "来源": (12, "body", (LEFT, layout.SOURCE_TOP, WIDE, layout.SOURCE_HEIGHT), 14, "l"),
    "页脚": (13, "body", (LEFT, layout.FOOT_TOP, WIDE - 80, 18), 14, "l"),
    "页码": (14, "body", (LEFT + WIDE - 80, layout.FOOT_TOP, 80, 18), 14, "r"),
}
# Name → number, kind, place in points, size of its text, side. The picture's place holds no text.
LAYOUTS: dict[str, Places] = {
    "封面": {
        "标题": (0, "title", (LEFT + 20, 150, WIDE - 40, 90), 44, "l"),
        "副题": (11, "body", (LEFT + 20, 246, WIDE - 40, 30), 20, "l"),
        "日期": (15, "body", (LEFT + 20, 280, WIDE - 40, 26), 16, "l"),
        **FOOT,
    },
    "内容": {
        "标题": (0, "title", (LEFT, layout.TITLE_TOP, WIDE, layout.TITLE_HEIGHT), 28, "l"),
        "副题": (11, "body", (LEFT, 64, WIDE, 42), 18, "l"),
        "图表": (10, "", (LEFT, layout.BODY_TOP, WIDE, layout.BODY_HEIGHT), 14, "l"),
        **FOOT,
    },
}

TITLE, BODY, HEADING, KAITI, FOLIO = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# The fonts of the standard are licensed and not shipped; a reader without them gets the first of these that is there.
FALLBACKS = {
    TITLE: "Noto Serif CJK SC,Source Han Serif SC,宋体",
    BODY: "仿宋,FangSong,Zhuque Fangsong,Noto Serif CJK SC",
    HEADING: "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    KAITI: "楷体,KaiTi,LXGW WenKai,Noto Serif CJK SC",
    FOLIO: "SimSun,Noto Serif CJK SC",
}
# Style → font, size, line height in points, what else: GB/T 9704 for the text, smaller for what stands under a figure.
STYLES: dict[str, tuple[str, float, float, str]] = {
    "Title": (TITLE, 22, 29.7, "centre"),
    "Subtitle": (KAITI, 16, 28, "centre"),
    "Heading 1": (HEADING, 16, 28, "indent keep"),
    "Heading 2": (KAITI, 16, 28, "indent keep"),
    "Body Text": (BODY, 16, 28, "indent"),
    "Caption": (HEADING, 12, 20, "centre keep"),
    "来源行": (BODY, 10.5, 16, ""),
    "来源目录": (BODY, 9, 13, ""),
    "表头": (HEADING, 10.5, 16, "room"),
    "表格文字": (BODY, 10.5, 16, "room"),
}


def slides() -> Any:
    """16:9, our colours and fonts in the theme, a layout for the cover and one for every other slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = points(layout.WIDTH), points(layout.HEIGHT)
    master, kept = deck.slide_master, dict(zip(LAYOUTS, (0, 5), strict=True))
    own = [deck.slide_layouts[index] for index in kept.values()]
    for other in [each for each in deck.slide_layouts if each not in own]:
        deck.slide_layouts.remove(other)
    for part in (master, *own):
        for placeholder in list(part.placeholders):
            placeholder._element.getparent().remove(placeholder._element)
    for name, each in zip(kept, own, strict=True):
        each.name = name
        for number, (called, about) in enumerate(LAYOUTS[name].items(), start=2):
            each.shapes._spTree.append(_placeholder(number, called, *about))
    master.shapes._spTree.append(_placeholder(2, "标题", *LAYOUTS["内容"]["标题"]))
    bar = own[0].shapes._spTree
    bar.insert(2, _bar(LEFT, 160, 6, 150))
    _theme(master)
    return deck


def _placeholder(
    number: int, name: str, index: int, kind: str, place: tuple[float, ...], size: int, side: str
) -> Any:
    x, y, width, height = map(points, place)
    known = {
        "title": 'type="title"',
        "body": f'type="body" sz="quarter" idx="{index}"',
        "": f'idx="{index}"',
    }
    ink, bold = ("tx1", 1) if kind == "title" else ("tx2", 0)
    exact = "" if kind == "title" else f'<a:lnSpc><a:spcPts val="{size * 125}"/></a:lnSpc>'
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {known[kind]}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{side}">{exact}<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{bold}"><a:solidFill><a:schemeClr val="{ink}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f'<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _bar(*place: float) -> Any:
    x, y, width, height = map(points, place)
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="20" name="竖条"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _theme(master: Any) -> None:
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob)
    for kind in ("majorFont", "minorFont"):
        fonts = root.find(f".//{A}{kind}")
        fonts.find(f"{A}latin").set("typeface", LATIN)
        fonts.find(f"{A}ea").set("typeface", EAST_ASIAN)
    for name, ink in {
        "dk1": INK,
        "lt1": GROUND,
        "dk2": MUTED,
        "lt2": PANEL,
        "accent1": PRIMARY,
        "accent2": LINE,
    }.items():
        slot = root.find(f".//{A}clrScheme/{A}{name}")
        slot[:] = [etree.Element(f"{A}srgbClr", val=ink[1:])]
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def paper() -> Any:
    """The layout of official documents (GB/T 9704): A4, margins 37/35/28/26 mm, its fonts, page numbers outside below."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The folio stands 7 mm below the text.
    section.footer_distance = Mm(24)
    made.settings.odd_and_even_pages_header_footer = True
    _style(made, "Normal", BODY, 16, 0, "")
    for name, about in STYLES.items():
        _style(made, name, *about)
    # Without it a reader may take the Japanese or traditional forms of characters.
    made.styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
    _folio(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, right=16)
    _folio(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, left=16)
    _font_table(made)
    return made


def _style(made: Any, name: str, face: str, size: float, line: float, more: str) -> None:
    known = {style.name for style in made.styles}
    style = (
        made.styles[name] if name in known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    run = style.element.get_or_add_rPr()
    for name_ in ("color", "spacing", "kern"):
        for found in run.findall(qn(f"w:{name_}")):
            run.remove(found)
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    _face(run, face)
    properties = style.element.get_or_add_pPr()
    for border in [*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:numPr"))]:
        properties.remove(border)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(1.5 if "room" in more else 0)
    if line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    if "centre" in more:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if "indent" in more:
        form.first_line_indent = Pt(2 * size)
    if "keep" in more:
        form.keep_with_next = True


def _face(properties: Any, face: str) -> None:
    """One font for all scripts: digits of official documents stand in the font of the text."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def _folio(footer: Any, side: Any, left: float = 0, right: float = 0) -> None:
    """— 1 — in 4号 half-width digits, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = Pt(left), Pt(right)
    for words in ("— ", "", " —"):
        run = paragraph.add_run(words)
        run.font.size = Pt(14)
        _face(run._element.get_or_add_rPr(), FOLIO)
    for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.set(qn("xml:space"), "preserve")
            node.text = words
        paragraph.runs[1]._element.append(node)


def _font_table(made: Any) -> None:
    """Names the free fonts beside those of the standard (`altName`), so that nothing falls back to whatever comes first."""
    part = next(r.target_part for r in made.part.rels.values() if r.reltype.endswith("/fontTable"))
    root = etree.fromstring(part.blob)
    for face, others in FALLBACKS.items():
        font = etree.SubElement(root, qn("w:font"), {qn("w:name"): face})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): others})
        etree.SubElement(font, qn("w:charset"), {qn("w:val"): "86"})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


if __name__ == "__main__":
    slides().save(TEMPLATES / "slides.pptx")
    paper().save(TEMPLATES / "paper.docx")
