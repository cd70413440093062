"""Findings of the section 协作: who signed with whom and how far, beside what was announced."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.claims import claim, day
from eldercare.exhibits.pairing import dossier
from eldercare.measures import STAGES, day_words, missing, number

LEAD = "空格为公开资料未载；标题不随筛选变化。"


def signed(rows: pd.DataFrame) -> str:
    """The newest day for which districts and places are both known, and the targets of 2021 in their own word.

    签署 and 对接 are two words and 市（区县） and 城市 two units: nothing is subtracted, no share is said.
    """
    done = {
        code: rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")]
        for code in ("signed_districts", "signed_places")
    }
    together = set.intersection(*(set(part["date"].dropna()) for part in done.values()))
    counted = {
        code: part[part["date"].isin(together or set(part["date"].dropna()))]
        .sort_values("date")
        .tail(1)
        for code, part in done.items()
    }
    told = [
        words.format(n=number(part["value"].iloc[0]))
        for part, words in zip(
            counted.values(), ("上海{n}个区", "三省{n}个市（区县）"), strict=True
        )
        if len(part)
    ]
    if not told:
        return "签署协作协议的区与市（区县）数：公开资料未载"
    last = pd.concat(counted.values()).iloc[-1]
    when, memoranda = day(last), "备忘录" in str(last["evidence"])
    return "签署{act}：{told}；{day}{what}".format(
        day=when if when.startswith("截至") else f"截至{when}",
        told="、".join(told),
        act="备忘录" if memoranda else "协议",
        what="，协作备忘录" if memoranda else "",
    ) + linking(rows)


def linking(rows: pd.DataFrame) -> str:
    """What was to be reached in 2021, in the source's own word; empty when no goal is known."""
    goals = [claim(rows, code, kind="target") for code in ("linked_districts", "linked_places")]
    if any(goal is None for goal in goals):
        return ""
    return "；{year}年目标：{districts}个区、{cities}个城市“对接”".format(
        year=goals[0]["date"].year,
        districts=number(goals[0]["value"]),
        cities=number(goals[1]["value"]),
    )


def relation(
    rows: pd.DataFrame,
    later: pd.DataFrame,
    places: pd.DataFrame,
    cells: pd.DataFrame,
    records: pd.DataFrame,
) -> str:
    """One line for all counts of cooperation: what was announced, by whom and when, and what sources name. Nothing is added up.

    `rows` and `later`: the questions headline and headline_later; `places`: place_stages; `cells`: pair_cells;
    `records`: place_records of the delta.
    """
    districts, others = (
        claim(rows, code, kind="actual") for code in ("signed_districts", "signed_places")
    )
    told = []
    if districts is not None and others is not None:
        told.append(
            f"公布签署的{number(districts['value'])}个区、{number(others['value'])}个市（区县）（{day(districts)}）"
        )
    newest = later[later["indicator_code"] == "signed_districts"].sort_values("date").tail(1)
    told += [f"另称{number(row['value'])}个区（{day(row)}）" for _i, row in newest.iterrows()]
    named = places[(places["level"] == "district") & places["signed_by_name"]]
    told.append(f"来源点名签约的{len(named)}个区")
    told.append(f"点名双方的{len(pairs_by_name(cells))}对")
    agreed = records[records["counts_as_signed"].astype(bool)]
    beyond = int(agreed["with_others"].sum())
    told.append(
        f"点名的已签协议{len(agreed)}份" + (f"（其中{beyond}份另有外省一方）" if beyond else "")
    )
    return f"几个数各是一回事，不相加减：{'；'.join(told)}。"


def pairing(places: pd.DataFrame) -> str:
    """Who is known by name to have signed, and of how many of these the source does not write with whom. `places`: place_stages."""
    named = places[places["signed_by_name"]]
    districts, others = (
        named[named["level"] == "district"],
        named[named["level"].isin(["city", "county"])],
    )
    inner = others[others["level"] == "county"]["label"]
    towns = int(inner.str.endswith("市").sum())
    kinds = [(towns, "{n}个县级市"), (len(inner) - towns, "{n}个区县")]
    told = "、".join(words.format(n=n) for n, words in kinds if n)
    return "来源点名签约：上海{d}个区、三省{p}个市；公开来源点名签署上海各区与三省市（区县）养老协作文件的{inner}；其中{u}个区、{v}个市的对方来源未写".format(
        d=len(districts),
        p=len(others),
        inner=f"，三省{len(others)}个含{told}" if told else "",
        u=int(districts["counterpart_unknown"].sum()),
        v=int(others["counterpart_unknown"].sum()),
    )


def pairs_by_name(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per district and partner whom a source names together as signed or as 结对, the furthest stage of each."""
    return cells[cells["names_pair"].astype(bool)].drop_duplicates(
        ["district_code", "partner_code"]
    )


def pairs(cells: pd.DataFrame) -> str:
    """The pairs of which a source names both sides; those only called 结对 are said to be so."""
    found = pairs_by_name(cells)
    names = [
        (f"{row.district_name}—{row.partner_name}", row.stage == "paired")
        for row in found.itertuples()
    ]
    told = "、".join(name for name, paired in names if not paired)
    loose = "、".join(name for name, paired in names if paired)
    loose = f"{loose}为结对共建" if loose else ""
    inside = "，".join(filter(None, [told, loose]))
    if not inside:
        return "点名双方的签约与结对：公开资料未载；上海的区与三省市县之间，所收公开资料"
    return f"点名双方已签约或结对的{len(found)}对；上海的区与三省市县：{inside}"


def districts_without(places: pd.DataFrame) -> str:
    """Of how many districts a source names the signing with a place of the three provinces, and who of the others has other agreements.

    How many signed was announced without their names: who is not named may be among them.
    """
    districts = places[places["level"] == "district"]
    silent = districts[~districts["signed_by_name"]]
    if silent.empty:
        return ""
    others = districts_apart(places)
    return "上海{all}个区中点名签约的{named}个，其余{n}个未被点名{others}".format(
        all=len(districts),
        named=len(districts) - len(silent),
        n=len(silent),
        others=f"（{others}）" if others else "",
    )


def districts_apart(places: pd.DataFrame) -> str:
    """Which of the districts without a named signing have other agreements or intents on record."""
    silent = places[(places["level"] == "district") & ~places["signed_by_name"]]
    others = silent[silent["own_agreements"] > 0]["short_name"]
    return "{names}见于其他协议或计划".format(names="、".join(others)) if len(others) else ""


def matrix(places: pd.DataFrame, cells: pd.DataFrame, narrowed: bool = False) -> str:
    """The pairs known with both sides, the signed agreements behind them each counted once, and the districts that no source names.

    `narrowed` to chosen cities or platforms only what it holds is counted: the districts are said of all alone.
    """
    agreements = cells[cells["counts_as_signed"]]["agreement_id"].nunique()
    signed_ = f"已签协议{agreements}份" if agreements else ""
    return "；".join(
        filter(None, [pairs(cells), signed_, "" if narrowed else districts_without(places)])
    )


def cells_and_gaps(cells: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """The cells, then the partners without any. A gap has no source and no date."""
    bare = partners[~partners["place_code"].isin(cells["partner_code"])]
    words = [
        STAGES["counterpart_unknown" if unknown else "none"].word
        for unknown in bare["counterpart_unknown"]
    ]
    gaps = pd.DataFrame(
        {
            "partner_code": bare["place_code"],
            "partner_label": bare["label"],
            "stage_title": words,
            "date_label": "",
            "evidence": "",
        }
    )
    return pd.concat(
        [
            cells.astype({"date_inferred": object}),
            gaps.assign(date_precision="undated", date_inferred=False),
        ],
        ignore_index=True,
    )


def status(places: pd.DataFrame) -> str:
    """How many cities have public ties with a district of Shanghai, at which stage, and what else is known of the others."""
    cities = places[places["level"] == "city"]
    tied = cities[cities["stage"] != "none"]
    counts = tied["stage"].value_counts()
    parts = [
        f"{STAGES[stage].word}{counts[stage]}{_paired_too(tied, stage)}"
        for stage in STAGES
        if stage in counts
    ]
    told = "；{parts}".format(parts="、".join(parts)) if parts else ""
    return f"公开来源点名与上海各区有养老往来的{len(tied)}个城市{told}" + _silent_cities(cities)


def _paired_too(tied: pd.DataFrame, stage: str) -> str:
    """Who of those that signed with nobody named is called 结对 with a district elsewhere, as the matrix shows."""
    own = (tied["stage"] == stage) & tied["paired_partners"].fillna("").ne("")
    names = "、".join(tied.loc[own, "short_name"])
    return f"（其中{names}另有结对）" if names and stage == "counterpart_unknown" else ""


def _silent_cities(cities: pd.DataFrame) -> str:
    bare = cities[cities["stage"] == "none"]
    if bare.empty:
        return ""
    others = int((bare["own_agreements"] > 0).sum())
    tail = f"，其中{others}个见于其他协议" if others else ""
    return f"；其余{len(bare)}个未被点名" + tail


def beside_silence(places: pd.DataFrame) -> list[str]:
    """Who of the cities without ties to Shanghai's districts has something else on record, by name."""
    bare = places[(places["level"] == "city") & (places["stage"] == "none")]
    own = bare[bare["own_agreements"] > 0]
    inner = bare[(bare["own_agreements"] == 0) & (bare["inner_agreements"] > 0)]
    events = bare[
        (bare["own_agreements"] == 0) & (bare["inner_agreements"] == 0) & (bare["events"] > 0)
    ]
    told = [
        (own, "见于其他协议的：{names}"),
        (inner, "所辖区县见于协议或结对的：{names}"),
        (events, "只见于协作动态的：{names}"),
    ]
    return [words.format(names="、".join(rows["short_name"])) for rows, words in told if len(rows)]


def alone(places: pd.DataFrame, codes: list[str]) -> pd.Series | None:
    """The row of the one place whose dossier is shown (question place_stages); None for a pair."""
    found = places[places["place_code"].isin(codes)]
    return found.iloc[0] if len(codes) == 1 and len(found) else None


def others(rows: pd.DataFrame) -> str:
    """The agreements between provinces, and those of projects and institutions; what is not signed is no agreement."""
    if rows.empty:
        return "省际、项目与机构协议：公开资料未载；长三角跨省，所收公开资料"
    signed = rows[rows["counts_as_signed"].astype(bool)]
    kinds = [f"{kind}{n}" for kind, n in signed["kind"].value_counts(sort=False).items()]
    unsigned = f"另有未签的{len(rows) - len(signed)}项" if len(rows) > len(signed) else ""
    # What of the sum is not about care alone stands before the kinds: it is not of the one that happens to be named last.
    told = ["长三角跨省", dossier.unspecific(signed), "、".join(kinds), unsigned]
    return "；".join([f"省际、项目与机构协议{len(signed)}份", *filter(None, told)])


def parted(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agreements outside the matrix: those among cities and counties, and the others."""
    among = rows["city_pairs"].notna()
    return rows[among], rows[~among]


def city_pairs(rows: pd.DataFrame) -> str:
    """The pairs among cities and counties. Where a district of Shanghai is a third party, the agreement has its cells in the matrix too."""
    both = int(rows["in_matrix"].sum())
    first, *more = dossier.kinds(rows) or ["公开资料未载"]
    shared = f"全部{len(rows)}项中{both}项有上海的区参加，已在矩阵内" if both else ""
    return "；".join(filter(None, [f"市县之间：{first}", "、".join(more), shared]))


def quiet(rows: pd.DataFrame) -> str:
    """Of how many agreements nothing is on record for 24 months; the undated ones apart. `rows`: question agreements_quiet."""
    silent, open_ = int((rows["quiet"] == True).sum()), int(rows["quiet"].isna().sum())  # noqa: E712
    if rows.empty:
        return "跨省的已签协议：公开资料未载；长三角，所收公开资料"
    counts = [
        (len(rows) - silent - open_, "{n}份近24个月有公开动态"),
        (silent, "{n}份近24个月公开资料未载"),
        (open_, "{n}份没有写明日期，不能判断"),
    ]
    return "跨省已签协议{all}份{silent}；长三角，{told}".format(
        all=len(rows),
        silent=f"：{silent}份近24个月未载" if silent else "",
        told="，".join(words.format(n=n) for n, words in counts if n),
    )


def named(rows: pd.DataFrame) -> str:
    """Announced beside known by name, never as a share; the first unit leads, then each in full."""
    parts = []
    for _i, row in rows.iterrows():
        if not parts:
            told = (
                f"当时没有公布数，来源点名{number(row['named'])}个"
                if missing(row["announced"])
                else f"公布签署{number(row['announced'])}个，同一报道点名{number(row['named_in_report'])}个"
            )
            parts.append(f"{row['unit_title']}：{told}")
        words = "{unit}当时没有公布数，各来源合计点名{n}个"
        if not missing(row["announced"]):
            words = day(row) + "{unit}公布{a}个，同一报道点名{m}个，各来源合计点名{n}个"
        parts.append(
            words.format(
                unit=row["unit_title"],
                a=row["announced"],
                m=number(row["named_in_report"]),
                n=number(row["named"]),
            )
        )
    return "；".join(parts) or "没有公布的签约数"


def joined(rows: pd.DataFrame) -> str:
    """How many took part in the pilots by the newest report; taking part is no signature. `rows`: question participation."""
    last = (
        rows[rows["date"] == rows["date"].max()].set_index("indicator_code") if len(rows) else rows
    )
    if not {"participating_cities", "participating_districts"} <= set(last.index):
        return "首批试点的城市与区；参与，不是签约数"
    cities, districts = last.loc["participating_cities"], last.loc["participating_districts"]
    return "试点合作：三省{c}个城市、上海{d}个区；{day}报道；参与，不是签约数".format(
        day=day_words(cities["date"], "day"),
        c=number(cities["value"]),
        d=number(districts["value"]),
    )


def exchange(rows: pd.DataFrame) -> str:
    """Of how many agreements and other ties a source says what each side gives and receives."""
    single = rows.drop_duplicates("agreement_id")
    return "来源写明提供或获得什么的{n}项；{kinds}".format(
        n=len(single), kinds="、".join(dossier.kinds(single))
    )


def portability(rows: pd.DataFrame) -> str:
    """The policies of use elsewhere by state; not a count of cases."""
    if rows.empty:
        return "长护险异地使用的政策：公开资料未载；长期护理保险（长护险），所收公开资料"
    origins = rows.drop_duplicates("origin")
    names = "、".join(
        "{place}（{day}）".format(place=row["origin"], day=day(row))
        for _i, row in origins.iterrows()
    )
    return f"长护险异地使用的公开政策：{len(origins)}个参保地；所收长期护理保险（长护险）政策：{names}；结算件数公开资料未载"


def settled(rows: pd.DataFrame) -> str:
    """Whether anyone reported how many cases were settled elsewhere."""
    if rows.empty:
        return "按参保地和服务地的异地结算件数：公开资料未载"
    known, said = int(rows["cases"].notna().sum()), int(rows["cases_words"].notna().sum())
    parts = [f"异地结算件数：{known}行有数"]
    parts += [f"{said - known}行少于10件，不写数"] if said > known else []
    parts += [f"{len(rows) - said}行公开资料未载"] if said < len(rows) else []
    return "；".join(parts)


def ordered(
    cells: pd.DataFrame, districts: pd.DataFrame, partners: pd.DataFrame, busiest_first: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """By code, or the busiest first; partners always stay grouped by province."""
    if not busiest_first:
        return districts, partners
    records = cells.drop_duplicates(["district_code", "agreement_id"])[
        "district_code"
    ].value_counts()
    busy = districts.assign(
        records=districts["place_code"].map(records).fillna(0) + districts["signed_by_name"] * 0.5
    )
    grouped = partners.assign(
        province=partners["place_code"].str[:2],
        named=partners["records"] + partners["counterpart_unknown"] * 0.5,
    )
    return (
        busy.sort_values("records", ascending=False, kind="stable"),
        grouped.sort_values(["province", "named"], ascending=[True, False], kind="stable"),
    )
