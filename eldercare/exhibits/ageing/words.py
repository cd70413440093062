"""What is said about age: how old, how fast, where. Behind the first ； stands the subtitle."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.claims import extremes, peers_words, told_apart
from eldercare.measures import CENSUS_SHORT, missing, points, quantity


def title(rows: pd.DataFrame, age: int) -> str:
    """What ten years did to the delta; `rows` are delta and provinces."""
    delta = rows[rows["level"] == "region"]
    if delta.empty or missing(delta["change"].iloc[0]):
        return "老龄化：没有可比的普查数字"
    row = delta.iloc[0]
    how = "多{n}" if row["more"] >= 0 else "少{n}"
    return (
        "长三角{age}岁及以上占比：十年{rise}；"
        "{age}岁及以上常住人口占比：2010年{before:.2f}%，2020年{now:.2f}%；人数{how}".format(
            age=age,
            rise=ten_years(row["value_2010"], row["value"]),
            before=row["value_2010"],
            now=row["value"],
            how=how.format(n=quantity(abs(row["more"]), "人")),
        )
    )


def ten_years(before: float, now: float) -> str:
    """What became of a share, to the digits that are told: 升5.26个百分点."""
    change = round(now, 2) - round(before, 2)
    return f"{'升' if change > 0 else '降'}{abs(change):.2f}个百分点" if change else "持平"


def measure(age: int) -> str:
    """What the census shares are of: 七普（2020年）60岁及以上常住人口占比."""
    return f"{CENSUS_SHORT}{age}岁及以上常住人口占比"


def lead(rows: pd.DataFrame) -> str:
    """What the page answers, on which bounds; `rows` are the cities, of which some are not wholly on those of 2020."""
    partly = rows[rows["boundary_note"].str.contains("未调整", na=False)]["short_name"]
    beside = (
        "（{names}各有一处未调整，见表）".format(names="、".join(partly)) if len(partly) else ""
    )
    return f"第七次全国人口普查（2020年，七普）与第六次（2010年），常住人口口径：哪里占比较高，哪里上升较快。城市与上海各区按2020年区划{beside}，县（市、区）按当年区划；率一律由人数之和相除。"


def shares(rows: pd.DataFrame, age: int) -> str:
    """The highest and the lowest of the first set; then those of the cities and of Shanghai's districts: both are drawn."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return f"{age}岁及以上占比：没有可比的数据；{extremes(rows, measure(age))}"
    first = known[known["peers"] == known["peers"].iloc[0]]
    ends = dict.fromkeys([first["value"].idxmax(), first["value"].idxmin()])
    told = [
        f"{first.at[end, 'short_name']}{told_apart(first.at[end, 'value'], first)}%" for end in ends
    ]
    return f"{age}岁及以上：{'—'.join(told)}；{extremes(rows, measure(age))}"


def faster(rows: pd.DataFrame) -> pd.DataFrame:
    """Cities above the delta in both share and change, the highest share first."""
    known = rows[(rows["peers"] == "city")].dropna(subset=["value", "change"])
    both = (known["value"] > known["delta_value"]) & (known["change"] > known["delta_change"])
    return known[both].sort_values("value", ascending=False, kind="stable")


def quadrant(rows: pd.DataFrame, age: int = 60) -> str:
    """How many cities have a higher share than the delta and a larger rise, by name."""
    known = rows[rows["peers"] == "city"].dropna(subset=["value", "change"])
    if known.empty:
        return "没有两次普查可比的城市"
    both = faster(rows)
    names = "、".join(both["short_name"].head(4))
    more = "等" if len(both) > 4 else ""
    both_ = f"{measure(age)}与2010—2020年升幅"
    return (
        f"{len(both)}个城市{age}岁及以上占比、升幅高于长三角；{both_}都高于长三角的{len(both)}个城市：{names}{more}"
        if len(both)
        else f"没有城市占比与升幅都高于长三角；{both_}"
    )


def provinces(rows: pd.DataFrame, age: int = 60) -> str:
    """The province with the largest change, or those that share it to the digits that are told."""
    known = rows[rows["level"] == "province"].dropna(subset=["change"])
    if known.empty:
        return "三省一市：没有两次普查可比的数字"
    change = points(known["change"].max())
    names = known[known["change"].map(points) == change]["short_name"]
    what = "升幅最大" if known["change"].max() > 0 else "降幅最小"
    return "{age}岁及以上常住人口占比2010—2020年：三省一市中{name}{what}，{change}".format(
        age=age, name="、".join(names), what=what, change=change
    )


def matched(rows: pd.DataFrame) -> str:
    """已匹配 n/N for a map, with the places that have no value by name."""
    bare = rows[rows["value"].isna()]["short_name"].tolist()
    words = f"已匹配{len(rows) - len(bare)}/{len(rows)}"
    return words + (f"，公开资料未载：{'、'.join(bare)}" if bare else "")


def counted_for(places: pd.DataFrame, code: str) -> tuple[str, list[str]]:
    """Whose counties are listed for a place: its name and its cities; without a name all of the three provinces.

    A county stands among those of its city. Shanghai's districts are counted elsewhere.
    """
    known = places.set_index("place_code", drop=False)
    cities = known[(known["level"] == "city")]["place_code"].tolist()
    if known.at[code, "level"] == "county":
        code = known.at[code, "parent_code"]
    within = [city for city in cities if code in (city, known.at[city, "parent_code"])]
    return (known.at[code, "short_name"], within) if within else ("", cities)


def counties(rows: pd.DataFrame, around: str, age: int = 60) -> str:
    """The county with the highest share, around a city or province or in all three provinces (no name)."""
    if rows.empty:
        return "县（市、区）：没有普查数字"
    first = rows.loc[rows["value"].idxmax()]
    where = f"{around}{len(rows)}个县（市、区）" if around else peers_words("county", len(rows))
    highest = "{what}：{where}中{name}最高，{value:.2f}%".format(
        what=measure(age), where=where, name=first["short_name"], value=first["value"]
    )
    title = f"{around or '苏浙皖'}{age}岁及以上占比最高：{first['short_name']}{first['value']:.2f}%"
    return f"{title}；{highest}" + ("" if around else "（上海各区另列）")
