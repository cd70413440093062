"""Native, editable charts of PowerPoint (and, moved over, of Word): data as in the question, no picture."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Pt

from eldercare import files
from eldercare.measures import GROUND, INK, LINE, MUTED
from eldercare.present.model import Bars, Lines

EAST_ASIAN, LATIN = "微软雅黑", "Microsoft YaHei"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# What may stand before the fonts inside the properties of a run.
_FILLS = ["noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"]
BEFORE_FONTS = {f"{A}{name}" for name in ["ln", *_FILLS, "effectLst", "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill"]}
GAP = -1e9
YEAR_END = '0"年底"'


def colour(words: str) -> RGBColor:
    """A colour of ours for python-pptx."""
    return RGBColor.from_string(words.removeprefix("#"))


def with_fonts(root: etree._Element) -> None:
    """Names the Latin and the East-Asian font in all text properties: WPS and PowerPoint then show the same one."""
    for properties in root.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
        for name in ("latin", "ea"):
            for old in properties.findall(f"{A}{name}"):
                properties.remove(old)
        properties.set("lang", "zh-CN")
        place = sum(child.tag in BEFORE_FONTS for child in properties)
        for offset, (name, face) in enumerate((("latin", LATIN), ("ea", EAST_ASIAN))):
            properties.insert(place + offset, etree.Element(f"{A}{name}", typeface=face))


def add(slide: Any, shape: Bars | Lines, x: float, y: float, width: float, height: float, size: float, alt: str) -> Chart:
    """A native chart of a shape on a slide, `x` … `height` in points; its workbook holds the same values, inert."""
    kind, data = _bars_data(shape) if isinstance(shape, Bars) else _lines_data(shape)
    frame = slide.shapes.add_chart(kind, *(Emu(int(v * 12700)) for v in (x, y, width, height)), data)
    frame.name = alt[:60]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size = Pt(size)
    chart.font.color.rgb = colour(INK)
    chart.has_title = False
    names = shape.series if isinstance(shape, Bars) else shape.paths
    chart.has_legend = len(names) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)
    if isinstance(shape, Bars):
        _style_bars(chart, shape, size)
    else:
        _style_lines(chart, shape, size)
    with_fonts(chart._chartSpace)
    chart.part.chart_workbook.update_from_xlsx_blob(workbook_of(chart._chartSpace))
    return chart


def _bars_data(shape: Bars) -> tuple[Any, CategoryChartData]:
    data = CategoryChartData(number_format=number_format(shape.unit, shape.decimals))
    data.categories = list(shape.categories)
    for series in shape.series:
        data.add_series(series.name, series.values)
    if shape.horizontal:
        return (XL_CHART_TYPE.BAR_STACKED if shape.stacked else XL_CHART_TYPE.BAR_CLUSTERED), data
    return (XL_CHART_TYPE.COLUMN_STACKED if shape.stacked else XL_CHART_TYPE.COLUMN_CLUSTERED), data


def number_format(unit: str, decimals: int) -> str:
    """Full digits with the unit, e.g. 0.0"%" or #,##0"张"; nothing for zero in a stack."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}"{unit}"' if unit else digits


def _lines_data(shape: Lines) -> tuple[Any, XyChartData]:
    data = XyChartData(number_format=number_format(shape.unit, shape.decimals))
    for path in shape.paths:
        series = data.add_series(path.name)
        for point in path.points:
            series.add_data_point(point.year, GAP if point.value is None else point.value)
    return XL_CHART_TYPE.XY_SCATTER_LINES, data


def _style_bars(chart: Chart, shape: Bars, size: float) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if shape.stacked else -5
    plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = Pt(size if len(shape.categories) <= 20 else size - 3)
    labels.number_format = number_format(shape.unit, shape.decimals)
    if shape.stacked:
        labels.number_format = '#,##0;;""'
        labels.font.color.rgb = colour(GROUND)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.CENTER if shape.stacked else XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = shape.labelled
    for series, ours in zip(plot.series, shape.series, strict=True):
        series.invert_if_negative = False
        _fill(series.format, ours.colour)
        for index, own in enumerate(ours.colours):
            _fill(series.points[index].format, own)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = not shape.labelled
    if not shape.labelled:
        chart.value_axis.major_gridlines.format.line.color.rgb = colour(LINE)
        chart.value_axis.format.line.fill.background()
        chart.value_axis.tick_labels.number_format = number_format(shape.unit, 0)
        chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour(MUTED)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_labels.font.size = Pt(size if len(shape.categories) <= 16 else size - 2)
    if shape.horizontal:
        chart.category_axis.reverse_order = True


def _fill(format_: Any, words: str) -> None:
    format_.fill.solid()
    format_.fill.fore_color.rgb = colour(words)


def _style_lines(chart: Chart, shape: Lines, size: float) -> None:
    lowest = min(shape.paths, key=lambda path: min(p.value for p in path.points if p.value is not None)) if len(shape.paths) > 1 else None
    for series, path in zip(chart.plots[0].series, shape.paths, strict=True):
        series.smooth = False
        line = series.format.line
        if path.target:
            line.fill.background()
        else:
            line.width = Pt(2.5)
            line.color.rgb = colour(path.colour)
            line.dash_style = MSO_LINE.SOLID
        series.marker.style = XL_MARKER_STYLE.DASH if path.target else XL_MARKER_STYLE.CIRCLE
        series.marker.size = 16 if path.target else 8
        _fill(series.marker.format, path.colour)
        series.marker.format.line.color.rgb = colour(path.colour)
        _open_gaps(series._element)
        labelled = [index for index, point in enumerate(path.points) if point.value is not None and point.words]
        for order, index in enumerate(labelled):
            if len(labelled) > 9 and order % 2 and index != labelled[-1]:
                continue
            label = series.points[index].data_label
            run = label.text_frame.paragraphs[0].add_run()
            run.text = path.points[index].words
            run.font.size = Pt(size - 1)
            run.font.color.rgb = colour(path.colour)
            above = XL_LABEL_POSITION.BELOW if path is lowest else XL_LABEL_POSITION.ABOVE
            label.position = XL_LABEL_POSITION.RIGHT if path.target else above
    years = [point.year for path in shape.paths for point in path.points if point.value is not None]
    across, up = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale = int(min(years)), int(max(years)) + 1.5
    across.major_unit = max(1, round((max(years) - min(years)) / 8))
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = YEAR_END, False
    across.has_major_gridlines = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    up.minimum_scale = 0
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = colour(LINE)
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = number_format(shape.unit, 0), False
    for axis in (across, up):
        axis.tick_labels.font.size = Pt(size - 1)
        axis.format.line.color.rgb = colour(MUTED)


def _open_gaps(series: etree._Element) -> None:
    """Takes the points without a value out: the line is open there, and no number stands for nothing."""
    for point in list(series.iter(f"{C}pt")):
        if point.findtext(f"{C}v") == repr(GAP):
            point.getparent().remove(point)


def workbook_of(space: etree._Element) -> bytes:
    """The workbook behind a chart, written from the chart itself; words that look like formulas or addresses stay words."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for reference in space.iter(f"{C}numRef", f"{C}strRef"):
        first = re.search(r"\$([A-Z]+)\$(\d+)", reference.findtext(f"{C}f")).groups()
        column = openpyxl.utils.column_index_from_string(first[0])
        for point in reference.iter(f"{C}pt"):
            words = point.findtext(f"{C}v")
            cell = sheet.cell(int(first[1]) + int(point.get("idx")), column)
            files.write_cell(cell, float(words) if reference.tag == f"{C}numRef" else words)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
