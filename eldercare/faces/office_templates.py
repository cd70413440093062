"""The templates of slides and briefings: ours beside this module, or a unit's own where a setting names its file.

Page setup, fonts, layouts, styles, logo and colours of text come from the file. Places of the text, of the picture and of
the page numbers are where its placeholders are; what a file lacks is said in the words of PowerPoint, Word and WPS.
"""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree
from pptx import Presentation

from eldercare.faces import layout
from eldercare.faces.markup import TEMPLATES

SLIDES, PAPER = "ELDERCARE_SLIDES_TEMPLATE", "ELDERCARE_PAPER_TEMPLATE"
OURS = {SLIDES: TEMPLATES / "slides.pptx", PAPER: TEMPLATES / "paper.docx"}
CALLED = {SLIDES: "幻灯片模板", PAPER: "简报模板"}
# The part that every file of the kind has, and the words for the kind.
MAIN = {
    SLIDES: ("ppt/presentation.xml", "presentationml.presentation.main", ".pptx"),
    PAPER: ("word/document.xml", "wordprocessingml.document.main", ".docx"),
}
COVER, CONTENT = "封面", "内容"
TITLE, SUBTITLE, DATED, PICTURE, SOURCE, FOOT, PAGE = [
    "标题",
    "副题",
    "日期",
    "图表",
    "来源",
    "页脚",
    "页码",
]
LAYOUTS = {
    COVER: (TITLE, SUBTITLE, DATED, SOURCE, FOOT, PAGE),
    CONTENT: (TITLE, SUBTITLE, PICTURE, SOURCE, FOOT, PAGE),
}
PARAGRAPHS = {
    "Title": "标题",
    "Subtitle": "副标题",
    "Heading 1": "标题 1",
    "Heading 2": "标题 2",
    "Body Text": "正文文本",
    "Caption": "题注",
    **{name: name for name in ("来源行", "来源目录", "表头", "表格文字")},
}
GRID = {"Table Grid": "网格型"}
LARGEST, LARGEST_UNPACKED, PARTS = 20_000_000, 100_000_000, 2_000
# Less room than this leaves no text that can be read from the back of a hall, or no table of five columns on paper.
LEAST_PICTURE, LEAST_TEXT_MM = (700.0, 280.0), 130
LEAST_BRIGHTNESS = 225
EMU, EMU_MM = 12700, 36000


class UnusableTemplate(ValueError):
    """A template that cannot be used; the message says why and how to mend it."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in points."""

    x: float
    y: float
    width: float
    height: float


def slides() -> Any:
    """An empty deck of the template in force. Raises `UnusableTemplate`."""
    return _opened(SLIDES, Presentation, _slide_faults)


def paper() -> Any:
    """A document of the template in force; what stands in its body stays at the top. Raises `UnusableTemplate`."""
    return _opened(PAPER, Document, _paper_faults)


def fault(setting: str) -> str:
    """What is wrong with the file that a setting names; "" when nothing is, or none is named."""
    if not os.environ.get(setting, "").strip():
        return ""
    try:
        {SLIDES: slides, PAPER: paper}[setting]()
    except UnusableTemplate as error:
        return str(error)
    return ""


def layout_of(deck: Any, name: str) -> Any:
    """The layout of that name."""
    return next(each for each in deck.slide_layouts if each.name.strip() == name)


def placeholder(part: Any, name: str) -> Any:
    """The placeholder of a layout by the first word of its name (a copy is called “来源 3”); None when there is none."""
    kinds = [each for each in part.placeholders if _name(each) == name]
    if not kinds and name == TITLE:
        kinds = [each for each in part.placeholders if each.placeholder_format.idx == 0]
    return kinds[0] if kinds else None


def _name(shape: Any) -> str:
    return (shape.name.split() or [""])[0]


def box(shape: Any) -> Box:
    """Where a placeholder stands."""
    return Box(shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU)


def title_size(part: Any) -> float:
    """The size of the words in a layout's title, in points; ours where the layout leaves it to its master."""
    sizes = placeholder(part, TITLE)._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")
    return int(sizes[0]) / 100 if sizes else float(layout.TITLE_SIZES[0])


def fonts(deck: Any) -> tuple[str, str]:
    """Latin and East-Asian font of the theme."""
    minor = _theme(deck).find(".//{*}minorFont")
    latin = minor.find("{*}latin").get("typeface")
    # The themes of Office leave the one for all of East Asia empty and name one for each script.
    ours = minor.find("{*}ea").get("typeface") or next(
        (each.get("typeface") for each in minor.findall("{*}font[@script='Hans']")), latin
    )
    return latin, ours


def _theme(deck: Any) -> Any:
    related = deck.slide_master.part.rels.values()
    part = next(each.target_part for each in related if each.reltype.endswith("/theme"))
    return etree.fromstring(part.blob)


def _brightness(deck: Any) -> float:
    """Of the ground of the slides as the theme has it, 0 to 255."""
    slot = deck.slide_master.element.find("{*}clrMap").get("bg1")
    ground = _theme(deck).find(f".//{{*}}clrScheme/{{*}}{slot}")[0]
    red, green, blue = bytes.fromhex(ground.get("lastClr") or ground.get("val"))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _unusable(setting: str, path: Path, found: list[str]) -> UnusableTemplate:
    return UnusableTemplate(
        f"{CALLED[setting]}“{path.name}”（{setting}）不能用：{'；'.join(found)}"
        f"。可从随附的 {OURS[setting].name} 改起（eldercare/faces/templates/）"
    )


def _opened(setting: str, read: Any, faults_of: Any) -> Any:
    named = os.environ.get(setting, "").strip()
    path = Path(named) if named else OURS[setting]
    if found := _file_faults(path, *MAIN[setting]):
        raise _unusable(setting, path, found)
    try:
        opened = read(str(path))
        found = faults_of(opened)
    except Exception as error:
        # A damaged file fails wherever the library first looks, with whatever it then meets.
        broken = f"文件读不出来，请在办公软件里打开后另存一份（{type(error).__name__}）"
        raise _unusable(setting, path, [broken]) from error
    if found:
        raise _unusable(setting, path, found)
    return opened


def _file_faults(path: Path, main: str, kind: str, ending: str) -> list[str]:
    """Why a file is not read at all: not there, no file of the kind, too large, with macros or with links to outside."""
    if not path.is_file():
        return ["没有这个文件，请检查路径"]
    if path.stat().st_size > LARGEST:
        return [f"文件超过{LARGEST // 1_000_000} MB，请压缩图片"]
    try:
        with zipfile.ZipFile(path) as package:
            parts = {part.filename: part.file_size for part in package.infolist()}
            if len(parts) > PARTS or sum(parts.values()) > LARGEST_UNPACKED:
                return [f"解开后超过{LARGEST_UNPACKED // 1_000_000} MB 或{PARTS}个部分，请压缩图片"]
            if main not in parts or "[Content_Types].xml" not in parts:
                return [f"不是 {ending} 文件，请另存为 {ending}"]
            types = package.read("[Content_Types].xml")
            if any("vbaproject" in name.lower() for name in parts) or b"macroEnabled" in types:
                return [f"含有宏，请另存为不带宏的 {ending}"]
            if any(re.search(r"activex|/embeddings/", name, re.IGNORECASE) for name in parts):
                return ["含有控件或嵌入的文件，请删去"]
            if kind.encode() not in types:
                return [f"是另一种文件（如 {ending[:3]}tx 一类的模板），请另存为 {ending}"]
            outside = [
                name
                for name in parts
                if name.endswith(".rels") and b'"External"' in package.read(name)
            ]
            return ["含有链接（网址或外部图片），请删去链接、把图片嵌入文件"] if outside else []
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return ["文件已损坏或带密码，请在办公软件里打开后另存一份"]


def _slide_faults(deck: Any) -> list[str]:
    size = (deck.slide_width / EMU, deck.slide_height / EMU)
    if any(abs(one - other) > 1 for one, other in zip(size, (layout.WIDTH, layout.HEIGHT), strict=True)):  # fmt: skip
        return [
            f"幻灯片大小是{size[0] / 72 * 2.54:.2f}×{size[1] / 72 * 2.54:.2f}厘米，图表按33.87×19.05厘米（宽屏16:9）排版"
            "：请在“设计—幻灯片大小”里改为宽屏"
        ]
    found = (
        [f"里面有{len(deck.slides)}页幻灯片，请删去，只留母版和版式"] if len(deck.slides) else []
    )
    known = {each.name.strip(): each for each in deck.slide_layouts}
    for name, needed in LAYOUTS.items():
        if name not in known:
            found.append(f"缺少版式“{name}”（母版视图里重命名一个版式）")
            continue
        lacking = [each for each in needed if placeholder(known[name], each) is None]
        if lacking:
            words = "、".join(f"“{each}”" for each in lacking)
            found.append(f"版式“{name}”缺少占位符{words}（母版视图里插入，在“选择窗格”里照此命名）")
    if _brightness(deck) < LEAST_BRIGHTNESS:
        found.append("主题的背景色太深，图表按浅底选色（“设计—变体—颜色”里换成浅色背景）")
    if not found:
        room = box(placeholder(known[CONTENT], PICTURE))
        if room.width < LEAST_PICTURE[0] or room.height < LEAST_PICTURE[1]:
            least = [f"{side / 72 * 2.54:.1f}" for side in LEAST_PICTURE]
            found.append(
                f"版式“{CONTENT}”的占位符“{PICTURE}”太小，至少{'×'.join(least)}厘米，否则后排看不清"
            )
    return found


def _paper_faults(made: Any) -> list[str]:
    kinds = {style.name: style.type for style in made.styles}
    found = [
        f"缺少{called}“{words}”（“样式”窗格里新建，照此命名）"
        for styles, kind, called in (
            (PARAGRAPHS, WD_STYLE_TYPE.PARAGRAPH, "段落样式"),
            (GRID, WD_STYLE_TYPE.TABLE, "表格样式"),
        )
        for name, words in styles.items()
        if kinds.get(name) != kind
    ]
    if text_width(made) < LEAST_TEXT_MM:
        found.append(
            f"版心宽{text_width(made):.0f}毫米，不足{LEAST_TEXT_MM}毫米，表格排不下：请改页边距或纸张方向"
        )
    return found


def text_width(made: Any) -> float:
    """The width of the text of a document, in millimetres."""
    section = made.sections[-1]
    return (section.page_width - section.left_margin - section.right_margin) / EMU_MM
