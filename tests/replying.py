"""Filling in a 核对表 as an office would: every open cell of every row that is asked for."""

import io
import random

import openpyxl

from eldercare.intake import accepting, forms, questions, reading, returned
from eldercare.intake.submissions import unsaved

# What an office might write, by field; a figure of beds is small, so that it fits into any home.
WRITTEN = {
    "value": 1200, "date": "2026年6月30日", "base": "户籍", "quote": "2026年民政工作台账", "note": "行政记录",
    "address": "测试路1号", "beds_total": 90, "beds_open": 3, "residents": 2, "beds_available": 1,
    "price_low": 2000, "price_high": 9000, "self_status": "推进中", "text": "已开展两批", "evidence": "会议纪要",
    "problems": "跨地区床位信息尚未接通", "next_step": "继续推进", "reported_by": "养老服务处", "title": "养老服务合作备忘录",
    "status": "已签约", "level": "城市之间", "parties": "芜湖市；苏州市", "issuer": "市民政局", "batch": 2, "category": "政策",
    "place_text": "本地",
}  # fmt: skip
DAY = "2026年11月30日"


def book_of(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def bytes_of(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(
    data: bytes, context, shuffled: bool = False, without: tuple[str, str] = ("", "")
) -> bytes:
    """The workbook with every open cell filled, perhaps with its rows in another order, perhaps with a column deleted."""
    book = book_of(data)
    for table, name in returned.SHEETS.items():
        if name not in book.sheetnames:
            continue
        sheet, form = book[name], forms.form(context.package.table(table))
        known = forms.names_of(form)
        fields = [known.get(forms.heading_key(cell.value)) for cell in sheet[1]]
        rows = [
            row
            for row in sheet.iter_rows(min_row=2)
            if any(c.protection.locked and c.value is not None for c in row)
        ]
        # A sheet where nothing is known beforehand has one row for each thing; one will do.
        for row in rows or [next(sheet.iter_rows(min_row=2))]:
            for field, cell in zip(fields, row, strict=True):
                if field and cell.value is None and field in WRITTEN:
                    cell.value = WRITTEN[field]
        if shuffled:
            values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            random.Random(7).shuffle(values)
            for row, words in zip(sheet.iter_rows(min_row=2), values, strict=True):
                for cell, value in zip(row, words, strict=True):
                    cell.value = value
        if without[0] == table:
            sheet.delete_cols(fields.index(without[1]) + 1)
    about = book[returned.ABOUT]
    for row in about.iter_rows():
        if row[0].value == returned.DAY:
            row[1].value = DAY
    return bytes_of(book)


def checked(data: bytes, table: str, decisions=()) -> accepting.Evaluation:
    """The reply as the intake understands it for one table."""
    said = returned.about(reading.read("reply.xlsx", data))
    return accepting.evaluate(
        unsaved("reply.xlsx", table, source=returned.source(said), decisions=tuple(decisions)),
        data=data,
    )


def asked(found: accepting.Evaluation) -> list:
    return questions.of(found.proposal.checked, found.context)


def tables_of(data: bytes) -> list[str]:
    return returned.tables(reading.read("reply.xlsx", data))
