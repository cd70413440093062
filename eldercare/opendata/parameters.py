"""What may be asked of a question: every parameter with its words, its type and what it accepts, declared once.

The addresses, the description (OpenAPI) and the page 下载与接口 are made from these declarations. The same name means the
same in every question, as in `queries/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eldercare import store
from eldercare.exhibits import Facts, access, beds, timeline
from eldercare.measures import FIRST_DAY, LAST_DAY, missing

# Rows of one answer, values of one parameter, characters of an address behind its “?”.
MOST_ROWS, MOST_VALUES, LONGEST = 10_000, 600, 20_000
# A workbook is written cell by cell, which keeps the interpreter from everybody else.
MOST_IN_EXCEL = 2_000
# Of an integer; what is larger is no number of rows.
_DIGITS = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,8})?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")
_TRUE, _FALSE = ("true", "1", "是"), ("false", "0", "否")

Choices = Callable[[], Mapping[str, str]]


class Refused(ValueError):
    """What was asked cannot be answered; the message says in Chinese what is wrong and how to mend it."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: `choices` maps each word that is accepted to the value it means; `default` is what holds without it.

    `kind` is date, integer, number, boolean or text. `codes` says what the values are where there are too many to list.
    """

    name: str
    title: str
    kind: str = "text"
    many: bool = False
    required: bool = False
    choices: Choices | None = None
    default: Callable[[], Any] | None = None
    least: int = 0
    most: int = 0
    codes: str = ""
    example: str = ""

    def read(self, words: Sequence[str]) -> Any:
        """The value that these words of an address mean. Raises `Refused`."""
        given = [part for word in words for part in (word.split(",") if self.many else [word])]
        if not given:
            if self.required:
                example = f"，例如 {self.name}={self.example}" if self.example else ""
                raise Refused(f"缺少参数 {self.name}（{self.title}）{example}。")
            return self.default() if self.default else None
        if len(given) > (MOST_VALUES if self.many else 1):
            raise Refused(
                f"参数 {self.name} 至多给{MOST_VALUES if self.many else 1}个值，收到{len(given)}个。"
            )
        known = self.choices() if self.choices else None
        found = [self._one(word.strip(), known) for word in given]
        return list(dict.fromkeys(found)) if self.many else found[0]

    def _one(self, word: str, known: Mapping[str, str] | None) -> Any:
        if _UNSEEN.search(word):
            raise Refused(f"参数 {self.name} 的值不是 UTF-8 编码的文字，请检查网址的编码。")
        if known is not None:
            if word in known:
                return int(known[word]) if self.kind == "integer" else known[word]
            offered = list(dict.fromkeys(known.values()))
            told = (
                f"可用：{'、'.join(offered)}"
                if len(offered) <= 12
                else f"应为{self.codes or self.title}，例如 {self.example or offered[0]}"
                if offered
                else "现在没有可用的值"
            )
            raise Refused(f"参数 {self.name} 没有“{word[:40]}”这个值；{told}。")
        return _READ[self.kind](self, word)

    @property
    def schema(self) -> dict[str, Any]:
        """The same for a machine (JSON Schema). Values are listed where they are few."""
        one: dict[str, Any] = {"type": "string"}
        if self.kind == "date":
            one["format"] = "date"
        elif self.kind == "integer" and self.choices:
            one = {"type": "integer", "enum": [int(value) for value in self.choices()]}
        elif self.kind in ("integer", "number"):
            one |= {"type": self.kind, "minimum": self.least, "maximum": self.most}
        elif self.kind == "boolean":
            one = {"type": "boolean"}
        elif self.choices:
            values = list(dict.fromkeys(self.choices().values()))
            one |= {"enum": values} if 0 < len(values) <= 60 else {}
        else:
            one |= {"maxLength": self.most}
        return {"type": "array", "items": one, "maxItems": MOST_VALUES} if self.many else one


def _day(parameter: Parameter, word: str) -> date:
    try:
        day = date.fromisoformat(word) if len(word) == 10 else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(
            f"参数 {parameter.name} 的“{word[:40]}”不是{FIRST_DAY.year}年至{LAST_DAY.year}年之间的日期，写法如 2026-11-22。"
        )
    return day


def _integer(parameter: Parameter, word: str) -> int:
    if not _DIGITS.fullmatch(word) or not parameter.least <= int(word) <= parameter.most:
        raise Refused(
            f"参数 {parameter.name} 应为{parameter.least}至{parameter.most}之间的整数，收到“{word[:40]}”。"
        )
    return int(word)


def _number(parameter: Parameter, word: str) -> float:
    if not _DECIMAL.fullmatch(word) or not parameter.least <= float(word) <= parameter.most:
        raise Refused(
            f"参数 {parameter.name} 应为{parameter.least}至{parameter.most}之间的数，收到“{word[:40]}”。"
        )
    return float(word)


def _switch(parameter: Parameter, word: str) -> bool:
    if word.lower() not in _TRUE + _FALSE:
        raise Refused(f"参数 {parameter.name} 只能是 true 或 false，收到“{word[:40]}”。")
    return word.lower() in _TRUE


def _words(parameter: Parameter, word: str) -> str:
    if len(word) > parameter.most:
        raise Refused(f"参数 {parameter.name} 至多{parameter.most}个字，收到{len(word)}个。")
    if parameter.required and not word:
        raise Refused(f"参数 {parameter.name}（{parameter.title}）是空的。")
    return word


_READ: dict[str, Callable[[Parameter, str], Any]] = {
    "date": _day,
    "integer": _integer,
    "number": _number,
    "boolean": _switch,
    "text": _words,
}


# --- what is accepted: read from the data in service ---


def _of(question: str, *spellings: str, **values: Any) -> dict[str, str]:
    """The words of the columns, each meaning the value of the first."""
    rows = store.ask(question, **values)
    return _meaning(rows, *spellings)


def _meaning(rows: Any, code: str, *others: str) -> dict[str, str]:
    """Each spelling that means one row alone, with the code of that row; a code always means itself."""
    codes = [str(value) for value in rows[code]]
    found: dict[str, str] = {}
    for column in others:
        words = [None if missing(word) else str(word) for word in rows[column]]
        found |= {
            word: value
            for word, value in zip(words, codes, strict=True)
            if word and words.count(word) == 1
        }
    return {value: value for value in codes} | {
        word: value for word, value in found.items() if word not in codes
    }


def _in_table(name: str, code: str, *others: str) -> Choices:
    return lambda: _meaning(store.current().table(name), code, *others)


def _fixed(*values: str) -> Choices:
    return lambda: {value: value for value in values}


def _places() -> dict[str, str]:
    rows = store.current().table("places")
    today = _meaning(rows[rows["valid_to_year"].isna()], "place_code", "name", "label")
    return {value: value for value in rows["place_code"]} | today


def _cities() -> dict[str, str]:
    return _of("cities", "place_code", "label", "name")


def _provinces() -> dict[str, str]:
    return _of("places_of_level", "place_code", "label", "name", level="province")


def _counties() -> dict[str, str]:
    levels = [
        _of("places_of_level", "place_code", "label", "name", level=level)
        for level in ("district", "county")
    ]
    return levels[1] | levels[0]


def _homes() -> dict[str, str]:
    rows = store.current().table("institutions"), store.current().table("demo_institutions")
    return {value: value for table in rows for value in table["institution_id"]}


def _themes() -> dict[str, str]:
    return _of("practice_themes", "theme", regions=_values(_regions)())


def _regions() -> dict[str, str]:
    return _of("practice_regions", "short_name")


def _lanes() -> dict[str, str]:
    return {kind: kind for kind in timeline.kinds(Facts(as_of()))}


def _facet(name: str) -> Choices:
    def choices() -> dict[str, str]:
        rows = [store.ask("institution_choices", demo=demo) for demo in (False, True)]
        words = [word for each in rows for word in each[each["facet"] == name]["word"]]
        return {word: word for word in words}

    return choices


def _with_unknown(choices: Choices) -> Choices:
    """Places of homes; of some only a larger place is known."""
    return lambda: choices() | {"未载": ""}


def _values(choices: Choices) -> Callable[[], list[str]]:
    return lambda: list(dict.fromkeys(choices().values()))


def as_of() -> date:
    """The date of the data in service."""
    return store.ask("release")["as_of"].iloc[0].date()


def _several(name: str, title: str, choices: Choices, codes: str, example: str) -> Parameter:
    """Some of what there is, all of it unless the address says otherwise."""
    return Parameter(
        name,
        title,
        many=True,
        choices=choices,
        default=_values(choices),
        codes=codes,
        example=example,
    )


def _needed(
    name: str, title: str, choices: Choices, codes: str, example: str, **more: Any
) -> Parameter:
    return Parameter(
        name, title, required=True, choices=choices, codes=codes, example=example, **more
    )


def _reach(name: str, title: str, default: str) -> Parameter:
    reaches = _fixed(*access.REACHES.values())
    return Parameter(name, title, choices=reaches, default=lambda: default, example=default)


def _assumed(name: str, title: str, default: float, most: int) -> Parameter:
    """What a planner assumes: never 0, by which nothing could be reckoned."""
    return Parameter(
        name, title, "number", default=lambda: default, least=1, most=most, example=f"{default:g}"
    )


PLACE_CODES = "区划代码或唯一名称"
DECLARED: dict[str, Parameter] = {
    each.name: each
    for each in (
        Parameter("as_of", "按哪一天看", "date", default=as_of, example="2021-12-31"),
        Parameter(
            "after", "起始日期（不含）", "date", default=lambda: FIRST_DAY, example="2020-12-31"
        ),
        Parameter("until", "截止日期（含）", "date", default=as_of, example="2021-12-31"),
        _needed("place", "地区", _places, PLACE_CODES, "320500"),
        _needed("places", "地区（几个）", _places, PLACE_CODES, "310117,330400", many=True),
        _several("cities", "城市", _cities, "41个城市的代码或名称", "320500"),
        _several("provinces", "省市", _provinces, "三省一市的代码或名称", "330000"),
        _several(
            "platforms", "共享平台", lambda: _of("platforms", "platform"), "共享平台的名称", "产业"
        ),
        Parameter(
            "party", "参与方", choices=_places, default=str, codes=PLACE_CODES, example="310117"
        ),
        Parameter("together", "只要各地同在其中的协议", "boolean", default=lambda: False),
        _several("kinds", "种类", _lanes, "事件种类", "会议与交流"),
        _needed(
            "indicator",
            "指标",
            _in_table("indicators", "indicator_code", "title"),
            "指标代码",
            "beds_institution",
        ),
        _needed(
            "indicators",
            "指标（几个）",
            _in_table("indicators", "indicator_code", "title"),
            "指标代码",
            "beds_eldercare,beds_institution",
            many=True,
        ),
        _needed(
            "over",
            "比值的分子",
            _in_table("indicators", "indicator_code", "title"),
            "指标代码",
            "pop_80plus",
        ),
        _needed(
            "under",
            "比值的分母",
            _in_table("indicators", "indicator_code", "title"),
            "指标代码",
            "pop_60plus",
        ),
        Parameter(
            "base",
            "人口口径",
            choices=_fixed("常住", "户籍"),
            default=lambda: "常住",
            codes="口径",
            example="常住",
        ),
        _needed(
            "denominator", "老年人口分母", _fixed(*beds.FOUR.values()), "分母", beds.DENOMINATOR
        ),
        Parameter(
            "age",
            "年龄（岁以上）",
            "integer",
            choices=_fixed("60", "65", "80"),
            default=lambda: 60,
            example="60",
        ),
        _several(
            "agreements", "协议", _in_table("agreements", "agreement_id"), "协议编号", "PR001"
        ),
        _several("tasks", "任务", _in_table("tasks", "task_id"), "任务编号", "TK026"),
        _needed("task", "任务", _in_table("tasks", "task_id"), "任务编号", "TK026"),
        _needed("institution", "机构", _homes, "机构编号", "IN001"),
        _needed("institutions", "机构（几家）", _homes, "机构编号", "IN001", many=True),
        Parameter(
            "insured",
            "长护险参保地",
            choices=lambda: _of("insured_places", "place_code", "label"),
            codes="参保地的代码或名称",
            example="310000",
        ),
        _needed("source", "来源", _in_table("sources", "source_id"), "来源编号", "CEN2020"),
        _several("source_ids", "来源", _in_table("sources", "source_id"), "来源编号", "CEN2020"),
        _needed(
            "figures",
            "数值（几条）",
            _in_table("observations", "observation_id"),
            "数值编号",
            "ID001",
            many=True,
        ),
        _several("themes", "做法的主题", _themes, "共同主题", "体制与考核"),
        _several("regions", "做法的地区", _regions, "地区简称", "广东"),
        _needed(
            "level",
            "地区级别",
            _fixed(
                "country",
                "region",
                "province",
                "city",
                "district",
                "county",
                "zone",
                "town",
                "group",
            ),
            "级别",
            "city",
        ),
        Parameter("in_delta", "只要长三角的", "boolean", default=lambda: True),
        Parameter("only_competing", "只看不同来源数据", "boolean", default=lambda: False),
        Parameter(
            "words", "文字（空格隔开的几个词都要有）", most=40, default=str, example="护理院"
        ),
        Parameter("name", "名称", most=40, required=True, example="苏州"),
        Parameter("texts", "要排序的词", many=True, most=40, required=True, example="上海,安庆"),
        Parameter(
            "count",
            "至多几条（分类的每类至多几条）",
            "integer",
            default=lambda: MOST_ROWS,
            least=1,
            most=MOST_ROWS,
            example="50",
        ),
        Parameter(
            "points",
            "点的至多数目",
            "integer",
            default=lambda: 150,
            least=1,
            most=1000,
            example="150",
        ),
        Parameter(
            "cells",
            "聚成圆时每边几格",
            "integer",
            default=lambda: 10,
            least=1,
            most=50,
            example="10",
        ),
        Parameter("from_lon", "起点经度", "number", least=70, most=140, example="121.47"),
        Parameter("from_lat", "起点纬度", "number", least=15, most=55, example="31.23"),
        Parameter(
            "measure",
            "床位（只用一种）",
            choices=_fixed(*access.SUPPLIES),
            default=lambda: access.WELFARE,
            example=access.WELFARE,
        ),
        _reach("narrow", "原来的可用范围", "place"),
        _reach("wide", "放宽后的可用范围", "all"),
        _assumed("detour", "绕行系数（假设）", access.DETOUR, access.MOST_ROUNDABOUT),
        _assumed("speed", "时速，公里（假设）", access.SPEED, access.FASTEST),
        _assumed("minutes", "时限，分钟（假设）", access.MINUTES, access.LONGEST),
        Parameter("decay", "随距离递减", "boolean", default=lambda: False),
        _assumed("most_unknown", "没有床位数字的地区的老人占比上限（%）", access.LIMIT, 100),
        Parameter(
            "own",
            "自填床位（measure=entered 时），写作 区划代码:床位数",
            many=True,
            most=20,
            default=list,
            example="320509:500",
        ),
        Parameter(
            "sort",
            "次序",
            choices=_fixed(
                "place", "beds_total", "beds_open", "beds_available", "price", "distance"
            ),
            default=lambda: "place",
            codes="次序",
            example="beds_total",
        ),
    )
}
# Where a question means one thing more closely than the others.
IN_QUESTION = {
    ("search", "words"): replace(DECLARED["words"], required=True),
    ("portability_statements", "insured"): replace(DECLARED["insured"], required=True),
    ("search", "count"): replace(DECLARED["count"], default=lambda: 20),
}
# The filters of the finder; a question takes all of them as one.
FACETS = tuple(
    Parameter(name, title, many=True, choices=choices, codes=codes)
    for name, title, choices, codes in (
        ("province", "省市", _with_unknown(_provinces), "三省一市的代码或名称"),
        ("city", "城市", _with_unknown(_cities), "41个城市的代码或名称"),
        ("county", "区县", _with_unknown(_counties), PLACE_CODES),
        ("type", "机构类型", _facet("type"), "机构类型"),
        ("ownership", "经营性质", _facet("ownership"), "经营性质"),
        ("size", "总床位", _facet("size"), "总床位"),
        ("price", "月费起价", _facet("price"), "月费起价"),
        ("care", "照护服务（任一）", _facet("care"), "照护服务"),
        ("medical", "医疗服务", _facet("medical"), "医疗服务"),
        ("list", "入选名单", _facet("list"), "入选名单"),
        ("opened", "开业年份", _facet("opened"), "开业年份"),
        ("open", "对外开放床位", _facet("open"), "对外开放床位"),
        ("available", "可接收床位", _facet("available"), "可接收床位"),
        ("portability", "异地结算（先给参保地）", _facet("portability"), "异地结算"),
    )
)
ENDED = Parameter("ended", "也列出已停业或合并的", "boolean", default=lambda: False)
# What a page derives from the others or turns its pages with; never asked for.
DERIVED = ("everywhere", "first", "start")
# Everywhere.
LIMIT = Parameter(
    "limit",
    "至多几行",
    "integer",
    default=lambda: MOST_ROWS,
    least=1,
    most=MOST_ROWS,
    example="100",
)
OFFSET = Parameter(
    "offset", "跳过前面几行", "integer", default=lambda: 0, least=0, most=100_000_000, example="100"
)
DEMO = Parameter("demo", "要虚构的演示数据，不要真实的", "boolean", default=lambda: False)
UNVERIFIED = Parameter(
    "unverified", "连同出自待核名单的行（每行标明）", "boolean", default=lambda: False
)


def read(declared: Sequence[Parameter], asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The values of all declared parameters that an address asks for, defaults where it does not. Raises `Refused`."""
    names = [each.name for each in declared]
    given: dict[str, list[str]] = {}
    for name, word in asked:
        if name not in names:
            raise Refused(f"没有参数“{name[:40]}”；可用：{'、'.join(names)}。")
        given.setdefault(name, []).append(word)
    values = {each.name: each.read(given.get(each.name, [])) for each in declared}
    if values.get("after") and values.get("until") and values["after"] > values["until"]:
        raise Refused("参数 after 晚于 until：起始日期应在截止日期之前。")
    # As on a page: with no city chosen, what belongs to a province or lies outside counts too.
    return values | {"everywhere": "cities" not in given}
