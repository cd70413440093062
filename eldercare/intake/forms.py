"""What can be filed: per table the columns of its form, how people head them, and how a stored value is written in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from eldercare.catalogue import Field, Table
from eldercare.difference import Row
from eldercare.intake.understood import half_width
from eldercare.measures import day_words
from eldercare.text import _

TABLES = ("institutions", "institution_events", "observations", "task_reports", "agreements", "events")
# What the intake fills in itself, or what only editors of the repository touch.
KEPT_OUT = {
    "fact_id", "date_precision", "date_inferred", "date_label", "confidence", "location_precision", "doubtful", "shown", "shown_reason",
    "segment", "break_note", "source_table", "source_row", "formula", "summarises", "list_id",
}  # fmt: skip
# What makes two rows the same thing when the file gives no number.
NATURAL = {
    "institutions": ("name", "place_code"),
    "institution_events": ("institution_id", "kind", "date"),
    "observations": ("place_code", "indicator_code", "date", "kind", "base", "reading", "source_id"),
    "task_reports": ("task_id", "date", "unit"),
    "agreements": ("title", "date"),
    "events": ("title", "date"),
}
NEEDED = {
    "institutions": ("name", "place_code"),
    "institution_events": ("institution_id", "kind", "date"),
    "observations": ("place_code", "indicator_code", "value"),
    "task_reports": ("task_id", "unit", "self_status"),
    "agreements": ("title", "status"),
    "events": ("title", "category"),
}
PREFIX = {"institutions": "IN", "institution_events": "HE", "observations": "UR", "agreements": "PR", "events": "EV"}
DEFAULTS = {
    "": {"date_inferred": "false", "confidence": "official", "date_precision": "undated"},
    "institutions": {"kind": "institution"},
    "observations": {"kind": "actual", "segment": "1", "doubtful": "false", "shown": "true"},
    "agreements": {"network": "delta", "eldercare_specific": "true"},
    "events": {"planned": "false"},
}
REQUIRED_BY_INTAKE = {"source_id", "quote"}
ALIASES = {
    "institutions": {
        "name": ("机构名称", "养老机构名称", "养老机构", "单位名称", "机构全称", "名称"),
        "aliases": ("简称", "别称", "曾用名"),
        "place_code": (
            "所在地",
            "地区",
            "所属地区",
            "所在区县",
            "县(市、区)",
            "区县",
            "行政区划",
            "城市",
            "所在城市",
            "属地",
            "省份",
            "省",
            "所在省",
            "市",
            "地市",
            "设区市",
            "所在市",
            "区",
            "县区",
            "县市区",
            "所在区",
            "所属区县",
            "所属区",
            "所属城市",
        ),
        "address": ("详细地址", "机构地址", "地址"),
        "type": ("类型", "机构性质", "机构类别"),
        "ownership": ("运营性质", "性质", "公办民办", "运营方式", "运营模式", "经营方式", "兴办性质", "所有制性质"),
        "operator": ("运营机构", "运营单位", "运营主体"),
        "beds_total": ("床位", "床位数", "总床位数", "核定床位", "床位总数", "养老床位"),
        "beds_open": ("对外开放", "对外开放床位数", "开放床位", "异地开放床位"),
        "residents": ("入住", "入住人数", "在住老人", "在院老人数", "入住老人数"),
        "beds_available": ("可接收", "空余床位", "空余", "床位空余", "空床", "可接收床位数", "剩余床位", "剩余"),
        "price_low": ("最低价", "起价", "最低月费", "收费下限"),
        "price_high": ("最高价", "最高月费", "收费上限"),
        "price": ("月费", "价格", "收费价格", "收费情况", "收费标准", "收费", "收费区间", "月收费", "价格区间"),
        "care_levels": ("服务内容", "服务项目", "特色服务", "照护服务", "护理等级", "照护等级"),
        "medical": ("医疗", "医养结合", "医疗条件"),
        "date": ("数据日期", "统计日期", "统计时间", "截止日期", "截至日期", "填报日期", "数据截至"),
    },
    "institution_events": {
        "institution_id": ("机构", "机构名称", "养老机构", "名称"),
        "kind": ("变动", "变动类型", "变动情况", "类型", "状态"),
        "date": ("日期", "时间", "变动日期", "变动时间", "停业日期", "停业时间"),
        "became": ("新名称", "新地址", "新名称或新地址", "并入机构", "现名称", "变更后"),
    },
    "observations": {
        "place_code": ("地区", "城市", "区县", "行政区划"),
        "indicator_code": ("指标", "指标名称"),
        "value": ("数值", "值", "数据", "指标值"),
        "date": ("日期", "时间", "时点", "统计日期", "统计时间", "数据日期", "截至日期"),
    },
    "task_reports": {
        "task_id": ("任务", "任务编号", "任务名称"),
        "unit": ("报送单位", "责任单位", "填报单位"),
        "self_status": ("状态", "进度状态", "办理状态", "自评状态", "自报状态"),
        "text": ("进展情况", "工作进展", "进展说明"),
        "reported_by": ("报送处室", "填报处室", "岗位", "报送岗位"),
    },
    "agreements": {"title": ("协议名称", "名称", "协议"), "date": ("签署日期", "签约日期", "日期"), "status": ("状态",)},
    "events": {"title": ("事件", "活动名称", "标题", "事件名称"), "date": ("日期", "时间"), "category": ("类别", "类型")},
    "": {"source_id": ("来源", "来源编号"), "quote": ("原文", "摘录"), "note": ("备注", "说明")},
}
# Words of older templates: still read, no longer offered.
FORMER_CHOICES = {("task_reports", "self_status"): {"受阻": "stuck", "自报办结": "done"}}
IGNORED = {"序号", "编号序号", "no", "行号"}
PLACES = {"place_code"}


@dataclass(frozen=True)
class Column:
    """One column of a form. `kind` says how a cell is read; `choices` maps the word shown to the word stored.

    `former` does the same for words that older templates showed.
    """

    name: str
    title: str
    kind: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    unit: str = ""
    whole: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    refers_to: str = ""
    help: str = ""


@dataclass(frozen=True)
class Form:
    table: Table
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def key(self) -> str:
        """The numbering column, or "" where rows are identified by what they say."""
        return self.table.primary_key[0] if len(self.table.primary_key) == 1 else ""

    @property
    def natural(self) -> tuple[str, ...]:
        return NATURAL[self.name]

    @property
    def needed(self) -> tuple[str, ...]:
        return NEEDED[self.name]

    def column(self, name: str) -> Column:
        """The column called `name`. Raises `KeyError`."""
        for candidate in self.columns:
            if candidate.name == name:
                return candidate
        raise KeyError(name)


def form(table: Table) -> Form:
    """The form of a table, from its description."""
    if table.name not in TABLES:
        raise KeyError(table.name)
    refers = {key.column: key.table for key in table.foreign_keys}
    columns = [_column(table, field_, refers.get(field_.name, "")) for field_ in table.fields if field_.name not in KEPT_OUT]
    if table.name == "institutions":
        price = Column("price", _("月费"), "price", ALIASES["institutions"]["price"], unit="元/月", help=_("也可写成区间，如 3000-5000"))
        columns.append(price)
    if table.name == "agreements":
        written = _("用分号分开；地区写名称，其他写“企业：名称”“部门：名称”“机构：名称”")
        columns.append(Column("parties", _("参与方"), "parties", (_("签约方"), _("协议各方")), help=written))
    return Form(table, tuple(columns))


def _column(table: Table, described: Field, refers_to: str) -> Column:
    shown = {described.labels.get(word, word): word for word in described.constraints.get("enum", [])}
    kind = {"integer": "amount", "number": "amount", "date": "day", "boolean": "flag"}.get(described.type, "text")
    if shown:
        kind = "choice"
    elif described.name in table.primary_key and len(table.primary_key) == 1:
        kind = "key"
    elif refers_to:
        kind = "place" if refers_to == "places" else "reference"
    unit = described.unit or ""
    required = described.required and described.name not in REQUIRED_BY_INTAKE
    defaults = DEFAULTS[""] | DEFAULTS.get(table.name, {})
    return Column(
        described.name,
        described.title + (f"（{unit}）" if unit else ""),
        kind,
        ALIASES[table.name].get(described.name, ()) + ALIASES[""].get(described.name, ()),
        required and described.name not in defaults and kind != "key",
        unit,
        described.type == "integer",
        shown,
        FORMER_CHOICES.get((table.name, described.name), {}),
        refers_to,
        described.description,
    )


def heading_key(words: object) -> str:
    """A heading without spaces, brackets and marks: 总床位数（张）* and 总床位数 are one."""
    text = re.sub(r"\s+", "", half_width(str(words))).lower()
    text = re.sub(r"\([^()]*\)$", "", text.strip("*:★").replace("（", "(").replace("）", ")"))
    return text.strip("*:★")


def names_of(form_: Form) -> dict[str, str]:
    """Every accepted heading of a form and the column it stands for."""
    found: dict[str, str] = {}
    for column in form_.columns:
        for words in (column.title, column.name, *column.aliases):
            found.setdefault(heading_key(words), column.name)
    return found


def cell_of(column: Column, row: Row, labels: dict[str, str]) -> object:
    """A stored value as the form shows it: labels for codes, numbers as numbers, dates with their precision."""
    value = row.get(column.name, "")
    if column.kind == "day":
        return _day_cell(row) if value else ""
    if value == "":
        return ""
    if column.kind == "amount":
        return int(value) if re.fullmatch(r"-?[0-9]{1,15}", value) else float(value)
    if column.kind == "choice":
        return next((shown for shown, stored in column.choices.items() if stored == value), value)
    if column.kind == "flag":
        return _("是") if value == "true" else _("否")
    if column.kind == "place":
        return labels.get(value, value)
    return value


def _day_cell(row: Row) -> str:
    precision = row.get("date_precision", "day")
    if precision == "day":
        return row["date"]
    return day_words(date.fromisoformat(row["date"]), precision, row.get("date_label") or None)
