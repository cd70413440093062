"""Numbers as people write them: 300张, 3,600元/月, 1.2万, full-width digits. In doubt a question with what it could be."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from eldercare.intake.understood import Doubt, Understood, half_width

EMPTY = {
    "",
    "-",
    "--",
    "—",
    "——",
    "－",
    "/",
    "\\",
    "n/a",
    "na",
    "null",
    "未上报",
    "未载",
    "公开资料未载",
    "不详",
    "未知",
    "暂缺",
    "空",
}
NOTHING = {"无", "没有", "暂无", "零"}
NEGOTIABLE = re.compile(r"(价格|费用|收费)?(面议|电询|详询|另议)")
ABOUT = re.compile(
    r"^(约|大约|近|超过|超|逾|不少于|不足|至少|最多|最低|最高|以上|>=?|<=?|≥|≤|~|～)\s*|(左右|以上|以下|以内|余|多|起|\+)(?=$|[一-鿿])"
)
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
# Words that may stand behind a number, by the unit of the column. Another unit is a doubt, never a conversion.
UNITS = {
    "张": {"张", "床", "个", "张床", "张床位", "个床位", "床位"},
    "人": {"人", "名", "位"},
    "元/月": {
        "元",
        "元/月",
        "元每月",
        "元/人/月",
        "元/人·月",
        "元/月/人",
        "元/床/月",
        "元/床·月",
        "元/月/床",
        "元/月·人",
        "元/月·床",
        "/月",
        "/人/月",
        "/月/人",
        "¥",
        "￥",
    },
    "件": {"件", "例"},
    "家": {"家", "个"},
    "所（个）": {"所", "个"},
    "%": {"%"},
    "度": {"度", "°"},
}
# Of these nobody writes ten thousands.
UNSCALED = {"%", "度"}
# What may stand behind 元 without saying another period: 3600元/人 in a column of 元/月 is likely the monthly fee.
_EACH = {"人", "位", "床", "张"}
_SPOKEN = re.compile(r"([十百千kw]?)(万|亿)?(.*)")
_MULTIPLES = {"": 1, "十": 10, "百": 100, "千": 1_000, "k": 1_000, "w": 10_000}
_PLAIN = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]+(?![0-9,]))(\.[0-9]+)?")
_RANGE = re.compile(r"(.+?)(?:-|~|—|–|至|到)(.+)")
# A number with what stands behind it until the next sign or number.
_COUNTED = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[^0-9,，;；、。+()（）]*")
_TOTAL = re.compile(r"(共|总共|一共|共计|合计|总计|总数|计|总)(有|为|是)?[:：]?$")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMERALS = "〇零一二三四五六七八九两十百千"
_POWERS = {"十": 10, "百": 100, "千": 1000}


def amount(raw: object, unit: str = "", whole: bool = False) -> Understood:
    """The number a cell states, in the unit of its column, as plain digits.

    `whole`: only integers exist in this column. Raises `Doubt`.
    """
    if isinstance(raw, bool):
        raise Doubt("这里要数字，单元格是“是/否”")
    if isinstance(raw, date):
        raise Doubt(
            "Excel 把这一格存成了日期 {day}；请把单元格设为“文本”后重写数字".format(
                day=f"{raw:%Y-%m-%d}"
            )
        )
    if isinstance(raw, int | float):
        return _stored(_from_float(raw), whole)
    text = half_width(str(raw or ""))
    if text.lower() in EMPTY:
        return Understood("", f"“{text}”按空白处理" if text else "")
    if text in NOTHING:
        raise Doubt(f"“{text}”可能是0，也可能是不知道：0请写0，不知道请留空", "0")
    if NEGOTIABLE.fullmatch(text):
        if unit.startswith("元"):
            return Understood("", f"“{text}”按空白处理")
        raise Doubt(f"“{text}”不是数字")
    compact = re.sub(r"\s+", "", text)
    if re.search(r"\d\s+\d", text):
        raise Doubt(f"数字中间有空格：“{text}”", _alone(compact, unit))
    if ABOUT.search(compact):
        raise Doubt(f"“{text}”不是确数；请写确数，或留空", _alone(ABOUT.sub("", compact), unit))
    if not _PLAIN.match(re.sub(r"^[¥￥]", "", compact)):
        return _among_words(compact, text, unit, whole)
    return _stored(_written(compact, text, unit), whole)


def _among_words(compact: str, text: str, unit: str, whole: bool) -> Understood:
    """A number behind words, or in words. Only a sum that is called one is read; which part or name it is, is asked."""
    if (spoken := _spoken(compact, unit)) is not None:
        raise Doubt(f"“{text}”请写成数字", _digits(spoken), certain=True)
    named = re.fullmatch(rf"(.*[^{_NUMERALS}廿卅几数])([{_NUMERALS}]+[万亿]?)(.*)", compact)
    if named and named[3] in own_words(unit) and not re.search("[0-9]", compact):
        # 共计三百张, 养护楼二百张: without its unit a numeral may be part of a name.
        spoken = _spoken(named[2] + named[3], unit)
        if spoken is not None and _TOTAL.search(named[1]):
            return Understood(_digits(spoken), f"“{text}”按合计读作{_digits(spoken)}")
        if spoken is not None:
            raise Doubt(
                f"“{text}”：“{named[1]}”可能只是一部分，也可能是名称；请确认总数", _digits(spoken)
            )
    counted = [(found[0], _alone(found[0], unit)) for found in _COUNTED.finditer(compact)]
    numbers = [number for words, number in counted if re.fullmatch(r"[0-9.]+", number)]
    if len(numbers) != len(counted) or not numbers or not compact.endswith(counted[-1][0]):
        raise Doubt(f"“{text}”不是数字")
    if len(numbers) > 1:
        # 一楼120张，二楼100张: parts, most likely, but of what is not said.
        named = [words for words, _number in counted if re.search(r"[^0-9.,]", words)]
        parts = numbers if len(named) == len(numbers) else numbers[-1:]
        total = _digits(sum(map(Decimal, parts), Decimal(0)))
        raise Doubt(f"“{text}”里有几个数；请写总数", total)
    before = compact[: -len(counted[0][0])]
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", before):
        raise Doubt(f"“{text}”不是数字")
    if _TOTAL.search(before):
        value = _stored(Decimal(numbers[0]), whole)
        return Understood(value.value, f"“{text}”按合计读作{value.value}")
    raise Doubt(f"“{text}”：“{before}”可能只是一部分，也可能是名称；请确认总数", numbers[0])


def _spoken(compact: str, unit: str) -> Decimal | None:
    """The number of a cell that holds nothing but Chinese numerals and the unit: 二百五十张, 一千二百."""
    compact = compact.replace("廿", "二十").replace("卅", "三十")
    found = re.fullmatch(rf"([{_NUMERALS}]+)([万亿]?)(.*)", compact)
    if (
        not found
        or (found[3] and found[3] not in own_words(unit))
        or (found[2] and unit in UNSCALED)
    ):
        return None
    value = _numeral(found[1])
    return None if value is None else Decimal(value) * SCALES[found[2]]


def _numeral(words: str) -> int | None:
    """Chinese numerals as a number; None for those without places (二〇二四), which may be a year or a code."""
    if not any(character in _POWERS for character in words):
        return _DIGITS[words] if len(words) == 1 else None
    total, digit, power = 0, 0, 10_000
    for character in words:
        if character in _POWERS:
            if _POWERS[character] >= power:
                return None
            power = _POWERS[character]
            total, digit = total + (digit or 1) * power, 0
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    # 一千二 is a thousand two hundred to some and never written in a form.
    return (
        None if digit and power > 10 and "零" not in words and "〇" not in words else total + digit
    )


def price_range(raw: object) -> tuple[Understood, Understood]:
    """The lower and upper monthly price of one cell: 3000-5000元/月, 3600元, 面议. Raises `Doubt`."""
    text = re.sub(r"\s+", "", half_width(str(raw))) if isinstance(raw, str) else ""
    text = re.sub(r"^每?月(?=[0-9¥￥])", "", text)
    text = re.sub(r"(?<=[0-9])元?起(元?(?:/人)?/月)?$", "起", text)
    if aside := re.fullmatch(r"([^()]*[0-9][^()]*)\(([^()]*[一-鿿][^()]*)\)", text):
        # What is or is not in it belongs to the price.
        raise Doubt(f"“{text}”带有条件“{aside[2]}”；请确认月费，条件可写在备注里", aside[1])
    parts = _RANGE.fullmatch(text)
    if parts and not text.startswith("-"):
        upper = parts[2]
        if "万" in upper and "万" not in parts[1]:
            raise Doubt(
                f"“{text}”的下限是元还是万元不清楚",
                f"{parts[1]}元-{upper}",
                f"{parts[1]}万-{upper}",
            )
        low, high = _ends(parts[1], upper)
        if low.value and high.value and Decimal(low.value) > Decimal(high.value):
            raise Doubt(f"“{text}”的下限高于上限", f"{high.value}-{low.value}")
        return low, high
    if text.endswith("起"):
        try:
            return amount(text[:-1], "元/月"), Understood("", "“起”：上限按空白处理")
        except Doubt as doubt:
            raise Doubt(
                doubt.reason, *(option + "起" for option in doubt.options), certain=doubt.certain
            ) from None
    only = amount(text or raw, "元/月")
    return only, only


def _ends(*written: str) -> list[Understood]:
    """Both ends of a price range; a doubt about one of them proposes the whole range."""
    ends: list[Understood] = []
    doubts = []
    for words in written:
        try:
            ends.append(amount(words, "元/月"))
        except Doubt as doubt:
            doubts.append(doubt)
            ends.append(Understood(doubt.proposal))
    if doubts:
        sure = all(re.fullmatch(r"[0-9.]+", end.value) for end in ends)
        certain = all(doubt.certain for doubt in doubts)
        raise Doubt(
            doubts[0].reason, "-".join(end.value for end in ends) if sure else "", certain=certain
        )
    return ends


def _written(compact: str, text: str, unit: str) -> Decimal:
    sign = re.match(r"[¥￥]", compact)
    if sign and unit.startswith("元"):
        compact = compact[1:]
    found = _PLAIN.match(compact)
    if not found:
        raise Doubt(f"“{text}”不是数字")
    value = Decimal(found[0].replace(",", ""))
    rest = compact[found.end() :]
    if not rest or rest in own_words(unit):
        if re.fullmatch(r"[1-9][0-9]{0,2}\.000", found[0]) and unit not in UNSCALED:
            # A point where others write a comma.
            raise Doubt(
                "“{text}”可能是{n}，也可能是{n}000".format(text=text, n=int(value)),
                f"{int(value)}",
                f"{int(value)}000",
            )
        return value
    own, base = _split(unit)
    scale, word = (rest[0], rest[1:]) if rest[0] in SCALES else ("", rest)
    if scale and unit not in UNSCALED and (not word or word in own_words(base)):
        return value * SCALES[scale] / SCALES[own]
    proposal = _converted(value, rest, unit)
    if _SPOKEN.match(rest.lower())[1] and proposal:
        raise Doubt(f"“{text}”请写成数字", proposal, certain=True)
    stated = {other for others in UNITS.values() for other in others}
    if rest in stated or re.fullmatch(r"元.*|%|‰|[一-鿿/·]+", rest):
        words = "“{text}”：“{rest}”与本列的单位“{unit}”不同"
        raise Doubt(words.format(text=text, rest=rest, unit=unit or "无"), proposal)
    if _COUNTED.search(rest):
        raise Doubt(f"“{text}”里有几个数；请写总数", _of_several(compact, unit))
    raise Doubt(f"“{text}”不是数字", proposal)


def _of_several(compact: str, unit: str) -> str:
    """The likely total of a text with several numbers: 100+50, 150张(护理型80张), 150张其中护理80张, 1期300张; or nothing."""
    counted = _COUNTED.findall(compact)
    numbers = [_alone(words, unit) for words in counted]
    if "+".join(counted) == compact and all(numbers):
        return _digits(sum(map(Decimal, numbers), Decimal(0)))
    if "(" in compact:
        return numbers[0] if compact.startswith(counted[0] + "(") and compact.endswith(")") else ""
    if whole := re.fullmatch(
        r"([0-9.,]+[^0-9]*?)[,，、;；]?(其中|含|内含|包括|包含|不含).*", compact
    ):
        return _alone(whole[1], unit)
    # The number of a building or a stage, then that of its beds.
    is_label = re.fullmatch(
        r"[0-9]+(期|号|栋|幢|楼|层|区|部|院|园|分院|号楼|号院)[^0-9]*", counted[0]
    )
    return numbers[-1] if len(counted) == 2 and is_label and not numbers[0] else ""


def own_words(unit: str) -> set[str]:
    """What may stand behind a number that is in this unit."""
    return UNITS.get(unit, set()) | {half_width(unit)}


def _split(unit: str) -> tuple[str, str]:
    """The scale that a unit itself holds, and the unit without it: 万元/年 is 万 and 元/年."""
    return (unit[0], unit[1:]) if unit[:1] in ("万", "亿") else ("", unit)


def _converted(value: Decimal, rest: str, unit: str) -> str:
    """A proposal for a number in spoken shorthand or in another scale of the column's unit: 3千, 1.2w, 45000万 for 亿元."""
    own, base = _split(unit)
    multiple, scale, word = _SPOKEN.fullmatch(rest.lower()).groups("")
    first, *others = word.split("/")
    each = bool(others) and first == base.split("/")[0] and set(others) <= _EACH
    if ((multiple or scale) and unit in UNSCALED) or not (
        not word or word in own_words(base) or base.startswith(word + "/") or each
    ):
        return ""
    return _digits(value * _MULTIPLES[multiple] * SCALES[scale] / SCALES[own])


def _digits(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")


def _from_float(raw: int | float) -> Decimal:
    if raw != raw or raw in (float("inf"), float("-inf")):
        raise Doubt("不是数字")
    # Excel keeps and shows fifteen digits: 30.000000000000004 is 30.
    return Decimal(raw) if isinstance(raw, int) else Decimal(f"{raw:.15g}")


def _stored(value: Decimal, whole: bool) -> Understood:
    if value == value.to_integral_value():
        if abs(value) >= Decimal(10) ** 15:
            raise Doubt(f"“{value}”太大")
        return Understood(str(int(value)))
    if whole:
        raise Doubt("“{value}”不是整数".format(value=format(value.normalize(), "f")))
    words = format(value.normalize(), "f")
    if len(words) > 17:
        raise Doubt(f"“{words}”的位数太多")
    return Understood(words)


def _alone(compact: str, unit: str) -> str:
    """What the number would be without the words that made it doubtful, or nothing."""
    try:
        spoken = _spoken(compact, unit)
        return _digits(spoken if spoken is not None else _written(compact, compact, unit))
    except Doubt as doubt:
        return doubt.options[0] if len(doubt.options) == 1 else ""
    except ArithmeticError:
        return ""
