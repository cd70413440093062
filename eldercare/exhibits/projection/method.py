"""方法: what the scenarios are made of, in words, and one cohort reckoned step by step as a reader redoes it by hand."""

from __future__ import annotations

import math

import pandas as pd

from eldercare.exhibits import Exhibit, Facts, Missing, exhibit, kept, table
from eldercare.exhibits.projection import PLANNING, RANGE, SHIFTS, cohorts, resting
from eldercare.exhibits.projection.cohorts import DAMPED, People
from eldercare.exhibits.projection.known import REGION, known

METHOD = (
    ("方法", "Hamilton–Perry 队列变化率法：同一批人十年后与十年前人数之比，照样用于下一个十年。"
             "出处：C. Horace Hamilton、Josef Perry，A Short Method for Projecting Population by Age from One Decennial Census to Another，Social Forces，1962。"),
    ("比率", "男女分开、五岁一组：2020年a岁组人数 ÷ 2010年a－10岁组人数。2010年×比率=2020年，各封闭年龄组都成立。"),
    ("85岁及以上", "开口组合并：2020年85岁及以上 ÷ 2010年75岁及以上；往后把75—79、80—84、85岁及以上合成一组，十年后为85岁及以上。"),
    ("迁移", "；".join(SHIFTS.values()) + "。0.5、0.25是约定，不是估计。"),
    ("留存率", "公开资料未收各地生命表：留存率用长三角41个城市合计的同组比率，分男女，大于1的取1。区域内部的迁移由此抵消，"
               "与区域之外的净迁移、两次普查覆盖的差别仍在内，各地死亡率的差别不在内。"),
    ("年份", "2030年 = 2020年×比率，2040年 = 2030年×比率；2025年、2035年逐队列取前后两个普查日人数的几何平均，写“插值”；"
             "插值年份把75岁及以上作一个队列，推出80岁及以上。各年均指11月1日。"),
    ("相加", "41个城市（含上海）各自推算，省和长三角由城市相加；上海各区另推，不相加成上海。"),
    ("出生", "2040年60岁及以上的人2020年都已40岁及以上，不需要出生的假定。"),
    ("区间", RANGE + "；它只反映迁移假定之差，死亡率若与2010—2020年不同，结果会在区间之外，见回测。"),
    ("需要与差额", "需要 = Σ 标准 ÷ 1000 × 该年龄段情景人口；差额 = 需要 － 现有床位。标准由使用者选定并写明口径；"
                   "情景人口是常住口径，不与户籍口径的标准相乘；现有床位须定义与地方都相同，写明日期。"),
    ("不能说明的", "不含政策、房价、搬迁计划；不推算失能、入住意愿；上海各区的比率多是区间搬迁，只并列情景。"),
)  # fmt: skip
# The cohort of the example: 50–54 in 2020, 60–64 in 2030, 70–74 in 2040.
FIRST = 50
# Men stand first among the sexes of a unit.
WOMEN = 1


@kept
def method(facts: Facts) -> Exhibit | Missing:
    """Formulas, assumptions and limits, point by point."""
    sources = sorted({source for unit in known(facts).units for source in unit.source_ids})
    if not sources:
        return Missing("方法", "没有两次普查的分年龄人口，不作推算")
    rows = pd.DataFrame(METHOD, columns=["head", "words"])
    return exhibit(
        "projection_method",
        PLANNING,
        f"方法：怎样推算，不能说明什么（{len(METHOD)}条）",
        table(rows, {"head": "项目", "words": "说明"}, (1, 7), len(rows)),
        resting(rows, sources),
        {"head": "项目", "words": "说明"},
        subtitle="情景的算法与假定；下面的算例可以用计算器重做",
    )


@kept
def worked(facts: Facts, code: str) -> Exhibit | Missing:
    """The women of one cohort of a place (of the first of its cities) from census to 2040, each step with its numbers."""
    found = known(facts)
    if why := found.lacking(code):
        return Missing("算例", why)
    if why := found.lacking(REGION):
        return Missing("算例", why)
    unit = found.parts(code)[0]
    everyone = [each.sexes[WOMEN] for each in found.parts(REGION)]
    steps = _steps(unit.sexes[WOMEN], everyone)
    rows = pd.DataFrame(steps, columns=["step", "sum", "result"])
    columns = {"step": "步骤", "sum": "算式", "result": "结果"}
    return exhibit(
        "projection_worked",
        PLANNING,
        f"算例：{unit.name}2020年{FIRST}—{FIRST + 4}岁的女性",
        table(rows, columns, (4, 7, 2), len(rows)),
        resting(rows, found.sources(unit.code)),
        columns,
        ["比率写六位小数，人数取整；用所写的数重做，人数相差不过1人"],
        subtitle=f"情景，{DAMPED.name}；从普查算到2040年，每一步都可重做",
    )


def _steps(own: People, everyone: list[People]) -> list[tuple[str, str, str]]:
    ratio, survival = cohorts.ratios(own), cohorts.staying(everyone)
    steps, persons, year = [], own.now[FIRST], 2020
    for age, share in zip((FIRST + 10, FIRST + 20), DAMPED.shares, strict=True):
        before = sum(each.before[age - 10] for each in everyone)
        now = sum(each.now[age] for each in everyone)
        used = cohorts.toward(ratio, survival, share)[age]
        later = persons * used
        group, earlier = f"{age}—{age + 4}岁", f"{age - 10}—{age - 6}岁"
        steps += [
            (f"比率（{group}）", f"{own.now[age]:,} ÷ {own.before[age - 10]:,}（2020年{group} ÷ 2010年{earlier}）", f"{ratio[age]:.6f}"),
            (f"留存率（{group}）", f"{now:,} ÷ {before:,}（长三角合计，不超过1）", f"{survival[age]:.6f}"),
            (f"{year}—{year + 10}年用的比率", f"{survival[age]:.6f} + {share:g} × ({ratio[age]:.6f} － {survival[age]:.6f})", f"{used:.6f}"),
            (f"{year + 10}年{group}", f"{persons:,.0f} × {used:.6f}（{year}年{earlier} × 比率）", f"{later:,.0f}人"),
            (f"{year + 5}年{age - 5}—{age - 1}岁（插值）", f"√({persons:,.0f} × {later:,.0f})", f"{math.sqrt(persons * later):,.0f}人"),
        ]  # fmt: skip
        persons, year = later, year + 10
    oldest = cohorts.upward(own.before, cohorts.JOINED)
    steps.append(("比率（85岁及以上）", f"{own.now[cohorts.OPEN]:,} ÷ {oldest:,}（2020年85岁及以上 ÷ 2010年75岁及以上）", f"{ratio[cohorts.OPEN]:.6f}"))  # fmt: skip
    return steps
