"""Findings of the section 协作: who signed with whom and how far, beside what was announced."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import claim, short_day
from eldercare.measures import STAGES, day_words, missing, number, quantity
from eldercare.text import _, plain


def signed(rows: pd.DataFrame) -> str:
    """Latest signed counts beside the targets. No percentage: 市(区县) and 城市 are different units."""
    parts = []
    for code, words in (("signed_districts", _("上海{n}个区")), ("signed_places", _("三省{n}个市（区县）"))):
        done = rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")].sort_values("date")
        if not done.empty:
            last = done.iloc[-1]
            parts.append(f"{words.format(n=quantity(last['value'], '', last['qualifier']))}（{short_day(last)}）")
    if not parts:
        return _("已签协议：没有公开数字")
    goals = [claim(rows, code, kind="target") for code in ("signed_districts", "signed_places")]
    sentence = _("已签：{done}").format(done="、".join(parts))
    if all(goal is not None for goal in goals):
        sentence += _("；目标{districts}个区、{cities}个城市").format(districts=number(goals[0]["value"]), cities=number(goals[1]["value"]))
    return sentence


def signed_against_target(rows: pd.DataFrame) -> str:
    """The newest districts beside their target, and the places beside theirs with the difference of units said."""
    counts = {}
    for code in ("signed_districts", "signed_places"):
        done = rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")].sort_values("date")
        counts[code] = (None if done.empty else done.iloc[-1], claim(rows, code, kind="target"))
    districts, goal = counts["signed_districts"]
    places, cities = counts["signed_places"]
    parts = []
    if districts is not None and goal is not None:
        parts.append(
            _("上海的区{n} / {goal}（{day}）").format(n=number(districts["value"]), goal=number(goal["value"]), day=short_day(districts))
        )
    if places is not None and cities is not None:
        parts.append(
            _("三省{n}个市（区县），目标写“{goal}个城市”，单位不同").format(n=number(places["value"]), goal=number(cities["value"]))
        )
    return "；".join(parts) or signed(rows)


def pairing(places: pd.DataFrame) -> str:
    """Who is known by name to have signed, and how many of these with an unknown partner. `places`: question place_stages."""
    named = places[places["signed_by_name"]]
    districts, others = named[named["level"] == "district"], named[named["level"].isin(["city", "county"])]
    return _("公开来源点名签约的有上海{d}个区、三省{p}个市（区县），其中{u}个区、{v}个市对方未知").format(
        d=len(districts), p=len(others), u=int(districts["counterpart_unknown"].sum()), v=int(others["counterpart_unknown"].sum())
    )


def matrix(places: pd.DataFrame, cells: pd.DataFrame) -> str:
    """Signed cells and agreements of the matrix, each agreement counted once, and the districts without a public record."""
    counted = cells[cells["counts_as_signed"]]
    pairs = counted[["district_code", "partner_code"]].drop_duplicates()
    districts = places[places["level"] == "district"]
    silent = districts[~districts["signed_by_name"]]
    return _("已签结对{cells}格、{n}份协议；{all}个区中{silent}个未见公开签约记录").format(
        cells=len(pairs), n=counted["agreement_id"].nunique(), all=len(districts), silent=len(silent)
    )


def cells_and_gaps(cells: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """The cells, then the partners without any: the to-do list under the matrix. A gap has no source and no date."""
    bare = partners[~partners["place_code"].isin(cells["partner_code"])]
    words = [STAGES["counterpart_unknown" if unknown else "none"].word for unknown in bare["counterpart_unknown"]]
    gaps = pd.DataFrame(
        {"partner_code": bare["place_code"], "partner_label": bare["label"], "stage_title": words, "date_label": "", "evidence": ""}
    )
    return pd.concat(
        [cells.astype({"date_inferred": object}), gaps.assign(date_precision="undated", date_inferred=False)], ignore_index=True
    )


def status(places: pd.DataFrame) -> str:
    """How many of the cities stand at which stage with a district of Shanghai."""
    counts = places[places["level"] == "city"]["stage"].value_counts()
    parts = [f"{STAGES[stage].word}{counts[stage]}" for stage in STAGES if stage != "none" and stage in counts]
    return _("三省{all}个城市：{parts}，其余{rest}个未见公开记录").format(
        all=int(counts.sum()), parts="、".join(parts) or _("没有公开记录"), rest=int(counts.get("none", 0))
    )


def dossier(names: str, records: pd.DataFrame) -> str:
    """The pair or place, its furthest stage, and how many agreements and other contacts there are."""
    if records.empty:
        return _("{names}：{none}").format(names=names, none=STAGES["none"].word)
    agreements = int(records["counts_as_signed"].sum())
    others = len(records) - agreements
    parts = [_("{n}份协议").format(n=agreements)] if agreements else []
    parts += [_("意向、点名与共同活动{n}项").format(n=others)] if others else []
    return _("{names}：{stage}，{parts}").format(names=names, stage=records["stage_title"].iloc[0], parts="、".join(parts))


def dossier_cards(records: pd.DataFrame, questions: pd.DataFrame) -> list[dict[str, str]]:
    """Four cards above a dossier: stage, agreements, latest public move, what is open."""
    unknown = records[records["counterpart_unknown"]]
    top = None if records.empty else records.iloc[0]
    stage = STAGES["none"] if top is None else STAGES["counterpart_unknown" if top["counterpart_unknown"] else top["stage"]]
    counted = records[records["counts_as_signed"]]
    latest = records["latest"].max() if len(records) else None
    quiet = len(records) > 0 and all(value is True for value in records["quiet"])
    return [
        {
            "label": _("阶段"),
            "value": f"{stage.shape} {stage.word}",
            "unit": "",
            "note": "" if top is None else _("只凭汇总报道点名，未写与谁签署") if len(unknown) else _("取各项中走得最远的一步"),
        },
        {
            "label": _("协议"),
            "value": number(len(counted)),
            "unit": _("份"),
            "note": _("另有意向、点名与共同活动{n}项").format(n=len(records) - len(counted)),
        },
        {
            "label": _("最近公开动态"),
            "value": STAGES["none"].word if top is None else _("未注明日期") if missing(latest) else day_words(latest, "month"),
            "unit": "",
            "note": _("近24个月未见公开动态") if quiet else _("未见公开来源不等于没有往来"),
        },
        {
            "label": _("待查"),
            "value": number(len(questions) if len(records) else 1),
            "unit": _("项"),
            "note": _("是否有往来") if top is None else "、".join(dict.fromkeys(questions["question"])) or _("没有"),
        },
    ]


def questions(rows: pd.DataFrame) -> str:
    """How many open questions stand with how many agreements."""
    return _("{agreements}项往来还有{n}个问题没有查清").format(n=len(rows), agreements=rows["agreement_id"].nunique())


def others(rows: pd.DataFrame) -> str:
    """The agreements between provinces, and those of projects and institutions."""
    kinds = [f"{kind}{n}" for kind, n in rows["kind"].value_counts(sort=False).items()]
    return _("市县以外{n}份：{kinds}").format(n=len(rows), kinds="、".join(kinds) or _("没有"))


def parted(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agreements outside the matrix: those among cities and counties, and the others."""
    among = rows["city_pairs"].notna()
    return rows[among], rows[~among]


def city_pairs(rows: pd.DataFrame) -> str:
    """The pairs among cities and counties, which have no cell in the matrix."""
    signed = int(rows["counts_as_signed"].sum())
    return _("市县之间：{n}份协议，意向与共同活动{m}项（不在矩阵的格子里）").format(n=signed, m=len(rows) - signed)


def apart(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The agreements of a dossier in their order, each id with its rows. `rows`: question agreement_detail."""
    return list(rows.groupby("agreement_id", sort=False))


def agreement(rows: pd.DataFrame) -> str:
    """The head of one block of a dossier. `rows`: question agreement_detail of one agreement."""
    return _("{title}：{stage}").format(title=rows["title"].iloc[0], stage=rows["stage_title"].iloc[0])


def quiet(rows: pd.DataFrame) -> str:
    """How many agreements have no public move for 24 months; the undated ones apart. `rows`: question agreements_quiet."""
    silent, undated = int((rows["quiet"] == True).sum()), int(rows["quiet"].isna().sum())  # noqa: E712
    return _("{all}份协议中{n}份近24个月未见公开动态，{undated}份未注明日期").format(all=len(rows), n=silent, undated=undated)


def named(rows: pd.DataFrame) -> str:
    """Announced beside known by name, never as a share."""
    parts = [
        (_("{unit}当时没有公布数、点名{n}个") if missing(row.announced) else _("{unit}公布{a}个、点名{n}个")).format(
            unit=row.unit_title, a=row.announced, n=number(row.named)
        )
        for row in rows.itertuples()
    ]
    return "；".join(parts) or _("没有公布的签约数")


def exchange(rows: pd.DataFrame) -> str:
    """For how many agreements a source says what each side gives and receives."""
    return _("来源写明各方提供或获得什么的有{n}份协议").format(n=rows["agreement_id"].nunique())


def portability(rows: pd.DataFrame) -> str:
    """The policies of use elsewhere by state; not a count of cases."""
    origins = dict.fromkeys(rows["origin"])
    return (
        _("{n}个参保地有异地使用的公开政策：{names}；件数未载").format(n=len(origins), names="、".join(origins))
        if origins
        else _("没有公开政策")
    )


def settled(rows: pd.DataFrame) -> str:
    """Whether anyone reported how many cases were settled elsewhere."""
    return _("按参保地和服务地的异地结算件数：公开资料未载") if rows.empty else _("异地结算件数（按上报）")


def stage_rules(rows: pd.DataFrame) -> str:
    """The published rule as a Markdown list: shape, word, rule and the words of the sources that fall under it."""
    lines = []
    for row in rows.itertuples():
        mark = STAGES[row.stage].shape if row.stage in STAGES else "Σ"
        words = "" if missing(row.words) else _("　采集时的状态词：{words}").format(words=row.words)
        lines.append(f"- {plain(mark)} **{plain(row.title)}**　{plain(row.rule)}:gray[{plain(words)}]")
    lines.append(_("- ▁ **近24个月未见公开动态**　不是阶段。签署日和所挂事件中最近的一个早于数据日期之前24个月；未注明日期的不判断。"))
    return "\n".join(lines)
