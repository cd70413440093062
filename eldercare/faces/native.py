"""Which native form every kind of exhibit takes in each format. The tests read the table and look for each form in the files."""

from __future__ import annotations

PPTX, DOCX, XLSX, HTML = "pptx", "docx", "xlsx", "html"
FORMATS = (PPTX, DOCX, XLSX, HTML)
CHART, TABLE, SHAPES, CELLS, TEXT, DRAWING, MARKUP = (
    "chart",
    "table",
    "shapes",
    "cells",
    "text",
    "drawing",
    "markup",
)

NATIVE: dict[str, dict[str, str]] = {
    "cards": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: MARKUP},
    "bars": {PPTX: CHART, DOCX: CHART, XLSX: CHART, HTML: DRAWING},
    "lines": {PPTX: CHART, DOCX: CHART, XLSX: CHART, HTML: DRAWING},
    "map": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: DRAWING},
    "matrix": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE},
    "table": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE},
    "timeline": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: DRAWING},
    "list": {PPTX: TEXT, DOCX: TEXT, XLSX: CELLS, HTML: MARKUP},
}
FORM_WORDS = {
    CHART: "可编辑图表",
    TABLE: "原生表格",
    SHAPES: "原生形状",
    CELLS: "单元格",
    TEXT: "文字",
    DRAWING: "矢量图",
    MARKUP: "网页文字",
}
