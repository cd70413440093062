"""A deck as one workbook: 说明, a sheet per exhibit with its data and a native chart, 来源."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference, ScatterChart
from openpyxl.chart import Series as ChartSeries
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from eldercare import palette
from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.exhibits.talk import Talk
from eldercare.faces.charts import EAST_ASIAN, LATIN, YEAR_END, number_format
from eldercare.faces.layout import caveat_line
from eldercare.files import write_cell
from eldercare.measures import INK, MUTED, PANEL, PRIMARY
from eldercare.tables import DEMO

# Rows 1 to 4 of a sheet: finding, source, notes, nothing.
FIRST = 5
WIDEST = 60
# 25,698 and 21.75% and +3.03, but no year and no code.
FIGURE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|0|[1-9]\d{0,2})(\.\d+)?%?")


def xlsx(talk: Talk) -> bytes:
    """The whole file."""
    book = openpyxl.Workbook()
    book._named_styles["Normal"].font = Font(name=EAST_ASIAN, size=11)
    book.properties.title, book.properties.creator = talk.title, "长三角养老一体化看板"
    _about(book.active, talk)
    for number, exhibit in enumerate(talk.exhibits, start=1):
        _exhibit(book.create_sheet(sheet_name(number, exhibit)), exhibit, talk)
    _sources(book.create_sheet("来源"), talk)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_name(number: int, exhibit: Exhibit) -> str:
    """01 长三角主要数字; characters that Excel forbids become spaces."""
    return re.sub(r"[\[\]:*?/\\']", " ", f"{number:02d} {exhibit.name or exhibit.section}")[:31]


def _figure(words: Any) -> tuple[Any, str]:
    """Words that are a number, as a number that can be reckoned with, and the format that shows the same words."""
    if not isinstance(words, str) or not FIGURE.fullmatch(words):
        return words, ""
    digits = words.rstrip("%")
    decimals = len(digits.partition(".")[2])
    form = (
        "#,##0"
        + ("." + "0" * decimals if decimals else "")
        + ('"%"' if words.endswith("%") else "")
    )
    return float(digits.replace(",", "")), f"+{form};-{form}" if words[0] in "+-" else form


def _put(sheet: Any, row: int, column: int, value: Any, **font: Any) -> Any:
    cell = sheet.cell(row, column)
    value, form = _figure(value)
    write_cell(cell, value)
    if form:
        cell.number_format = form
    if font:
        cell.font = Font(name=EAST_ASIAN, size=font.pop("size", 11), **font)
    return cell


def _about(sheet: Any, talk: Talk) -> None:
    sheet.title = "说明"
    _put(sheet, 1, 1, talk.title, bold=True, size=16)
    lines = [
        ("内容", talk.subtitle),
        ("冻结", talk.dated),
        ("数据版本", f"{talk.version}（{talk.release}）"),
        ("内容指纹", talk.fingerprint),
        ("再次打开", talk.address),
        (
            "约定",
            "空白单元格是公开资料未载，不是零；数字保留全部位数；图表与左边的数据相连，可以编辑",
        ),
        *([("注意", "含演示数据（虚构），所在工作表已标明")] if talk.demo else []),
    ]
    for row, (name, words) in enumerate(lines, start=3):
        _put(sheet, row, 1, name, bold=True)
        _put(sheet, row, 2, words).alignment = Alignment(wrap_text=True, vertical="top")
    start = len(lines) + 4
    _header(sheet, start, ["工作表", "结论"])
    for row, exhibit in enumerate(talk.exhibits, start=start + 1):
        name = sheet_name(row - start, exhibit)
        cell = _put(sheet, row, 1, name, color=PRIMARY[1:], underline="single")
        cell.hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(
            ref=cell.coordinate, location=f"'{name}'!A1"
        )
        _put(sheet, row, 2, exhibit.spoken).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 100


def _header(sheet: Any, row: int, names: list[str], first: int = 1) -> None:
    for column, name in enumerate(names, start=first):
        cell = _put(sheet, row, column, name, bold=True)
        cell.fill = PatternFill("solid", fgColor=PANEL[1:])
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _exhibit(sheet: Any, exhibit: Exhibit, talk: Talk) -> None:
    _put(sheet, 1, 1, exhibit.spoken, bold=True, size=14)
    _put(sheet, 2, 1, f"{exhibit.source_line} · {talk.dated}", color=MUTED[1:])
    mark = f"{DEMO}　" if exhibit.demo else ""
    _put(sheet, 3, 1, mark + caveat_line(exhibit), color=MUTED[1:])
    used = _shape(sheet, exhibit)
    row = max(FIRST + used, 26 if isinstance(exhibit.shape, Bars | Lines) else 0) + 2
    _put(sheet, row - 1, 1, "全部数据", bold=True)
    twin = exhibit.twin
    _header(sheet, row, [str(name) for name in twin.columns])
    for line, values in enumerate(twin.itertuples(index=False), start=row + 1):
        for column, value in enumerate(values, start=1):
            _put(sheet, line, column, value)
    for column, name in enumerate(twin.columns, start=1):
        width = max(
            [len(str(name)), *(len(str(value)) for value in twin.iloc[:60, column - 1])], default=8
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(
            10 + width * 1.5, WIDEST if column < 4 else 40
        )


def _shape(sheet: Any, exhibit: Exhibit) -> int:
    """The exhibit itself from row FIRST on: chart and its numbers, or cells; returns how many rows that took."""
    shape = exhibit.shape
    if isinstance(shape, Bars):
        return _bars(sheet, shape)
    if isinstance(shape, Lines):
        return _lines(sheet, shape)
    if isinstance(shape, Matrix):
        return _matrix(sheet, shape.marked)
    if isinstance(shape, Map):
        return _map(sheet, shape)
    head, lines = _cells(shape)
    _header(sheet, FIRST, head)
    for row, words in enumerate(lines, start=FIRST + 1):
        for column, word in enumerate(words, start=1):
            _put(sheet, row, column, word).alignment = Alignment(wrap_text=True, vertical="top")
    return len(lines) + 1


def _cells(shape: Cards | Table | Timeline | Items) -> tuple[list[str], list[list[str]]]:
    if isinstance(shape, Cards):
        return ["指标", "数值", "单位", "说明"], [
            [e["label"], e["value"], e["unit"], e["note"]] for e in shape.entries
        ]
    if isinstance(shape, Timeline):
        return ["日期", "事件"], [[event.when, event.words] for event in shape.newest]
    if isinstance(shape, Items):
        return ["内容", "说明"], [list(entry) for entry in shape.entries]
    return list(shape.headings), [list(line) for line in shape.lines]


def _bars(sheet: Any, shape: Bars) -> int:
    _header(sheet, FIRST, ["类别", *(series.name for series in shape.series)])
    for row, name in enumerate(shape.categories):
        _put(sheet, FIRST + 1 + row, 1, name)
        for column, series in enumerate(shape.series, start=2):
            _put(sheet, FIRST + 1 + row, column, series.values[row])
    last = FIRST + len(shape.categories)
    chart = BarChart()
    chart.type = "bar" if shape.horizontal else "col"
    chart.grouping = "stacked" if shape.stacked else "clustered"
    chart.overlap = 100 if shape.stacked else -5
    chart.gapWidth = 45
    names = Reference(sheet, min_col=1, min_row=FIRST + 1, max_row=last)
    for column, series in enumerate(shape.series, start=2):
        chart.add_data(
            Reference(sheet, min_col=column, min_row=FIRST, max_row=last), titles_from_data=True
        )
        drawn = chart.series[-1]
        drawn.graphicalProperties.solidFill = palette.colour(series.role)[1:]
        for index, own in enumerate(series.roles):
            point = DataPoint(idx=index)
            point.graphicalProperties.solidFill = palette.colour(own)[1:]
            drawn.dPt.append(point)
        if shape.labelled:
            drawn.dLbls = _labels(
                '#,##0;;""' if shape.stacked else number_format(shape.unit, shape.decimals)
            )
    chart.set_categories(names)
    chart.y_axis.delete, chart.y_axis.scaling.min, chart.y_axis.number_format = (
        shape.labelled,
        0,
        number_format(shape.unit, 0),
    )
    if shape.labelled:
        chart.y_axis.majorGridlines = None
    chart.x_axis.delete = False
    if shape.horizontal:
        chart.x_axis.scaling.orientation = "maxMin"
    _place(sheet, chart, len(shape.series) + 3, len(shape.series) > 1)
    return len(shape.categories) + 1


def _labels(format_: str) -> DataLabelList:
    labels = DataLabelList()
    labels.showVal, labels.numFmt = True, format_
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _font(900, INK)
    return labels


def _font(size: int, ink: str) -> RichText:
    face = CharacterProperties(
        sz=size,
        solidFill=ink[1:],
        latin=DrawingFont(typeface=LATIN),
        ea=DrawingFont(typeface=EAST_ASIAN),
    )
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)])


def _lines(sheet: Any, shape: Lines) -> int:
    """Two columns a path: a blank value keeps the line open."""
    chart = ScatterChart()
    chart.style, chart.scatterStyle = 13, "lineMarker"
    for number, path in enumerate(shape.paths):
        column = 1 + 2 * number
        _header(sheet, FIRST, ["时间（整数为年底）", path.name], column)
        for row, point in enumerate(path.points, start=FIRST + 1):
            _put(sheet, row, column, point.year)
            _put(sheet, row, column + 1, point.value)
        last = FIRST + len(path.points)
        across = Reference(sheet, min_col=column, min_row=FIRST + 1, max_row=last)
        series = ChartSeries(
            Reference(sheet, min_col=column + 1, min_row=FIRST, max_row=last),
            across,
            title_from_data=True,
        )
        series.smooth = False
        series.marker.symbol, series.marker.size = (
            ("dash", 12) if path.target else ("diamond", 8) if path.apart else ("circle", 7)
        )
        ink = palette.colour(path.role)[1:]
        series.marker.graphicalProperties.solidFill = (
            series.marker.graphicalProperties.line.solidFill
        ) = ink
        if path.target or path.apart:
            series.graphicalProperties.line.noFill = True
        else:
            series.graphicalProperties.line.solidFill = ink
            series.graphicalProperties.line.width = 28_000
        series.dLbls = _labels(number_format(shape.unit, shape.decimals))
        chart.series.append(series)
    chart.x_axis.number_format, chart.x_axis.delete, chart.x_axis.majorGridlines = (
        YEAR_END,
        False,
        None,
    )
    chart.y_axis.number_format, chart.y_axis.delete, chart.y_axis.scaling.min = (
        number_format(shape.unit, 0),
        False,
        0,
    )
    years = [point.year for path in shape.paths for point in path.points if point.value is not None]
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = int(min(years)) - 1, int(max(years)) + 1
    _place(sheet, chart, 2 * len(shape.paths) + 2, True)
    return max(len(path.points) for path in shape.paths) + 1


def _place(sheet: Any, chart: Any, column: int, legend: bool) -> None:
    chart.width, chart.height = 24, 10.5
    if legend:
        chart.legend.position, chart.legend.txPr = "t", _font(1000, INK)
    else:
        chart.legend = None
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = _font(1000, INK)
    sheet.add_chart(chart, f"{get_column_letter(max(column, 4))}{FIRST}")


def _map(sheet: Any, shape: Map) -> int:
    """A list of places, each in the colour it has on the map."""
    _header(sheet, FIRST, ["地区", shape.heading])
    for row, place in enumerate(shape.places, start=FIRST + 1):
        _put(sheet, row, 1, place.name)
        cell = _put(sheet, row, 2, place.words, color=palette.ink(place.role)[1:])
        cell.fill = PatternFill("solid", fgColor=palette.colour(place.role)[1:])
    return len(shape.places) + 1


def _matrix(sheet: Any, shape: Matrix) -> int:
    _header(sheet, FIRST, [shape.corner, *shape.columns])
    for down, name in enumerate(shape.rows):
        _put(sheet, FIRST + 1 + down, 1, name, bold=True)
        for across in range(len(shape.columns)):
            mark = shape.cells.get((down, across))
            if mark:
                cell = _put(
                    sheet,
                    FIRST + 1 + down,
                    2 + across,
                    f"{mark.sign} {mark.words}",
                    color=palette.ink(mark.role)[1:],
                )
                cell.fill = PatternFill("solid", fgColor=palette.colour(mark.role)[1:])
    _put(sheet, FIRST + len(shape.rows) + 1, 1, f"空格：{shape.open_words}", color=MUTED[1:])
    return len(shape.rows) + 2


def _sources(sheet: Any, talk: Talk) -> None:
    _header(sheet, 1, ["序号", "来源", "原文摘录或算法", "用在"])
    used: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    joint: dict[str, list[str]] = {}
    for number, exhibit in enumerate(talk.exhibits, start=1):
        for quote in exhibit.quotes:
            used.setdefault(quote.source_id, []).append(f"{number:02d}")
            told = [
                *(f"“{each}”" for each in quote.words),
                *(f"算法：{each}" for each in quote.workings),
            ]
            words.setdefault(quote.source_id, []).extend(told)
        for each in (*(f"算法：{each}" for each in exhibit.workings), *exhibit.confirmations):
            joint.setdefault(each, []).append(f"{number:02d}")
    lines = [
        (quote.reference, "\n".join(dict.fromkeys(words[quote.source_id])), used[quote.source_id])
        for quote in talk.sources
    ]
    lines += [
        ("部门核定" if told.startswith("部门核定") else "由多个来源合并算出", told, sheets)
        for told, sheets in joint.items()
    ]
    for row, (reference, told, sheets) in enumerate(lines, start=2):
        for column, value in enumerate(
            (row - 1, reference, told, "、".join(dict.fromkeys(sheets))), start=1
        ):
            _put(sheet, row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCD", (8, 70, 80, 16), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
