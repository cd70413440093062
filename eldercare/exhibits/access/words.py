"""What is said of trials of access: what changes, what they rest on and assume, what they leave out."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.access.trial import DEMO, ENTERED, HOMES, SUPPLIES, WELFARE, Trial
from eldercare.measures import CENSUS, quantity

LEAD = "可用范围放宽以后，每千名老人可及的床位变多少；路程、时速、时限等假设由使用者设定，写在链接里，都不是事实"
CHANGE = "跨地区可及性变化（试算）"
LIST = {
    "label": "县（市、区）",
    "city": "城市",
    "elders": "老人（人）",
    "narrow_beds": "原范围可及床位（张）",
    "narrow_said": "原范围每千人（张）",
    "wide_beds": "放宽后可及床位（张）",
    "wide_said": "放宽后每千人（张）",
    "change_said": "变化（张/千人）",
    "unknown_share": "无床位数字地区老人占比（%）",
}
# In files the numbers with all their digits, empty where nothing is said.
FILE = {
    name.replace("_said", "_value").replace("change_value", "change"): words
    for name, words in LIST.items()
}
STEPS = {
    "name": "床位",
    "beds": "床位数（张）",
    "km": "路程（公里）",
    "minutes": "时间（分钟）",
    "weight": "权重",
    "users": "分用的老人×权重",
    "competing": "合计（人）",
    "rate": "每千人（张）",
    "part": "分到（张/千人）",
}
OVER, UNSAID = "超过上限", "—"
METHOD = {"part": "项目", "words": "内容"}
WHY_FALLING = "范围放宽，可及的床位只多不少（争用之前）；但外地老人同样可以来用本地床位，每处床位分用的人多了，每千人的比值仍可能下降"
WATER = "两地中心之间的直线有连续5公里以上落在海上，按够不着算；同一县（市、区）之内不判断"
NO_CROSSING = "未计跨水通道：所收资料没有写明通车日期的跨水桥梁、隧道"
ESTUARY = "崇明与浦东、宝山等隔着长江口，按够不着算；崇明与启东、海门在轮廓上相接，按陆路算；青浦与吴江之间的湖泊不算开阔水面"


def title(rows: pd.DataFrame) -> str:
    """How many places gain and lose by a wider reach."""
    known = rows["change"].dropna()
    more, less = int((known > 0).sum()), int((known < 0).sum())
    if known.empty:
        return f"{CHANGE}：都超过上限"
    return f"{CHANGE}：{more}地增、{less}地减" if more or less else f"{CHANGE}：没有变化"


def subtitle(trial: Trial) -> str:
    """Whose beds for whom, within what reach, under which assumptions."""
    return f"{supply(trial)}，每千名{trial.age}岁及以上常住老人，{trial.reaches}；{trial.assumed}"


def supply(trial: Trial) -> str:
    """The beds of a run, marked where they are still to be checked or are a reader's own."""
    mark = {HOMES: "（待核名单）", WELFARE: "（待核）", ENTERED: "（用户输入）"}
    return f"{SUPPLIES[trial.supply]}{mark.get(trial.supply, '')}"


def lead(rows: pd.DataFrame, trial: Trial) -> str:
    """What the page answers, in a sentence."""
    same = int((rows["change"] == 0).sum())
    left = int(rows["change"].isna().sum())
    others = [f"{same}地不变" if same else "", f"{left}地超过上限、不列结果" if left else ""]
    return "；".join(filter(None, [subtitle(trial), "，".join(filter(None, others))]))


def caveats(rows: pd.DataFrame, trial: Trial) -> list[str]:
    """What a reader must know before he uses a number."""
    left = int(rows["over_limit"].sum())
    return [
        "试算，不是实有名额：床位除以可能来用的老人，不问收费、资格、空床和待遇能否异地使用",
        f"老人：{CENSUS}常住人口；床位与人口年份不同；只并列，不排位次",
        f"“—”为不列结果（{left}地）：分用床位的老人中，没有床位数字的地区占比超过{trial.limit:g}%（上限由使用者设定）"
        if left
        else "",
        WHY_FALLING,
        _whose(trial),
    ]


def _whose(trial: Trial) -> str:
    return {
        HOMES: "只算上海16个区的老人：邻近城市的老人没有计入；名单外的机构没有计入",
        WELFARE: "没有床位数字的县（市、区）的老人照样分用，占比列在表中；其床位未知，不当作零",
        ENTERED: "床位为用户输入，不是公开来源；没有填写的地区在这次试算里没有床位，其老人照样分用",
        DEMO: "演示名单为虚构",
    }.get(trial.supply, "只算单位报送的机构；其余床位没有计入")


def places_left_out(known: pd.DataFrame) -> list[str]:
    """Which places are reckoned otherwise than under their own name, from the rows of `access_places`."""
    zones = known[known["level"] == "zone"]
    later = known[known["later"]]
    moved = known.dropna(subset=["stands_at"])
    redrawn = known.dropna(subset=["redrawn"])
    return [
        f"开发区并入所属城市、立于城市中心，只参与分用：{_named(zones)}" if len(zones) else "",
        f"{_named(later)}设于普查以后，老人仍在普查时所属的地区内计算，床位未知"
        if len(later)
        else "",
        f"普查时单列而已撤并的立于后继地区中心：{'、'.join(f'{row.short_name}（{row.stands_at}）' for row in moved.itertuples())}"
        if len(moved)
        else "",
        f"{_named(redrawn)}的社会福利床位与普查不是同一范围，作未知" if len(redrawn) else "",
    ]


def _named(rows: pd.DataFrame) -> str:
    return "、".join(rows["short_name"])


def water(crossings: str) -> str:
    """How open water is treated, and which sourced crossings are counted."""
    return f"已计有来源的跨水通道：{crossings}" if crossings else NO_CROSSING


def example_title(rows: pd.DataFrame, name: str) -> str:
    return f"{name}（试算）：每千人{rows['value'].iloc[0]:.1f}张"


def example_lead(rows: pd.DataFrame, trial: Trial) -> str:
    few = f"可及{len(rows)}处床位，逐处相加；每处=床位÷分用的老人×权重×1000"
    return f"{supply(trial)}，{trial.age}岁及以上，{trial.reaches.partition('→')[2]}；{few}；{trial.assumed}"


def methods(trial: Trial, known: pd.DataFrame, crossings: str) -> list[tuple[str, str]]:
    """Formulas, where the method is from, assumptions and limits; a reader can redo the example with them."""
    return [
        (
            "公式",
            "第一步，每处床位：R＝床位÷Σ（权重×老人），对够得着它的所有地区求和；第二步，每个地区：1000×Σ（权重×R），对它够得着的所有床位求和",
        ),
        (
            "时间与权重",
            "t＝大圆距离（地球半径6371.0088公里）×绕行系数÷时速×60；时限以内权重为1；选“递减”时为（e^(−½(t÷时限)²)−e^(−½)）÷（1−e^(−½)），到时限为0；时限以外不计",
        ),
        (
            "点",
            "老人算在县（市、区）中心，机构按自己的位置，社会福利床位与自填床位算在县（市、区）中心",
        ),
        (
            "方法出处",
            "两步移动搜索法（2SFCA）：Luo、Wang，Environment and Planning B，2003；高斯递减：Dai，Health & Place，2010；测试与 PySAL 的 access 逐一核对",
        ),
        (
            "本次设定",
            f"{trial.assumed}，由使用者设定，写在链接里，都不是事实；只用一种床位：{supply(trial)}，不与别的床位相加",
        ),
        (
            "范围",
            "本县（市、区）、本市、本市与结对地区、全部收录地区，后一个包含前一个；结对指有计入签约的养老协议，不表示待遇可以异地使用",
        ),
        ("比值为何会降", WHY_FALLING),
        (
            "没有床位数字的地区",
            f"其老人照样分用；占比＝按各处床位对结果的贡献加权的、这些老人在分用者中的比重；超过{trial.limit:g}%不列结果",
        ),
        ("局限", "没有路网、班次和实际时间；不问收费、资格、空床和失能程度；床位与人口年份不同"),
        ("开阔水面", f"{WATER}；{ESTUARY}；隔着海湾而陆路可以绕行的也按此算；{water(crossings)}"),
        ("并入与未知", "；".join(filter(None, places_left_out(known)))),
    ]  # fmt: skip


def change_words(value: float | None) -> str:
    """+12.3 or −4.5: with its sign."""
    if value is None or pd.isna(value):
        return UNSAID
    return "0" if value == 0 else f"{value:+.1f}".replace("-", "−")


def said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their numbers as words; where the limit is passed a dash: they are not 未载."""
    return rows.assign(
        narrow_said=[_value(value) for value in rows["narrow_value"]],
        wide_said=[_value(value) for value in rows["wide_value"]],
        change_said=[change_words(value) for value in rows["change"]],
    )


def _value(value: float) -> str:
    return UNSAID if pd.isna(value) else f"{value:.1f}"


def hover(row: object, trial: Trial) -> str:
    """All of a place for a pointer."""
    # A name that several places bear has its city behind it already.
    head = row.label if "（" in row.label or row.city == row.label else f"{row.label}（{row.city}）"
    if row.over_limit:
        return f"{head}\n没有床位数字地区的老人占{row.unknown_share:.0f}%，超过上限，不列结果"
    narrow, wide = trial.reaches.split("→")
    return (
        f"{head}\n{narrow}：{quantity(row.narrow_beds, '张')}，每千人{row.narrow_value:.1f}张"
        f"\n{wide}：{quantity(row.wide_beds, '张')}，每千人{row.wide_value:.1f}张"
        f"\n变化{change_words(row.change)}张/千人（试算）"
    )
