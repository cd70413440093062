"""Which form every kind of exhibit takes on each face. The tests read the table and look for each form in the files and on the screen.

Paper has no maps and matrices: their places and marks stand in words. On the screen a list is the table of its rows.
A network says everything at the pointer, and panels are as many as a place has figures for; strip, field, circles, grid and homes say at the
pointer which place or home each of their marks is: all are drawn on the screen alone, no deck offers them.
"""

from __future__ import annotations

PPTX, DOCX, XLSX, HTML = "pptx", "docx", "xlsx", "html"
FORMATS = (PPTX, DOCX, XLSX, HTML)
SCREEN = "screen"
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
    "cards": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: MARKUP, SCREEN: MARKUP},
    "bars": {PPTX: CHART, DOCX: CHART, XLSX: CHART, HTML: DRAWING, SCREEN: CHART},
    "lines": {PPTX: CHART, DOCX: CHART, XLSX: CHART, HTML: DRAWING, SCREEN: CHART},
    "map": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: DRAWING, SCREEN: CHART},
    "matrix": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE, SCREEN: CHART},
    "table": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE, SCREEN: TABLE},
    "timeline": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: DRAWING, SCREEN: CHART},
    "network": {SCREEN: CHART},
    "panels": {SCREEN: CHART},
    "strip": {SCREEN: CHART},
    "field": {SCREEN: CHART},
    "circles": {SCREEN: CHART},
    "homes": {SCREEN: CHART},
    "grid": {SCREEN: CHART},
    "list": {PPTX: TEXT, DOCX: TEXT, XLSX: CELLS, HTML: MARKUP, SCREEN: TABLE},
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
