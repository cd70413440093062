"""旅居: the network outside the delta and its bases, Lishui's groups of three, and the agreements outside the delta's own network."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits import TOGETHER, Exhibit, Facts, exhibit, kept, listed, number_or_gap, parts
from eldercare.exhibits.claims import claim, day
from eldercare.exhibits.pairing import dossier
from eldercare.exhibits.shapes import Mark, Matrix, Network, Node
from eldercare.measures import NOT_TODAY, QUIET, STAGES, day_words, number

LEAD = (
    "旅居养老（季节性，不是异地养老）：外省做法参考；以及丽水拟签的“十镇×十局×十企”。"
    "谁与谁、处于哪一阶段、哪些公开资料未载。"
)
NOT_NARROWED = "不随城市与平台筛选变化"
RECORD = {"stage_title": "阶段", "day": "日期"}


def total(rows: pd.DataFrame) -> str:
    """How far Guangdong's network reaches, its bases, and how many of them have a name. `rows`: question sojourn_total."""
    regions, bases = claim(rows, "sojourn_regions"), claim(rows, "sojourn_bases")
    if regions is None or bases is None:
        return "旅居养老网络：公开资料未载数字"
    words = "广东旅居网络：{regions}个省区市先后签约；截至{day}，含广东，分别签署，不是一份协议，签的是旅居养老合作框架协议；来源点名广东示范基地{named}家；{place}{since}培育示范基地{bases}家"
    return words.format(
        day=day(regions),
        regions=number(regions["value"]),
        named=number(bases["named"]),
        place=str(bases["place_label"]).partition("（")[0],
        since=day(bases),
        bases=number(bases["value"]),
    )


@kept
def members(facts: Facts) -> Exhibit:
    """The hub, the first partners with their bases as size, and the later ones, of which no count is on record."""
    rows = facts.ask("sojourn_members")
    nodes = tuple(
        Node(
            row.short_name,
            "" if not row.counted_round else "未载" if bases is None else f"{number(bases)}家",
            bases,
            "own" if row.counted_round else "other",
            row.hover,
            bool(row.hub),
        )
        for row, bases in zip(rows.itertuples(), map(number_or_gap, rows["bases"]), strict=True)
    )
    columns = {
        "short_name": "省区市",
        "joined": "签约",
        "bases": "示范基地（家）",
        "titles": "协议",
    }
    caveats = [
        "合计为先签各省区之和，吉林是签约方而没有家数；后签的五省市基地数公开资料未载；两份协议的合并说法不另计一份",
        "旅居养老（季节性）不是异地养老；广东是外省做法参考",
        NOT_NARROWED,
    ]
    shape = Network(nodes, (("2019至2020年签约", "own"), ("2021年签约", "other")))
    said = parts(_members(rows))
    return exhibit(
        "sojourn_members",
        TOGETHER,
        **said,
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=caveats,
    )


def _members(rows: pd.DataFrame) -> str:
    """The bases by province and who gave no count."""
    counted = rows[rows["bases"].notna()].sort_values("bases", ascending=False, kind="stable")
    silent = rows[rows["counted_round"] & rows["bases"].isna()]["short_name"].tolist()
    told = "、".join(f"{row.short_name}{number(row.bases)}" for row in counted.itertuples())
    tail = f"；{'、'.join(silent)}是签约方，家数公开资料未载" if silent else ""
    return f"广东等{len(counted)}个省区的示范基地：{number(counted['bases'].sum())}家；{told}{tail}"


@kept
def named_bases(facts: Facts) -> Exhibit:
    """The bases that a source names."""
    rows = facts.ask("sojourn_named_bases")
    finding = f"来源点名的广东示范基地：{len(rows)}家；都在广东{rows['city'].nunique()}个市"
    columns = {"number": "序号", "city": "城市", "name": "名称"}
    caveats = ["其余基地的名称公开资料未载"]
    return listed("sojourn_named_bases", TOGETHER, finding, rows, columns, caveats)


@kept
def triples(facts: Facts) -> Exhibit:
    """What is named of Lishui's planned groups of three, and who may belong to them; of the rest the sentence tells how many."""
    slots = facts.ask("lishui_slots")
    columns = {
        "group": "组",
        "role_title": "一方",
        "name": "名称",
        "state_title": "来源点名情况",
        "note": "说明",
    }
    caveats = [
        "来源没有点名的一方不列，不表示没有签约；拟签不是签约",
        "来源没有写如何分组：组与次序为本项目所排；点名的企业属于哪一组未写",
        NOT_NARROWED,
    ]
    named = slots[slots["name"].notna()]
    groups = [f"第{row.group_no}组" if row.planned else "归属未明" for row in named.itertuples()]
    rows = named.assign(group=groups)
    return listed("lishui_slots", TOGETHER, _triples(slots), rows, columns, caveats)


def _triples(rows: pd.DataFrame) -> str:
    """How many groups are planned, what of them is named, and apart from them who may belong."""
    planned, beside = rows[rows["planned"]], rows[~rows["planned"]]
    told, known = [], 0
    for role, part in planned.groupby("role_title", sort=False):
        # The plan itself may name a party without saying which group it belongs to.
        stated = part["named_in_plan"].dropna().head(1).str.split("、").explode()
        names = dict.fromkeys([*part.loc[part["state"] == "known", "name"], *stated[stated != ""]])
        told += [f"{role}{len(names)}个（{'、'.join(names)}）"] if names else []
        known += len(names)
    signed = beside[beside["state"] == "unstated"]["group_no"].nunique()
    towns = int((beside["state"] == "likely").sum())
    likely = [f"{signed}组三方均已点名"] if signed else []
    likely += [f"{towns}个乡镇"] if towns else []
    groups = planned["group_no"].nunique()
    return "丽水拟签{all}组：{slots}方点名{known}方；拟签的乡镇、县（区）民政局、企业各{all}个，点名{named}{likely}".format(
        all=groups,
        slots=len(planned),
        known=known,
        named="、".join(told) or "的未载",
        likely=f"；另有{'、'.join(likely)}可能属于其中，来源未写明" if likely else "",
    )


@kept
def ties(facts: Facts) -> Exhibit:
    """Which province takes part in which agreement on sojourn care or paired aid, and how far it is."""
    rows = _narrowed(facts, "sojourn_ties")
    agreements = rows.drop_duplicates("agreement_id")
    provinces = rows.drop_duplicates("province_code").sort_values("province_order")
    down = {code: place for place, code in enumerate(agreements["agreement_id"])}
    across = {code: place for place, code in enumerate(provinces["province_code"])}
    cells = {
        (down[row.agreement_id], across[row.province_code]): Mark(
            STAGES[row.stage].shape, row.stage_title, f"stage:{row.stage}", row.hover
        )
        for row in rows.itertuples()
    }
    names = [
        f"{row.row_title}\n{day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))}"
        for row in agreements.itertuples()
    ]
    shape = Matrix(
        tuple(names),
        tuple(provinces["province"]),
        ("",) * len(down),
        ("",) * len(across),
        cells,
        tuple(
            (s.shape, s.word, f"stage:{code}")
            for code, s in STAGES.items()
            if code in set(rows["stage"])
        ),
        "协议与合作",
        "来源未点名该省区市的一方",
    )
    columns = {
        "row_title": "协议与合作",
        "province": "省区市",
        "here": "参与方",
        **RECORD,
        "quiet_words": "动态",
    }
    caveats = ["市和区记在所属省份；未点名的各方不画"]
    said = parts(_ties(rows), facts.scope)
    return exhibit(
        "sojourn_ties", TOGETHER, **said, shape=shape, rows=rows, columns=columns, caveats=caveats
    )


def _ties(rows: pd.DataFrame) -> str:
    """Over how many provinces, what the agreements are, and of which nothing newer is known."""
    single = rows.drop_duplicates("agreement_id")
    silent = int((single["quiet_words"] == QUIET.word).sum())
    if rows.empty:
        return (
            "旅居与对口合作：公开资料未载；所收公开资料里没有这样的协议；基地与目的地另见“其他基地”"
        )
    inside = int(rows.drop_duplicates("province_code")["in_delta"].sum())
    return "来源点名的旅居合作：{p}个省区市；点名各方所在的省区市{inside}；{kinds}{tail}".format(
        inside=f"（其中沪苏浙皖{inside}个）" if inside else "",
        kinds="、".join(dossier.kinds(single)),
        p=rows["province_code"].nunique(),
        tail=f"；其中{silent}项{QUIET.word}" if silent else "",
    )


def _narrowed(facts: Facts, question: str) -> pd.DataFrame:
    everywhere = facts.cities is None
    return facts.ask(question, **facts.narrowed, everywhere=everywhere, as_of=facts.as_of)


@kept
def agreements(facts: Facts) -> Exhibit:
    """All agreements outside the delta's own network as a list, with what only sums others up counted apart."""
    rows = _narrowed(facts, "sojourn_agreements")
    summed = rows["stage"] == "summary"
    finding = "长三角跨省协作以外的合作：{n}项；{kinds}{sums}".format(
        n=int((~summed).sum()),
        kinds="、".join(dossier.kinds(rows[~summed])) or "所收公开资料未载",
        sums=f"；另有{int(summed.sum())}项为汇总说法，不计" if summed.any() else "",
    )
    columns = {
        "network_title": "网络",
        "title": "协议与合作",
        "parties": "参与方",
        **RECORD,
        "scope": "范围",
        "quiet_words": "动态",
    }
    caveats = ["汇总行只概括其他行，不是又一份协议"]
    return listed("sojourn_agreements", TOGETHER, finding, rows, columns, caveats, facts.scope)


@kept
def figures(facts: Facts) -> Exhibit:
    """The published figures by place; a goal is none of what is."""
    rows = facts.ask("sojourn_figures")
    goals = int(rows["kind"].isin(NOT_TODAY).sum())
    beside = f"另有目标与计划{goals}个；" if goals else ""
    finding = f"旅居与康养的公开数字：{len(rows) - goals}个；{beside}口径各不相同，不相加"
    columns = {
        "place_label": "地区",
        "indicator_title": "指标",
        "amount": "数值",
        "day": "日期",
        "note": "说明",
    }
    caveats = ["人次不是人数，床位不是机构数"]
    return listed("sojourn_figures", TOGETHER, finding, rows, columns, caveats)


@kept
def bases(facts: Facts) -> Exhibit:
    """Other named bases, and of how many only plans and goals are known. Two sizes of one place are one base."""
    rows = facts.ask("other_bases")
    places = rows.groupby(["category", "place_label"], sort=False)["kind_title"].agg(list)
    planned = sum(all(kind in ("规划", "目标") for kind in kinds) for kinds in places)
    finding = f"另有点名的基地与目的地：{len(places)}处；其中{planned}处只有规划或目标的数字；规模不一的说法并列"
    columns = {
        "category": "类别",
        "name": "名称",
        "place_label": "地区",
        "indicator_title": "规模指标",
        "amount": "数值",
        "kind_title": "性质",
        "day": "日期",
        "note": "说明",
    }
    return listed("other_bases", TOGETHER, finding, rows, columns, ["规划和目标不是建成"])
