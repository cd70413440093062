"""Which form every kind of exhibit takes on each face. The tests read the table and look for each form in the files and on the screen.

Paper has no maps and matrices: their places and marks stand in words. On the screen a list is the table of its rows.
A network says everything at the pointer, and panels are as many as a place has figures for; strip, field, circles, grid and homes say at the
pointer which place or home each of their marks is: no deck offers them, and a picture names as many as have room.
"""

from __future__ import annotations

PPTX, DOCX, XLSX, HTML = "pptx", "docx", "xlsx", "html"
FORMATS = (PPTX, DOCX, XLSX, HTML)
SCREEN, PICTURE = "screen", "picture"
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
    "cards": {
        PPTX: SHAPES,
        DOCX: TABLE,
        XLSX: CELLS,
        HTML: MARKUP,
        SCREEN: MARKUP,
        PICTURE: DRAWING,
    },
    "bars": {PPTX: CHART, DOCX: CHART, XLSX: CHART, HTML: DRAWING, SCREEN: CHART, PICTURE: DRAWING},
    "lines": {
        PPTX: CHART,
        DOCX: CHART,
        XLSX: CHART,
        HTML: DRAWING,
        SCREEN: CHART,
        PICTURE: DRAWING,
    },
    "map": {PPTX: SHAPES, DOCX: TABLE, XLSX: CELLS, HTML: DRAWING, SCREEN: CHART, PICTURE: DRAWING},
    "matrix": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE, SCREEN: CHART, PICTURE: DRAWING},
    "table": {PPTX: TABLE, DOCX: TABLE, XLSX: CELLS, HTML: TABLE, SCREEN: TABLE, PICTURE: DRAWING},
    "timeline": {
        PPTX: SHAPES,
        DOCX: TABLE,
        XLSX: CELLS,
        HTML: DRAWING,
        SCREEN: CHART,
        PICTURE: DRAWING,
    },
    "network": {SCREEN: CHART, PICTURE: DRAWING},
    "panels": {SCREEN: CHART, PICTURE: DRAWING},
    "strip": {SCREEN: CHART, PICTURE: DRAWING},
    "field": {SCREEN: CHART, PICTURE: DRAWING},
    "circles": {SCREEN: CHART, PICTURE: DRAWING},
    "homes": {SCREEN: CHART, PICTURE: DRAWING},
    "grid": {SCREEN: CHART, PICTURE: DRAWING},
    "list": {PPTX: TEXT, DOCX: TEXT, XLSX: CELLS, HTML: MARKUP, SCREEN: TABLE, PICTURE: DRAWING},
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
