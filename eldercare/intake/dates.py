"""Dates as people write them, with the precision they have: 2024.9, 2024年底, 截至2024年9月30日, Excel serials."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eldercare.intake.understood import Doubt, half_width

FIRST_YEAR, LAST_YEAR = 1949, 2100
EMPTY = {"", "-", "—", "/", "未注明", "未注明日期", "不详", "无"}
_DAY = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?(?:[ T]?00:00(?::00)?)?(?:为?止)?"
)
_MONTH = re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})月?(?:份|底|末)?")
_YEAR = re.compile(r"([0-9]{4})(?:年度?)?")
_YEAR_END = re.compile(r"([0-9]{4})年?(?:底|末|年末|年底)")
_OTHER_ORDER = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_SHORT_YEAR = re.compile(r"([0-9]{2})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?)?")
_PART = re.compile(r"([0-9]{4})年?(?:第?([一二三四1-4])季度|([上下])半年)(?:底|末)?")
_LAST_MONTHS = {
    "一": 3,
    "二": 6,
    "三": 9,
    "四": 12,
    "1": 3,
    "2": 6,
    "3": 9,
    "4": 12,
    "上": 6,
    "下": 12,
}
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Day:
    """The last day of the period that was named ("" for none), its precision, and how it was taken where that is not obvious."""

    value: str
    precision: str
    note: str = ""


def day(raw: object) -> Day:
    """The date a cell states. Raises `Doubt` where it could be another one."""
    if isinstance(raw, bool):
        raise Doubt("这里要日期，单元格是“是/否”")
    if isinstance(raw, datetime | date):
        if isinstance(raw, datetime) and (raw.hour or raw.minute or raw.second):
            raise Doubt("日期带有时刻", f"{raw:%Y-%m-%d}")
        return _whole(raw.year, raw.month, raw.day)
    if isinstance(raw, int | float):
        return _from_number(raw)
    text = re.sub(r"\s+", " ", half_width(str(raw or "")))
    if text in EMPTY:
        return Day("", "undated", f"“{text}”按未注明日期处理" if text else "")
    until = re.match(r"(截至|截止|截止到|至)\s*", text)
    stated = re.sub(r" ?([年月日]) ?", r"\1", text[until.end() :] if until else text)
    if found := _YEAR_END.fullmatch(stated):
        return _year(found[1], "year_end")
    if found := _DAY.fullmatch(stated):
        whole = _whole(*map(int, found.groups()))
        return Day(whole.value, "by_date" if until else "day")
    if re.fullmatch(r"[0-9]{4}\.1", stated):
        year = stated[:4]
        raise Doubt(
            f"“{text}”可能是1月，也可能是丢了末尾0的10月",
            f"{year}年1月",
            f"{year}年10月",
        )
    if found := _MONTH.fullmatch(stated):
        return _month(int(found[1]), int(found[2]), text)
    if found := _YEAR.fullmatch(stated):
        return _year(found[1], "year_end" if until else "year")
    return _doubtful(stated, text)


def _from_number(raw: int | float) -> Day:
    if raw == int(raw) and FIRST_YEAR <= raw <= LAST_YEAR:
        return _year(str(int(raw)), "year")
    if raw == int(raw) and 19490101 <= raw <= 21001231:
        return day(str(int(raw)))
    # From 1990: below lie numbers like 20249 that more likely are a mistyped 2024.9.
    first, last = ((when - _EPOCH).days for when in (date(1990, 1, 1), date(LAST_YEAR, 12, 31)))
    if raw == int(raw) and first <= raw <= last:
        when = _EPOCH + timedelta(days=int(raw))
        return Day(when.isoformat(), "day", f"{int(raw)}按 Excel 日期序号理解为{when}")
    words = f"{raw:.15g}"
    if re.fullmatch(r"[0-9]{6}", words):
        return _doubtful(words, words)
    if re.fullmatch(r"[0-9]{4}\.[0-9]{1,2}", words):
        return day(words)
    raise Doubt(f"“{words}”不是日期")


def _doubtful(stated: str, text: str) -> Day:
    if re.fullmatch(r"[0-9]{8}", stated):
        return _whole(int(stated[:4]), int(stated[4:6]), int(stated[6:]))
    if re.fullmatch(r"[0-9]{5}", stated):
        return _from_number(int(stated))
    if re.fullmatch(r"[0-9]{6}", stated):
        is_month = _in_range(int(stated[:4])) and 1 <= int(stated[4:]) <= 12
        raise Doubt(f"“{text}”不清楚是不是年月", f"{stated[:4]}-{stated[4:]}" if is_month else "")
    if found := _PART.fullmatch(stated):
        year, month = int(found[1]), _LAST_MONTHS[found[2] or found[3]]
        last = calendar.monthrange(year, month)[1] if _in_range(year) else 0
        proposal = f"截至{year}年{month}月{last}日" if last else ""
        raise Doubt(f"“{text}”是一段时期；请写数据截至哪一天", proposal)
    if found := _OTHER_ORDER.fullmatch(stated):
        one, two, year = map(int, found.groups())
        proposals = [
            f"{year}-{m:02d}-{d:02d}"
            for m, d in dict.fromkeys(((one, two), (two, one)))
            if _exists(year, m, d)
        ]
        raise Doubt(f"“{text}”的年月日次序不清楚", *proposals)
    if found := _SHORT_YEAR.fullmatch(stated):
        raise Doubt(f"“{text}”的年份只有两位", "20" + text)
    raise Doubt(f"“{text}”不是日期；请写成 2024-09-30、2024年9月 或 2024年底")


def _whole(year: int, month: int, number: int) -> Day:
    if not _exists(year, month, number):
        proposal = (
            f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
            if 1 <= month <= 12 and _in_range(year)
            else ""
        )
        raise Doubt(f"没有这一天：{year}年{month}月{number}日", proposal)
    return Day(f"{year:04d}-{month:02d}-{number:02d}", "day")


def _month(year: int, month: int, text: str) -> Day:
    if not _in_range(year) or not 1 <= month <= 12:
        raise Doubt(f"没有这个月份：“{text}”")
    return Day(f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}", "month")


def _year(words: str, precision: str) -> Day:
    if not _in_range(int(words)):
        raise Doubt(f"年份“{words}”不在{FIRST_YEAR}—{LAST_YEAR}之间")
    return Day(f"{words}-12-31", precision)


def _in_range(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _exists(year: int, month: int, number: int) -> bool:
    return (
        _in_range(year) and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]
    )


def single(words: str) -> date | None:
    """The one day that was typed; None where nothing was. Raises `Doubt` for a month, a year, or words that are no day."""
    if not words.strip():
        return None
    stated = day(words.strip())
    if stated.precision != "day":
        raise Doubt("请写到日，如 2027年1月15日")
    return date.fromisoformat(stated.value)
