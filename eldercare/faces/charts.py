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
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Pt

from eldercare import files, palette
from eldercare.exhibits.shapes import Bars, Lines, Path, Point
from eldercare.faces.drawing import along, width_of
from eldercare.measures import GROUND, INK, LINE, MUTED

EAST_ASIAN, LATIN = "微软雅黑", "Microsoft YaHei"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# What may stand before the fonts inside the properties of a run.
_FILLS = ["noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"]
BEFORE_FONTS = {
    f"{A}{name}"
    for name in [
        "ln",
        *_FILLS,
        "effectLst",
        "effectDag",
        "highlight",
        "uLnTx",
        "uLn",
        "uFillTx",
        "uFill",
    ]
}
YEAR_END = '0"年底"'


def colour(words: str) -> RGBColor:
    """A colour of ours for python-pptx."""
    return RGBColor.from_string(words.removeprefix("#"))


def with_fonts(root: etree._Element, fonts: tuple[str, str] = (LATIN, EAST_ASIAN)) -> None:
    """Names the Latin and the East-Asian font in all text properties: WPS and PowerPoint then show the same one."""
    for properties in root.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
        for name in ("latin", "ea"):
            for old in properties.findall(f"{A}{name}"):
                properties.remove(old)
        properties.set("lang", "zh-CN")
        place = sum(child.tag in BEFORE_FONTS for child in properties)
        for offset, (name, face) in enumerate(zip(("latin", "ea"), fonts, strict=True)):
            properties.insert(place + offset, etree.Element(f"{A}{name}", typeface=face))


def add(
    slide: Any,
    shape: Bars | Lines,
    x: float,
    y: float,
    width: float,
    height: float,
    size: float,
    alt: str,
    fonts: tuple[str, str] = (LATIN, EAST_ASIAN),
) -> Chart:
    """A native chart of a shape on a slide, `x` … `height` in points; its workbook holds the same values, inert."""
    kind, data = _bars_data(shape) if isinstance(shape, Bars) else _lines_data(shape)
    frame = slide.shapes.add_chart(
        kind, *(Emu(int(v * 12700)) for v in (x, y, width, height)), data
    )
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
        _style_lines(chart, shape, size, _spoken(shape, width, height, size))
    with_fonts(chart._chartSpace, fonts)
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


def runs_of(shape: Lines) -> list[tuple[Path, list[Point]]]:
    """One series for every unbroken run of a path, the longest of all first.

    LibreOffice keeps no lone point of a series with empty ones, and forgets what it read before a series with more points.
    """
    longest = max((run for path in shape.paths for run in path.runs), key=len, default=[])
    paths = sorted(shape.paths, key=lambda path: longest not in path.runs)
    return [
        (path, run) for path in paths for run in sorted(path.runs, key=lambda run: run != longest)
    ]


def _lines_data(shape: Lines) -> tuple[Any, XyChartData]:
    data = XyChartData(number_format=number_format(shape.unit, shape.decimals))
    for path, run in runs_of(shape):
        series = data.add_series(path.name)
        for point in run:
            series.add_data_point(point.year, point.value)
    return XL_CHART_TYPE.XY_SCATTER_LINES, data


def _style_bars(chart: Chart, shape: Bars, size: float) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if shape.stacked else -5
    plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = Pt(size)
    labels.number_format = number_format(shape.unit, shape.decimals)
    if shape.stacked:
        labels.number_format = '#,##0;;""'
        labels.font.color.rgb = colour(GROUND)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.CENTER if shape.stacked else XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = shape.labelled
    for series, ours in zip(plot.series, shape.series, strict=True):
        series.invert_if_negative = False
        _fill(series.format, palette.colour(ours.role))
        for index, own in enumerate(ours.roles):
            _fill(series.points[index].format, palette.colour(own))
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = not shape.labelled
    if not shape.labelled:
        chart.value_axis.major_gridlines.format.line.color.rgb = colour(LINE)
        chart.value_axis.format.line.fill.background()
        chart.value_axis.tick_labels.number_format = number_format(shape.unit, 0)
        chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour(MUTED)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_labels.font.size = Pt(size)
    if shape.horizontal:
        chart.category_axis.reverse_order = True


def _fill(format_: Any, words: str) -> None:
    format_.fill.solid()
    format_.fill.fore_color.rgb = colour(words)


def _style_lines(chart: Chart, shape: Lines, size: float, spoken: dict[int, Any]) -> None:
    named: list[str] = []
    for series, (path, run) in zip(chart.plots[0].series, runs_of(shape), strict=True):
        _style_run(series, path)
        for index, point in enumerate(run):
            if id(point) in spoken:
                _label(series.points[index].data_label, point.words, path, size, spoken[id(point)])
        named.append(path.name)
    # A path of several runs stands in the legend once, and one whose every point says what it is does not.
    needless = [
        index
        for index, (path, _run) in enumerate(runs_of(shape))
        if path.name in named[:index]
        or (path.own_words and all(id(p) in spoken for p in path.points))
    ]
    if chart.has_legend:
        _without(chart.legend._element, needless)
    years = [point.year for path in shape.paths for point in path.points if point.value is not None]
    across, up = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale = span_of(shape)
    across.major_unit = max(1, round((max(years) - min(years)) / 8))
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = YEAR_END, False
    across.has_major_gridlines = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    up.minimum_scale = 0
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = colour(LINE)
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = (
        number_format(shape.unit, 0),
        False,
    )
    for axis in (across, up):
        axis.tick_labels.font.size = Pt(size)
        axis.format.line.color.rgb = colour(MUTED)


def span_of(shape: Lines) -> tuple[float, float]:
    """First and last year of the axis, with room for the words of the outermost points and no year beyond.

    Ticks are counted from the first, so it is the end of a year.
    """
    years = [point.year for path in shape.paths for point in path.points if point.value is not None]
    first, last = int(min(years)), max(years)
    first -= min(years) - first < 0.3
    return first, last + min(max(0.4, 0.1 * (last - first)), 0.95)


def _spoken(shape: Lines, width: float, height: float, size: float) -> dict[int, Any]:
    """Which points carry their words, and on which side: where they touch no others. What stands apart, targets and the newest of a path come first."""
    first, last = span_of(shape)
    highest = (
        max(point.value for path in shape.paths for point in path.points if point.value is not None)
        * 1.15
        or 1
    )
    across, up = width * 0.86 / (last - first), height * 0.66 / highest
    ordered = sorted(
        (
            (path, point)
            for path in shape.paths
            for point in path.points
            if point.value is not None and point.words
        ),
        key=lambda pair: (not pair[0].apart, not pair[0].target, -pair[1].year),
    )
    at = {id(point): ((point.year - first) * across, -point.value * up) for _path, point in ordered}
    taken: list[tuple[float, ...]] = [(x - 4, y - 4, x + 4, y + 4) for x, y in at.values()]
    for path, run in runs_of(shape):
        if not path.own_words:
            taken += along([((p.year - first) * across, -p.value * up) for p in run])
    found: dict[int, Any] = {}
    for _path, point in ordered:
        x, y = at[id(point)]
        half, line = width_of(point.words, size) / 2, size * 1.3
        sides = {
            XL_LABEL_POSITION.ABOVE: (x - half, y - 6 - line, x + half, y - 6),
            XL_LABEL_POSITION.BELOW: (x - half, y + 6, x + half, y + 6 + line),
            XL_LABEL_POSITION.LEFT: (x - 8 - 2 * half, y - line / 2, x - 8, y + line / 2),
            XL_LABEL_POSITION.RIGHT: (x + 8, y - line / 2, x + 8 + 2 * half, y + line / 2),
        }
        for side, edges in sides.items():
            inside = edges[0] > -8 and edges[2] < width * 0.9
            if inside and all(
                edges[2] <= t[0] or edges[0] >= t[2] or edges[3] <= t[1] or edges[1] >= t[3]
                for t in taken
            ):
                found[id(point)] = side
                taken.append(edges)
                break
    return found


def _style_run(series: Any, path: Path) -> None:
    series.smooth = False
    line = series.format.line
    ink = palette.colour(path.role)
    if path.target or path.apart:
        line.fill.background()
    else:
        line.width = Pt(2.5)
        line.color.rgb = colour(ink)
        line.dash_style = MSO_LINE.SOLID
    series.marker.style = (
        XL_MARKER_STYLE.DASH
        if path.target
        else XL_MARKER_STYLE.DIAMOND
        if path.apart
        else XL_MARKER_STYLE.CIRCLE
    )
    series.marker.size = 16 if path.target else 8
    if path.apart:
        # Hollow; LibreOffice, which draws no outline, fills it with the colour of its line instead.
        series.marker.format.fill.background()
    else:
        _fill(series.marker.format, ink)
    series.marker.format.line.color.rgb = colour(ink)


def _label(label: Any, words: str, path: Path, size: float, position: Any) -> None:
    label.text_frame.word_wrap = False
    run = label.text_frame.paragraphs[0].add_run()
    run.text = words
    run.font.size = Pt(size)
    run.font.color.rgb = colour(palette.colour(path.role))
    label.position = position


def _without(legend: etree._Element, needless: list[int]) -> None:
    """Takes series out of the legend."""
    for index in reversed(needless):
        entry = etree.Element(f"{C}legendEntry")
        etree.SubElement(entry, f"{C}idx", val=str(index))
        etree.SubElement(entry, f"{C}delete", val="1")
        legend.insert(1, entry)


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
