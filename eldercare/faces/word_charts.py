"""Native charts in Word: python-docx has none, so the chart part is made by python-pptx and moved over, data and all."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree
from pptx import Presentation

from eldercare.exhibits.shapes import Bars, Lines
from eldercare.faces import charts

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
INLINE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="chart {number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def add(paper: Any, shape: Bars | Lines, wide: float, high: float, alt: str, number: int) -> None:
    """A chart of `wide` × at most `high` millimetres in a paragraph of its own; `number` tells the charts of a document apart."""
    if isinstance(shape, Bars) and shape.horizontal:
        high = min(
            high, 9 * len(shape.categories) * (1 if shape.stacked else len(shape.series)) + 22
        )
        high = max(high, 7 * len(shape.categories) + 12)
    scratch = Presentation()
    slide = scratch.slides.add_slide(scratch.slide_layouts[6])
    made = charts.add(slide, shape, 0, 0, wide * 72 / 25.4, high * 72 / 25.4, 10, alt)
    package = paper.part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        SHEET_TYPE,
        made.part.chart_workbook.xlsx_part.blob,
        package,
    )
    space = etree.fromstring(made.part.blob)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    relation = chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    space.find(f"{charts.C}externalData").set(f"{RELATIONS}id", relation)
    chart._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    place = paper.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    run = parse_xml(
        INLINE.format(
            width=int(wide * 36000), height=int(high * 36000), number=1000 + number, relation=place
        )
    )
    properties = next(node for node in run.iter() if node.tag.endswith("}docPr"))
    properties.set("descr", alt)
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph._p.append(run)
